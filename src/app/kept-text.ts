/* What the help center said once, as it was kept in the trash, turned into the text of files again. */
import * as z from 'zod';
import { editArticle, printArticle, readArticle } from '../local/article-text.ts';
import { editCollection, printCollection } from '../local/collection-text.ts';
import type { RemoteContent } from '../model/entry.ts';
import { joinPath, parentPath, type LocalPath } from '../model/identity.ts';
import { isLocale, type Locale } from '../model/locale.ts';
import type { RefsOptions } from '../plan/links/refs.ts';
import { restoredBody } from '../plan/restored-body.ts';
import { fileOfLocale } from '../plan/terms/locale-file.ts';

const texts = z.object({ name: z.string(), description: z.string() });
const content = z.object({
  title: z.string(),
  description: z.string(),
  state: z.enum(['published', 'draft']),
  body: z.string(),
});
const kept = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('article'),
    site: z.string().default(''),
    locales: z.record(z.string(), content),
  }),
  z.object({
    kind: z.literal('collection'),
    site: z.string().default(''),
    icon: z.string().nullable().default(null),
    translations: z.record(z.string(), texts).default({}),
    ...texts.shape,
  }),
]);
type Kept = z.infer<typeof kept>;

/** Null for nonsense: the trash may have come with a repository. */
export function readKept(text: string): Kept | null {
  try {
    const parsed = kept.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** The files of a kept entry, each with what makes its new text of the present one; null means no file. */
export function filesOfKept(
  entry: Kept,
  path: LocalPath,
  defaultLocale: Locale,
  refs: RefsOptions,
): readonly { readonly path: LocalPath; readonly write: (now: string | null) => string }[] {
  if (entry.kind === 'collection') {
    const { name, description, icon } = entry;
    const translations = Object.fromEntries(
      Object.entries(entry.translations).filter(([key]) => isLocale(key)),
    );
    const file = joinPath(parentPath(path), 'collection.yaml');
    return [
      {
        path: file,
        write: (now) =>
          now === null
            ? printCollection({ name, description, icon, translations })
            : editCollection(now, { name, description, translations }),
      },
    ];
  }
  return Object.entries(entry.locales).flatMap(([locale, said]) => {
    if (!isLocale(locale)) return [];
    const file = fileOfLocale(path, locale, defaultLocale);
    const there: RemoteContent = { ...said, author: null };
    const { title, description, state } = said;
    const write = (now: string | null): string => {
      const read = now === null ? null : readArticle(new TextEncoder().encode(now), { file, shown: file });
      const body = restoredBody(there, read?.ok === true ? read.content.body : '', file, locale, refs);
      return now === null || read?.ok !== true
        ? printArticle({ title, description, state, author: null, body })
        : editArticle(now, { title, description, body });
    };
    return [{ path: file, write }];
  });
}
