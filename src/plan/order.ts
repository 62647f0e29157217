/*
 * Order: which operations may run together and which must wait. Parents come before children, the targets of links
 * before the articles that link to them, deletions last and from the bottom up.
 */
import type { CollectionWrite, LocalOperation, Operation, RemoteOperation } from '../model/plan.ts';
import { byText, type EntryKey } from '../model/identity.ts';
import { countBy } from './terms/count-by.ts';
import { maxDepth } from './terms/levels.ts';
import { placeholdersIn } from './links/placeholders.ts';
import type { CollectionTriple } from './terms/triple.ts';

/** Puts operations into waves: the folder first, since what was merged must be safe there before it is published. */
export function orderOperations(
  operations: readonly Operation[],
  collections: readonly CollectionTriple[],
  folderMoves: readonly { readonly key: EntryKey }[],
): readonly Operation[] {
  // Folders that go into one another can be moved in one order only.
  const places = new Map(folderMoves.map(({ key }, index) => [key, index]));
  const placeOf = (one: Operation): number => places.get(one.key) ?? folderMoves.length;
  const locals = operations
    .filter((one): one is LocalOperation => one.side === 'local')
    .toSorted((left, right) => placeOf(left) - placeOf(right) || byPath(left, right));
  const remotes = operations.filter((one): one is RemoteOperation => one.side === 'remote').toSorted(byPath);
  const writes = remotes.filter((one) => one.action !== 'delete');
  const deletions = remotes.filter((one) => one.action === 'delete');
  const waves: (readonly Operation[])[] = [
    locals,
    ...collectionWaves(
      writes.filter((one) => one.kind === 'collection'),
      collections,
    ),
    ...articleWaves(writes.filter((one) => one.kind === 'article')),
    deletions.filter((one) => one.kind === 'article'),
    ...deletionWaves(deletions.filter((one) => one.kind === 'collection')),
  ];
  return waves
    .filter((wave) => wave.length > 0)
    .flatMap((wave, index) => wave.map((one) => ({ ...one, wave: index + 1 })));
}

type CollectionOperation = Extract<RemoteOperation, { kind: 'collection' }>;
type ArticleOperation = Extract<RemoteOperation, { kind: 'article' }>;

/**
 * Moves that are fine together may pass through a circle or a fourth level one by one (two collections that trade
 * places); then one of them waits at the top until its place is free.
 */
function collectionWaves(
  operations: readonly CollectionOperation[],
  triples: readonly CollectionTriple[],
): (readonly RemoteOperation[])[] {
  const parents = new Map<EntryKey, EntryKey | null>();
  for (const triple of triples) {
    if (triple.remote !== null)
      parents.set(
        triple.key,
        triple.remote.parent === null ? null : (`collection:${triple.remote.parent}` as EntryKey),
      );
  }
  const waves: (readonly RemoteOperation[])[] = [];
  let remaining = operations;
  while (remaining.length > 0) {
    const wave = remaining.filter((one) => isPossible(one, parents));
    if (wave.length > 0) {
      // One move may be what makes another one of the same wave impossible, so each is checked again as it is made.
      const made = wave.filter((one) => {
        if (!isPossible(one, parents)) return false;
        const { parent } = one.write;
        if (parent !== undefined) parents.set(one.key, parent);
        return true;
      });
      waves.push(made);
      remaining = remaining.filter((one) => !made.includes(one));
      continue;
    }
    const parked = remaining.find((one) => one.action !== 'create' && parents.get(one.key) !== null);
    if (parked === undefined) {
      waves.push(remaining);
      break;
    }
    waves.push([
      {
        ...parked,
        action: 'move',
        write: { parent: null },
        fields: [],
        reason: 'makes room for the moves that follow',
      },
    ]);
    parents.set(parked.key, null);
    // What stands at the top now is no longer what the plan was made from, so only its own texts are compared.
    remaining = remaining.map((one) => (one === parked ? { ...one, expected: null } : one));
  }
  return waves;
}

function isPossible(
  operation: CollectionOperation,
  parents: ReadonlyMap<EntryKey, EntryKey | null>,
): boolean {
  const { parent } = operation.write satisfies CollectionWrite;
  if (parent === undefined || parent === null) return true;
  if (!parents.has(parent)) return false;
  let depth = 0;
  for (let at: EntryKey | null = parent; at !== null; at = parents.get(at) ?? null) {
    if (at === operation.key) return false;
    depth += 1;
    if (depth > maxDepth) return false;
  }
  return depth + heightOf(operation.key, parents) <= maxDepth;
}

function heightOf(key: EntryKey, parents: ReadonlyMap<EntryKey, EntryKey | null>): number {
  let height = 0;
  for (const [child, parent] of parents)
    if (parent === key) height = Math.max(height, heightOf(child, parents));
  return height + 1;
}

/**
 * Articles in the order of their links: what is linked to is created first, since only then its address is known.
 * Where articles link to each other in a circle, as few as possible are created without their links and told the
 * addresses afterwards.
 */
