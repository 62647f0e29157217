/* What is in a collection, and what this plan makes of it. */
import type { EntryKey } from '../../model/identity.ts';
import type { Contents } from './decide-collection.ts';
import type { Decision, DecisionContext } from './decision.ts';
import type { Pairing } from '../pair/pair.ts';
import type { CollectionTriple, Triple } from '../terms/triple.ts';

/** What is in each collection, on one side at least. */
export function childrenOf(
  pairing: Pairing,
  { parents }: DecisionContext,
): ReadonlyMap<EntryKey, readonly Triple[]> {
  const children = new Map<EntryKey, Triple[]>();
  for (const triple of [...pairing.collections, ...pairing.articles]) {
    const { local = null, remote = null } = parents.get(triple.key) ?? {};
    for (const parent of new Set([local, remote])) if (parent !== null) append(children, parent, triple);
  }
  return children;
}

function append<Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

/** What the decision about a collection needs to know of the decisions about what is in it. */
export function contentsOf(
  collection: CollectionTriple,
  inside: readonly Triple[],
  decisions: ReadonlyMap<EntryKey, Decision>,
  context: DecisionContext,
): Contents {
  let hasLocalWork = false;
  let staysFilled = false;
  let isRefilled = false;
  for (const triple of inside) {
    const parent = context.parents.get(triple.key);
    const decision = decisions.get(triple.key);
    if (parent === undefined || decision === undefined) {
      if (
        parent !== undefined &&
        triple.kind === 'collection' &&
        parent.remote === collection.key &&
        triple.remote !== null
      )
        staysFilled = true;
      continue;
    }
    if (triple.local !== null && parent.local === collection.key) {
      const isMovedIn = parent.standing === 'ahead' && decision.local?.action !== 'delete';
      if (triple.base === null || isMovedIn || decision.conflicts.length > 0) hasLocalWork = true;
    }
    const leaves =
      decision.remote?.removal === 'delete' ||
      (decision.remote?.write.parent !== undefined && decision.remote.write.parent !== collection.key);
    const isWrittenHere =
      decision.local?.action === 'create' ||
      (decision.local !== null && decision.local.action !== 'delete' && parent.standing === 'behind');
    if (isWrittenHere && parent.remote === collection.key) isRefilled = true;
    const stays = triple.remote !== null && parent.remote === collection.key && !leaves;
    const arrives = decision.remote?.write.parent === collection.key;
    if (stays || arrives) staysFilled = true;
  }
  return { hasLocalWork, staysFilled, isRefilled };
}
