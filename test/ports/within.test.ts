import { posix, win32 } from 'node:path';
import { expect, test } from 'vitest';
import { wayWithin } from '../../src/ports/within.ts';

test.each([
  [posix, '/w', '/w', ''],
  [posix, '/w', '/w/docs/a.md', 'docs/a.md'],
  [posix, '/w', '/w/..a/b', '..a/b'],
  [posix, '/w', '/', null],
  [posix, '/w', '/wide/a', null],
  [posix, '/w/x', '/w', null],
  [win32, 'C:\\w', 'C:\\w\\docs\\a.md', 'docs/a.md'],
  [win32, 'C:\\w', 'c:\\W\\docs', 'docs'],
  [win32, 'C:\\w', 'C:\\', null],
  [win32, 'C:\\w', 'D:\\w\\docs', null],
  [win32, 'C:\\w', '\\\\server\\share\\w', null],
  [win32, 'C:\\w', 'C:\\w\\..a', '..a'],
])('in %# the way is what it is on that system', (paths, folder, place, way) => {
  expect(wayWithin(folder, place, paths)).toBe(way);
});
