/* Collections and articles of the help center as its pages list them. */
import { nothing } from '../../look/safe-html.ts';
import type { ListedArticle, ListedCollection } from '../../look/shelf.ts';
import { withSlug } from '../state/addresses.ts';
import type { ArticleContent } from '../state/entities.ts';
import type { World } from '../state/world.ts';
import type { PublicArticle, PublicCollection } from './shelf.ts';
import type { Visit } from './site.ts';

export function listArticle({ root, locale }: Visit, { article, content }: PublicArticle): ListedArticle {
  return {
    address: `${root}/${locale}/articles/${withSlug(article.id, content.title)}`,
    title: content.title,
    description: content.description,
    badges: nothing,
  };
}

export function listCollection(visit: Visit, shown: PublicCollection): ListedCollection {
  const { collection, name, description, total, articles, children } = shown;
  return {
    address: `${visit.root}/${visit.locale}/collections/${withSlug(collection.id, name)}`,
    name,
    description,
    icon: collection.icon,
    total,
    authors: authorsOf(visit.world, shown),
    articles: articles.map((one) => listArticle(visit, one)),
    collections: children.map((one) => listCollection(visit, one)),
    badges: nothing,
  };
}

/** Names of those who wrote what is in a collection and below it. */
export function authorsOf(world: World, shown: PublicCollection): readonly string[] {
  const own = shown.articles.map(({ content }) => authorOf(world, content));
  const below = shown.children.flatMap((one) => authorsOf(world, one));
  return [...new Set([...own, ...below])].filter((one) => one !== null);
}

/** Null for somebody who has left. */
export function authorOf(world: World, content: ArticleContent): string | null {
  return world.settings.admins.find((one) => one.id === content.authorId)?.name ?? null;
}
