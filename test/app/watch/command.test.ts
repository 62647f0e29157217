import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

const command = resolve(import.meta.dirname, '../../../dist/shelfmark.js');

interface Started {
  readonly folder: string;
  readonly child: ChildProcessWithoutNullStreams;
  out(): string;
  until(text: string): Promise<void>;
  ended(): Promise<number | null>;
}

/** The built command in a project with the embedded simulator. */
async function start(args: readonly string[]): Promise<Started> {
  const folder = await mkdtemp(join(tmpdir(), 'shelfmark-watch-'));
  await mkdir(join(folder, 'content'));
  await writeFile(join(folder, 'sync.config.yaml'), 'remote:\n  provider: simulator\n');
  await writeFile(join(folder, 'content/install.md'), '# Install\n\nText.\n');
  const child = spawn(process.execPath, [command, ...args], { cwd: folder });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const ending = new Promise<number | null>((done) => child.once('close', done));
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ending;
    await rm(folder, { recursive: true, force: true });
  });
  return {
    folder,
    child,
    out: () => text,
    async until(wanted) {
      const end = Date.now() + 40_000;
      while (!text.includes(wanted)) {
        if (Date.now() > end) throw new Error(`${wanted} was never printed, but ${text}`);
        await new Promise((done) => setTimeout(done, 20));
      }
    },
    ended: () => ending,
  };
}

test('a watch prints a plain line for everything it does and ends with 0 at Ctrl-C', async () => {
  const watch = await start(['watch', '--rest', '50']);
  await watch.until('↑ created  install.md');
  await writeFile(join(watch.folder, 'content/install.md'), '# Install\n\nOther text.\n');
  await watch.until('↑ updated  install.md');
  watch.child.kill('SIGINT');
  expect(await watch.ended()).toBe(0);
  expect(watch.out()).toMatch(/^\d\d:\d\d:\d\d {2}↑ updated {2}install\.md$/m);
  expect(watch.out()).not.toContain('\u001b');
});

test('for machines it prints a document a line', async () => {
  const watch = await start(['watch', '--json', '--once']);
  expect(await watch.ended()).toBe(0);
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
  watch.child.kill('SIGTERM');
  expect(await watch.ended()).toBe(0);
});

test('a preview says where it is and needs no help center', async () => {
  const preview = await start(['preview', '--json']);
  await preview.until('"url"');
  const { url } = JSON.parse(preview.out()) as { url: string };
  expect((await fetch(`${url}/en`)).status).toBe(200);
  preview.child.kill('SIGINT');
  expect(await preview.ended()).toBe(0);
});

test('a port that is taken and a wrong interval are told in a sentence', async () => {
  const first = await start(['preview', '--json']);
  await first.until('"url"');
  const { port } = new URL((JSON.parse(first.out()) as { url: string }).url);
  const second = await start(['preview', '--port', port]);
  expect(await second.ended()).toBe(64);
  expect(second.out()).toContain(`Port ${port} is in use already`);
  expect(await (await start(['watch', '--interval', 'soon'])).ended()).toBe(64);
});
