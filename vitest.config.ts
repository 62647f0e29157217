import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/helpers/build-once.ts'],
    setupFiles: ['test/helpers/plain-output.ts', 'test/helpers/no-token.ts', 'test/helpers/same-seed.ts'],
    // The usual number leaves one core idle, which is half of a small machine; many tests wait for commands and clocks.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
