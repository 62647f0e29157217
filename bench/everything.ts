/**
 * One table of everything that speed and memory are judged by, each row beside something that everybody knows, all in
 * one run: the built command, git, Node, got and other converters, in turn, on the same machine and the same texts.
 *
 *     npm run bench [-- everything [articles]]
 *
 * Processor time counts, of the process that is measured and of nothing else; the simulator is a process of its own.
 * `bench/README.md` explains the rows.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, type } from 'node:os';
import { join, resolve } from 'node:path';
import { argv, env, version } from 'node:process';
import { converterRows } from './converters.ts';
import { costOf, costOfNode, inTurns, type Cost } from './cost.ts';
import { command, fillProject, openHelpCenter, type HelpCenter } from './help-center.ts';
import { measurePace } from './measure-pace.ts';
import { atLeast, atMost, printTable, tell, type Row } from './table.ts';

const articles = Number(argv[2] ?? 10_000);
const rounds = Number(env['BENCH_ROUNDS'] ?? 3);
/** What Intercom allows in a second: 10,000 calls a minute. */
const perSecond = 10_000 / 60;

const folders: string[] = [];
const helpCenters: HelpCenter[] = [];

function freshFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'shelfmark-bench-'));
  folders.push(folder);
  return folder;
}

async function freshHelpCenter(): Promise<HelpCenter> {
  const one = await openHelpCenter();
  helpCenters.push(one);
  return one;
}

const shelfmark = (folder: string, { env: given }: HelpCenter, ...args: readonly string[]): Promise<Cost> =>
  costOfNode([command, ...args], { folder, env: given });

/** The least that anybody has to do who wants to know what the help center holds: fetch each page, once, with got. */
function bareListing(folder: string): string {
  const file = join(folder, 'listing.mjs');
  const got = resolve('node_modules/got/dist/source/index.js');
  writeFileSync(
    file,
    `import got from ${JSON.stringify(got)};
const { INTERCOM_URL: prefixUrl, INTERCOM_TOKEN: token } = process.env;
const client = got.extend({ prefixUrl, headers: { authorization: 'Bearer ' + token, 'intercom-version': '2.11' } });
for (const route of ['articles', 'help_center/collections'])
  for (let page = 1, last = 1; page <= last; page += 1)
    last = (await client.get(route, { searchParams: { page, per_page: 150 } }).json()).pages.total_pages;
`,
  );
  return file;
}

/** The least that anybody has to do who wants to know what the folder holds: read every file and hash it. */
function bareReading(folder: string): string {
  const file = join(folder, 'reading.mjs');
  writeFileSync(
    file,
    `import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
for (const one of readdirSync('content', { recursive: true, withFileTypes: true }))
  if (one.isFile()) createHash('sha256').update(readFileSync(join(one.parentPath ?? one.path, one.name))).digest();
`,
  );
  return file;
}

/** As in a fresh clone: without anything that this machine remembers. */
async function withoutMemory<Made>(folder: string, use: () => Promise<Made>): Promise<Made> {
  const [own, aside] = [join(folder, '.shelfmark'), join(folder, '.shelfmark-aside')];
  renameSync(own, aside);
  try {
    return await use();
  } finally {
    rmSync(own, { recursive: true, force: true });
    renameSync(aside, own);
  }
}

interface Grown {
  readonly articles: number;
  readonly allNew: Cost;
  readonly push: Cost;
  readonly inStep: Cost;
}

/** Pushes a new folder of so many articles and plans again. */
async function grow(
  count: number,
): Promise<Grown & { readonly folder: string; readonly center: HelpCenter }> {
  const folder = freshFolder();
  const center = await freshHelpCenter();
  fillProject(folder, count);
  const allNew = await shelfmark(folder, center, 'plan', '--quiet');
  const push = await shelfmark(folder, center, 'push', '--yes', '--quiet');
  const inStep = await shelfmark(folder, center, 'plan', '--quiet');
  return { articles: count, folder, center, allNew, push, inStep };
}

async function startRows(): Promise<readonly Row[]> {
  const folder = freshFolder();
  fillProject(folder, 20);
  writeFileSync(join(folder, 'sync.config.yaml'), 'remote:\n  provider: simulator\n');
  await costOfNode([command, 'push', '--yes', '--quiet'], { folder });
  const {
    node,
    version: named,
    help,
    plan,
  } = await inTurns(Math.max(rounds, 7), {
    node: () => costOfNode(['-e', '0'], { folder }),
    version: () => costOfNode([command, '--version'], { folder }),
    help: () => costOfNode([command, '--help'], { folder }),
    plan: () => costOfNode([command, 'plan', '--quiet'], { folder }),
  });
  const base = node?.cpu ?? 1;
  return [
    atMost('`--version`, against `node -e 0`', (named?.cpu ?? 0) / base, 1.2, ' ×'),
    atMost('`--help`, against `node -e 0`', (help?.cpu ?? 0) / base, 1.2, ' ×'),
    atMost('plan of 20 on the embedded simulator, against `node -e 0`', (plan?.cpu ?? 0) / base, 3, ' ×'),
  ];
}

