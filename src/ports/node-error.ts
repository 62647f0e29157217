/** The code of an error of Node itself, such as `ENOENT` of the disk; null for anything else. */
export function nodeCode(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null;
  // Ours have codes, too.
  return error.name === 'ShelfmarkError' ? null : error.code;
}
