/**
 * How quick a watch is and what it costs, against the simulator on loopback: the built command as a process of its own,
 * a real folder, real events, real HTTP.
 *
 *     npm run bench -- watch [articles [articles for the memory]]
 *
 * Beside each figure stands what nobody could do better: the same save sent by one bare GET and one bare PUT, and the
 * same work done by a `shelfmark sync` that is started anew.
 */
import { spawn, execFileSync, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { argv, execPath } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { plainRefs } from '../src/markup/meaning/refs.ts';
import { readHtml } from '../src/markup/read/read-html.ts';
import { readMarkdown } from '../src/markup/read/read-markdown.ts';
import { spellHtml } from '../src/markup/spell/spell-html.ts';
import { startSimulator, type Simulator } from '../src/simulator/server.ts';

export interface WatchFigures {
  readonly articles: number;
  /** From the end of a save to the article stored in the help center, without the rest; milliseconds. */
  readonly save: Spread;
  /** One GET and one PUT of such an article and nothing else; milliseconds. */
  readonly bare: Spread;
  /** The same change by a `sync` of its own, from start to end; milliseconds. */
  readonly sync: Spread;
  /** From an edit in the web editor to the end of the file's writing, beyond one interval at the most; milliseconds. */
  readonly edit: Spread;
  /** Looking every second, which is as often as it can, and every ten, as it does unless it is told otherwise. */
  readonly busyIdle: Idle;
  readonly idle: Idle;
  readonly memory: Memory;
}

export interface Spread {
  readonly median: number;
  readonly worst: number;
}

export interface Idle {
  readonly seconds: number;
  readonly looks: number;
  readonly calls: number;
  readonly ofOneCore: number;
}

export interface Memory {
  readonly articles: number;
  /** Resident, in megabytes: after a minute of work, and the most there ever was. */
  readonly resident: number;
  readonly peak: number;
}

const command = resolve('dist/shelfmark.js');
const rest = 200;

export async function measureWatch(articles = 1000, many = 10_000): Promise<WatchFigures> {
  const { save, edit, busyIdle } = await withWatched(articles, 1, async (watched) => {
    const saves: number[] = [];
    for (let at = 0; at < 30; at += 1) saves.push((await saveOnce(watched, at)) - rest);
    const edits: number[] = [];
    for (let at = 0; at < 20; at += 1) edits.push((await editOnce(watched, at)) - 1000);
    return { save: spreadOf(saves), edit: spreadOf(edits), busyIdle: await idleFor(watched, 30) };
  });
  const idle = await withWatched(articles, 10, (watched) => idleFor(watched, 60));
  const alone = await withWatched(articles, null, async (watched) => {
    const bare: number[] = [];
    for (let at = 0; at < 30; at += 1) bare.push(await sendBare(watched, at));
    const sync: number[] = [];
    for (let at = 0; at < 5; at += 1) sync.push(await syncOnce(watched, at));
    return { bare: spreadOf(bare), sync: spreadOf(sync) };
  });
  const memory = await withWatched(many, 1, async (watched) => {
    for (let at = 0; at < 5; at += 1) await saveOnce(watched, at);
    for (let at = 0; at < 5; at += 1) await editOnce(watched, at);
    await idleFor(watched, 10);
    return memoryOf(watched, many);
  });
  return { articles, save, ...alone, edit, busyIdle, idle, memory };
}

/** A project in step with its help center, and a watch of it where an interval is given. */
interface Watched {
  readonly folder: string;
  readonly simulator: Simulator;
  readonly ids: readonly number[];
  readonly child: ChildProcessWithoutNullStreams | null;
  /** Resolves with the next round that wrote something. */
  readonly written: () => Promise<void>;
}

async function withWatched<Value>(
  articles: number,
  interval: number | null,
  use: (watched: Watched) => Promise<Value>,
): Promise<Value> {
  const folder = mkdtempSync(join(tmpdir(), 'shelfmark-bench-'));
  const simulator = await startSimulator({});
  try {
    const ids = fill(folder, simulator, articles);
    const env = { ...process.env, INTERCOM_URL: simulator.url, INTERCOM_TOKEN: simulator.token };
    await run(folder, env, ['adopt', '--json']);
    const child =
      interval === null
        ? null
        : spawn(
            execPath,
            [command, 'watch', '--json', '--rest', String(rest), '--interval', String(interval)],
            { cwd: folder, env },
          );
    let waiting: (() => void)[] = [];
    let text = '';
    child?.stderr.on('data', (chunk: Buffer) => process.stderr.write(chunk));
    child?.stdout.on('data', (chunk: Buffer) => {
      const lines = (text + chunk.toString()).split('\n');
      text = lines.pop() ?? '';
      for (const line of lines) {
        const event = JSON.parse(line) as { event: string; cause?: string; outcomes?: unknown[] };
        if (event.event !== 'round' || (event.cause !== 'start' && event.outcomes?.length === 0)) continue;
        const told = waiting;
        waiting = [];
        for (const one of told) one();
      }
    });
    const written = (): Promise<void> => new Promise((done) => waiting.push(done));
    if (child !== null) await written();
    try {
      return await use({ folder, simulator, ids, child, written });
    } finally {
      if (child !== null) {
        const ended = new Promise((done) => child.once('close', done));
        child.kill('SIGINT');
        await ended;
      }
    }
  } finally {
    await simulator.close();
    rmSync(folder, { recursive: true });
  }
}

/** Twenty collections full of articles of 3 kB, the same on both sides. */
function fill(folder: string, { operator }: Simulator, articles: number): readonly number[] {
  operator.setLimits({ perWindow: 1_000_000 });
  writeFileSync(join(folder, 'sync.config.yaml'), 'remote:\n  provider: intercom\n');
  const collections = Array.from({ length: 20 }, (_, at) => {
    const name = `Shelf ${at}`;
    mkdirSync(join(folder, 'content', `shelf-${at}`), { recursive: true });
    writeFileSync(join(folder, 'content', `shelf-${at}`, 'collection.yaml'), `name: ${name}\n`);
    return operator.createCollection({ name }).id;
  });
  return Array.from({ length: articles }, (_, at) => {
    const shelf = at % collections.length;
    const parentId = collections[shelf] ?? 0;
    const title = `Article ${at}`;
    writeFileSync(fileOf(folder, at), `---\ntitle: ${title}\nstate: published\n---\n\n${textOf(at)}`);
    const body = spellHtml(readHtml('', plainRefs), readMarkdown(textOf(at), plainRefs).blocks, plainRefs);
    return operator.createArticle({ title, body, parentId, state: 'published' }).id;
  });
}

const fileOf = (folder: string, at: number): string =>
  join(folder, 'content', `shelf-${at % 20}`, `article-${at}.md`);

/** Headings, lists and paragraphs as articles have them, about 3 kB. */
function textOf(at: number): string {
  const part = (number: number): string =>
    [
      `## Step ${number} of article ${at}`,
      `Open **Settings**, choose [Messages](https://example.com/settings/${number}) and look for _Answers_, number ${at}. Whoever reads this far has read about as much as most people do, which is why the next list is short.`,
      `- Choose a colour\n- Choose a *size*, such as \`${number}\`\n- Save`,
      `Then wait for a moment. What was saved is there for everybody, in every window, and stays until somebody saves something else.`,
    ].join('\n\n');
  return `First words.\n\n${Array.from({ length: 5 }, (_, number) => part(number)).join('\n\n')}\n\nLast words.\n`;
}

async function saveOnce({ folder, simulator, ids, written }: Watched, at: number): Promise<number> {
  const file = fileOf(folder, at);
  const id = ids[at] ?? 0;
  const mark = `Saved ${at} ${Date.now()}`;
  const text = readFileSync(file, 'utf8').replace(/First words.*/u, `First words. ${mark}.`);
  const round = written();
  writeFileSync(file, text);
  const began = performance.now();
  while (!(simulator.operator.article(id)?.contents['en']?.body ?? '').includes(mark)) await sleep(1);
  const took = performance.now() - began;
  await round;
  await sleep(250);
  return took;
}

async function editOnce({ folder, simulator, ids, written }: Watched, at: number): Promise<number> {
  const id = ids[at + 100] ?? 0;
  const mark = `Edited ${at} ${Date.now()}`;
  await sleep(137 * (at % 8));
  const body = simulator.operator.article(id)?.contents['en']?.body ?? '';
  const round = written();
  simulator.operator.editArticle(id, { body: body.replace(/Last words[^<]*/u, `Last words. ${mark}.`) });
  const began = performance.now();
  while (!readFileSync(fileOf(folder, at + 100), 'utf8').includes(mark)) await sleep(1);
  const took = performance.now() - began;
  await round;
  return took;
}

/** What a watch uses while nothing happens. */
async function idleFor({ child, simulator }: Watched, seconds: number): Promise<Idle> {
  // Until the rounds that its own writes caused are over.
  await sleep(3000);
  simulator.operator.clearCalls();
  const before = ticksOf(child);
  const began = performance.now();
  await sleep(seconds * 1000);
  const took = (performance.now() - began) / 1000;
  const calls = simulator.operator.calls();
  const looks = calls.filter((call) => call.path.startsWith('/articles?page=1&per_page=10')).length;
  return { seconds: took, looks, calls: calls.length, ofOneCore: (ticksOf(child) - before) / 100 / took };
}

/** Processor time of a process in hundredths of a second. */
function ticksOf(child: Watched['child']): number {
  const fields = readFileSync(`/proc/${child?.pid ?? 'self'}/stat`, 'utf8')
    .replace(/^.*\) /u, '')
    .split(' ');
  return Number(fields[11]) + Number(fields[12]);
}

