import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/helpers/build-once.ts'],
    setupFiles: ['test/helpers/plain-output.ts', 'test/helpers/no-token.ts'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
