import { locales } from '../../model/locale.ts';
import { articleAddress, helpCenterOf } from '../state/addresses.ts';
import type { Call } from './call.ts';
import type { Article, ArticleContent, ArticleTexts } from '../state/entities.ts';
import { signImages } from '../state/images.ts';

/** How an article is shown: statistics are left out of lists, and a draft shows staged texts. */
export interface Shown {
  readonly statistics: boolean;
  readonly draft?: boolean;
}

/** An article as answered, keys in the recorded order. */
export function articleWire(call: Call, article: Article, shown: Shown): Record<string, unknown> {
  const { world, version } = call;
  const content = article.contents[article.defaultLocale];
  if (content === undefined) throw new RangeError(`Article ${article.id} has no default content`);
  const nested = article.parentIds[0] === undefined ? null : world.collections.get(article.parentIds[0]);
  const section = version.number < 210 && nested?.parentId !== null;
  const parents =
    version.number >= 216
      ? { parent_ids: article.parentIds }
      : {
          parent_id: article.parentIds[0] ?? null,
          parent_type: article.parentIds.length === 0 ? null : section ? 'section' : 'collection',
          parent_ids: article.parentIds,
        };
  return {
    id: String(article.id),
    type: 'article',
    workspace_id: world.settings.workspace.id,
    ...parents,
    ...(shown.statistics ? { statistics: statistics(article, version.number) } : {}),
    ...(version.number >= 213 ? { tags: { type: 'tag.list', tags: [] } } : {}),
    content_id: String(content.id),
    ...contentWire(call, article, article.defaultLocale, content, shown),
    ...languages(call, article, shown),
  };
}

function contentWire(
  call: Call,
  article: Article,
  locale: string,
  content: ArticleContent,
  shown: Shown,
): Record<string, unknown> {
  const { world, version } = call;
  const texts: ArticleTexts = shown.draft === true ? (content.draft ?? content) : content;
  const modern = version.number >= 216;
  return {
    title: texts.title,
    description: texts.description,
    ...bodyWire(call, texts.body),
    author_id: content.authorId,
    state: content.state,
    created_at: content.createdAt,
    updated_at: content.updatedAt,
    ...(modern
      ? {
          has_unpublished_changes: content.draft !== null,
          draft_updated_at: content.draft?.updatedAt ?? null,
        }
      : {}),
    url: articleAddress(world, article, locale),
  };
}

function bodyWire({ world, markdown }: Call, stored: string): Record<string, unknown> {
  const body = signImages(world, stored);
  const sent = body === '' && world.settings.switches.emptyBody === 'null' ? null : body;
  return { body: sent, ...(markdown === null ? {} : { body_markdown: markdown.fromHtml(body) }) };
}

function languages(call: Call, article: Article, shown: Shown): Record<string, unknown> {
  const { switches } = call.world.settings;
  if (!switches.multilingual) return {};
  const enabled = helpCenterOf(call.world, article).locales;
  const translated: Record<string, unknown> = { type: 'article_translated_content' };
  for (const locale of switches.localeKeys === 'all' ? locales : enabled) {
    const content = enabled.includes(locale) ? article.contents[locale] : undefined;
    translated[locale] =
      content === undefined
        ? null
        : { type: 'article_content', ...contentWire(call, article, locale, content, shown) };
  }
  return { default_locale: article.defaultLocale, translated_content: translated };
}

function statistics(article: Article, version: number): Record<string, unknown> {
  const { happy, neutral, sad } = article.reactions ?? { happy: 0, neutral: 0, sad: 0 };
  const all = happy + neutral + sad;
  const part = (count: number): number => (all === 0 ? 0 : Math.round((count * 100) / all));
  return {
    type: 'article_statistics',
    views: article.views,
    conversations: 0,
    reactions: all,
    happy_reaction_percentage: part(happy),
    neutral_reaction_percentage: part(neutral),
    sad_reaction_percentage: part(sad),
    ...(version >= 216 ? { fin_involvements: 0, fin_resolutions: 0, fin_resolution_rate: 0 } : {}),
  };
}
