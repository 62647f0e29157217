/**
 * How long it takes to learn that nothing is to be done, next to what everybody knows: `git status` in the same folder.
 * The built command and git, each as a process of its own, in turn, on the same files, against the simulator on loopback.
 *
 *     npm run bench -- status [articles]
 */
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { argv, execPath } from 'node:process';
import { pathToFileURL } from 'node:url';
import { startSimulator } from '../src/simulator/server.ts';

const command = resolve('dist/shelfmark.js');
const rounds = 7;

interface Row {
  readonly what: string;
  readonly median: number;
}

/** Medians of a few rounds in which all take turns, in milliseconds, from start to end of the process. */
export async function measureStatus(articles: number): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'shelfmark-status-'));
  // Plenty of calls for everybody: it is not the rate limit that is measured.
  const simulator = await startSimulator({});
  simulator.operator.setLimits({ perWindow: 1_000_000 });
  try {
    fill(folder, articles);
    const env = { ...process.env, INTERCOM_URL: simulator.url, INTERCOM_TOKEN: simulator.token };
    // Not execFileSync for what talks to the simulator: that lives in this process.
    const run = (file: string, args: readonly string[]): Promise<void> => spawned(file, args, folder, env);
    await run(execPath, [command, 'push', '--yes', '--quiet']);
    for (const args of [
      ['init', '--quiet'],
      ['add', '--all'],
      [...author, 'commit', '--quiet', '--message=All'],
    ])
      execFileSync('git', args, { cwd: folder });
    const contenders: readonly (readonly [string, () => Promise<void>])[] = [
      ['git status', () => run('git', ['status', '--porcelain'])],
      ['node -e 0', () => run(execPath, ['-e', '0'])],
      ['shelfmark --version', () => run(execPath, [command, '--version'])],
      ['shelfmark validate', () => run(execPath, [command, 'validate', '--quiet'])],
      ['shelfmark status', () => run(execPath, [command, 'status', '--quiet'])],
    ];
    const times = new Map<string, number[]>(contenders.map(([what]) => [what, []]));
    for (let round = 0; round < rounds; round += 1)
      for (const [what, contend] of contenders) {
        const start = performance.now();
        await contend();
        times.get(what)?.push(performance.now() - start);
      }
    return [...times].map(([what, some]) => ({ what, median: medianOf(some) }));
  } finally {
    await simulator.close();
    rmSync(folder, { recursive: true });
  }
}

const author = ['-c', 'user.name=Bench', '-c', 'user.email=bench@example.com'];

async function spawned(
  file: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  await new Promise<void>((done, fail) => {
    const child = spawn(file, args, { cwd, env, stdio: ['ignore', 'ignore', 'inherit'] });
    child.once('error', fail);
    child.once('exit', (code) =>
      code === 0 ? done() : fail(new Error(`${file} ${args.join(' ')} ended with ${String(code)}`)),
    );
  });
}

/** Articles of some six kilobytes in sixty collections, as the other figures have them. */
function fill(folder: string, articles: number): void {
  writeFileSync(join(folder, 'sync.config.yaml'), 'remote:\n  provider: intercom\n');
  writeFileSync(join(folder, '.gitignore'), '.shelfmark/\n');
  for (let at = 0; at < articles; at += 1) {
    const place = join(folder, 'content', `area-${at % 20}`, `part-${at % 60}`);
    mkdirSync(place, { recursive: true });
    const paragraphs = Array.from(
      { length: 24 },
      (_, index) =>
        `${index % 6 === 0 ? `## Part ${index}\n\n` : ''}Paragraph ${index} of article ${at} says what *everybody* should know about [it](https://example.com/${at}/${index}), and then some more, so that it is as long as paragraphs are. It goes on for another sentence or two.\n`,
    );
    writeFileSync(
      join(place, `article-${at}.md`),
      `---\ntitle: Article ${at}\nstate: published\n---\n\n${paragraphs.join('\n')}`,
    );
  }
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

if (argv[1] !== undefined && import.meta.url === pathToFileURL(argv[1]).href) {
  const articles = Number(argv[2] ?? 1000);
  const rows = await measureStatus(articles);
  const git = rows.find((one) => one.what === 'git status')?.median ?? 0;
  console.log(`${articles} articles, nothing to do; median of ${rounds}, side by side`);
  for (const { what, median } of rows)
    console.log(
      `${what.padEnd(22)}${Math.round(median).toString().padStart(7)} ms${(median / git).toFixed(1).padStart(8)} × git status`,
    );
}
