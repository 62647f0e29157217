import { articlePage as showArticle } from '../../look/article-view.ts';
import { outsideNote } from '../../look/notes.ts';
import { plainText } from '../../look/plain-text.ts';
import { nothing, safe } from '../../look/safe-html.ts';
import type { SearchDocument } from '../../look/search-document.ts';
import { cards, foot, rows, sections, trail } from '../../look/shelf.ts';
import { iconPicture } from '../../look/site.ts';
import { wordsOf } from '../../look/words.ts';
import { withSlug } from '../state/addresses.ts';
import type { Article, HelpCenter } from '../state/entities.ts';
import type { World } from '../state/world.ts';
import { commonHeaders, picture, redirectTo, type PageAnswer } from './answers.ts';
import { authorOf, authorsOf, listArticle, listCollection } from './listing.ts';
import { outside, publicLocales, shelfOf, trailTo } from './shelf.ts';
import type { PublicArticle, PublicCollection } from './shelf.ts';
import { showPage, siteOf, type Visit } from './site.ts';
import { pageBody } from './stored-body.ts';

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
  if (locale === 'icon.svg')
    return picture('image/svg+xml', iconPicture(siteOf({ world, helpCenter, root })));
  if (locale === 'logo' && world.look !== null && world.look.logo !== null)
    return picture(world.look.logo.type, world.look.logo.bytes);
  const locales = publicLocales(world, helpCenter);
  const languages = locales.map((one) => ({ locale: one, path: `${root}/${one}` }));
  const visit: Visit = { world, helpCenter, root, locale, languages };
  if (!locales.includes(locale) || rest.length > 0)
    return missing({ ...visit, locale: helpCenter.defaultLocale });
  if (subject === undefined) return home(visit);
  if (subject === 'search' && name === undefined) return searchPage(visit);
  if (subject === 'search.json' && name === undefined) return documents(visit);
  const id = Number(/^(\d{1,15})(?:-|$)/.exec(name ?? '')?.[1] ?? -1);
  if (subject === 'articles') return articlePage(visit, id, name ?? '');
  if (subject === 'collections') return collectionPage(visit, id, name ?? '');
  return missing(visit);
}

/** A stored picture; null where its bytes are not at hand. */
export function answerImage(world: World, path: string): PageAnswer | null {
  const bytes = world.images.get(path)?.bytes ?? null;
  if (bytes === null) return null;
  const body = Buffer.from(bytes, 'base64');
  const answer = picture(pictureType(body), body);
  return { ...answer, headers: { ...answer.headers, 'cache-control': 'public, max-age=3600' } };
}

function home(visit: Visit): PageAnswer {
  const { world, helpCenter, locale } = visit;
  const shelf = shelfOf(world, helpCenter, locale);
  const unlisted = outside(world, helpCenter, locale);
  const isEmpty = shelf.length === 0 && unlisted.length === 0;
  const content = safe`${isEmpty ? safe`<p class="lead" lang="en">Nothing has been published here yet.</p>` : nothing}
    ${cards(
      locale,
      shelf.map((one) => listCollection(visit, one)),
    )}
    ${unlisted.length === 0 ? nothing : outsideNote(rows(unlisted.map((one) => listArticle(visit, one))))}`;
  return showPage(visit, { title: siteOf(visit).name, content, isHome: true });
}

function collectionPage(visit: Visit, id: number, name: string): PageAnswer {
  const { world, helpCenter, locale, root } = visit;
  const trail = trailTo(shelfOf(world, helpCenter, locale), id);
  const shown = trail.at(-1);
  if (shown === undefined) return missing(visit);
  const right = withSlug(id, shown.name);
  if (name !== right) return redirectTo(`${root}/${locale}/collections/${right}`);
  const languages = visit.languages.map((one) => ({
    locale: one.locale,
    path: `${root}/${one.locale}/collections/${id}`,
  }));
  const content = safe`${trailNav(visit, trail)}
    <h1>${shown.name}</h1>
    ${shown.description === '' ? nothing : safe`<p class="lead">${shown.description}</p>`}
    ${foot(locale, authorsOf(world, shown), shown.total)}
    ${rows(shown.articles.map((one) => listArticle(visit, one)))}
    ${sections(
      locale,
      shown.children.map((one) => listCollection(visit, one)),
    )}`;
  return showPage({ ...visit, languages }, { title: shown.name, description: shown.description, content });
}

