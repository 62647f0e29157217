/* The pages of the preview, as strings of HTML. Everything that comes from a file is escaped. */
import { articlePage as showArticle } from '../look/article-view.ts';
import { layOut, type Frame } from '../look/frame.ts';
import { noteOf, outsideNote } from '../look/notes.ts';
import { nothing, safe, type Safe } from '../look/safe-html.ts';
import { cards, foot, rows, sections, trail } from '../look/shelf.ts';
import type { Site } from '../look/site.ts';
import { wordsOf } from '../look/words.ts';
import type { LocalPath } from '../model/identity.ts';
import type { Locale } from '../model/locale.ts';
import { addressOf, documentsAddress, type Route, type View } from './addresses.ts';
import { authorName } from './authors.ts';
import type { Shown } from './body.ts';
import { relatedTo, shelve, trailTo, type Library, type ShownCollection } from './library.ts';
import { listArticle, listCollection, stateBadges } from './listing.ts';
import type { Standing } from './marks.ts';
import { errorsOf, finding, problemList, sourceLink, type Findings } from './problems.ts';
import { viewOf, viewSwitch, viewsOf, type There } from './views.ts';

/** All that the pages are made from. */
export interface Preview extends Findings {
  readonly site: Site;
  readonly library: Library;
  readonly shown: Shown;
  readonly standing: Standing;
  /** What the help center holds, by the paths of the articles; null while nobody has asked it, text for why it cannot tell. */
  readonly there: There | string | null;
  /** Another one whenever any page may be: an open page compares it with what it was made from. Empty in an export. */
  readonly version: string;
}

export interface Page {
  readonly status: 200 | 404;
  readonly html: string;
}

export function showPage(preview: Preview, route: Route | null): Page {
  const { library } = preview;
  if (route === null || !library.locales.includes(route.locale))
    return missing(preview, library.defaultLocale);
  switch (route.page) {
    case 'home':
      return home(preview, route.locale);
    case 'collection':
      return collectionPage(preview, route.locale, route.path);
    case 'article':
      return articlePage(preview, route.locale, route.path, route.view ?? 'folder');
    case 'search':
      return searchPage(preview, route.locale);
  }
}

function home(preview: Preview, locale: Locale): Page {
  const { library, site } = preview;
  const top = shelve(library, locale);
  const isEmpty = top.collections.length === 0 && top.articles.length === 0;
  const outside =
    top.articles.length === 0
      ? nothing
      : outsideNote(rows(top.articles.map((one) => listArticle(one, locale, preview))));
  const content = safe`${isEmpty ? safe`<p class="lead" lang="en">There is no article here yet.</p>` : nothing}
    ${cards(
      locale,
      top.collections.map((one) => listCollection(one, locale, preview)),
    )}${outside}`;
  const languages = everywhere(preview, (one) => ({ page: 'home', locale: one }));
  return page(preview, { locale, title: site.name, languages, content, isHome: true });
}

function collectionPage(preview: Preview, locale: Locale, path: LocalPath): Page {
  const { library, editor } = preview;
  const own = library.snapshot.collections.find((one) => one.path === path);
  if (own === undefined) return missing(preview, locale);
  const shelf = shelve(library, locale, path);
  const listed = listCollection(shelf, locale, preview);
  const content = safe`${trailNav(trailTo(library, locale, path), locale)}
    <h1>${shelf.name}${listed.badges}</h1>
    ${shelf.description === '' ? nothing : safe`<p class="lead">${shelf.description}</p>`}
    ${foot(locale, listed.authors, listed.total)}
    ${shelf.total === 0 ? noteOf('Readers do not see a collection without a public article.') : nothing}
    ${rows(listed.articles)}
    ${sections(locale, listed.collections)}`;
  return page(preview, {
    locale,
    title: shelf.name,
    description: shelf.description,
    languages: everywhere(preview, (one) => ({ page: 'collection', locale: one, path })),
    content,
    source: own.file === null ? nothing : sourceLink(editor, own.file, 1),
    own: own.file === null ? [] : [own.file],
  });
}

