/*
 * Decides about all entries together: what becomes of one depends on what becomes of those around it, and never on
 * the order in which they come.
 */
import { parentPath, type EntryKey, type LocalPath } from '../model/identity.ts';
import { checkBody } from './check-body.ts';
import { decideArticle } from './decide-article.ts';
import { decideCollection, keepFolder, type Contents } from './decide-collection.ts';
import { conflictOf, nothing, statusOf, type Decision, type DecisionContext } from './decision.ts';
import type { Pairing } from './pair.ts';
import type { ArticleTriple, CollectionTriple, Triple } from './triple.ts';

export interface Decided {
  readonly decisions: ReadonlyMap<EntryKey, Decision>;
  readonly context: DecisionContext;
}

/**
 * Decides with every move in its place. A move that turns out not to be made (its entry is in conflict about something
 * else) changes the places of others, so all is decided anew with that entry where it is, until nothing turns up.
 */
export function decideAll(
  pairing: Pairing,
  prepare: (stuck: ReadonlySet<EntryKey>) => DecisionContext,
): Decided {
  let stuck: ReadonlySet<EntryKey> = new Set();
  for (;;) {
    const context = prepare(stuck);
    const decisions = decideOnce(pairing, context);
    const found = movesNotMade(pairing, decisions, context).filter((key) => !stuck.has(key));
    if (found.length === 0)
      return { decisions: withPaths(pairing, withFolders(pairing, decisions, context)), context };
    stuck = new Set([...stuck, ...found]);
  }
}

/** Folders without a file of their own that this plan empties get one. */
function withFolders(
  pairing: Pairing,
  decisions: ReadonlyMap<EntryKey, Decision>,
  context: DecisionContext,
): ReadonlyMap<EntryKey, Decision> {
  const { local } = context.input;
  const kept = new Map(decisions);
  if (context.input.direction === 'push') return kept;
  const entries = [...pairing.collections, ...pairing.articles];
  for (const triple of pairing.collections) {
    const decision = decisions.get(triple.key);
    const path = triple.local?.path;
    if (path === undefined || triple.local?.file !== null || triple.remote === null || triple.frozen)
      continue;
    if (decision === undefined || decision.conflicts.length > 0) continue;
    const folder = context.layout.pathOf(triple.key);
    const isIn = (one: Triple): boolean => one.local !== null && parentPath(one.local.path) === path;
    const staysIn = (one: Triple): boolean => {
      const doing = decisions.get(one.key)?.local ?? null;
      const isThere = one.local !== null ? doing?.action !== 'delete' : doing?.action === 'create';
      return isThere && parentPath(context.layout.pathOf(one.key)) === folder;
    };
    const others = [...local.assets, ...local.unreadable].some((one) => one.startsWith(`${path}/`));
    if (!others && entries.some(isIn) && !entries.some(staysIn))
      kept.set(triple.key, keepFolder(triple, decision, context));
  }
  return kept;
}

/**
 * A path that was found out is noted at once, whatever else becomes of the entry: what told who it is, such as the
 * likeness of its text, may not last until the next run.
 */
function withPaths(
  pairing: Pairing,
  decisions: ReadonlyMap<EntryKey, Decision>,
): ReadonlyMap<EntryKey, Decision> {
  const noted = new Map(decisions);
  for (const { key, base, local, frozen } of [...pairing.collections, ...pairing.articles]) {
    const decision = decisions.get(key);
    if (base === null || local === null || frozen || base.path === local.path) continue;
    if (decision === undefined || decision.baseEdit !== null) continue;
    const row = { ...base, path: local.path };
    noted.set(key, { ...decision, baseEdit: { key, edit: 'path', path: local.path, id: base.id, row } });
  }
  return noted;
}

/** Entries whose place changed on one side, or that are gone there, without an operation that follows it. */
function movesNotMade(
  pairing: Pairing,
  decisions: ReadonlyMap<EntryKey, Decision>,
  { parents, input }: DecisionContext,
): readonly EntryKey[] {
  return [...pairing.collections, ...pairing.articles].flatMap((triple) => {
    const standing = parents.get(triple.key)?.standing;
    const decision = decisions.get(triple.key);
    const isLeftThere =
      standing === 'ahead' &&
      triple.remote !== null &&
      input.direction !== 'pull' &&
      decision?.remote?.write.parent === undefined;
    const isHere = triple.local !== null && input.direction !== 'push';
    const isLeftHere =
      isHere &&
      standing === 'behind' &&
      (decision === undefined || decision.local === null || decision.local.action === 'delete');
    const isKept =
      isHere &&
      triple.base !== null &&
      triple.remote === null &&
      decision?.local?.action !== 'delete' &&
      decision?.baseEdit?.edit !== 'drop';
    return isLeftThere || isLeftHere || isKept ? [triple.key] : [];
  });
}

