import type { RemoteArticle, RemoteCollection, RemoteContent } from '../../model/entry.ts';
import { ShelfmarkError } from '../../model/error.ts';
import type { RemoteId } from '../../model/identity.ts';
import { byText } from '../../model/identity.ts';
import type { Locale } from '../../model/locale.ts';
import type { ArticleEdit, CollectionEdit, ContentEdit } from '../../model/remote-side.ts';

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
    ...textFields(edit),
    ...(edit.icon === undefined || edit.icon === null ? {} : { icon: edit.icon }),
    ...(parent === null ? {} : { parent_id: idValue(parent) }),
    ...(parent !== null || helpCenter === null ? {} : { help_center_id: idValue(helpCenter) }),
    ...translatedCollection(edit),
  };
}

/** The body of a PUT of a collection: what the edit names, and the icon in any case, which is else reset. */
export function changedCollection(current: RemoteCollection, edit: CollectionEdit): JsonObject {
  const icon = edit.icon === undefined ? current.icon : edit.icon;
  return {
    ...textFields(edit),
    ...(icon === null ? {} : { icon }),
    ...(edit.parent === undefined ? {} : { parent_id: edit.parent === null ? null : idValue(edit.parent) }),
    ...translatedCollection(edit),
  };
}

function contentFields(content: ContentEdit): JsonObject {
  return {
    ...(content.title === undefined ? {} : { title: content.title }),
    ...(content.description === undefined ? {} : { description: content.description }),
    ...(content.body === undefined ? {} : { body: content.body }),
    ...(content.state === undefined ? {} : { state: content.state }),
    ...(content.author === undefined ? {} : { author_id: idValue(content.author) }),
  };
}

function parentFields(parent: RemoteId): JsonObject {
  return { parent_id: idValue(parent), parent_type: 'collection' };
}

function movedArticle(current: RemoteArticle, edit: ArticleEdit): JsonObject {
  if (edit.parent === undefined) return {};
  if (current.parents.length > 1) {
    if (edit.parent !== null && current.parents.includes(edit.parent)) return {};
    throw new ShelfmarkError('SEVERAL_PARENTS', {
      message: `Article ${current.id} stands in ${current.parents.length} collections (${current.parents.join(', ')}), and moving it would take it out of all of them. Nothing was changed.`,
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

function textFields(edit: CollectionEdit): JsonObject {
  return {
    ...(edit.name === undefined ? {} : { name: edit.name }),
    ...(edit.description === undefined ? {} : { description: edit.description }),
  };
}

function translatedCollection(edit: CollectionEdit): JsonObject {
  const changed = [...(edit.translations ?? [])].sort(([left], [right]) => byText(left, right));
  if (changed.length === 0) return {};
  const whole = changed.map(([locale, { name, description }]): [string, Json] => [
    locale,
    { type: 'group_content', name, description },
  ]);
  return { translated_content: { type: 'group_translated_content', ...Object.fromEntries(whole) } };
}

/** Intercom writes these ids as numbers; one beyond what a number holds exactly goes as text, which it takes. */
function idValue(id: RemoteId): number | string {
  const number = Number(id);
  return Number.isSafeInteger(number) ? number : id;
}
