import { ShelfmarkError } from '../model/error.ts';
import type { RemoteId } from '../model/identity.ts';
import type { WireHelpCenter } from './wire/wire.ts';

/** The help center that the lock file belongs to, and how messages call that file. */
export interface LinkedHelpCenter {
  readonly id: RemoteId;
  readonly lockName: string;
}

interface Wish {
  readonly helpCenter: RemoteId | null;
  readonly linked?: () => Promise<LinkedHelpCenter | null>;
}

/**
 * The help center that is meant: the one that is named, else the only one, else the one that is linked. Which is the
 * default one Intercom does not tell.
 */
export async function chooseHelpCenter(
  all: readonly WireHelpCenter[],
  { helpCenter: wanted, linked }: Wish,
): Promise<WireHelpCenter> {
  if (wanted !== null) {
    const found = all.find((one) => one.id === wanted);
    if (found !== undefined) return found;
    throw new ShelfmarkError('HELP_CENTER_UNKNOWN', {
      message: `The workspace has no help center ${wanted}; it has ${listed(all)}. Nothing was changed.`,
      hint: 'Set remote.helpCenter in sync.config.yaml to one of these ids.',
    });
  }
  const [only, ...others] = all;
  if (only === undefined) {
    throw new ShelfmarkError('HELP_CENTER_MISSING', {
      message: 'The workspace has no help center. Nothing was changed.',
      hint: 'Set one up in Intercom (Help Center, Settings), then run again.',
    });
  }
  if (others.length === 0) return only;
  const before = (await linked?.()) ?? null;
  if (before !== null) {
    const found = all.find((one) => one.id === before.id);
    if (found !== undefined) return found;
    throw new ShelfmarkError('HELP_CENTER_GONE', {
      message: `${before.lockName} belongs to help center ${before.id}, which this token does not lead to (any more); it leads to ${listed(all)}. Nothing was changed.`,
      hint: 'Use the token of that workspace. If that help center was deleted, give another one a target (and so a lock file) of its own: remote.helpCenter under a target in sync.config.yaml, and --target NAME.',
    });
  }
  throw new ShelfmarkError('HELP_CENTER_AMBIGUOUS', {
    message: `The workspace has ${all.length} help centers: ${listed(all)}. Nothing was changed.`,
    hint: 'Say which one is meant: set remote.helpCenter in sync.config.yaml to its id.',
  });
}

function listed(all: readonly WireHelpCenter[]): string {
  if (all.length === 0) return 'none';
  return all
    .map((one) => {
      const name = one.display_name ?? one.identifier;
      return name === null || name === '' ? one.id : `${one.id} (${JSON.stringify(name)})`;
    })
    .join(', ');
}
