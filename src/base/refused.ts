/* Lock files that cannot be taken. */
import { ShelfmarkError } from '../model/error.ts';

export function unreadable(shown: string, why: string, cause: unknown): ShelfmarkError {
  return new ShelfmarkError('BASE_UNREADABLE', {
    message: `The lock file ${shown} cannot be read: ${why}. Nothing was changed.`,
    hint: 'Restore it from git (git checkout -- the file), or remove it and run "shelfmark plan": entries that agree are linked again.',
    ...(cause === undefined ? {} : { cause }),
  });
}

export function conflicted(shown: string): ShelfmarkError {
  return new ShelfmarkError('BASE_CONFLICT', {
    message: `The lock file ${shown} holds git's conflict markers. Nothing was changed.`,
    hint: 'Run "shelfmark merge-lock": it merges the two versions, row by row. Then run "shelfmark plan".',
  });
}

export function newer(shown: string, version: number): ShelfmarkError {
  return new ShelfmarkError('BASE_NEWER', {
    message: `The lock file ${shown} has version ${version}, which this Shelfmark does not know. Nothing was changed.`,
    hint: 'Use the Shelfmark that wrote it, or a later one.',
  });
}
