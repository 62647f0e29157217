/* Entries that have to wait for the place where they belong. */
import type { EntryKey } from '../../model/identity.ts';
import { conflictOf, nothing, statusOf, type Decision, type DecisionContext } from './decision.ts';
import type { Pairing } from '../pair/pair.ts';
import type { CollectionTriple, Triple } from '../terms/triple.ts';

/** Entries that cannot be put where they belong, since that is not there and this plan does not make it. */
export function findWaiting(
  pairing: Pairing,
  decisions: ReadonlyMap<EntryKey, Decision>,
  context: DecisionContext,
): ReadonlyMap<EntryKey, Decision> {
  const collections = new Map(pairing.collections.map((triple) => [triple.key, triple]));
  const waiting = new Map<EntryKey, Decision>();
  for (const triple of [...pairing.collections, ...pairing.articles]) {
    const decision = decisions.get(triple.key);
    if (decision === undefined) continue;
    const held =
      withoutParent(triple, decision, collections, decisions, context) ??
      withoutFolder(triple, decision, collections, decisions, context);
    if (held !== null) waiting.set(triple.key, held);
  }
  return waiting;
}

function withoutParent(
  triple: Triple,
  decision: Decision,
  collections: ReadonlyMap<EntryKey, CollectionTriple>,
  decisions: ReadonlyMap<EntryKey, Decision>,
  context: DecisionContext,
): Decision | null {
  const target = decision.remote?.write.parent;
  if (decision.remote === null || target === undefined || target === null) return null;
  const parent = collections.get(target);
  if (parent === undefined || parent.remote !== null || decisions.get(target)?.remote?.action === 'create')
    return null;
  if (parent.frozen || parent.base === null) return waits(triple, context);
  const reason = 'its collection was deleted in the help center';
  const place = { local: context.folderOf(target), remote: null, locale: null, reason };
  return {
    ...nothing,
    status: statusOf(triple, 'conflict', [reason], context),
    conflicts: [conflictOf(triple, decision.remote.path, { field: 'parent', ...place })],
  };
}

function withoutFolder(
  triple: Triple,
  { local }: Decision,
  collections: ReadonlyMap<EntryKey, CollectionTriple>,
  decisions: ReadonlyMap<EntryKey, Decision>,
  context: DecisionContext,
): Decision | null {
  const verdict = context.parents.get(triple.key);
  const parent = collections.get(verdict?.remote ?? ('' as EntryKey));
  if (parent === undefined || local === null || local.action === 'delete') return null;
  const isPlaced = local.action === 'create' || verdict?.standing === 'behind';
  const isHeld = (decisions.get(parent.key)?.conflicts.length ?? 0) > 0;
  const isThere = parent.local !== null || (parent.base !== null && !isHeld);
  return isPlaced && !isThere && decisions.get(parent.key)?.local?.action !== 'create'
    ? waits(triple, context)
    : null;
}

const waits = (triple: Triple, context: DecisionContext): Decision => ({
  ...nothing,
  status: statusOf(triple, 'held', ['waits for its folder'], context),
});
