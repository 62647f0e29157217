import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startCommand, type Started } from '../../helpers/command.ts';
import { startProgram } from '../../helpers/program.ts';

interface Watched extends Started {
  readonly folder: string;
}

/** A command in a project with the embedded simulator. */
async function start(args: readonly string[]): Promise<Watched> {
  const folder = await aFolder();
  const started = startCommand(args, { folder });
  onTestFinished(async () => {
    started.interrupt();
    await started.ended;
  });
  return { ...started, folder };
}

async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'shelfmark-watch-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await mkdir(join(folder, 'content'));
  await writeFile(join(folder, 'sync.config.yaml'), 'remote:\n  provider: simulator\n');
  await writeFile(join(folder, 'content/install.md'), '# Install\n\nText.\n');
  return folder;
}

test('a watch prints a plain line for everything it does and ends with 0 at Ctrl-C', async () => {
  // As a process of its own, to whose end the events of files and of signals belong.
  const folder = await aFolder();
  const watch = startProgram(['watch', '--rest', '50'], { folder });
  await watch.until('↑ created  content/install.md');
  await writeFile(join(folder, 'content/install.md'), '# Install\n\nOther text.\n');
  await watch.until('↑ updated  content/install.md');
  watch.child.kill('SIGINT');
  expect((await watch.ended).code).toBe(0);
  expect(watch.out()).toMatch(/^\d\d:\d\d:\d\d {2}↑ updated {2}content\/install\.md$/m);
  expect(watch.out()).not.toContain('\u001b');
});

test('for machines it prints a document a line', async () => {
  const watch = await start(['watch', '--json', '--once']);
  expect((await watch.ended).code).toBe(0);
  const lines = watch
    .out()
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines.map((one) => one['event'])).toEqual(['watching', 'round', 'stopped']);
  expect(lines[1]).toMatchObject({
    version: 1,
    cause: 'start',
    applied: true,
    outcomes: [{ status: 'done', path: 'install.md' }],
  });
});

test('a watch with a preview shows the folder, and both end together', async () => {
  const watch = await start(['watch', '--preview', '--json']);
  await watch.until('"event":"round"');
  const url = /"url":"([^"]+)"/.exec(watch.out())?.[1] ?? '';
  expect(await (await fetch(`${url}/en/articles/install.md`)).text()).toContain('<h1>Install');
  watch.interrupt();
  expect((await watch.ended).code).toBe(0);
});

test('a preview says where it is and needs no help center', async () => {
  const preview = await start(['preview', '--json']);
  await preview.until('"url"');
  const { url } = JSON.parse(preview.out()) as { url: string };
  expect((await fetch(`${url}/en`)).status).toBe(200);
  preview.interrupt();
  expect((await preview.ended).code).toBe(0);
});

test('a preview has the same port on every run, the next free one while it is taken, and is opened on request', async () => {
  const urlOf = (one: Started): string => /http:\/\/127\.0\.0\.1:\d+/.exec(one.out())?.[0] ?? '';
  const first = await start(['preview']);
  await first.until('It follows the files');
  const { folder } = first;
  const second = startCommand(['preview', '--open'], { folder });
  await second.until('It follows the files');
  expect(urlOf(second)).not.toBe(urlOf(first));
  expect(second.out()).toContain(`(port ${new URL(urlOf(first)).port} is taken)`);
  await second.until(`No browser could be started. Open ${urlOf(second)} yourself.`);
  const url = urlOf(first);
  for (const one of [first, second]) {
    one.interrupt();
    await one.ended;
  }
  const third = startCommand(['preview'], { folder });
  await third.until('It follows the files');
  expect(urlOf(third)).toBe(url);
  third.interrupt();
  await third.ended;
});

test('a port that is taken and a wrong interval are told in a sentence', async () => {
  const first = await start(['preview', '--json']);
  await first.until('"url"');
  const { port } = new URL((JSON.parse(first.out()) as { url: string }).url);
  const second = await start(['preview', '--port', port]);
  expect((await second.ended).code).toBe(64);
  expect(second.err()).toContain(`Port ${port} is in use already`);
  expect((await (await start(['watch', '--interval', 'soon'])).ended).code).toBe(64);
});
