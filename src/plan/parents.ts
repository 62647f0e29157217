import type { EntryKey, LocalPath, RemoteId } from '../model/identity.ts';
import { keyOfRemote } from './keys.ts';
import type { ArticleTriple, CollectionTriple, Triple } from './triple.ts';
import { settle } from './values.ts';
import type { FieldStanding } from './verdict.ts';

/** Where an entry belongs, on either side; null is the top. */
export interface ParentVerdict {
  readonly standing: FieldStanding;
  readonly local: EntryKey | null;
  readonly remote: EntryKey | null;
  /** Set where the entry cannot be placed: the folder above it is no readable collection. */
  readonly isUnknown: boolean;
  /** Said with a conflict. */
  readonly reason: string;
}

/** Intercom's help center has collections on three levels, no more. */
export const maxDepth = 3;

/**
 * Reconciles where every entry belongs. Moves that only together make a circle or a fourth level are held: the
 * remote's arrangement stands, since readers see it.
 */
export function reconcileParents(
  collections: readonly CollectionTriple[],
  articles: readonly ArticleTriple[],
  answerOf: (key: EntryKey) => 'hold' | 'local' | 'remote',
): ReadonlyMap<EntryKey, ParentVerdict> {
  const keyOfFolder = foldersOf(collections);
  const verdicts = new Map<EntryKey, ParentVerdict>();
  for (const triple of [...collections, ...articles])
    verdicts.set(triple.key, reconcileParent(triple, keyOfFolder, answerOf(triple.key)));
  holdImpossibleMoves(collections, verdicts, answerOf);
  return verdicts;
}

function foldersOf(collections: readonly CollectionTriple[]): ReadonlyMap<LocalPath, EntryKey> {
  const keys = new Map<LocalPath, EntryKey>();
  // A folder that is gone or unreadable still names its collection, for what belongs into it.
  for (const triple of collections) if (triple.base !== null) keys.set(triple.base.path, triple.key);
  for (const triple of collections) if (triple.local !== null) keys.set(triple.local.path, triple.key);
  return keys;
}

function reconcileParent(
  triple: Triple,
  keyOfFolder: ReadonlyMap<LocalPath, EntryKey>,
  policy: 'hold' | 'local' | 'remote',
): ParentVerdict {
  const base = triple.base === null ? undefined : keyOf(triple.base.parent);
  const remotes: readonly RemoteId[] =
    triple.remote === null
      ? []
      : triple.remote.kind === 'article'
        ? triple.remote.parents
        : triple.remote.parent === null
          ? []
          : [triple.remote.parent];
  const agreedId = triple.base?.parent ?? null;
  // An article may stand in several help centers; the collection that was agreed on is the one that counts here.
  const remoteId = agreedId !== null && remotes.includes(agreedId) ? agreedId : (remotes[0] ?? null);
  const remote = keyOf(remoteId);
  if (triple.local === null) {
    return {
      standing: base === undefined || base === remote ? 'same' : 'behind',
      local: base ?? remote,
      remote,
      isUnknown: false,
      reason: '',
    };
  }
  const local = triple.local.folder === '' ? null : (keyOfFolder.get(triple.local.folder) ?? undefined);
  if (local === undefined) return { standing: 'same', local: null, remote, isUnknown: true, reason: '' };
  const verdict = (standing: FieldStanding, reason = ''): ParentVerdict => ({
    standing: settle(standing, policy),
    local,
    remote,
    isUnknown: false,
    reason,
  });
  if (triple.remote === null) return verdict(base === undefined || base === local ? 'same' : 'ahead');
  if (local === remote) return verdict(base === undefined || base === local ? 'same' : 'converged');
  const isLocalChanged = base === undefined || local !== base;
  const isRemoteChanged = base === undefined || remote !== base;
  if (isLocalChanged && isRemoteChanged)
    return verdict('conflict', 'moved to different places on both sides');
  if (isRemoteChanged) return verdict('behind');
  if (remotes.length > 1) {
    return {
      ...verdict('same'),
      standing: 'conflict',
      reason: 'it stands in several help centers; moving it from here would tear it out of the others',
    };
  }
  return verdict('ahead');
}

function holdImpossibleMoves(
  collections: readonly CollectionTriple[],
  verdicts: Map<EntryKey, ParentVerdict>,
  answerOf: (key: EntryKey) => 'hold' | 'local' | 'remote',
): void {
  const present = collections.filter((triple) => triple.local !== null || triple.remote !== null);
  const parentOf = (key: EntryKey): EntryKey | null => {
    const verdict = verdicts.get(key);
    if (verdict === undefined) return null;
    return verdict.standing === 'ahead' || (verdict.standing === 'same' && verdict.remote === null)
      ? verdict.local
      : verdict.remote;
  };
  const depthOf = (key: EntryKey): number => {
    let depth = 0;
    for (let at: EntryKey | null = key; at !== null; at = parentOf(at)) {
      depth += 1;
      if (depth > present.length + 1) return Number.POSITIVE_INFINITY;
    }
    return depth;
  };
  for (const triple of present) {
    if (depthOf(triple.key) <= maxDepth) continue;
    // Of the moves above it, the nearest that was made here is held.
    let at: EntryKey | null = triple.key;
    for (let steps = 0; at !== null && steps <= present.length; steps += 1) {
      const verdict = verdicts.get(at);
      if (verdict !== undefined && verdict.standing === 'ahead' && isLinked(present, at)) {
        const circle = depthOf(triple.key) === Number.POSITIVE_INFINITY;
        verdicts.set(at, {
          ...verdict,
          // Answered for the remote, the folder goes back; for the folder it cannot be answered.
          standing: answerOf(at) === 'remote' ? 'behind' : 'conflict',
          reason: circle
            ? 'together with a move on the other side this would put two collections into each other'
            : 'together with a move on the other side this would be deeper than three levels',
        });
        break;
      }
      at = parentOf(at);
    }
  }
}

const isLinked = (triples: readonly CollectionTriple[], key: EntryKey): boolean =>
  triples.some((triple) => triple.key === key && triple.remote !== null);

const keyOf = (id: RemoteId | null): EntryKey | null => (id === null ? null : keyOfRemote('collection', id));