function articleWaves(operations: readonly ArticleOperation[]): (readonly RemoteOperation[])[] {
  const created = new Set(operations.filter((one) => one.action === 'create').map((one) => one.key));
  const needs = new Map<EntryKey, ReadonlySet<EntryKey>>();
  for (const one of operations) {
    const keys = Object.values(one.write.locales).flatMap((edit) =>
      edit.body === undefined ? [] : placeholdersIn(edit.body),
    );
    needs.set(one.key, new Set(keys.filter((key) => created.has(key) && key !== one.key)));
  }
  const waves: (readonly RemoteOperation[])[] = [];
  const done = new Set<EntryKey>();
  const circular: ArticleOperation[] = [];
  let remaining = operations;
  while (remaining.length > 0) {
    let wave: readonly ArticleOperation[] = remaining.filter((one) =>
      [...(needs.get(one.key) ?? [])].every((key) => done.has(key) || !created.has(key)),
    );
    if (wave.length === 0) {
      wave = breakCircles(inCircle(remaining, needs, done), needs, done);
      circular.push(...wave);
    }
    waves.push(wave);
    for (const one of wave) done.add(one.key);
    const made = new Set(wave);
    remaining = remaining.filter((one) => !made.has(one));
  }
  const selfLinked = operations.filter(
    (one) =>
      one.action === 'create' &&
      !circular.includes(one) &&
      Object.values(one.write.locales).some(
        (edit) => edit.body !== undefined && placeholdersIn(edit.body).includes(one.key),
      ),
  );
  const followUps = [...circular.filter((one) => one.action === 'create'), ...selfLinked].map(followUp);
  return followUps.length === 0 ? waves : [...waves, followUps];
}

/** The smallest set of remaining articles that wait only for each other; found by walking along what they wait for. */
function inCircle(
  remaining: readonly ArticleOperation[],
  needs: ReadonlyMap<EntryKey, ReadonlySet<EntryKey>>,
  done: ReadonlySet<EntryKey>,
): readonly ArticleOperation[] {
  const byKey = new Map(remaining.map((one) => [one.key, one]));
  const reach = (start: EntryKey): ReadonlySet<EntryKey> => {
    const seen = new Set<EntryKey>();
    const queue = [start];
    for (let key = queue.pop(); key !== undefined; key = queue.pop()) {
      for (const next of needs.get(key) ?? []) {
        if (done.has(next) || seen.has(next) || !byKey.has(next)) continue;
        seen.add(next);
        queue.push(next);
      }
    }
    return seen;
  };
  const [first] = remaining;
  if (first === undefined) return [];
  let circle = reach(first.key);
  for (const key of [...circle].toSorted(byText)) {
    const smaller = reach(key);
    if (smaller.has(key) && smaller.size < circle.size) circle = smaller;
  }
  const found = remaining.filter((one) => circle.has(one.key));
  return found.length > 0 ? found : remaining;
}

/**
 * Articles without whose addresses all others of a circle can be made one after the other, few of them: again and
 * again the one that most others wait for. It sees what the others then free before it takes the next one.
 */
function breakCircles(
  circle: readonly ArticleOperation[],
  needs: ReadonlyMap<EntryKey, ReadonlySet<EntryKey>>,
  done: ReadonlySet<EntryKey>,
): readonly ArticleOperation[] {
  const open = new Map(circle.map((one) => [one.key, one]));
  const waitsFor = (one: ArticleOperation): readonly EntryKey[] =>
    [...(needs.get(one.key) ?? [])].filter((key) => open.has(key) && !done.has(key));
  const taken: ArticleOperation[] = [];
  while (open.size > 0) {
    const free = [...open.values()].filter((one) => waitsFor(one).length === 0);
    for (const one of free) open.delete(one.key);
    if (free.length > 0) continue;
    const waited = countBy([...open.values()].flatMap(waitsFor), (key) => key);
    const [next] = [...open.values()].toSorted(
      (left, right) =>
        (waited.get(right.key) ?? 0) - (waited.get(left.key) ?? 0) ||
        waitsFor(left).length - waitsFor(right).length ||
        byPath(left, right),
    );
    if (next === undefined) break;
    taken.push(next);
    open.delete(next.key);
  }
  return taken;
}

function followUp(operation: ArticleOperation): ArticleOperation {
  const locales: ArticleOperation['write']['locales'] = Object.fromEntries(
    Object.entries(operation.write.locales).flatMap(([locale, edit]) =>
      edit.body !== undefined && placeholdersIn(edit.body).length > 0 ? [[locale, { body: edit.body }]] : [],
    ),
  );
  const fields = operation.fields
    .filter((one) => one.field === 'body')
    .map((one) => ({ ...one, before: one.after }));
  return {
    ...operation,
    action: 'update',
    write: { locales },
    fields,
    expected: null,
    reason: 'links to articles that are new themselves',
  };
}

function deletionWaves(operations: readonly RemoteOperation[]): (readonly RemoteOperation[])[] {
  const byDepth = new Map<number, RemoteOperation[]>();
  for (const one of operations) {
    const depth = one.path.split('/').length;
    byDepth.set(depth, [...(byDepth.get(depth) ?? []), one]);
  }
  return [...byDepth].toSorted(([left], [right]) => right - left).map(([, wave]) => wave);
}

const byPath = (left: Operation, right: Operation): number =>
  byText(left.path, right.path) || byText(left.key, right.key);
