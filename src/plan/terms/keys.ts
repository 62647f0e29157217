import type { Kind } from '../../model/entry.ts';
import type { EntryKey, LocalPath, RemoteId } from '../../model/identity.ts';

/** The key of an entry that the remote has named; stable for as long as the entry lives. */
export function keyOfRemote(kind: Kind, id: RemoteId): EntryKey {
  return `${kind}:${id}` as EntryKey;
}

/** The key of an entry that only the folder knows. */
export function keyOfLocal(kind: Kind, path: LocalPath): EntryKey {
  return `${kind}:@${path}` as EntryKey;
}

/** The path of an entry that only the folder knew when it got its key; null for others. */
export function pathOfKey(key: EntryKey): LocalPath | null {
  const at = key.indexOf(':@');
  return at === -1 ? null : (key.slice(at + 2) as LocalPath);
}

export function kindOfKey(key: EntryKey): Kind {
  return key.startsWith('article:') ? 'article' : 'collection';
}
