import { execFileSync } from 'node:child_process';

/** Builds the command that the tests run, once per run, so that they never test an older one. */
export default function buildOnce(): void {
  execFileSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' });
}
