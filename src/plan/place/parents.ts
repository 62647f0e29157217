import type { EntryKey, LocalPath, RemoteId } from '../../model/identity.ts';
import { holdImpossibleMoves, type MoveOptions } from './impossible-moves.ts';
import { keyOfRemote } from '../terms/keys.ts';
import type { ArticleTriple, CollectionTriple, Triple } from '../terms/triple.ts';
import { settle } from '../terms/values.ts';
import type { FieldStanding, ParentVerdict } from '../terms/verdict.ts';

/** Reconciles where every entry belongs. */
export function reconcileParents(
  collections: readonly CollectionTriple[],
  articles: readonly ArticleTriple[],
  options: MoveOptions,
): ReadonlyMap<EntryKey, ParentVerdict> {
  const keyOfFolder = foldersOf(collections);
  const verdicts = new Map<EntryKey, ParentVerdict>();
  for (const triple of [...collections, ...articles])
    verdicts.set(triple.key, reconcileParent(triple, keyOfFolder, options.answerOf(triple.key)));
  holdImpossibleMoves(collections, verdicts, options);
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
  // An article may be in several help centers; the collection that was agreed on is the one that counts here.
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
      reason: 'it is in several help centers; moving it from here would take it out of the others',
    };
  }
  return verdict('ahead');
}

const keyOf = (id: RemoteId | null): EntryKey | null => (id === null ? null : keyOfRemote('collection', id));
