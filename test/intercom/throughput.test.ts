import { expect, test } from 'vitest';
import { measurePace } from '../../bench/pace.ts';

// It takes some ten seconds of one core; a busy machine may take its time.
test(
  '10,000 articles are created, updated and listed without one 429, using each full window to 95 %',
  { timeout: 120_000 },
  async () => {
    const figures = await measurePace(10_000, 1667);
    expect(figures.refused).toBe(0);
    expect(figures.leastUsed).toBeGreaterThanOrEqual(0.95);
    expect(figures.fullWindows).toBeGreaterThan(10);
    // Created, updated, and two listings, the second of forty pages and a look back at the first of them.
    expect(figures.calls).toBe(10_000 + 10_000 + 1 + 3 + 40 + 1 + 1);
  },
);
