import type { RemoteId } from '../model/identity.ts';
import { isRemoteId, remoteId } from '../model/identity.ts';
import type { WireAdmin } from './wire/wire.ts';

/** The admins of the workspace, asked for only when the token's own admin is not the one that is meant. */
export interface People {
  find(text: string, signal: AbortSignal): Promise<RemoteId | null>;
  name(id: RemoteId, signal: AbortSignal): Promise<string>;
}

export function openPeople(
  self: (signal: AbortSignal) => Promise<WireAdmin>,
  all: (signal: AbortSignal) => Promise<readonly WireAdmin[]>,
): People {
  const look = async (
    matches: (admin: WireAdmin) => boolean,
    signal: AbortSignal,
  ): Promise<WireAdmin | null> => {
    const own = await self(signal);
    if (matches(own)) return own;
    return (await all(signal)).find(matches) ?? null;
  };
  return {
    find: async (text, signal) => {
      const wanted = text.trim().toLowerCase();
      if (wanted === '') return null;
      const id = isRemoteId(wanted) ? remoteId(wanted) : null;
      const matches = (admin: WireAdmin): boolean =>
        id === null ? admin.email.trim().toLowerCase() === wanted : admin.id === id;
      return (await look(matches, signal))?.id ?? null;
    },
    name: async (id, signal) => {
      const admin = await look((one) => one.id === id, signal);
      return admin === null || admin.email === '' ? id : admin.email;
    },
  };
}
