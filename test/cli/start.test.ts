/* What the built program loads at its start. A process of its own, because only it shows what was loaded. */
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runProgram } from '../helpers/program.ts';

const parts = resolve(import.meta.dirname, '../../dist/parts');
let folder: string;
let project: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shelfmark-start-'));
  project = join(folder, 'project');
  await mkdir(project);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Names of the parts that hold a second parser of Markdown; its names of tokens outlive minifying. */
async function otherParsers(): Promise<string[]> {
  const names = await readdir(parts);
  const texts = await Promise.all(names.map((name) => readFile(join(parts, name), 'utf8')));
  return names.filter((_, index) => texts[index]?.includes('characterReferenceMarkerNumeric'));
}

/** Runs a command; gives the parts that it loaded, of which V8 keeps a list. */
async function partsOf(command: readonly string[]): Promise<string[]> {
  const seen = await mkdtemp(join(folder, 'seen-'));
  const env = { NODE_V8_COVERAGE: seen };
  const { code, all } = await runProgram(command, { folder: project, env });
  expect([command, code, all]).toEqual([command, 0, all]);
  const reports = await Promise.all(
    (await readdir(seen)).map(async (name) => {
      const report: { result: { url: string }[] } = JSON.parse(await readFile(join(seen, name), 'utf8'));
      return report.result.map((one) => one.url);
    }),
  );
  const urls = reports.flat().filter((url) => url.startsWith('file:'));
  return urls
    .map((url) => fileURLToPath(url))
    .flatMap((path) => (path.startsWith(parts) ? [path.slice(parts.length + 1)] : []));
}

test('commands that sync with the simulator start without a second parser of Markdown', async () => {
  const others = await otherParsers();
  expect(others).not.toEqual([]);
  await partsOf(['init', '--yes']);
  for (const command of [
    ['sync', '--yes'],
    ['status'],
    ['plan'],
    ['push', '--yes'],
    ['pull'],
    ['validate'],
  ]) {
    const loaded = await partsOf(command);
    expect(loaded.length).toBeGreaterThan(3);
    expect([command, loaded.filter((part) => others.includes(part))]).toEqual([command, []]);
  }
});
