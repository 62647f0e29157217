import { join } from 'node:path';
import type { LocalPath } from '../../model/identity.ts';
import type { Files } from '../../ports/files.ts';

/**
 * A file of the content folder, for what shows or publishes it; null where there is none, where a folder on the way was
 * swapped for a link to elsewhere, and for anything in a hidden folder.
 *
 * @param root the content folder, absolute
 */
export async function readOwnFile(files: Files, root: string, path: LocalPath): Promise<Uint8Array | null> {
  const parts = path.split('/');
  if (parts.some((one) => one.startsWith('.'))) return null;
  try {
    const [top, real] = await Promise.all([files.realPath(root), files.realPath(join(root, ...parts))]);
    return real === join(top, ...parts) ? await files.read(real) : null;
  } catch {
    return null;
  }
}
