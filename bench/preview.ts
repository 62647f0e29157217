/**
 * How quick a preview of a large folder is: the built command as a process of its own, a real folder, real events.
 *
 *     npm run bench -- preview [articles]
 *
 * A save counts from its end until the page that was asked for anew has it, the rest of 60 ms included.
 */
import { execFileSync, spawn } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { argv, execPath } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fillProject } from './help-center.ts';
import { atMost, printTable, tell } from './table.ts';

const articles = Number(argv[2] ?? 1000);
const folder = mkdtempSync(join(tmpdir(), 'shelfmark-preview-'));
fillProject(folder, articles);
for (const args of [
  ['init', '--quiet'],
  ['add', '--all'],
  ['commit', '--quiet', '--message=First'],
])
  execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.com', ...args], { cwd: folder });
// What was just written counts as unsettled.
await sleep(3000);

const started = performance.now();
const child = spawn(execPath, [resolve('dist/shelfmark.js'), 'preview'], {
  cwd: folder,
  stdio: ['ignore', 'pipe', 'inherit'],
});
const url = await new Promise<string>((done) => {
  let text = '';
  child.stdout.on('data', (data: Buffer) => {
    text += data.toString();
    const found = /http:\/\/127\.0\.0\.1:\d+/.exec(text);
    if (found !== null) done(found[0]);
  });
});
const opened = performance.now() - started;

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const from = performance.now();
  await work();
  return performance.now() - from;
};
const pageOf = async (path: string): Promise<string> => (await fetch(`${url}${path}`)).text();
const median = (values: readonly number[]): number =>
  values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? Number.NaN;

const first = await timed(() => pageOf('/en'));
const path = 'area-0/part-0/article-3.md';
await sleep(3000);
const saves: number[] = [];
for (let round = 0; round < 11; round += 1) {
  await sleep(500);
  const word = `saved-${String(round)}-now`;
  appendFileSync(join(folder, 'content', path), `\n${word}\n`);
  saves.push(
    await timed(async () => {
      while (!(await pageOf(`/en/articles/${path}`)).includes(word)) await sleep(2);
    }),
  );
}
child.kill('SIGTERM');
rmSync(folder, { recursive: true, force: true });

console.log(
  printTable([
    tell(`a preview of ${String(articles)} articles opens`, `${String(Math.round(opened))} ms`),
    atMost('its first page', first, 100, ' ms'),
    atMost('a save is on the page, median', median(saves), 100, ' ms'),
  ]),
);
