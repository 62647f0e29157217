/*
 * A repository as a scenario needs it: what git does to the files of a folder, whole files at a time, and nothing of how
 * it does it. It knows the content folder and the lock file; all else is ignored, as `.shelfmark` is.
 */
import { emptyBase, type Base } from '../../src/model/base.ts';
import { parseBase, printBase } from '../../src/base/codec.ts';
import { mergeLocks } from '../../src/base/merge-locks.ts';
import { gitNameOf, type FolderInGit } from '../../src/ports/git.ts';
import type { Disk } from './disk.ts';
import { contentFolder, isLock, lockFileOf } from './places.ts';
import { staging } from './site.ts';

/** Texts by absolute path. */
export type Tree = ReadonlyMap<string, string>;

export interface Commit {
  readonly tree: Tree;
  readonly parents: readonly Commit[];
}

interface Stash {
  /** The commit that it was made on. */
  readonly on: Tree;
  readonly tree: Tree;
}

export class Repo {
  readonly disk: Disk;
  head: Commit;
  /** The branch that is not checked out. */
  other: Commit;
  readonly stashes: Stash[] = [];
  /** Paths outside of a sparse checkout. */
  readonly sparse = new Set<string>();

  constructor(disk: Disk, head: Commit | null = null) {
    this.disk = disk;
    this.head = head ?? { tree: this.work(), parents: [] };
    this.other = this.head;
  }

  /** What lies on the disk of all that git may know. */
  work(): Tree {
    const found = new Map<string, string>();
    for (const path of [...this.disk.paths(contentFolder), lockFileOf(null), lockFileOf(staging)]) {
      const text = isKnown(path) ? this.disk.text(path) : null;
      if (text !== null) found.set(path, text);
    }
    return found;
  }

  commit(): boolean {
    const tree = new Map(this.work());
    for (const path of this.sparse) {
      const text = this.head.tree.get(path);
      if (text !== undefined) tree.set(path, text);
    }
    if (isSame(tree, this.head.tree)) return false;
    this.head = { tree, parents: [this.head] };
    return true;
  }

  /** `git reset --hard`: new files stay. */
  reset(): void {
    this.#put(this.head.tree, [...this.head.tree.keys()]);
  }

  /** `git checkout <commit> -- <paths>`; false where the commit has nothing of them. */
  restore(paths: readonly string[], from: Commit = this.head): boolean {
    const known = paths.filter((path) => from.tree.has(path) && !this.sparse.has(path));
    this.#put(from.tree, known);
    return known.length > 0;
  }

  /** `git stash`, also of new files where so asked. */
  stash(isWhole: boolean): boolean {
    const work = this.work();
    const { tree: on } = this.head;
    const kept = new Map([...work].filter(([path]) => isWhole || on.has(path)));
    for (const path of this.sparse) kept.set(path, on.get(path) ?? '');
    if (isSame(kept, new Map([...on].filter(([path]) => kept.has(path)))) && kept.size >= on.size)
      return false;
    this.stashes.push({ on, tree: kept });
    const paths = isWhole ? [...new Set([...work.keys(), ...on.keys()])] : [...on.keys()];
    this.#put(on, paths);
    return true;
  }

  /** `git stash pop`: refused where a file that it would change was changed since. */
  pop(): boolean {
    const stash = this.stashes.at(-1);
    if (stash === undefined) return false;
    const touched = changedPaths(stash.on, stash.tree);
    const work = this.work();
    const isFree = touched.every(
      (path) => !this.sparse.has(path) && work.get(path) === this.head.tree.get(path),
    );
    const merged = isFree ? mergeTrees(stash.on, this.head.tree, stash.tree) : null;
    if (merged === null) return false;
    this.stashes.pop();
    this.#put(merged, touched);
    return true;
  }

