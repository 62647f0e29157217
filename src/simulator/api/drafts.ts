import { ApiError, notFound } from '../state/api-error.ts';
import { articleWire } from './article-wire.ts';
import { readContent, textsOf, withContent } from './article-writes.ts';
import type { ContentEdit } from './article-writes.ts';
import { findArticle } from './articles.ts';
import type { Call } from './call.ts';
import type { Article, ArticleContent } from '../state/entities.ts';
import { localeFields } from './input.ts';
import type { World } from '../state/world.ts';

/** The unpublished draft of an article, as of 2.16. */
export function retrieveDraft(call: Call): unknown {
  const article = findArticle(call);
  if (!Object.values(article.contents).some((one) => one.draft !== null)) throw notFound();
  return articleWire(call, article, { statistics: true, draft: true });
}

/** Stages texts without publishing them; a state that is sent is ignored. */
export function stageDraft(call: Call): unknown {
  let article = findArticle(call);
  if (article.contents[article.defaultLocale]?.state !== 'published') {
    throw unprocessable('parameter_invalid', 'Article must be published before a draft can be staged');
  }
  article = staged(call, article, article.defaultLocale, readContent(call, call.input));
  for (const [locale, fields] of localeFields(call.input, call.world.settings.switches)) {
    if (fields !== null) article = staged(call, article, locale, readContent(call, fields));
  }
  call.world.putArticle(article);
  return articleWire(call, article, { statistics: true, draft: true });
}

export function publishDraft(call: Call): unknown {
  const { world } = call;
  let article = findArticle(call);
  const pending = Object.keys(article.contents).filter((one) => article.contents[one]?.draft !== null);
  if (pending.length === 0) throw unprocessable('parameter_invalid', 'Article has no draft to publish');
  for (const locale of chosenLocales(call, article, pending)) {
    const content = article.contents[locale];
    if (content !== undefined) article = withContent(article, locale, publishedDraft(world, content));
  }
  world.putArticle(article);
  return articleWire(call, article, { statistics: true });
}

/** The content with its unpublished draft made public; the same one where there is no draft. */
export function publishedDraft(world: World, content: ArticleContent): ArticleContent {
  if (content.draft === null) return content;
  const updatedAt = world.seconds();
  return { ...content, ...textsOf(content.draft), state: 'published', updatedAt, draft: null };
}

function chosenLocales(call: Call, article: Article, pending: readonly string[]): readonly string[] {
  if (!call.world.settings.switches.multilingual) return [article.defaultLocale];
  const sent = call.input['locales'];
  if (!Array.isArray(sent) || sent.length === 0) {
    const message = 'locales must be specified to publish a draft on a multilingual workspace';
    throw unprocessable('parameter_not_found', message);
  }
  const locales = sent.map(String);
  const idle = locales.filter((one) => !pending.includes(one));
  if (idle.length === 0) return locales;
  const message = `Cannot publish a draft for locale(s) without pending changes: ${idle.join(', ')}`;
  throw unprocessable('parameter_invalid', message);
}

function staged(call: Call, article: Article, locale: string, edit: ContentEdit): Article {
  const content = article.contents[locale];
  if (content === undefined || !hasTexts(edit)) return article;
  return withContent(article, locale, withDraft(content, edit, call.world.seconds()));
}

function hasTexts(edit: ContentEdit): boolean {
  return edit.title !== undefined || edit.description !== undefined || edit.body !== undefined;
}

function withDraft(content: ArticleContent, edit: ContentEdit, updatedAt: number): ArticleContent {
  const base = textsOf(content.draft ?? content);
  const draft = {
    title: edit.title ?? base.title,
    description: edit.description ?? base.description,
    body: edit.body ?? base.body,
    updatedAt,
  };
  return { ...content, draft };
}

function unprocessable(code: string, message: string): ApiError {
  return new ApiError(422, code, message);
}