async function workRows(): Promise<readonly Row[]> {
  const small = await grow(Math.ceil(articles / 10));
  const { folder, center, ...grown } = await grow(articles);
  for (const args of [
    ['init', '--quiet'],
    ['add', '--all'],
    ['-c', 'user.name=Bench', '-c', 'user.email=bench@example.com', 'commit', '--quiet', '--message=All'],
  ])
    execFileSync('git', args, { cwd: folder });
  await center.calls();
  await shelfmark(folder, center, 'plan', '--quiet');
  const calls = (await center.calls()).filter(({ path }) =>
    /^\/(?:articles|help_center\/collections)/.test(path),
  ).length;
  const pages = Math.ceil(articles / 150) + Math.ceil((Math.ceil(articles / 17) + 20) / 150);
  const [listing, reading] = [bareListing(freshFolder()), bareReading(freshFolder())];
  const turns = await inTurns(rounds, {
    git: () => costOf('git', ['status', '--porcelain'], folder),
    listing: () => costOfNode([listing], { folder, env: center.env }),
    reading: () => costOfNode([reading], { folder }),
    status: () => shelfmark(folder, center, 'status', '--quiet'),
    cold: () => withoutMemory(folder, () => shelfmark(folder, center, 'status', '--quiet')),
    validate: () => costOfNode([command, 'validate', '--quiet'], { folder }),
    translations: () => costOfNode([command, 'translations', '--locale', 'fr', '--quiet'], { folder }),
    audit: () => costOfNode([command, 'audit', '--quiet'], { folder }),
  });
  const cost = (name: string): Cost => turns[name] ?? { cpu: 0, wall: 0, peak: 0, out: '' };
  const empty = freshFolder();
  writeFileSync(join(empty, 'sync.config.yaml'), 'remote:\n  provider: intercom\n');
  mkdirSync(join(empty, 'content'));
  const pull = await shelfmark(empty, center, 'pull', '--yes', '--quiet');
  const growth = (of: (one: Grown) => number): number => of(grown) / of(small) / 10;
  return [
    atMost(
      '`status` without its calls, nothing changed, against `git status`',
      (cost('status').cpu - cost('listing').cpu) / cost('git').cpu,
      3,
      ' ×',
    ),
    atMost(
      'the same in a fresh clone, against reading and hashing the files',
      (cost('cold').cpu - cost('listing').cpu) / cost('reading').cpu,
      2,
      ' ×',
    ),
    atMost(
      '`plan`, nothing changed, against the bare listing with got',
      cost('status').cpu / cost('listing').cpu,
      1.3,
      ' ×',
    ),
    atMost(`calls of a listing of ${pages} pages`, calls, pages, ''),
    atLeast(
      'first push, articles for a second of processor time',
      articles / grown.push.cpu,
      perSecond * 1.33,
      '',
    ),
    atLeast(
      'pull into an empty folder, articles for a second of processor time',
      articles / pull.cpu,
      250,
      '',
    ),
    atMost('memory of a plan in step', grown.inStep.peak, 150, ' MB'),
    atMost('memory of a plan with all new', grown.allNew.peak, 200, ' MB'),
    atMost('memory of a push of all', grown.push.peak, 250, ' MB'),
    atMost(
      `time of a plan in step, from ${small.articles} to ${articles}, of linear`,
      growth((one) => one.inStep.cpu),
      1.2,
      ' ×',
    ),
    atMost(
      `time of a first push, from ${small.articles} to ${articles}, of linear`,
      growth((one) => one.push.cpu),
      1.2,
      ' ×',
    ),
    atMost('`validate`, seconds', cost('validate').cpu, 3 * (articles / 10_000), ' s'),
    atMost('`translations`, seconds', cost('translations').cpu, 5 * (articles / 10_000), ' s'),
    atMost('`audit`, seconds', cost('audit').cpu, 5 * (articles / 10_000), ' s'),
    atMost('memory of `validate`', cost('validate').peak, 200, ' MB'),
  ];
}

async function paceRows(): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const latency of [25, 50, 200, 500]) {
    const { leastUsed, refused } = await measurePace({ articles: 5000, latency });
    rows.push(
      atLeast(
        `of the limit that a first push uses at ${latency} ms a call, ${refused} refused`,
        100 * leastUsed,
        95,
        ' %',
      ),
    );
  }
  return rows;
}

function packageRow(): Row {
  const told = JSON.parse(
    execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { encoding: 'utf8' }),
  ) as readonly {
    unpackedSize: number;
  }[];
  return atMost('package, unpacked', (told[0]?.unpackedSize ?? 0) / 1024 / 1024, 4, ' MB');
}

try {
  const rows = [
    ...(await startRows()),
    packageRow(),
    ...converterRows(),
    ...(await paceRows()),
    ...(await workRows()),
  ];
  const [processor] = cpus();
  console.log(
    `${articles} articles; ${processor?.model ?? 'a processor'} × ${cpus().length}, ${type()}, Node ${version.slice(1)}, ${execFileSync('git', ['--version'], { encoding: 'utf8' }).trim()}; medians of ${rounds}\n`,
  );
  console.log(
    printTable([...rows, tell('rows that miss', String(rows.filter(({ isMet }) => isMet === false).length))]),
  );
} finally {
  for (const center of helpCenters) center.close();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}
