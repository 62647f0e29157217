import { withSlug } from '../state/addresses.ts';
import type { Article, ArticleContent, HelpCenter } from '../state/entities.ts';
import { pageBody } from './stored-body.ts';
import { iconOf } from '../../look/page-icons.ts';
import { layOut, pageHeaders, redirectTo } from './page-layout.ts';
import type { Frame, PageAnswer } from './page-layout.ts';
import { safe, nothing } from '../../look/safe-html.ts';
import type { Safe } from '../../look/safe-html.ts';
import { plainText, wordsOf } from '../api/search.ts';
import { publicLocales, shelfOf, trailTo } from './shelf.ts';
import type { PublicArticle, PublicCollection } from './shelf.ts';
import type { World } from '../state/world.ts';

/** The public help center: what a visitor gets for a path and its query. Drafts do not exist here. */
export function answerPage(world: World, target: string): PageAnswer {
  const url = new URL(target, 'http://simulator.test');
  const [identifier = '', locale, subject, name, ...rest] = url.pathname
    .replace(/\/$/, '')
    .split('/')
    .slice(1);
  const helpCenter = world.settings.helpCenters.find((one) => one.identifier === identifier);
  if (identifier === '')
    return redirectTo(`/${world.defaultHelpCenter.identifier}/${world.defaultHelpCenter.defaultLocale}`, 302);
  if (helpCenter === undefined || !helpCenter.websiteOn) return missingSite(world);
  const root = `/${identifier}`;
  if (locale === undefined) return redirectTo(`${root}/${helpCenter.defaultLocale}`, 302);
  if (locale === 'articles' || locale === 'collections') {
    return redirectTo(`${root}/${helpCenter.defaultLocale}/${locale}/${subject ?? ''}`, 302);
  }
  const locales = publicLocales(world, helpCenter);
  const languages = locales.map((one) => ({ locale: one, path: `${root}/${one}` }));
  const frame: Frame = { helpCenter, root, locale, languages };
  if (!locales.includes(locale) || rest.length > 0)
    return missing({ ...frame, locale: helpCenter.defaultLocale });
  if (subject === undefined) return home(world, frame);
  if (subject === 'search' && name === undefined) return found(world, frame, url.searchParams.get('q') ?? '');
  const id = Number(/^(\d{1,15})(?:-|$)/.exec(name ?? '')?.[1] ?? -1);
  if (subject === 'articles') return articlePage(world, frame, id, name ?? '');
  if (subject === 'collections') return collectionPage(world, frame, id, name ?? '');
  return missing(frame);
}

/** A stored picture; null where its bytes are not at hand. */
export function answerImage(world: World, path: string): PageAnswer | null {
  const bytes = world.images.get(path)?.bytes ?? null;
  if (bytes === null) return null;
  const body = Buffer.from(bytes, 'base64');
  const headers = {
    ...pageHeaders,
    'content-type': pictureType(body),
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    'cache-control': 'public, max-age=3600',
  };
  return { status: 200, headers, body };
}

function home(world: World, frame: Frame): PageAnswer {
  const shelf = shelfOf(world, frame.helpCenter, frame.locale);
  const content = safe`<h1>${frame.helpCenter.displayName}</h1>
    ${shelf.length === 0 ? safe`<p class="lead">Nothing has been published here yet.</p>` : cards(frame, shelf)}`;
  return layOut(frame, frame.helpCenter.displayName, '', content);
}

function collectionPage(world: World, frame: Frame, id: number, name: string): PageAnswer {
  const trail = trailTo(shelfOf(world, frame.helpCenter, frame.locale), id);
  const shown = trail.at(-1);
  if (shown === undefined) return missing(frame);
  const right = withSlug(id, shown.name);
  if (name !== right) return redirectTo(`${frame.root}/${frame.locale}/collections/${right}`);
  const languages = frame.languages.map((one) => ({
    locale: one.locale,
    path: `${frame.root}/${one.locale}/collections/${id}`,
  }));
  const content = safe`${trailNav(frame, trail.slice(0, -1))}
    <h1>${shown.name}</h1>
    ${shown.description === '' ? nothing : safe`<p class="lead">${shown.description}</p>`}
    <p class="count">${counted(shown.total)}</p>
    ${rows(frame, shown.articles)} ${cards(frame, shown.children)}`;
  return layOut({ ...frame, languages }, shown.name, shown.description, content);
}

function articlePage(world: World, frame: Frame, id: number, name: string): PageAnswer {
  const article = world.articles.get(id);
  const content = article?.contents[frame.locale];
  if (article === undefined || content?.state !== 'published' || !belongs(world, frame.helpCenter, article)) {
    return missing(frame);
  }
  const right = withSlug(id, content.title);
  if (name !== right) return redirectTo(`${frame.root}/${frame.locale}/articles/${right}`);
  const languages = frame.languages
    .filter((one) => article.contents[one.locale]?.state === 'published')
    .map((one) => ({ locale: one.locale, path: `${frame.root}/${one.locale}/articles/${id}` }));
  const shelf = shelfOf(world, frame.helpCenter, frame.locale);
  const trail = article.parentIds.map((one) => trailTo(shelf, one)).find((one) => one.length > 0) ?? [];
  const page = safe`${trailNav(frame, trail)}
    <article>
      <h1>${content.title}</h1>
      ${content.description === '' ? nothing : safe`<p class="lead">${content.description}</p>`}
      <p class="meta">${byline(world, content)}</p>
      ${pageBody(world, content.body, `${world.origin.site}${frame.root}`)}
    </article>`;
  return layOut({ ...frame, languages }, content.title, content.description, page);
}

