import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isLong, tries } from '../../helpers/long.ts';
import { around, decorate, editsToFile, editsToIntercom, pairOf } from './one-word.ts';

const root = join(import.meta.dirname, '../../..');

const [documents, ofOurs, words] = [tries(12, 200), tries(6, 1000), tries(0, 3)];

/** Texts that nobody here wrote: what installed packages say about themselves. */
function readmes(): readonly string[] {
  const folders = readdirSync(join(root, 'node_modules'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .flatMap(({ name }) =>
      name.startsWith('@')
        ? readdirSync(join(root, 'node_modules', name)).map((inner) => join(name, inner))
        : [name],
    );
  return folders.flatMap((folder) => {
    const files = readdirSync(join(root, 'node_modules', folder));
    const name = files.find((one) => /^readme\.md$/iu.test(one));
    return name === undefined ? [] : [readFileSync(join(root, 'node_modules', folder, name), 'utf8')];
  });
}

function ours(): readonly string[] {
  return readdirSync(join(root, 'content'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => readFileSync(join(root, 'content', name), 'utf8').replace(/^---\n[^]*?\n---\n/u, ''));
}

/** Evenly from the whole row, without what is longer than people read. */
function some(texts: readonly string[], most: number): readonly string[] {
  const short = texts.filter(({ length }) => length < (isLong ? 40_000 : 6_000));
  const step = Math.max(1, Math.floor(short.length / most));
  return short.filter((_, at) => at % step === 0).slice(0, most);
}

test(
  'one word changes one word in every block of our own articles and of the words of others, both ways',
  { timeout: 3_600_000 },
  () => {
    let count = 0;
    const misses: string[] = [];
    for (const text of [...some(ours(), ofOurs), ...some(readmes(), documents)]) {
      for (const pair of [pairOf(text), pairOf(text, decorate)]) {
        if (pair === null) continue;
        // Each edit reads all of the text, so of the longest there are fewer.
        const every = Math.ceil(text.length / 13_000) ** 2;
        for (const edits of [editsToFile(pair, words, every), editsToIntercom(pair, words, every)]) {
          count += edits.count;
          misses.push(...edits.misses.map(around));
        }
      }
    }
    expect(count).toBeGreaterThan(200);
    expect(misses).toEqual([]);
  },
);
