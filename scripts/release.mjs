// Makes a release: a commit beside the branch that holds the sources, the bundled action and the licences of what is
// bundled in it, with its tags. The branch itself never holds a bundle. Nothing is pushed; what to push is printed.
//
//   node scripts/release.mjs [FOLDER]
//
// Without a folder the bundle is built now; with one it is taken from there, as the job that may write does: it runs no
// code of others. See docs/decisions/0018-github-action.md.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const git = (args, env = {}) =>
  execFileSync('git', args, { encoding: 'utf8', env: { ...process.env, ...env } }).trim();
const stop = (message) => {
  process.stderr.write(`${message}\n`);
  process.exit(1);
};

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const built = process.argv[2] ?? 'dist';
const tag = `v${version}`;
const moving = `v${version.split('.')[0]}`;
const changed = git(['status', '--porcelain', '--untracked-files=no']);
if (changed !== '') stop(`There are changes that are not committed. Nothing was released.\n${changed}`);
const branch = git(['rev-parse', '--abbrev-ref', 'HEAD']);
if (branch !== 'main') stop(`Releases are made from main, and this is ${branch}. Nothing was released.`);
if (git(['tag', '--list', tag]) !== '')
  stop(`There is a ${tag} already. Nothing was released. Raise the version in package.json first.`);

if (process.argv[2] === undefined)
  execFileSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' });
const scratch = mkdtempSync(join(tmpdir(), 'shelfmark-release-'));
try {
  const index = { GIT_INDEX_FILE: join(scratch, 'index') };
  git(['read-tree', 'HEAD'], index);
  for (const name of ['action.mjs', 'THIRD-PARTY-LICENCES.txt']) {
    const blob = git(['hash-object', '-w', '--no-filters', join(built, name)]);
    git(['update-index', '--add', '--cacheinfo', `100644,${blob},dist/${name}`], index);
  }
  const tree = git(['write-tree'], index);
  const commit = git([
    'commit-tree',
    tree,
    '-p',
    'HEAD',
    '-m',
    `Release ${version}\n\nThe sources with the bundled action, and the licences of what is in it.`,
  ]);
  git(['tag', '--annotate', '--message', `Shelfmark ${version}`, tag, commit]);
  git(['tag', '--force', '--annotate', '--message', `The newest ${moving}`, moving, commit]);
  process.stdout.write(`${tag} and ${moving} stand at ${commit}. To publish them:\n\n`);
  process.stdout.write(`  git push origin ${tag}\n  git push --force origin ${moving}\n`);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
