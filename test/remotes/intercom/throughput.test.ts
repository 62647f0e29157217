import { expect, test } from 'vitest';
import { measurePace } from '../../../bench/pace.ts';

test('2,000 articles are created, updated and listed without one 429, using each full window to 95 %', async () => {
  const figures = await measurePace(2000, 400);
  expect(figures.refused).toBe(0);
  expect(figures.leastUsed).toBeGreaterThanOrEqual(0.95);
  expect(figures.fullWindows).toBeGreaterThan(8);
  // Created, updated, and two listings, the second of eight pages and a look back at the first of them.
  expect(figures.calls).toBe(2000 + 2000 + 1 + 3 + 8 + 1 + 1);
});
