/* Whether what is on the disk is what a commit says: only that is published. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { repositoryAround } from '../../ports/run-git.ts';
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
  const inRoot = await prefixOf(checkout);
  for (const entry of await list(['ls-files', '--stage', '-z'])) {
    const [, commit = '', path = ''] = /^160000 ([0-9a-f]+) \d\t(.*)$/s.exec(entry) ?? [];
    if (path === '') continue;
    const isContentOfIt = (inner: string): boolean => isContent(`${path}/${inner}`);
    if (!(await isSubmoduleThere(join(root, inRoot, path), commit, checkout, isContentOfIt, options)))
      return { kind: 'submodule', path: `${inRoot}${path}` };
  }
  // Of a repository within, which no commit of this one holds, git names only the folder: any article may be in it.
  const isAdded = (path: string): boolean => isContent(path.endsWith('/') ? `${path}any.md` : path);
  const pointers = await list(['grep', '-l', '-z', '-F', '-e', pointerMark, head]);
  const status = [
    'status',
    '--porcelain',
    '-z',
    '--no-renames',
    '--untracked-files=all',
    '--ignore-submodules=all',
  ];
  const differing = new Map((await list(status)).map((line) => [line.slice(3), line.slice(0, 2)] as const));
  for (const name of pointers) {
    const path = `${inRoot}${name.slice(head.length + 1)}`;
    const bytes = await options.files.read(join(root, path)).catch(() => null);
    if (bytes === null) continue;
    const { out } = await run(['cat-file', 'blob', `${head}:${path}`], { folder: root });
    const digest = /^oid sha256:([0-9a-f]{64})$/m.exec(out)?.[1];
    if (digest === undefined) continue;
    if (createHash('sha256').update(bytes).digest('hex') === digest) differing.delete(path);
    else if (isPointer(bytes)) return { kind: 'lfs', path };
  }
  for (const [path, mark] of differing) {
    if (mark === '??' && !isAdded(path.slice(inRoot.length))) continue;
    const kind = mark === '??' ? 'added' : mark.includes('D') ? (isSparse ? 'sparse' : 'missing') : 'changed';
    return { kind, path };
  }
  // What git passes over is no part of any commit, and would be read all the same.
  const others = await list(['ls-files', '--others', '-z']);
  const added = others.find(isAdded);
  return added === undefined ? null : { kind: 'added', path: `${inRoot}${added}` };
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
