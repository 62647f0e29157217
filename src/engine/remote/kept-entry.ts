/* An entry of the help center as it is kept before a run replaces or removes it. */
import type { RemoteArticle, RemoteCollection } from '../../model/entry.ts';
import { ShelfmarkError } from '../../model/error.ts';
import type { LocalPath } from '../../model/identity.ts';
import type { ArticleEdit, CollectionEdit } from '../../model/remote-side.ts';
import { nodeCode } from '../../ports/node-error.ts';
import { losesText } from '../../model/trash.ts';

/** Keeps what is about to be replaced or deleted in the help center, flushed to the disk before it resolves. */
export interface Trash {
  /** @param name a path below the trash of this run */
  keep(name: string, text: string): Promise<void>;
}

/** Tells whether an update puts an end to words that it does not carry itself. */
export function replacesText(before: RemoteArticle, { locales }: ArticleEdit): boolean {
  return [...locales].some(([locale, edit]) => {
    const was = before.locales.get(locale);
    if (was === undefined) return false;
    const all = [edit.title, edit.description, edit.body].join('\n');
    return (['title', 'description', 'body'] as const).some(
      (field) => edit[field] !== undefined && edit[field] !== was[field] && losesText(was[field], all),
    );
  });
}

/** The same of a collection. */
export function replacesTexts(before: RemoteCollection, edit: CollectionEdit): boolean {
  const all = [{ ...edit }, ...(edit.translations?.values() ?? [])].flatMap((one) => [
    one.name,
    one.description,
  ]);
  const loses = (was: string | undefined, now: string | undefined): boolean =>
    was !== undefined && now !== undefined && was !== now && losesText(was, all.join('\n'));
  return (
    loses(before.name, edit.name) ||
    loses(before.description, edit.description) ||
    [...(edit.translations ?? [])].some(([locale, texts]) => {
      const was = before.translations.get(locale);
      return loses(was?.name, texts.name) || loses(was?.description, texts.description);
    })
  );
}

/**
 * Keeps an entry, flushed to the disk before it resolves; throws a ShelfmarkError where it cannot, and then nothing may
 * be written.
 *
 * @param site where readers find the help center, so that links can be recognised
 */
export async function keepEntry(
  entry: RemoteArticle | RemoteCollection,
  path: LocalPath,
  site: string,
  trash: Trash,
): Promise<void> {
  const plain =
    entry.kind === 'article'
      ? { ...entry, locales: Object.fromEntries(entry.locales) }
      : { ...entry, translations: Object.fromEntries(entry.translations) };
  const name = entry.kind === 'article' ? path : `${path}/collection.yaml`;
  try {
    await trash.keep(`${name}.json`, `${JSON.stringify({ ...plain, path, site }, null, 2)}\n`);
  } catch (error) {
    const code = nodeCode(error);
    if (code === null) throw error;
    throw new ShelfmarkError('TRASH_UNWRITABLE', {
      message: `Its copy for the trash could not be written (${code}), so nothing of it was changed.`,
      hint: 'Check free space and permissions, then run the command again.',
      cause: error,
    });
  }
}