function memoryOf({ child }: Watched, articles: number): Memory {
  const status = readFileSync(`/proc/${child?.pid ?? 'self'}/status`, 'utf8');
  const megabytes = (name: string): number =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'mu').exec(status)?.[1]) / 1024;
  return { articles, resident: megabytes('VmRSS'), peak: megabytes('VmHWM') };
}

async function sendBare({ simulator, ids }: Watched, at: number): Promise<number> {
  const url = `${simulator.url}/articles/${ids[at] ?? 0}`;
  const headers = {
    authorization: `Bearer ${simulator.token}`,
    'content-type': 'application/json',
    'intercom-version': '2.11',
  };
  const began = performance.now();
  const { body } = (await (await fetch(url, { headers })).json()) as { body: string };
  const sent = body.replace('First words', 'First bare words');
  await (await fetch(url, { method: 'PUT', headers, body: JSON.stringify({ body: sent }) })).text();
  return performance.now() - began;
}

async function syncOnce({ folder, simulator, ids }: Watched, at: number): Promise<number> {
  const file = fileOf(folder, at + 200);
  writeFileSync(file, readFileSync(file, 'utf8').replace('First words', 'First words by sync'));
  const env = { ...process.env, INTERCOM_URL: simulator.url, INTERCOM_TOKEN: simulator.token };
  const began = performance.now();
  await run(folder, env, ['sync', '--yes', '--json']);
  const took = performance.now() - began;
  const body = simulator.operator.article(ids[at + 200] ?? 0)?.contents['en']?.body ?? '';
  if (!body.includes('by sync')) throw new Error('the sync did not send the change');
  return took;
}