function articlePage(visit: Visit, id: number, name: string): PageAnswer {
  const { world, helpCenter, locale, root } = visit;
  const article = world.articles.get(id);
  const content = article?.contents[locale];
  if (article === undefined || content?.state !== 'published' || !belongs(world, helpCenter, article)) {
    return missing(visit);
  }
  const right = withSlug(id, content.title);
  if (name !== right) return redirectTo(`${root}/${locale}/articles/${right}`);
  const languages = visit.languages
    .filter((one) => article.contents[one.locale]?.state === 'published')
    .map((one) => ({ locale: one.locale, path: `${root}/${one.locale}/articles/${id}` }));
  const shelf = shelfOf(world, helpCenter, locale);
  const trail = article.parentIds.map((one) => trailTo(shelf, one)).find((one) => one.length > 0) ?? [];
  const body = pageBody(world, content.body, `${world.origin.site}${root}`, locale);
  const page = showArticle(siteOf(visit), {
    locale,
    trail: trailNav(visit, trail),
    title: content.title,
    description: content.description,
    author: authorOf(world, content),
    updatedAt: content.updatedAt * 1000,
    body: body.html,
    headings: body.headings,
    related: relatedTo(trail.at(-1), article).map((one) => listArticle(visit, one)),
    badges: nothing,
    above: nothing,
  });
  return showPage(
    { ...visit, languages },
    { title: content.title, description: content.description, content: page },
  );
}

/** What is found is put in by the page's script, without a question to the server. */
function searchPage(visit: Visit): PageAnswer {
  const { search } = wordsOf(visit.locale);
  const languages = visit.languages.map((one) => ({ locale: one.locale, path: `${one.path}/search` }));
  const content = safe`<h1>${search}</h1><div id="results"></div>`;
  return showPage({ ...visit, languages }, { title: search, content });
}

/** All that can be found in one language. */
function documents(visit: Visit): PageAnswer {
  const { world, helpCenter, locale, root } = visit;
  const documentOf = ({ article, content }: PublicArticle, trail: readonly string[]): SearchDocument => ({
    address: `${root}/${locale}/articles/${withSlug(article.id, content.title)}`,
    title: content.title,
    description: content.description,
    text: plainText(pageBody(world, content.body, root, locale).html),
    trail,
  });
  const below = (shelf: readonly PublicCollection[], trail: readonly string[]): SearchDocument[] =>
    shelf.flatMap(({ name, articles, children }) => [
      ...articles.map((one) => documentOf(one, [...trail, name])),
      ...below(children, [...trail, name]),
    ]);
  const all = below(shelfOf(world, helpCenter, locale), []);
  const headers = { ...commonHeaders, 'content-type': 'application/json; charset=utf-8' };
  return { status: 200, headers, body: JSON.stringify(all) };
}

function missing(visit: Visit): PageAnswer {
  const words = wordsOf(visit.locale);
  const content = safe`<h1>${words.missing}</h1>
    <p><a href="${visit.root}/${visit.locale}">${words.all}</a></p>`;
  return showPage(visit, { title: words.missing, content, status: 404 });
}

/** There is no help center at this path, or its website is switched off. */
function missingSite(world: World): PageAnswer {
  const helpCenter = { ...world.defaultHelpCenter, id: -1, displayName: 'Help Center' };
  const root = `/${helpCenter.identifier}`;
  const locale = helpCenter.defaultLocale;
  const { missing } = wordsOf(locale);
  const visit = { world, helpCenter, root, locale, languages: [] };
  return showPage(visit, { title: missing, content: safe`<h1>${missing}</h1>`, search: null, status: 404 });
}

const trailNav = ({ root, locale }: Visit, steps: readonly PublicCollection[]) =>
  trail(
    locale,
    `${root}/${locale}`,
    steps.map(({ collection, name }) => ({
      name,
      address: `${root}/${locale}/collections/${withSlug(collection.id, name)}`,
    })),
  );

/** More than these are a list of everything. */
const mostRelated = 5;

/** What else stands in a collection, first what follows the article. */
function relatedTo(shelf: PublicCollection | undefined, article: Article): readonly PublicArticle[] {
  const articles = shelf?.articles ?? [];
  const at = articles.findIndex((one) => one.article.id === article.id);
  return [...articles.slice(at + 1), ...articles.slice(0, Math.max(at, 0))].slice(0, mostRelated);
}

function belongs(world: World, helpCenter: HelpCenter, article: Article): boolean {
  if (article.parentIds.length === 0) return helpCenter.id === world.defaultHelpCenter.id;
  return article.parentIds.some((one) => world.collections.get(one)?.helpCenterId === helpCenter.id);
}

function pictureType(bytes: Uint8Array): string {
  const head = Buffer.from(bytes.subarray(0, 256)).toString('latin1');
  if (head.startsWith('\u0089PNG')) return 'image/png';
  if (head.startsWith('\u00ff\u00d8\u00ff')) return 'image/jpeg';
  if (head.startsWith('GIF8')) return 'image/gif';
  if (/^RIFF....WEBP/s.test(head)) return 'image/webp';
  return /<svg[\s>]/i.test(head) ? 'image/svg+xml' : 'application/octet-stream';
}
