/* Whether what is on the disk is what a commit says: only that is published. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { repositoryAround } from '../../ports/run-git.ts';
import { byText } from '../../model/identity.ts';
import { wayWithin } from '../../ports/within.ts';
import { openBeside, type Checkout, type GitOptions } from './checkout.ts';

/** The first thing in which the files are not those of the commit; paths are relative to the root. */
export interface Difference {
  readonly kind: 'changed' | 'added' | 'missing' | 'sparse' | 'partial' | 'lfs' | 'submodule' | 'nested';
  readonly path: string;
}

/**
 * Compares the files below some paths with the commit that is checked out, byte by byte.
 *
 * @param isContent whether a file at this path from the folder of the project would be published
 */
export async function compareWith(
  checkout: Checkout,
  head: string,
  paths: readonly string[],
  isContent: (path: string) => boolean,
  options: GitOptions,
): Promise<Difference | null> {
  const { root, run, isPartial, isSparse } = checkout;
  // Of what is in there git says nothing at all, neither that it changed nor that it is new.
  const nearest = repositoryAround(options.folder)?.workTree ?? root;
  if (nearest !== root) return { kind: 'nested', path: wayWithin(root, nearest) ?? nearest };
  if (isPartial) return { kind: 'partial', path: paths[0] ?? '' };
  const list = async (args: readonly string[]): Promise<readonly string[]> =>
    (await run([...args, '--', ...paths])).out.split('\0').filter((one) => one !== '');
  const found = async (kind: Difference['kind'], path: string): Promise<Difference> => ({
    kind,
    path: `${await prefixOf(checkout)}${path}`,
  });
  const { commits, changed, missing, others } = filesOf(
    await list(['ls-files', '-z', '-t', '--stage', '--modified', '--deleted', '--others']),
  );
  for (const [path, commit] of commits) {
    const isContentOfIt = (inner: string): boolean => isContent(`${path}/${inner}`);
    if (!(await isSubmoduleThere(join(options.folder, path), commit, checkout, isContentOfIt, options)))
      return found('submodule', path);
  }
  for (const name of await list(['grep', '-l', '-z', '-F', '-e', pointerMark, head])) {
    const path = name.slice(head.length + 1);
    const bytes = await options.files.read(join(options.folder, path)).catch(() => null);
    if (bytes === null) continue;
    const { out } = await run(['cat-file', 'blob', `${head}:./${path}`]);
    const digest = /^oid sha256:([0-9a-f]{64})$/m.exec(out)?.[1];
    if (digest === undefined) continue;
    if (createHash('sha256').update(bytes).digest('hex') === digest) changed.delete(path);
    else if (isPointer(bytes)) return found('lfs', path);
  }
  for (const path of [...changed].toSorted(byText))
    return found(!missing.has(path) ? 'changed' : isSparse ? 'sparse' : 'missing', path);
  // Also what git passes over: it is no part of any commit, and would be read all the same. Of a repository within, git
  // names only the folder: any article may be in it.
  const added = others.find((path) => isContent(path.endsWith('/') ? `${path}any.md` : path));
  return added === undefined ? null : found('added', added);
}

interface FilesOfCheckout {
  /** Submodules, and the commits that they should be at. */
  readonly commits: ReadonlyMap<string, string>;
  /** What is not as the index has it, which is filled from the commit; those that are gone as well. */
  readonly changed: Set<string>;
  readonly missing: ReadonlySet<string>;
  /** What is in no commit. */
  readonly others: readonly string[];
}

/** From what `ls-files` says of each path, once for each thing that is to be said. */
function filesOf(lines: readonly string[]): FilesOfCheckout {
  const commits = new Map<string, string>();
  const [changed, missing] = [new Set<string>(), new Set<string>()];
  const others: string[] = [];
  for (const line of lines) {
    if (line.startsWith('? ')) {
      others.push(line.slice(2));
      continue;
    }
    const [, tag = '', mode = '', id = '', path = ''] =
      /^(\S) (\d+) ([0-9a-f]+) \d\t([^]*)$/.exec(line) ?? [];
    if (mode === '160000') commits.set(path, id);
    else if (tag !== 'H') changed.add(path);
    if (tag === 'R') missing.add(path);
  }
  return { commits, changed, missing, others };
}

/** Whether a submodule is checked out as its commit says, with nothing changed in it. */
async function isSubmoduleThere(
  folder: string,
  commit: string,
  { common }: Checkout,
  isContent: (path: string) => boolean,
  options: GitOptions,
): Promise<boolean> {
  const own = repositoryAround(folder);
  if (own?.workTree !== folder || !own.gitDir.startsWith(join(common, 'modules'))) return false;
  const within = { ...options, folder };
  const inner = await openBeside(own, within);
  return inner.head === commit && (await compareWith(inner, commit, ['.'], isContent, within)) === null;
}

/** The folder of the project as git says it: empty, or with a slash behind it. */
const prefixOf = async ({ run }: Checkout): Promise<string> =>
  (await run(['rev-parse', '--show-prefix'])).out.replace(/\n$/, '');

const pointerMark = 'version https://git-lfs.github.com/spec/v1';

const isPointer = (bytes: Uint8Array): boolean =>
  bytes.length < 1024 && new TextDecoder().decode(bytes).startsWith(pointerMark);