function decideOnce(pairing: Pairing, context: DecisionContext): ReadonlyMap<EntryKey, Decision> {
  const decisions = new Map<EntryKey, Decision>();
  for (const triple of pairing.articles) decisions.set(triple.key, decideArticle(triple, context));
  const children = childrenOf(pairing, context);
  const begun = new Set<EntryKey>();
  // From the bottom up: what becomes of a collection depends on what becomes of what is in it, on either side.
  const decide = (triple: CollectionTriple): void => {
    if (begun.has(triple.key)) return;
    begun.add(triple.key);
    const inside = children.get(triple.key) ?? [];
    for (const one of inside) if (one.kind === 'collection') decide(one);
    decisions.set(
      triple.key,
      decideCollection(triple, contentsOf(triple, inside, decisions, context), context),
    );
  };
  for (const triple of pairing.collections) decide(triple);
  for (const triple of [...pairing.collections, ...pairing.articles]) {
    const held = holdWithoutParent(triple, pairing, decisions, context);
    if (held !== null) decisions.set(triple.key, held);
  }
  holdWithoutFolder(pairing, decisions, context);
  for (const triple of pairing.articles) {
    const checked = checkWrite(triple, decisions, context);
    if (checked !== null) decisions.set(triple.key, checked);
  }
  return decisions;
}

/** A text that Intercom would refuse, or that leads readers nowhere, is told before any call; an error holds it. */
function checkWrite(
  triple: ArticleTriple,
  decisions: ReadonlyMap<EntryKey, Decision>,
  context: DecisionContext,
): Decision | null {
  const decision = decisions.get(triple.key);
  if (decision?.remote?.kind !== 'article' || triple.local === null) return null;
  const sent = decision.remote.write.locales;
  const problems = [...triple.local.locales].flatMap(([locale, content]) =>
    sent[locale]?.body === undefined
      ? []
      : checkBody(content, locale, { ...context, contentName: context.input.policy.contentName }),
  );
  if (problems.length === 0) return null;
  const isHeld = problems.some((one) => one.severity === 'error');
  return {
    ...decision,
    problems: [...decision.problems, ...problems],
    remote: isHeld ? null : decision.remote,
  };
}

/** What stands in each collection, on one side at least. */
function childrenOf(
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

function contentsOf(
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

/** Nothing can be put into a collection that is not there and that this plan does not create. */
function holdWithoutParent(
  triple: Triple,
  pairing: Pairing,
  decisions: ReadonlyMap<EntryKey, Decision>,
  context: DecisionContext,
): Decision | null {
  const decision = decisions.get(triple.key);
  const target = decision?.remote?.write.parent;
  if (decision === undefined || decision.remote === null || target === undefined || target === null)
    return null;
  const parent = pairing.collections.find((one) => one.key === target);
  if (parent === undefined || parent.remote !== null || decisions.get(target)?.remote?.action === 'create')
    return null;
  if (parent.frozen || parent.base === null)
    return { ...nothing, status: statusOf(triple, 'held', ['waits for its folder'], context) };
  const reason = 'its collection was deleted in the help center';
  const path: LocalPath = decision.remote.path;
  return {
    ...nothing,
    status: statusOf(triple, 'conflict', [reason], context),
    conflicts: [
      conflictOf(triple, path, {
        field: 'parent',
        locale: null,
        local: context.folderOf(target),
        remote: null,
        reason,
      }),
    ],
  };
}

/** Nothing can be written into a folder that is not there and that this plan does not make. */
function holdWithoutFolder(
  pairing: Pairing,
  decisions: Map<EntryKey, Decision>,
  context: DecisionContext,
): void {
  const collections = new Map(pairing.collections.map((triple) => [triple.key, triple]));
  const waits = (triple: Triple): boolean => {
    const target = context.parents.get(triple.key)?.remote ?? null;
    const parent = target === null ? undefined : collections.get(target);
    const local = decisions.get(triple.key)?.local ?? null;
    if (parent === undefined || local === null || local.action === 'delete') return false;
    const isPlaced = local.action === 'create' || context.parents.get(triple.key)?.standing === 'behind';
    const isThere = parent.local !== null || parent.base !== null;
    return isPlaced && !isThere && decisions.get(parent.key)?.local?.action !== 'create';
  };
  for (let isDone = false; !isDone;) {
    isDone = true;
    for (const triple of [...pairing.collections, ...pairing.articles]) {
      if (!waits(triple)) continue;
      decisions.set(triple.key, {
        ...nothing,
        status: statusOf(triple, 'held', ['waits for its folder'], context),
      });
      isDone = false;
    }
  }
}
