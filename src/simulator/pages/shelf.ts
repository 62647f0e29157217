import type { Article, ArticleContent, Collection, HelpCenter } from '../state/entities.ts';
import type { World } from '../state/world.ts';

/** An article that the public can read, in one language. */
export interface PublicArticle {
  readonly article: Article;
  readonly content: ArticleContent;
}

/** A collection as the public sees it: only what has something to read in it. */
export interface PublicCollection {
  readonly collection: Collection;
  readonly name: string;
  readonly description: string;
  readonly articles: readonly PublicArticle[];
  readonly children: readonly PublicCollection[];
  /** Articles in it and in those inside of it. */
  readonly total: number;
}

/** The public content of a help center in one language, in the order of the web app. */
export function shelfOf(world: World, helpCenter: HelpCenter, locale: string): readonly PublicCollection[] {
  const byParent = new Map<number, PublicArticle[]>();
  for (const article of world.articles.values()) {
    const content = article.contents[locale];
    if (content?.state !== 'published') continue;
    for (const parentId of article.parentIds) {
      const list = byParent.get(parentId) ?? [];
      list.push({ article, content });
      byParent.set(parentId, list);
    }
  }
  const collections = [...world.collections.values()]
    .filter((one) => one.helpCenterId === helpCenter.id)
    .sort((one, other) => one.order - other.order || one.id - other.id);
  const below = (parentId: number | null): PublicCollection[] =>
    collections
      .filter((one) => one.parentId === parentId)
      .map((collection) => {
        const texts = collection.texts[locale] ?? collection.texts[helpCenter.defaultLocale];
        const articles = (byParent.get(collection.id) ?? []).sort((a, b) => a.article.id - b.article.id);
        const children = below(collection.id);
        const total = articles.length + children.reduce((sum, one) => sum + one.total, 0);
        const name = texts?.name ?? '';
        return { collection, name, description: texts?.description ?? '', articles, children, total };
      })
      .filter((one) => one.total > 0);
  return below(null);
}

/** Published articles that stand in no collection: not listed, and reached by those who know their address. */
export function outside(world: World, helpCenter: HelpCenter, locale: string): readonly PublicArticle[] {
  if (helpCenter.id !== world.defaultHelpCenter.id) return [];
  return [...world.articles.values()]
    .filter((one) => one.parentIds.length === 0)
    .toSorted((left, right) => left.id - right.id)
    .flatMap((article): PublicArticle[] => {
      const content = article.contents[locale];
      return content?.state === 'published' ? [{ article, content }] : [];
    });
}

/** Languages that the public can choose: those switched on in which something is published. */
export function publicLocales(world: World, helpCenter: HelpCenter): readonly string[] {
  if (!world.settings.switches.multilingual) return [helpCenter.defaultLocale];
  const used = new Set<string>([helpCenter.defaultLocale]);
  for (const article of world.articles.values()) {
    for (const [locale, content] of Object.entries(article.contents)) {
      if (content.state === 'published') used.add(locale);
    }
  }
  return helpCenter.locales.filter((one) => used.has(one));
}

/** The way from the top level down to a collection; empty when the public does not see it. */
export function trailTo(shelf: readonly PublicCollection[], id: number): readonly PublicCollection[] {
  for (const one of shelf) {
    if (one.collection.id === id) return [one];
    const below = trailTo(one.children, id);
    if (below.length > 0) return [one, ...below];
  }
  return [];
}
