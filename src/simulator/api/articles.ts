import { ApiError, invalid, notFound } from '../state/api-error.ts';
import { articleWire } from './article-wire.ts';
import { editedContent, newContent, readContent, withContent } from './article-writes.ts';
import type { ContentEdit } from './article-writes.ts';
import { helpCenterOf } from '../state/addresses.ts';
import type { Call } from './call.ts';
import type { Article } from '../state/entities.ts';
import { idField, localeFields } from './input.ts';
import { paged } from './paging.ts';
import { previewNumber } from './versions.ts';
import type { World } from '../state/world.ts';

export function listArticles(call: Call): unknown {
  const page = paged(call, newestFirst(call.world), '/articles', 25);
  return {
    type: 'list',
    pages: page.pages,
    total_count: page.total,
    data: page.rows.map((one) => articleWire(call, one, { statistics: false })),
  };
}

export function retrieveArticle(call: Call): unknown {
  return articleWire(call, findArticle(call), { statistics: true });
}

export function createArticle(call: Call): unknown {
  const { world } = call;
  const parents = readParents(call, null) ?? [];
  const helpCenter = helpCenterOf(world, { parentIds: parents });
  const { top, translations } = readEdits(call, helpCenter.defaultLocale, null);
  const missingTitle = world.settings.switches.missingTitle;
  if (top.title === undefined) throw new ApiError(400, missingTitle, 'Title is a required parameter.');
  if (top.authorId === undefined) {
    const message = 'author_id must be in the main body or default locale translated_content object';
    throw new ApiError(400, 'parameter_not_found', message);
  }
  const { authorId } = top;
  for (const [, edit] of translations) if (edit !== null) checkNewLocale(call, edit);
  const id = world.nextId('article');
  let article: Article = {
    id,
    parentIds: parents,
    defaultLocale: helpCenter.defaultLocale,
    contents: { [helpCenter.defaultLocale]: newContent(world, top, authorId) },
    views: 0,
  };
  for (const [locale, edit] of translations) {
    if (edit !== null) article = withContent(article, locale, newContent(world, edit, authorId));
  }
  world.putArticle(article);
  return articleWire(call, article, { statistics: true });
}

export function updateArticle(call: Call): unknown {
  const { world } = call;
  const before = findArticle(call);
  const parents = readParents(call, before);
  const { top, translations, topSent } = readEdits(call, before.defaultLocale, before);
  const { switches } = world.settings;
  let article: Article = parents === null ? before : { ...before, parentIds: parents };
  for (const [locale, edit] of translations) article = translate(call, article, locale, edit);
  const main = article.contents[article.defaultLocale];
  if (main === undefined) throw notFound();
  // A call that only names translations is no edit of the article's own text.
  if (topSent || parents !== null || translations.length === 0) {
    const acting = switches.authorOnUpdate === 'tokenAdmin' ? { authorId: call.app.adminId } : {};
    const moved = parents !== null && parents.join() !== before.parentIds.join();
    const edited = editedContent(world, main, { ...acting, ...top });
    const touched = moved ? { ...edited, updatedAt: world.seconds() } : edited;
    article = withContent(article, article.defaultLocale, touched);
  } else if (switches.localeTouchesTop) {
    article = withContent(article, article.defaultLocale, { ...main, updatedAt: world.seconds() });
  }
  if (article !== before) world.putArticle(article);
  return articleWire(call, article, { statistics: true });
}

export function deleteArticle(call: Call): unknown {
  const article = findArticle(call);
  call.world.removeArticle(article.id);
  return { id: String(article.id), object: 'article', deleted: true };
}

export function findArticle(call: Call): Article {
  const id = call.ids[0] ?? '';
  const article = /^\d{1,15}$/.test(id) ? call.world.articles.get(Number(id)) : undefined;
  if (article === undefined) throw notFound();
  return article;
}