/** Runs the command to its end; this process goes on serving the simulator meanwhile. */
function run(cwd: string, env: NodeJS.ProcessEnv, args: readonly string[]): Promise<void> {
  return new Promise((done, fail) => {
    const child = spawn(execPath, [command, ...args], { cwd, env, stdio: ['ignore', 'ignore', 'inherit'] });
    child.once('close', (code) =>
      code === 0 ? done() : fail(new Error(`${args.join(' ')} ended with ${code}`)),
    );
  });
}

function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((left, right) => left - right);
  return { median: sorted[Math.floor(sorted.length / 2)] ?? NaN, worst: sorted.at(-1) ?? NaN };
}

function print({ articles, save, bare, sync, edit, busyIdle, idle, memory }: WatchFigures): void {
  const row = (name: string, { median, worst }: Spread, beside: string): string =>
    `  ${name.padEnd(44)}${median.toFixed(0).padStart(6)} ms${worst.toFixed(0).padStart(7)} ms  ${beside}`;
  const times = (other: Spread): string => `${(other.median / save.median).toFixed(2)} of a watch's save`;
  const idling = (name: string, { looks, calls, ofOneCore }: Idle): string =>
    `  ${name.padEnd(44)}${(100 * ofOneCore).toFixed(2).padStart(6)} %   of one core, ${calls} calls for ${looks} looks`;
  const lines = [
    `${articles} articles; all on this machine, the median and the worst`,
    row('a save, from the end of the rest to stored', save, 'aim: 100 ms'),
    row('the same by one GET and one PUT, no more', bare, times(bare)),
    row('the same by a sync that is started anew', sync, times(sync)),
    row('an edit to the file, beyond one interval', edit, 'aim: 100 ms'),
    idling('idle, a look every ten seconds (as shipped)', idle),
    idling('idle, a look every second', busyIdle),
    `  memory with ${memory.articles} articles: ${memory.resident.toFixed(0)} MB, ${memory.peak.toFixed(0)} MB at most`,
  ];
  console.log(lines.join('\n'));
}

if (argv[1] !== undefined && import.meta.url === pathToFileURL(argv[1]).href) {
  execFileSync(execPath, ['scripts/build.mjs'], { stdio: 'inherit' });
  const figures = await measureWatch(...argv.slice(2).map(Number));
  print(figures);
}
