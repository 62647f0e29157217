import type { Article, ArticleContent, Collection, HelpCenter } from './entities.ts';
import type { World } from './world.ts';

/** The part of an address that is only decoration: letters without accents, digits and hyphens. */
export function slug(title: string): string {
  return title
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/['’]/g, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 80);
}

export function withSlug(id: number, title: string): string {
  const decoration = slug(title);
  return decoration === '' ? String(id) : `${id}-${decoration}`;
}

/** Where a help center begins, without a slash at the end. */
export function helpCenterAddress(world: World, helpCenter: HelpCenter): string {
  return helpCenter.customDomain === null
    ? `${world.origin.site}/${helpCenter.identifier}`
    : `https://${helpCenter.customDomain}`;
}

/** The public address of one language of an article; null where nobody outside can read it. */
export function articleAddress(world: World, article: Article, locale: string): string | null {
  const content = article.contents[locale];
  const helpCenter = helpCenterOf(world, article);
  if (content === undefined || !isPublic(world, article, content, helpCenter)) return null;
  return `${helpCenterAddress(world, helpCenter)}/${locale}/articles/${withSlug(article.id, content.title)}`;
}

/** The help center's root for a collection in which there is nothing to read. */
export function collectionAddress(world: World, collection: Collection): string | null {
  const helpCenter = world.helpCenter(collection.helpCenterId) ?? world.defaultHelpCenter;
  if (!helpCenter.websiteOn) return null;
  const root = helpCenterAddress(world, helpCenter);
  if (!publicCollections(world).has(collection.id)) return `${root}/`;
  const locale = helpCenter.defaultLocale;
  const name = collection.texts[locale]?.name ?? '';
  return `${root}/${locale}/collections/${withSlug(collection.id, name)}`;
}

/** The help center of an article's collection; the default one for an article outside every collection. */
export function helpCenterOf(world: World, article: Pick<Article, 'parentIds'>): HelpCenter {
  for (const parentId of article.parentIds) {
    const parent = world.collections.get(parentId);
    const helpCenter = parent === undefined ? null : world.helpCenter(parent.helpCenterId);
    if (helpCenter !== null) return helpCenter;
  }
  return world.defaultHelpCenter;
}

/** Collections that the public sees: those with a published article somewhere inside. */
export function publicCollections(world: World): ReadonlySet<number> {
  const cached = publicCache.get(world);
  if (cached?.revision === world.revision) return cached.ids;
  const ids = new Set<number>();
  for (const article of world.articles.values()) {
    if (!Object.values(article.contents).some((one) => one.state === 'published')) continue;
    for (const parentId of article.parentIds) {
      let at: number | null = parentId;
      while (at !== null && !ids.has(at)) {
        const collection = world.collections.get(at);
        if (collection === undefined) break;
        ids.add(at);
        at = collection.parentId;
      }
    }
  }
  publicCache.set(world, { revision: world.revision, ids });
  return ids;
}

const publicCache = new WeakMap<World, { readonly revision: number; readonly ids: ReadonlySet<number> }>();

function isPublic(world: World, article: Article, content: ArticleContent, helpCenter: HelpCenter): boolean {
  if (content.state !== 'published' || !helpCenter.websiteOn) return false;
  return article.parentIds.length > 0 || world.settings.switches.parentlessUrl === 'given';
}
