import type { Kind } from '../model/entry.ts';
import { ShelfmarkError } from '../model/error.ts';
import type { RemoteId } from '../model/identity.ts';

/** Throws when a move was asked for and the answer shows the entry elsewhere; `wanted` undefined asks for none. */
export function checkMoved(
  id: RemoteId,
  kind: Kind,
  wanted: RemoteId | null | undefined,
  parents: readonly RemoteId[],
): void {
  if (wanted === undefined) return;
  const moved = wanted === null ? parents.length === 0 : parents.includes(wanted);
  if (moved) return;
  const goal = wanted === null ? 'out of every collection' : `into collection ${wanted}`;
  const found = parents.length === 0 ? 'in no collection' : `in collection ${parents.join(', ')}`;
  throw new ShelfmarkError('NOT_MOVED', {
    message: `Intercom took the call but did not move ${kind} ${id} ${goal}; it is ${found}. What else was sent with it is stored.`,
    hint: 'Move it in Intercom itself, or move the file back to where it was.',
  });
}

export function authorUnknown(author: string): ShelfmarkError {
  return new ShelfmarkError('AUTHOR_UNKNOWN', {
    message: `The workspace has no admin ${JSON.stringify(author)}, whom remote.author names. Nothing was created.`,
    hint: 'Set remote.author in sync.config.yaml to the e-mail address or the id of an admin of the workspace.',
  });
}
