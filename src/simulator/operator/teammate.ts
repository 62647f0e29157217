import { ApiError } from '../state/api-error.ts';
import { publishedDraft } from '../api/drafts.ts';
import { newContent, rewriteFor, withContent } from '../api/article-writes.ts';
import { deepest, heightOf, isInside, levelBelow, moveInto, nextOrder } from '../state/collection-tree.ts';
import type {
  Article,
  ArticleContent,
  ArticleTexts,
  Collection,
  CollectionTexts,
} from '../state/entities.ts';
import { helpCenterOf } from '../state/addresses.ts';
import type { EditorArticle, EditorCollection, EditorContent } from './operator-types.ts';
import { usageError } from '../state/usage.ts';
import type { World } from '../state/world.ts';

/** What the web editor does, without any of the API's habits. */
export function createArticle(world: World, edit: EditorArticle): Article {
  const parentIds = readParents(world, edit) ?? [];
  const { defaultLocale } = helpCenterOf(world, { parentIds });
  const author = authorOf(world, edit);
  const bare: Article = {
    id: world.nextId('article'),
    parentIds,
    defaultLocale,
    contents: {},
    views: edit.views ?? 0,
  };
  const main = contentFrom(world, { ...edit, title: edit.title ?? 'Untitled' }, author);
  return store(world, translate(world, withContent(bare, defaultLocale, main), edit, author));
}

export function editArticle(world: World, before: Article, edit: EditorArticle): Article {
  const author = authorOf(world, edit);
  const parentIds = readParents(world, edit) ?? before.parentIds;
  const main = before.contents[before.defaultLocale];
  let article: Article = {
    ...before,
    parentIds,
    views: edit.views ?? before.views,
    ...(edit.reactions === undefined ? {} : { reactions: edit.reactions }),
  };
  const own = ['title', 'description', 'body', 'storedBody', 'authorId', 'state'] as const;
  if (main !== undefined && own.some((name) => edit[name] !== undefined)) {
    article = withContent(article, article.defaultLocale, edited(world, main, edit, edit.draft === true));
  }
  return store(world, translate(world, article, edit, author));
}

export function publishDraft(world: World, article: Article): Article {
  return store(
    world,
    mapContents(article, (content) => publishedDraft(world, content)),
  );
}

export function discardDraft(world: World, article: Article): Article {
  return store(
    world,
    mapContents(article, (content) => ({ ...content, draft: null })),
  );
}

export function createCollection(world: World, edit: EditorCollection): Collection {
  const parentId = edit.parentId ?? null;
  checkPlace(world, null, parentId);
  const parent = parentId === null ? undefined : world.collections.get(parentId);
  const helpCenterId = parent?.helpCenterId ?? edit.helpCenterId ?? world.defaultHelpCenter.id;
  const helpCenter = world.helpCenter(helpCenterId);
  if (helpCenter === null)
    throw usageError(`The simulator has no help center ${helpCenterId}.`, 'List them first.');
  const now = world.seconds();
  const collection: Collection = {
    id: world.nextId('collection'),
    helpCenterId,
    parentId,
    order: edit.order ?? nextOrder(world, helpCenterId, parentId),
    icon: edit.icon ?? 'book-bookmark',
    texts: editedTexts({}, { ...edit, name: edit.name ?? 'Untitled' }, helpCenter.defaultLocale),
    createdAt: now,
    updatedAt: now,
  };
  world.putCollection(collection);
  return collection;
}

export function editCollection(world: World, before: Collection, edit: EditorCollection): Collection {
  const { defaultLocale } = world.helpCenter(before.helpCenterId) ?? world.defaultHelpCenter;
  let collection = before;
  if (edit.parentId !== undefined && edit.parentId !== before.parentId) {
    checkPlace(world, before, edit.parentId);
    collection = moveInto(world, before, edit.parentId);
  }
  const after: Collection = {
    ...collection,
    icon: edit.icon ?? collection.icon,
    order: edit.order ?? collection.order,
    texts: editedTexts(collection.texts, edit, defaultLocale),
    updatedAt: world.seconds(),
  };
  world.putCollection(after);
  return after;
}

function store(world: World, article: Article): Article {
  world.putArticle(article);
  return article;
}