function found(world: World, frame: Frame, phrase: string): PageAnswer {
  const words = wordsOf(phrase);
  const hits = allArticles(shelfOf(world, frame.helpCenter, frame.locale)).filter(({ content }) => {
    const text = `${content.title} ${content.description} ${plainText(content.body)}`.toLowerCase();
    return words.length > 0 && words.every((word) => text.includes(word));
  });
  const content = safe`<h1>Search</h1>
    <p class="count">
      ${phrase === '' ? 'Type what you are looking for.' : `${counted(hits.length)} for “${phrase}”`}
    </p>
    ${rows(frame, hits)}`;
  return layOut({ ...frame, phrase }, 'Search', '', content);
}

function missing(frame: Frame): PageAnswer {
  const content = safe`<h1>Page not found</h1>
    <p class="lead">There is no such page, or it is not public.</p>
    <p><a href="${frame.root}/${frame.locale}">Back to ${frame.helpCenter.displayName}</a></p>`;
  return layOut(frame, 'Page not found', '', content, 404);
}

/** There is no help center at this path, or its website is switched off. */
function missingSite(world: World): PageAnswer {
  const helpCenter = { ...world.defaultHelpCenter, displayName: 'Help Center' };
  const frame = {
    helpCenter,
    root: `/${helpCenter.identifier}`,
    locale: helpCenter.defaultLocale,
    languages: [],
  };
  return layOut(frame, 'Page not found', '', safe`<h1>Page not found</h1>`, 404);
}

function cards(frame: Frame, collections: readonly PublicCollection[]): Safe {
  if (collections.length === 0) return nothing;
  const items = collections.map(({ collection, name, description, total }) => {
    // Only the first level shows its own icon.
    const icon = iconOf(collection.parentId === null ? collection.icon : 'folder');
    const path = `${frame.root}/${frame.locale}/collections/${withSlug(collection.id, name)}`;
    const text = description === '' ? nothing : safe`<p>${description}</p>`;
    return safe`<li class="card">
      ${icon}
      <h2><a href="${path}">${name}</a></h2>
      ${text}
      <p class="count">${counted(total)}</p>
    </li>`;
  });
  return safe`<ul class="cards">
    ${items}
  </ul>`;
}

function rows(frame: Frame, articles: readonly PublicArticle[]): Safe {
  if (articles.length === 0) return nothing;
  const items = articles.map(({ article, content }) => {
    const path = `${frame.root}/${frame.locale}/articles/${withSlug(article.id, content.title)}`;
    const text = content.description === '' ? nothing : safe` <span>${content.description}</span>`;
    return safe`<li><a href="${path}">${content.title}${text}</a></li>`;
  });
  return safe`<ul class="rows">
    ${items}
  </ul>`;
}

function trailNav(frame: Frame, trail: readonly PublicCollection[]): Safe {
  const items = trail.map(
    ({ collection, name }) =>
      safe`<li>
        <a href="${frame.root}/${frame.locale}/collections/${withSlug(collection.id, name)}">${name}</a>
      </li>`,
  );
  return safe`<nav class="trail" aria-label="Breadcrumb">
    <ol>
      <li><a href="${frame.root}/${frame.locale}">All collections</a></li>
      ${items}
    </ol>
  </nav>`;
}

function byline(world: World, content: ArticleContent): string {
  const author =
    world.settings.admins.find((one) => one.id === content.authorId)?.name ?? 'a former teammate';
  return `Written by ${author}, updated on ${new Date(content.updatedAt * 1000).toISOString().slice(0, 10)}`;
}

function belongs(world: World, helpCenter: HelpCenter, article: Article): boolean {
  if (article.parentIds.length === 0) return helpCenter.id === world.defaultHelpCenter.id;
  return article.parentIds.some((one) => world.collections.get(one)?.helpCenterId === helpCenter.id);
}

function allArticles(shelf: readonly PublicCollection[]): PublicArticle[] {
  return shelf.flatMap((one) => [...one.articles, ...allArticles(one.children)]);
}

function counted(total: number): string {
  return total === 1 ? '1 article' : `${total} articles`;
}

function pictureType(bytes: Uint8Array): string {
  const head = Buffer.from(bytes.subarray(0, 256)).toString('latin1');
  if (head.startsWith('\u0089PNG')) return 'image/png';
  if (head.startsWith('\u00ff\u00d8\u00ff')) return 'image/jpeg';
  if (head.startsWith('GIF8')) return 'image/gif';
  if (/^RIFF....WEBP/s.test(head)) return 'image/webp';
  return /<svg[\s>]/i.test(head) ? 'image/svg+xml' : 'application/octet-stream';
}
