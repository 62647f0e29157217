import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Builds the command that the tests run, once per run, so that they never test an older one. */
export default function buildOnce(): void {
  if (!isFresh()) execFileSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' });
}

/** `npm ci` has just built it. A folder is newer than the build when a file was removed from it. */
function isFresh(): boolean {
  const built = Math.min(...['dist/shelfmark.js', 'dist/action.mjs'].map(timeOf));
  const files = ['src', 'scripts', 'docs'].flatMap((folder) => [
    folder,
    ...readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  ]);
  return ['package.json', 'package-lock.json', 'tsconfig.json', ...files].every(
    (name) => timeOf(name) < built,
  );
}

const timeOf = (name: string): number => statSync(name, { throwIfNoEntry: false })?.mtimeMs ?? 0;