function translate(world: World, before: Article, edit: EditorArticle, author: number): Article {
  let article = before;
  for (const [locale, one] of Object.entries(edit.locales ?? {})) {
    const content = article.contents[locale];
    if (one === null) article = withContent(article, locale, null);
    else if (content === undefined) article = withContent(article, locale, contentFrom(world, one, author));
    else article = withContent(article, locale, edited(world, content, one, edit.draft === true));
  }
  if (article.contents[article.defaultLocale] === undefined) {
    throw usageError('An article keeps the text of its default locale.', 'Delete the article instead.');
  }
  return article;
}

function contentFrom(world: World, edit: EditorContent, author: number): ArticleContent {
  const { storedBody, body, ...rest } = edit;
  const stored = storedBody ?? (body === undefined ? '' : tidied(world, body));
  return newContent(world, { ...rest, body: stored }, author);
}

function edited(world: World, before: ArticleContent, edit: EditorContent, asDraft: boolean): ArticleContent {
  const base: ArticleTexts = asDraft ? (before.draft ?? before) : before;
  const texts: ArticleTexts = {
    title: edit.title ?? base.title,
    description: edit.description ?? base.description,
    body: edit.storedBody ?? (edit.body === undefined ? base.body : tidied(world, edit.body)),
  };
  const updatedAt = world.seconds();
  if (asDraft) return { ...before, draft: { ...texts, updatedAt } };
  const owner = { authorId: edit.authorId ?? before.authorId, state: edit.state ?? before.state };
  return { ...before, ...texts, ...owner, updatedAt };
}

/** The editor refuses what Intercom cannot hold as the API does. */
function tidied(world: World, html: string): string {
  try {
    return rewriteFor(world, html, 'editor', new Map());
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    throw usageError(
      `The editor cannot hold this body: ${error.message}.`,
      'Use storedBody to store it as it is.',
    );
  }
}

function authorOf(world: World, edit: EditorArticle): number {
  const author = edit.authorId ?? world.settings.admins[0]?.id ?? 0;
  if (world.settings.admins.some((one) => one.id === author)) return author;
  throw usageError(`The simulator has no admin ${author}.`, 'List the admins to see their ids.');
}

function readParents(world: World, edit: EditorArticle): readonly number[] | undefined {
  const single = edit.parentId === null ? [] : edit.parentId === undefined ? undefined : [edit.parentId];
  const parents = edit.parentIds ?? single;
  const unknown = parents?.find((one) => !world.collections.has(one));
  if (unknown === undefined) return parents;
  throw usageError(`The simulator has no collection ${unknown}.`, 'List the collections to see their ids.');
}

function checkPlace(world: World, collection: Collection | null, parentId: number | null): void {
  if (parentId === null) return;
  const hint = 'Choose another parent.';
  if (!world.collections.has(parentId))
    throw usageError(`The simulator has no collection ${parentId}.`, hint);
  if (collection !== null && isInside(world, parentId, collection.id)) {
    throw usageError('A collection cannot be inside itself.', hint);
  }
  const height = collection === null ? 1 : heightOf(world, collection.id);
  if (levelBelow(world, parentId) - 1 + height > deepest) {
    throw usageError('Collections can be nested three levels deep.', hint);
  }
}

function editedTexts(
  before: Collection['texts'],
  edit: EditorCollection,
  defaultLocale: string,
): Record<string, CollectionTexts> {
  const texts: Record<string, CollectionTexts> = { ...before };
  const all = { ...edit.locales, [defaultLocale]: { ...edit.locales?.[defaultLocale], ...ownTexts(edit) } };
  for (const [locale, one] of Object.entries(all)) {
    const known = texts[locale];
    if (one === null) delete texts[locale];
    else {
      texts[locale] = {
        name: one.name ?? known?.name ?? '',
        description: one.description ?? known?.description ?? '',
      };
    }
  }
  return texts;
}

function ownTexts(edit: EditorCollection): { name?: string; description?: string } {
  return {
    ...(edit.name === undefined ? {} : { name: edit.name }),
    ...(edit.description === undefined ? {} : { description: edit.description }),
  };
}

function mapContents(article: Article, change: (content: ArticleContent) => ArticleContent): Article {
  const contents = Object.entries(article.contents).map(([locale, one]) => [locale, change(one)] as const);
  return { ...article, contents: Object.fromEntries(contents) };
}
