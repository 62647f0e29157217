import { ShelfmarkError } from '../../model/error.ts';

/** An operator's request that cannot be carried out. */
export function usageError(message: string, hint: string): ShelfmarkError {
  return new ShelfmarkError('SIMULATOR_USAGE', {
    kind: 'usage',
    message: `${message} Nothing was changed.`,
    hint,
  });
}