  /** `git switch` to the other branch: refused where it would overwrite what is in no commit. */
  switch(): boolean {
    const to = this.other;
    if (!this.#goTo(to)) return false;
    this.other = this.head;
    this.head = to;
    return true;
  }

  /** Makes the other branch begin here, unless that would drop commits of it. */
  branch(): void {
    if (sharedBy(this.head, this.other) === this.other) this.other = this.head;
  }

  /** `git revert HEAD`. */
  revert(): boolean {
    const [parent] = this.head.parents;
    if (parent === undefined || this.head.parents.length > 1) return false;
    return this.#advance({ tree: parent.tree, parents: [this.head] });
  }

  /** `git merge`: both files and lock; false where a file is in conflict, and the merge is aborted. */
  merge(theirs: Commit): boolean {
    const before = sharedBy(this.head, theirs);
    if (before === null || before === theirs) return false;
    if (before === this.head) return this.#advance(theirs);
    const tree = mergeTrees(before.tree, this.head.tree, theirs.tree);
    return tree !== null && this.#advance({ tree, parents: [this.head, theirs] });
  }

  /** Leaves a path out of the checkout, or takes all of them in again; only what is as committed can go. */
  leaveOut(path: string): boolean {
    const text = this.disk.text(path);
    if (text === null || text !== this.head.tree.get(path)) return false;
    this.sparse.add(path);
    this.disk.take(path);
    return true;
  }

  takeIn(): boolean {
    const paths = [...this.sparse].filter((path) => this.disk.text(path) === null);
    const isSparse = this.sparse.size > 0;
    this.sparse.clear();
    this.#put(this.head.tree, paths);
    return isSparse;
  }

  look(): FolderInGit {
    const leftOut = [...this.sparse].map((path) => ({
      path: path.slice(contentFolder.length + 1),
      why: 'sparse' as const,
    }));
    return { leftOut, ignored: [], isMissing: false };
  }

  committed(): ReadonlySet<string> {
    return new Set([...this.head.tree.values()].map((text) => gitNameOf(new TextEncoder().encode(text))));
  }

  /** Every text that can be had back by a command. */
  *texts(): Iterable<string> {
    const seen = new Set<Commit>();
    const open = [this.head, this.other];
    for (let commit = open.pop(); commit !== undefined; commit = open.pop()) {
      if (seen.has(commit)) continue;
      seen.add(commit);
      yield* commit.tree.values();
      open.push(...commit.parents);
    }
    for (const stash of this.stashes) yield* stash.tree.values();
  }

  #goTo(to: Commit): boolean {
    const paths = changedPaths(this.head.tree, to.tree);
    const work = this.work();
    const isFree = paths.every((path) =>
      this.sparse.has(path)
        ? !work.has(path)
        : work.get(path) === this.head.tree.get(path) || work.get(path) === to.tree.get(path),
    );
    if (!isFree) return false;
    this.#put(to.tree, paths);
    return true;
  }

  #advance(to: Commit): boolean {
    if (!this.#goTo(to)) return false;
    this.head = to;
    return true;
  }

  #put(tree: Tree, paths: readonly string[]): void {
    for (const path of paths) {
      if (this.sparse.has(path)) continue;
      const text = tree.get(path);
      if (text === undefined) this.disk.drop(path);
      else if (this.disk.text(path) !== text) this.disk.put(path, text);
    }
  }
}

const isKnown = (path: string): boolean => !path.includes('/.');

function isSame(left: Tree, right: Tree): boolean {
  return left.size === right.size && [...left].every(([path, text]) => right.get(path) === text);
}

function changedPaths(before: Tree, after: Tree): readonly string[] {
  return [...new Set([...before.keys(), ...after.keys()])].filter(
    (path) => before.get(path) !== after.get(path),
  );
}

/** The youngest commit that both come from, near enough; null for strangers. */
function sharedBy(ours: Commit, theirs: Commit): Commit | null {
  const above = new Set<Commit>();
  const climb = (from: Commit, stop: (commit: Commit) => boolean): Commit | null => {
    const open = [from];
    for (let commit = open.shift(); commit !== undefined; commit = open.shift()) {
      if (stop(commit)) return commit;
      open.push(...commit.parents);
    }
    return null;
  };
  climb(ours, (commit) => {
    above.add(commit);
    return false;
  });
  return climb(theirs, (commit) => above.has(commit));
}

/** Three ways, by whole file; the lock file by its own driver. Null where both sides changed one file. */
function mergeTrees(before: Tree, ours: Tree, theirs: Tree): Tree | null {
  const merged = new Map(ours);
  for (const path of changedPaths(before, theirs)) {
    const [was, mine, other] = [before, ours, theirs].map((tree) => tree.get(path));
    if (mine === other) continue;
    if (mine === was) {
      if (other === undefined) merged.delete(path);
      else merged.set(path, other);
    } else if (isLock(path)) merged.set(path, mergedLock(was, mine, other));
    else {
      const lines = mergeLines(was, mine, other);
      if (lines === null) return null;
      merged.set(path, lines);
    }
  }
  return merged;
}

function mergedLock(...versions: readonly (string | undefined)[]): string {
  const [was, mine, other] = versions.map((text): Base =>
    text === undefined ? emptyBase : parseBase(text, 'sync.lock.json'),
  );
  return printBase(mergeLocks(was ?? emptyBase, mine ?? emptyBase, other ?? emptyBase));
}

/** Paragraphs that only one side added or changed, where none of theirs touches one of ours. */
function mergeLines(
  was: string | undefined,
  mine: string | undefined,
  other: string | undefined,
): string | null {
  if (was === undefined || mine === undefined || other === undefined) return null;
  const [before, ours, theirs] = [was, mine, other].map((text) => text.split('\n\n'));
  if (before === undefined || ours === undefined || theirs === undefined) return null;
  if (before.length !== ours.length || before.length !== theirs.length) return null;
  const lines = before.map((one, at) => {
    const [own, foreign] = [ours[at] ?? '', theirs[at] ?? ''];
    if (own === foreign || foreign === one) return own;
    return own === one ? foreign : null;
  });
  return lines.some((one) => one === null) ? null : lines.join('\n\n');
}
