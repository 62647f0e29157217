import type { Change } from './entities.ts';
import type { WorldContent } from './world.ts';

/** What a workspace holds after some more steps. */
export function replay(content: WorldContent, changes: readonly Change[]): WorldContent {
  let { settings, counters } = content;
  const collections = new Map(content.collections.map((one) => [one.id, one]));
  const articles = new Map(content.articles.map((one) => [one.id, one]));
  const images = new Map(content.images.map((one) => [one.path, one]));
  for (const change of changes) {
    switch (change.kind) {
      case 'settings':
        settings = change.value;
        break;
      case 'counters':
        counters = change.value;
        break;
      case 'collection':
        if (change.value === null) collections.delete(change.id);
        else collections.set(change.id, change.value);
        break;
      case 'article':
        if (change.value === null) articles.delete(change.id);
        else articles.set(change.id, change.value);
        break;
      case 'image':
        images.set(change.value.path, change.value);
        break;
    }
  }
  return {
    settings,
    counters,
    collections: [...collections.values()],
    articles: [...articles.values()],
    images: [...images.values()],
  };
}
