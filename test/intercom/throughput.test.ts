import { expect, test } from 'vitest';
import { measurePace } from '../../bench/measure-pace.ts';
import { tries } from '../helpers/long.ts';

// In the gate a sixth of the articles under a sixth of the limit: as many windows, each used as fully.
const articles = tries(1600, 10_000);
const limit = tries(267, 1667);
const pages = articles / 250;

test(`${articles} articles are created, updated and listed without one 429, using each full window to 95 %`, async () => {
  const figures = await measurePace({ articles, limit });
  expect(figures.refused).toBe(0);
  expect(figures.leastUsed).toBeGreaterThanOrEqual(0.95);
  expect(figures.fullWindows).toBeGreaterThan(10);
  // Created, updated, and two listings, the second of all pages and a look back at the first of them.
  expect(figures.calls).toBe(articles + articles + 1 + 3 + Math.ceil(pages) + 1 + 1);
});
