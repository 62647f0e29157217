import {
  appendFileSync,
  linkSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { replaceFile } from '../../src/ports/atomic.ts';
import { nodeChance } from '../../src/ports/node-chance.ts';
import { nodeFiles } from '../../src/ports/node-files.ts';

let folder = '';
let path = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'replace-'));
  path = join(folder, 'a.md');
  writeFileSync(path, 'old');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (): string => readFileSync(path, 'utf8');

/** Replaces "old" by "new" while somebody does something right after the last look. */
const replacing = (meanwhile: () => void): Promise<'done' | 'stale'> =>
  replaceFile(nodeFiles, path, bytes('new'), {
    chance: nodeChance,
    isExpected: (found) => {
      const isOld = found !== null && new TextDecoder().decode(found) === 'old';
      meanwhile();
      return isOld;
    },
  });

test('an expected file is replaced, and nothing else is left in the folder', async () => {
  expect(await replacing(() => undefined)).toBe('done');
  expect(text()).toBe('new');
  expect(readdirSync(folder)).toEqual(['a.md']);
});

test.each<readonly [string, () => void, string]>([
  ['in place', () => writeFileSync(path, 'saved'), 'saved'],
  ['at its end', () => appendFileSync(path, ' and more'), 'old and more'],
  [
    'by a file of its own in its place',
    () => {
      writeFileSync(`${path}~`, 'saved');
      renameSync(`${path}~`, path);
    },
    'saved',
  ],
  [
    'with a second name for the old one',
    () => {
      linkSync(path, join(folder, 'backup'));
      unlinkSync(path);
      writeFileSync(path, 'saved');
      unlinkSync(join(folder, 'backup'));
    },
    'saved',
  ],
])('a file that an editor saves %s after the last look keeps what was saved', async (_, save, saved) => {
  expect(await replacing(save)).toBe('stale');
  expect(text()).toBe(saved);
  expect(readdirSync(folder)).toEqual(['a.md']);
});

test('a file that is not the expected one is left alone, also a link and a folder', async () => {
  writeFileSync(path, 'other');
  expect(await replacing(() => undefined)).toBe('stale');
  expect(text()).toBe('other');
  rmSync(path);
  expect(await replacing(() => undefined)).toBe('stale');
  writeFileSync(join(folder, 'secret'), 'old');
  symlinkSync(join(folder, 'secret'), path);
  expect(await replacing(() => undefined)).toBe('stale');
  expect(readdirSync(folder)).toEqual(['a.md', 'secret']);
});

test('a new file never takes the place of one that somebody made in the last moment', async () => {
  rmSync(path);
  const outcome = await replaceFile(nodeFiles, path, bytes('new'), {
    chance: nodeChance,
    isExpected: (found) => {
      writeFileSync(path, 'made by hand');
      return found === null;
    },
  });
  expect(outcome).toBe('stale');
  expect(text()).toBe('made by hand');
  expect(readdirSync(folder)).toEqual(['a.md']);
});

test('many saves while many files are replaced are all kept', async () => {
  const names = Array.from({ length: 200 }, (_, index) => join(folder, `b${index}.md`));
  for (const name of names) writeFileSync(name, 'old');
  const saves = names.map(async (name, index) => {
    for (let turn = 0; turn < index % 7; turn += 1) await new Promise(setImmediate);
    if (readFileSync(name, 'utf8') === 'old') writeFileSync(name, 'saved');
  });
  const outcomes = await Promise.all(
    names.map((name) =>
      replaceFile(nodeFiles, name, bytes('new'), {
        chance: nodeChance,
        isExpected: (found) => found !== null && new TextDecoder().decode(found) === 'old',
      }),
    ),
  );
  await Promise.all(saves);
  const kept = names.map((name) => readFileSync(name, 'utf8'));
  expect(outcomes.map((one) => (one === 'done' ? 'new' : 'saved'))).toEqual(kept);
});
