/*
 * Moves that are fine by themselves and not together. What both sides do is put together twice, since the folder and
 * the help center may differ after a run: each tree must come out without circles and without a fourth level. Where
 * one does not, the remote\'s arrangement wins, since readers see it, and what was done here is held.
 */
import { byText, type EntryKey } from '../../model/identity.ts';
import { maxDepth } from '../terms/levels.ts';
import type { CollectionTriple } from '../terms/triple.ts';
import type { ParentVerdict } from '../terms/verdict.ts';

export interface MoveOptions {
  readonly answerOf: (key: EntryKey) => 'hold' | 'local' | 'remote';
  /** What this plan neither moves nor removes, for another reason: these collections stay where they are. */
  readonly staying: ReadonlySet<EntryKey>;
  /** Collections whose folders are gone and come back with this plan. */
  readonly returning: ReadonlySet<EntryKey>;
}

/** Turns verdicts into conflicts until both trees are possible. */
export function holdImpossibleMoves(
  collections: readonly CollectionTriple[],
  verdicts: Map<EntryKey, ParentVerdict>,
  options: MoveOptions,
): void {
  const triples = collections.toSorted((left, right) => byText(left.key, right.key));
  const byKey = new Map(triples.map((triple) => [triple.key, triple]));
  const sides = [remoteTree(byKey, verdicts, options), localTree(byKey, verdicts, options)];
  let isPossible = false;
  while (!isPossible) {
    isPossible = true;
    for (const tree of sides) {
      for (const triple of triples) {
        const depth = tree.isIn(triple) ? depthIn(tree, triple.key, triples.length) : 0;
        if (depth <= maxDepth) continue;
        const at = nearest(tree, triple.key, triples.length, byKey);
        const verdict = at === null ? undefined : verdicts.get(at);
        if (at === null || verdict === undefined) continue;
        verdicts.set(at, {
          ...verdict,
          standing: tree.heldAs(at),
          reason:
            depth === Number.POSITIVE_INFINITY
              ? 'together with a move on the other side this would put two collections into each other'
              : 'together with a move on the other side this would be deeper than three levels',
        });
        isPossible = false;
      }
    }
  }
}

/** What one side's collections will be arranged like. */
interface Tree {
  readonly isIn: (triple: CollectionTriple) => boolean;
  readonly parentOf: (key: EntryKey) => EntryKey | null;
  /** Moves are held first; what is new only where no move above it is to blame. */
  readonly isMove: (triple: CollectionTriple) => boolean;
  readonly isNew: (triple: CollectionTriple) => boolean;
  readonly heldAs: (key: EntryKey) => ParentVerdict['standing'];
}

function remoteTree(
  byKey: ReadonlyMap<EntryKey, CollectionTriple>,
  verdicts: ReadonlyMap<EntryKey, ParentVerdict>,
  { answerOf, staying }: MoveOptions,
): Tree {
  const isNew = (triple: CollectionTriple): boolean =>
    triple.base === null && triple.remote === null && verdicts.get(triple.key)?.standing !== 'conflict';
  const isMove = (triple: CollectionTriple): boolean =>
    triple.remote !== null && verdicts.get(triple.key)?.standing === 'ahead' && !staying.has(triple.key);
  return {
    isIn: (triple) => triple.remote !== null || isNew(triple),
    isMove,
    isNew,
    parentOf(key) {
      const triple = byKey.get(key);
      const verdict = verdicts.get(key);
      if (triple === undefined || verdict === undefined) return null;
      return triple.remote === null || isMove(triple) ? verdict.local : verdict.remote;
    },
    // Answered for the remote, the folder goes back; for the folder it cannot be answered.
    heldAs: (key) =>
      answerOf(key) === 'remote' && byKey.get(key)?.remote !== null && byKey.get(key)?.local !== null
        ? 'behind'
        : 'conflict',
  };
}

function localTree(
  byKey: ReadonlyMap<EntryKey, CollectionTriple>,
  verdicts: ReadonlyMap<EntryKey, ParentVerdict>,
  { staying, returning }: MoveOptions,
): Tree {
  const isNew = (triple: CollectionTriple): boolean =>
    triple.local === null &&
    (triple.base === null || returning.has(triple.key)) &&
    verdicts.get(triple.key)?.standing !== 'conflict';
  const isMove = (triple: CollectionTriple): boolean =>
    triple.local !== null && verdicts.get(triple.key)?.standing === 'behind' && !staying.has(triple.key);
  // What was deleted over there is going to the trash, unless it turns out that it stays.
  const isLeaving = (triple: CollectionTriple): boolean =>
    triple.base !== null && triple.remote === null && !staying.has(triple.key);
  return {
    isIn: (triple) => (triple.local !== null && !isLeaving(triple)) || isNew(triple),
    isMove,
    isNew,
    parentOf(key) {
      const triple = byKey.get(key);
      const verdict = verdicts.get(key);
      if (triple === undefined || verdict === undefined) return null;
      return triple.local === null || isMove(triple) ? verdict.remote : verdict.local;
    },
    heldAs: () => 'conflict',
  };
}

/** Counted from 1 at the top; infinite for what is within itself. */
function depthIn(tree: Tree, key: EntryKey, size: number): number {
  let depth = 0;
  for (let at: EntryKey | null = key; at !== null; at = tree.parentOf(at)) {
    depth += 1;
    if (depth > size) return Number.POSITIVE_INFINITY;
  }
  return depth;
}

/** What is to be held so that an entry gets a possible place: the nearest move above it, else what is new there. */
function nearest(
  tree: Tree,
  key: EntryKey,
  size: number,
  byKey: ReadonlyMap<EntryKey, CollectionTriple>,
): EntryKey | null {
  for (const isHeld of [tree.isMove, tree.isNew]) {
    let at: EntryKey | null = key;
    for (let steps = 0; at !== null && steps <= size; steps += 1) {
      const triple = byKey.get(at);
      if (triple !== undefined && isHeld(triple)) return at;
      at = tree.parentOf(at);
    }
  }
  return null;
}
