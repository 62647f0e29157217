// Takes the pictures of the README and of the docs anew, in the run of the tests that look at the same pages: npm run screenshots
import { execFileSync } from 'node:child_process';

execFileSync(
  process.execPath,
  [
    'node_modules/vitest/vitest.mjs',
    'run',
    'test/preview/browser.test.ts',
    'test/action/comment-looks.test.ts',
  ],
  {
    stdio: 'inherit',
    env: { ...process.env, SHELFMARK_SCREENSHOTS: '1', SHELFMARK_REQUIRE_CHROMIUM: '1' },
  },
);
