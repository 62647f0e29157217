/* Entries that are held for want of the place where they belong. */
import type { EntryKey, LocalPath } from '../../model/identity.ts';
import { conflictOf, nothing, statusOf, type Decision, type DecisionContext } from './decision.ts';
import type { Pairing } from '../pair/pair.ts';
import type { CollectionTriple, Triple } from '../terms/triple.ts';

/** Entries that cannot be put where they belong, since that is not there and this plan does not make it. */
export function holdPlaceless(
  pairing: Pairing,
  decisions: ReadonlyMap<EntryKey, Decision>,
  context: DecisionContext,
): ReadonlyMap<EntryKey, Decision> {
  const collections = new Map(pairing.collections.map((triple) => [triple.key, triple]));
  const held = new Map<EntryKey, Decision>();
  for (const triple of [...pairing.collections, ...pairing.articles]) {
    const decision = decisions.get(triple.key);
    if (decision === undefined) continue;
    const decided =
      besideUnreadable(triple, decision, context) ??
      withoutParent(triple, decision, collections, decisions, context) ??
      withoutFolder(triple, decision, collections, decisions, context);
    if (decided !== null) held.set(triple.key, decided);
  }
  return held;
}

function withoutParent(
  triple: Triple,
  decision: Decision,
  collections: ReadonlyMap<EntryKey, CollectionTriple>,
  decisions: ReadonlyMap<EntryKey, Decision>,
  context: DecisionContext,
): Decision | null {
  const key = decision.remote?.write.parent;
  if (decision.remote === null || key === undefined || key === null) return null;
  const parent = collections.get(key);
  if (parent === undefined || parent.remote !== null || decisions.get(key)?.remote?.action === 'create')
    return null;
  if (parent.held || parent.base === null) return holdForFolder(triple, context);
  const reason = 'its collection was deleted in the help center';
  const place = { local: context.folderOf(key), remote: null, locale: null, reason };
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
    ? holdForFolder(triple, context)
    : null;
}

/** A file that stands where this one belongs, and cannot be read, may be its own: a second one is not made beside it. */
function besideUnreadable(triple: Triple, { local }: Decision, context: DecisionContext): Decision | null {
  const { unreadable, ignored } = context.input.local;
  if (triple.kind !== 'article' || triple.base !== null || local?.action !== 'create') return null;
  const wanted = local.to.replace(`-${triple.remote?.id ?? ''}.md`, '.md') as LocalPath;
  if (wanted === local.to || !unreadable.has(wanted) || ignored?.has(wanted) === true) return null;
  const why = `waits until ${wanted} can be read, which may be its file`;
  return { ...nothing, status: statusOf(triple, 'held', [why], context) };
}

const holdForFolder = (triple: Triple, context: DecisionContext): Decision => ({
  ...nothing,
  status: statusOf(triple, 'held', ['waits for its folder'], context),
});
