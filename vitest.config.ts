import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { pageScriptForTests } from './scripts/page-script.mjs';
import type { Plugin } from 'vitest/config';

/** As `npm run test:long` runs them. */
const isLong = (process.env['TEST_LONG'] ?? '') !== '';

/** Pages of the documentation as texts, as the build takes them. */
const pages: Plugin = {
  name: 'pages',
  transform: (text, id) => (id.endsWith('.md') ? `export default ${JSON.stringify(text)}` : null),
};

export default defineConfig({
  plugins: [pages, pageScriptForTests],
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/helpers/build-once.ts'],
    setupFiles: ['test/helpers/each-file.ts'],
    // Files that one worker runs share its modules: to load all of them anew for each would take half of the time. So no
    // test may change what another one meets; what every file needs anew is in `each-file.ts`.
    isolate: false,
    // One more than there are cores: many tests wait for commands and clocks, and a third of a small machine would idle.
    maxWorkers: availableParallelism() + 1,
    // Far more than any test takes, so that a machine that others keep busy fails none.
    testTimeout: isLong ? 1_800_000 : 90_000,
    hookTimeout: 90_000,
  },
});
