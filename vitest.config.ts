import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/helpers/build-once.ts'],
    setupFiles: ['test/helpers/plain-output.ts', 'test/helpers/no-token.ts', 'test/helpers/same-seed.ts'],
    // One more than there are cores: many tests wait for commands and clocks, and a third of a small machine would idle.
    maxWorkers: availableParallelism() + 1,
    // Far more than any test takes, so that a machine that others keep busy fails none.
    testTimeout: 90_000,
    hookTimeout: 90_000,
  },
});