/** All articles in the order of lists. Sorting again is spared while nothing changed. */
export function newestFirst(world: World): readonly Article[] {
  const { listLag, ties } = world.settings.switches;
  const cached = orderCache.get(world);
  if (listLag === 0 && cached?.revision === world.revision) return cached.articles;
  const articles = listLag === 0 ? [...world.articles.values()] : world.articlesBefore(listLag);
  const direction = ties === 'idDescending' ? -1 : 1;
  articles.sort((one, other) => updatedAt(other) - updatedAt(one) || direction * (one.id - other.id));
  if (listLag === 0) orderCache.set(world, { revision: world.revision, articles });
  return articles;
}

const orderCache = new WeakMap<World, { readonly revision: number; readonly articles: readonly Article[] }>();

function updatedAt(article: Article): number {
  return article.contents[article.defaultLocale]?.updatedAt ?? 0;
}

interface Edits {
  /** Of the default locale. */
  readonly top: ContentEdit;
  readonly topSent: boolean;
  /** Of all other locales; null for one that was sent as null. */
  readonly translations: readonly (readonly [locale: string, edit: ContentEdit | null])[];
}

function readEdits(call: Call, defaultLocale: string, before: Article | null): Edits {
  const { switches } = call.world.settings;
  const top = readContent(call, call.input);
  let merged = top;
  const translations: [string, ContentEdit | null][] = [];
  for (const [locale, fields] of localeFields(call.input, switches)) {
    const known = before?.contents[locale] !== undefined;
    const empty = known && switches.omittedLocaleFields === 'empty' ? { description: '', body: '' } : {};
    const edit = fields === null ? null : { ...empty, ...readContent(call, fields) };
    if (locale !== defaultLocale) translations.push([locale, edit]);
    else if (edit !== null) merged = switches.clash === 'top' ? { ...edit, ...top } : { ...top, ...edit };
  }
  return { top: merged, topSent: Object.keys(merged).length > 0, translations };
}

function translate(call: Call, article: Article, locale: string, edit: ContentEdit | null): Article {
  const { world } = call;
  if (edit === null) {
    return world.settings.switches.nullLocale === 'ignore' ? article : withContent(article, locale, null);
  }
  const content = article.contents[locale];
  if (content !== undefined) return withContent(article, locale, editedContent(world, content, edit));
  checkNewLocale(call, edit);
  const author = article.contents[article.defaultLocale]?.authorId ?? call.app.adminId;
  return withContent(article, locale, newContent(world, edit, author));
}

function checkNewLocale(call: Call, edit: ContentEdit): void {
  if (edit.title !== undefined) return;
  const code = call.world.settings.switches.missingTitle;
  throw new ApiError(400, code, 'Title is a required parameter.', 'translated_content');
}

/** The collections that a request puts an article in; null when it leaves them as they are. */
function readParents(call: Call, before: Article | null): readonly number[] | null {
  const { world, input } = call;
  if (call.version.number >= previewNumber && Array.isArray(input['parent_ids'])) {
    return input['parent_ids'].map((one) => checkParent(world, idField({ parent_ids: one }, 'parent_ids')));
  }
  const sent = idField(input, 'parent_id');
  if (sent === undefined) return null;
  if (sent === null) return world.settings.switches.nullParent === 'ignore' && before !== null ? null : [];
  const parent = checkParent(world, sent);
  const others = before?.parentIds ?? [];
  if (world.settings.switches.severalParents === 'replaceAll' || others.length < 2) return [parent];
  const helpCenterId = world.collections.get(parent)?.helpCenterId;
  return [parent, ...others.filter((one) => world.collections.get(one)?.helpCenterId !== helpCenterId)];
}

function checkParent(world: World, id: number | null | undefined): number {
  if (typeof id === 'number' && world.collections.has(id)) return id;
  if (world.settings.switches.unknownParent === 404) throw notFound();
  throw invalid('parent_id does not exist', 'parent_id');
}
