import fc from 'fast-check';
import { expect, test } from 'vitest';
import { printBase } from '../../src/base/codec.ts';
import { mergeLocks } from '../../src/base/merge-locks.ts';
import type { Base, BaseEntry } from '../../src/model/base.ts';
import { remoteId } from '../../src/model/identity.ts';
import { article, inputOf } from '../helpers/worlds.ts';

const empty = inputOf({ base: {} }).base;

/** One row, such as `11 fees "What it costs"`: an id, the name of a file, and a title. */
function row(text: string): BaseEntry {
  const [, id = '', file = '', title = file] = /^(\d+) (\S+)(?: "(.+)")?$/.exec(text) ?? [];
  const [made] = inputOf({ base: { any: article({ file, title }) } }).base.entries;
  if (made === undefined) throw new RangeError(text);
  return { ...made, id: remoteId(id) };
}
const lock = (...rows: readonly string[]): Base => ({ ...empty, entries: rows.map(row) });
const merged = (before: Base, ours: Base, theirs: Base): string =>
  printBase(mergeLocks(before, ours, theirs));

test('rows that only one side changed, added or dropped come out as that side has them', () => {
  const before = lock('1 install', '2 fees', '3 news');
  const ours = lock('1 install "Set up"', '3 news', '4 plans');
  const theirs = lock('1 install', '2 fees', '3 news "Latest"', '5 team');
  const expected = lock('1 install "Set up"', '3 news "Latest"', '4 plans', '5 team');
  expect(merged(before, ours, theirs)).toBe(printBase(expected));
});

test('of two changes of one row, and of two ids for one path, theirs stands', () => {
  const theirs = lock('1 install "Theirs"', '8 fees');
  expect(merged(lock('1 install'), lock('1 install "Mine"', '9 fees'), theirs)).toBe(printBase(theirs));
});

test('the first lock file of a help center is ours where the branch has none', () => {
  const none: Base = { pinned: null, entries: [], images: [] };
  expect(merged(none, lock('1 install'), none)).toBe(printBase(lock('1 install')));
});

const anyLock = fc
  .dictionary(fc.constantFrom('1', '2', '3', '4'), fc.constantFrom('One', 'Two', 'Three'))
  .map((rows) => lock(...Object.entries(rows).map(([id, title]) => `${id} file-${id} "${title}"`)));

test('nothing of ours gives theirs, nothing of theirs gives ours, and the same twice is the same', () => {
  fc.assert(
    fc.property(anyLock, anyLock, (one, two) => {
      expect(merged(one, one, two)).toBe(printBase(two));
      expect(merged(one, two, one)).toBe(printBase(two));
      expect(merged(one, two, two)).toBe(printBase(two));
    }),
    { numRuns: 100 },
  );
});