function articlePage(preview: Preview, locale: Locale, path: LocalPath, view: View): Page {
  const { library, editor } = preview;
  const article = library.snapshot.articles.find((one) => one.path === path);
  const content = article?.locales.get(locale);
  if (article === undefined || content === undefined) return missing(preview, locale);
  const listed = listArticle({ article, content }, locale, preview);
  const seen = viewOf(preview, { path, locale, content, title: listed.title }, view);
  const text = showArticle(preview.site, {
    locale,
    trail: trailNav(trailTo(library, locale, article.folder), locale),
    author: authorName(content.author ?? library.author, library.names),
    updatedAt: library.changedAt(content.file),
    related: relatedTo(library, locale, article).map((one) => listArticle(one, locale, preview)),
    badges: stateBadges(article, locale, preview),
    ...seen,
    above: safe`${errorBox(preview, content.file)}${seen.above}`,
  });
  const languages = library.locales
    .filter((one) => article.locales.has(one))
    .map((one) => ({ locale: one, path: addressOf({ page: 'article', locale: one, path, view }) }));
  return page(preview, {
    locale,
    title: listed.title,
    description: content.description,
    languages,
    content: text,
    source: safe`${sourceLink(editor, content.file, content.bodyLine)}`,
    views: viewSwitch({ locale, path }, view, viewsOf(preview)),
    own: [content.file, article.path],
  });
}

/** What is wrong with an article, in its place: above the text, or above what the text was when it could be read last. */
function errorBox(preview: Preview, file: LocalPath): Safe {
  const errors = errorsOf(preview, [file]);
  if (errors.length === 0) return nothing;
  const state = preview.library.stale.get(file);
  const below =
    state === undefined
      ? 'This article is held until that is corrected: neither side of it is written.'
      : state === 'known'
        ? 'Below is what it said when it could last be read.'
        : 'It could not be read since this preview was started, so nothing of it can be shown.';
  return safe`<section class="broken" lang="en" dir="ltr" aria-label="Errors"><ul>${errors.map((one) => safe`<li>${finding(one, preview)}</li>`)}</ul>${noteOf(below)}</section>`;
}

/** What is found is put in by the page's script, without a question to the server. */
function searchPage(preview: Preview, locale: Locale): Page {
  const { search } = wordsOf(locale);
  const languages = everywhere(preview, (one) => ({ page: 'search', locale: one }));
  const content = safe`<h1>${search}</h1><div id="results"></div>`;
  return page(preview, { locale, title: search, languages, content });
}

function missing(preview: Preview, locale: Locale): Page {
  const words = wordsOf(locale);
  const content = safe`<h1>${words.missing}</h1>
    ${noteOf('There is no such page in the folder. It appears here by itself once there is.')}
    <p><a href="${addressOf({ page: 'home', locale })}">${words.all}</a></p>`;
  return { ...page(preview, { locale, title: words.missing, languages: [], content }), status: 404 };
}

type Content = Pick<Frame, 'title' | 'languages' | 'content'> & {
  readonly locale: Locale;
  readonly description?: string;
  readonly isHome?: boolean;
  /** The file that the page is made from, as a link that opens it. */
  readonly source?: Safe;
  /** The other ways to look at the same article. */
  readonly views?: Safe;
  /** The files whose problems are those of this page. */
  readonly own?: readonly LocalPath[];
};

function page(preview: Preview, content: Content): Page {
  const { locale, description = '', isHome = false, source = nothing, views = nothing, own = [] } = content;
  const html = layOut(preview.site, {
    ...content,
    description,
    isHome,
    home: addressOf({ page: 'home', locale }),
    search: { results: addressOf({ page: 'search', locale }), documents: documentsAddress(locale) },
    footer: safe`<span>${preview.site.name}</span><span lang="en" dir="ltr">Preview of the folder; nothing here is public</span>`,
    ...(preview.version === '' ? {} : { version: preview.version }),
    tools: tools(preview, source, views, own),
  });
  return { status: 200, html };
}

/** What only those who write need: the file, and what is wrong. */
function tools(preview: Preview, source: Safe, views: Safe, own: readonly LocalPath[]): Safe {
  const file =
    source === nothing ? nothing : safe`<div class="row"><p class="source">${source}</p>${views}</div>`;
  return safe`<aside id="tools" lang="en" dir="ltr" aria-label="Preview">${file}${problemList(preview, own)}</aside>
    <p id="said" class="visually-hidden" role="status" lang="en"></p>`;
}

const everywhere = ({ library }: Preview, route: (locale: Locale) => Route): Frame['languages'] =>
  library.locales.map((one) => ({ locale: one, path: addressOf(route(one)) }));

const trailNav = (steps: readonly ShownCollection[], locale: Locale): Safe =>
  trail(
    locale,
    addressOf({ page: 'home', locale }),
    steps.map(({ name, path }) => ({ name, address: addressOf({ page: 'collection', locale, path }) })),
  );
