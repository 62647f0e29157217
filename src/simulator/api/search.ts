import { articleWire } from './article-wire.ts';
import { helpCenterOf } from '../state/addresses.ts';
import type { Call } from './call.ts';
import type { Article } from '../state/entities.ts';
import { paged } from './paging.ts';

/** Articles that hold every word of the phrase; those with words in the title come first. */
export function searchArticles(call: Call): unknown {
  const { world, query } = call;
  const words = wordsOf(query.get('phrase') ?? '');
  const lag = world.settings.switches.searchLag;
  const articles = lag === 0 ? [...world.articles.values()] : world.articlesBefore(lag);
  const hits = articles
    .filter((one) => isWanted(call, one))
    .map((article) => ({ article, score: scoreOf(article, words) }))
    .filter((one) => one.score > 0)
    .sort((one, other) => other.score - one.score || other.article.id - one.article.id)
    .map((one) => one.article);
  const page = paged(call, hits, '/articles/search', 10);
  const highlights = query.get('highlight') === 'true' ? page.rows.map((one) => highlight(one, words)) : [];
  return {
    type: 'list',
    total_count: page.total,
    // Nothing found is an empty array, where otherwise an object is.
    data:
      page.total === 0
        ? []
        : { articles: page.rows.map((one) => articleWire(call, one, { statistics: false })), highlights },
    pages: page.pages,
  };
}

/** Text of stored HTML, for finding words in it. */
export function plainText(html: string): string {
  return html
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

export function wordsOf(phrase: string): string[] {
  return phrase.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** 0 where a word is missing. */
export function scoreOf(article: Article, words: readonly string[]): number {
  const content = article.contents[article.defaultLocale];
  if (content === undefined || words.length === 0) return 0;
  const title = content.title.toLowerCase();
  const all = `${title} ${content.description} ${plainText(content.body)}`.toLowerCase();
  if (!words.every((word) => all.includes(word))) return 0;
  return 1 + words.filter((word) => title.includes(word)).length;
}

function isWanted(call: Call, article: Article): boolean {
  const state = call.query.get('state') ?? 'all';
  const helpCenterId = call.query.get('help_center_id');
  const own = article.contents[article.defaultLocale]?.state;
  if ((state === 'published' || state === 'draft') && state !== own) return false;
  return helpCenterId === null || String(helpCenterOf(call.world, article).id) === helpCenterId;
}

function highlight(article: Article, words: readonly string[]): Record<string, unknown> {
  const content = article.contents[article.defaultLocale];
  const summary = plainText(content?.body ?? '').slice(0, 200);
  return {
    article_id: String(article.id),
    highlighted_title: marked(content?.title ?? '', words),
    highlighted_summary: summary === '' ? [] : [marked(summary, words)],
  };
}

function marked(text: string, words: readonly string[]): { type: 'highlight' | 'plain'; text: string }[] {
  if (words.length === 0) return [{ type: 'plain', text }];
  const parts = text.split(new RegExp(`(${words.join('|')})`, 'giu')).filter((one) => one !== '');
  return parts.map((one) => ({
    type: words.includes(one.toLowerCase()) ? 'highlight' : 'plain',
    text: one,
  }));
}
