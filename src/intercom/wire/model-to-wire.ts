import { articleNames } from '../../fields/article-fields.ts';
import { collectionFields, collectionNames, translatedNames } from '../../fields/collection-fields.ts';
import { each } from '../../fields/each.ts';
import type {
  ArticleField,
  CollectionFields,
  CollectionTexts,
  RemoteArticle,
  RemoteCollection,
  RemoteContent,
} from '../../model/entry.ts';
import { ShelfmarkError } from '../../model/error.ts';
import type { RemoteId } from '../../model/identity.ts';
import { byText } from '../../model/identity.ts';
import type { Locale } from '../../model/locale.ts';
import type { ArticleEdit, CollectionEdit, ContentEdit } from '../../model/remote-side.ts';
import type { WireArticleContent } from './wire.ts';

type Json = string | number | null | { readonly [name: string]: Json };
type JsonObject = Readonly<Record<string, Json>>;

/** The body of a POST of an article. */
export function newArticle(edit: ArticleEdit, top: Locale, author: RemoteId): JsonObject {
  const content = edit.locales.get(top) ?? {};
  const parent = edit.parent ?? null;
  return {
    ...contentFields({ ...content, author: content.author ?? author }),
    ...(parent === null ? {} : parentFields(parent)),
    ...translatedArticle(edit, top, new Map(), author),
  };
}

/**
 * The body of a PUT of an article: what the edit names, and the author in any case, as Intercom may put the
 * acting admin in its place. Of another locale than the default one the whole is sent, since nobody knows what
 * Intercom does with a part.
 */
export function changedArticle(current: RemoteArticle, edit: ArticleEdit, top: Locale): JsonObject {
  const held = current.locales.get(top)?.author ?? null;
  const content = edit.locales.get(top) ?? {};
  const author = content.author ?? held;
  return {
    ...contentFields(author === null ? content : { ...content, author }),
    ...movedArticle(current, edit),
    ...translatedArticle(edit, top, current.locales, held),
  };
}

/** The body of a POST of a collection; `helpCenter` is null where its parent decides. */
export function newCollection(edit: CollectionEdit, helpCenter: RemoteId | null): JsonObject {
  const parent = edit.parent ?? null;
  return {
    ...collectionValues(edit),
    ...(parent === null ? {} : { parent_id: idValue(parent) }),
    ...(parent !== null || helpCenter === null ? {} : { help_center_id: idValue(helpCenter) }),
    ...translatedCollection(edit),
  };
}

/** The body of a PUT of a collection: what the edit names, and the icon in any case, which is else reset. */
export function changedCollection(current: RemoteCollection, edit: CollectionEdit): JsonObject {
  const resent = collectionNames.filter((name) => collectionFields[name].isResent);
  return {
    ...collectionValues({ ...Object.fromEntries(resent.map((name) => [name, current[name]])), ...edit }),
    ...(edit.parent === undefined ? {} : { parent_id: edit.parent === null ? null : idValue(edit.parent) }),
    ...translatedCollection(edit),
  };
}

/** What Intercom calls each field of an article. */
const wireNames: { readonly [Name in ArticleField]: keyof WireArticleContent } = {
  title: 'title',
  description: 'description',
  state: 'state',
  author: 'author_id',
  body: 'body',
};

function contentFields(content: ContentEdit): JsonObject {
  const values = articleNames.flatMap((name): [string, Json][] => {
    const value = content[name];
    if (value === undefined) return [];
    return [[wireNames[name], name === 'author' ? idValue(value as RemoteId) : value]];
  });
  return Object.fromEntries(values);
}

function parentFields(parent: RemoteId): JsonObject {
  return { parent_id: idValue(parent), parent_type: 'collection' };
}

function movedArticle(current: RemoteArticle, edit: ArticleEdit): JsonObject {
  if (edit.parent === undefined) return {};
  if (current.parents.length > 1) {
    if (edit.parent !== null && current.parents.includes(edit.parent)) return {};
    throw new ShelfmarkError('SEVERAL_PARENTS', {
      message: `Article ${current.id} is in ${current.parents.length} collections (${current.parents.join(', ')}), and moving it would take it out of all of them. Nothing was changed.`,
      hint: 'Move it in Intercom itself, or move the file back to where it was.',
    });
  }
  return edit.parent === null ? { parent_id: null } : parentFields(edit.parent);
}

function translatedArticle(
  edit: ArticleEdit,
  top: Locale,
  held: ReadonlyMap<Locale, RemoteContent>,
  author: RemoteId | null,
): JsonObject {
  const changed = [...edit.locales].filter(([locale]) => locale !== top);
  if (changed.length === 0) return {};
  const whole = changed
    .sort(([left], [right]) => byText(left, right))
    .map(([locale, content]): [string, Json] => {
      const before = held.get(locale);
      const merged = { ...(before === undefined ? {} : wholeOf(before)), ...content };
      const by = merged.author ?? author;
      const fields = contentFields(by === null ? merged : { ...merged, author: by });
      return [locale, { type: 'article_content', ...fields }];
    });
  return { translated_content: { type: 'article_translated_content', ...Object.fromEntries(whole) } };
}

function wholeOf(content: RemoteContent): ContentEdit {
  const { author, ...rest } = content;
  return author === null ? rest : { ...rest, author };
}

/** Intercom calls the fields of a collection as we do. */
const collectionValues = (edit: Partial<CollectionFields>): JsonObject =>
  Object.fromEntries(
    collectionNames.flatMap((name): [string, string][] => {
      const value = edit[name] ?? null;
      return value === null ? [] : [[name, value]];
    }),
  );

function translatedCollection(edit: CollectionEdit): JsonObject {
  const changed = [...(edit.translations ?? [])].sort(([left], [right]) => byText(left, right));
  if (changed.length === 0) return {};
  const whole = changed.map(([locale, texts]): [string, Json] => [
    locale,
    { type: 'group_content', ...each<CollectionTexts>(translatedNames, (name) => texts[name]) },
  ]);
  return { translated_content: { type: 'group_translated_content', ...Object.fromEntries(whole) } };
}

/** Intercom writes these ids as numbers; one beyond what a number holds exactly goes as text, which it takes. */
function idValue(id: RemoteId): number | string {
  const number = Number(id);
  return Number.isSafeInteger(number) ? number : id;
}
