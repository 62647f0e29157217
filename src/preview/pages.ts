/* The pages of the preview, as strings of HTML. Everything that comes from a file is escaped. */
import { baseName, type LocalPath } from '../model/identity.ts';
import type { Locale } from '../model/locale.ts';
import type { Conflict } from '../model/plan.ts';
import type { Problem } from '../model/problem.ts';
import { iconOf } from '../look/page-icons.ts';
import { nothing, safe, trusted, type Safe } from '../look/safe-html.ts';
import { addressOf, type Route } from './addresses.ts';
import { showBody, type Shown } from './body.ts';
import {
  allArticles,
  shelve,
  trailTo,
  type Library,
  type ShownArticle,
  type ShownCollection,
} from './library.ts';
import { problemList, sourceLink, type Editor } from './problems.ts';
import { previewScript, previewStyle } from './style.ts';

/** All that the pages are made from. */
export interface Preview {
  readonly library: Library;
  readonly shown: Shown;
  readonly problems: readonly Problem[];
  /** Known only while watching. */
  readonly conflicts: readonly Conflict[];
  /** How the help center is called. */
  readonly name: string;
  readonly editor: Editor;
  /** Another one whenever any page may be: an open page compares it with what it was made from. */
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
      return articlePage(preview, route.locale, route.path);
    case 'search':
      return searchPage(preview, route.locale, route.phrase);
  }
}

function home(preview: Preview, locale: Locale): Page {
  const top = shelve(preview.library, locale);
  const languages = preview.library.locales.map((one) => ({
    locale: one,
    path: addressOf({ page: 'home', locale: one }),
  }));
  const isEmpty = top.collections.length === 0 && top.articles.length === 0;
  const outside =
    top.articles.length === 0
      ? nothing
      : safe`<h2>Outside every collection</h2>${rows(top.articles, locale)}`;
  const content = safe`<h1>${preview.name}</h1>
    ${isEmpty ? safe`<p class="lead">There is no article here yet.</p>` : nothing}
    ${cards(top.collections, locale)}${outside}`;
  return layOut(preview, { locale, title: preview.name, languages, content });
}

function collectionPage(preview: Preview, locale: Locale, path: LocalPath): Page {
  const { library } = preview;
  if (!library.snapshot.collections.some((one) => one.path === path)) return missing(preview, locale);
  const trail = trailTo(library, locale, path);
  const own = shelve(library, locale, path);
  const file = library.snapshot.collections.find((one) => one.path === path)?.file ?? null;
  const languages = library.locales.map((one) => ({
    locale: one,
    path: addressOf({ page: 'collection', locale: one, path }),
  }));
  const content = safe`${trailNav(trail.slice(0, -1), locale)}
    <h1>${own.name}</h1>
    ${own.description === '' ? nothing : safe`<p class="lead">${own.description}</p>`}
    <p class="count">${counted(own.total)}${own.total === 0 ? '. Readers do not see an empty collection.' : ''}</p>
    ${file === null ? nothing : safe`<p class="source">${sourceLink(preview.editor, file, 1)}</p>`}
    ${rows(own.articles, locale)} ${cards(own.collections, locale)}`;
  return layOut(preview, { locale, title: own.name, languages, content });
}

function articlePage(preview: Preview, locale: Locale, path: LocalPath): Page {
  const { library } = preview;
  const article = library.snapshot.articles.find((one) => one.path === path);
  const content = article?.locales.get(locale);
  if (article === undefined || content === undefined) return missing(preview, locale);
  const languages = library.locales
    .filter((one) => article.locales.has(one))
    .map((one) => ({ locale: one, path: addressOf({ page: 'article', locale: one, path }) }));
  const isConflict = preview.conflicts.some((one) => one.path === path);
  const page = safe`${trailNav(trailTo(library, locale, article.folder), locale)}
    <article>
      <h1>${content.title}${badge(content.state === 'published')}${isConflict ? safe`<span class="badge red">Conflict</span>` : nothing}</h1>
      ${content.description === '' ? nothing : safe`<p class="lead">${content.description}</p>`}
      <p class="source">${sourceLink(preview.editor, content.file, content.bodyLine)}</p>
      ${showBody(content, locale, preview.shown)}
    </article>`;
  return layOut(preview, { locale, title: content.title, languages, content: page });
}

function searchPage(preview: Preview, locale: Locale, phrase: string): Page {
  const words = phrase
    .toLowerCase()
    .split(/\s+/)
    .filter((one) => one !== '');
  const hits = allArticles(preview.library, locale).filter(({ content }) => {
    const text = `${content.title} ${content.description} ${content.body}`.toLowerCase();
    return words.length > 0 && words.every((word) => text.includes(word));
  });
  const languages = preview.library.locales.map((one) => ({
    locale: one,
    path: addressOf({ page: 'search', locale: one, phrase }),
  }));
  const content = safe`<h1>Search</h1>
    <p class="count">${phrase === '' ? 'Type what you are looking for.' : `${counted(hits.length)} for “${phrase}”`}</p>
    ${rows(hits, locale)}`;
  return layOut(preview, { locale, title: 'Search', languages, content, phrase });
}

function missing(preview: Preview, locale: Locale): Page {
  const content = safe`<h1>Page not found</h1>
    <p class="lead">There is no such page in the folder. It appears here by itself once there is.</p>
    <p><a href="${addressOf({ page: 'home', locale })}">Back to ${preview.name}</a></p>`;
  return { ...layOut(preview, { locale, title: 'Page not found', languages: [], content }), status: 404 };
}

interface Frame {
  readonly locale: Locale;
  readonly title: string;
  /** Where this page is in each language. */
  readonly languages: readonly { readonly locale: Locale; readonly path: string }[];
  readonly content: Safe;
  readonly phrase?: string;
}

function layOut(preview: Preview, { locale, title, languages, content, phrase = '' }: Frame): Page {
  const direction = /^(?:ar|he|fa|ur)$/.test(locale) ? 'rtl' : 'ltr';
  const home = addressOf({ page: 'home', locale });
  const page = safe`<!doctype html>
    <html lang="${locale}" dir="${direction}" data-version="${preview.version}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title === preview.name ? title : `${title} | ${preview.name}`}</title>
        <style>${trusted(previewStyle)}</style>
      </head>
      <body>
        <a class="skip" href="#content">Skip to content</a>
        <header class="top" id="top">
          <div class="wrap">
            <div class="bar">
              <a class="brand" href="${home}">${preview.name}</a>${languageTabs(languages, locale)}
            </div>
            <form class="search" role="search" action="${home}/search">
              <input type="search" name="q" value="${phrase}" placeholder="Search for articles…" aria-label="Search" aria-keyshortcuts="/" /><button>Search</button>
            </form>
          </div>
        </header>
        <main id="content" tabindex="-1"><div class="wrap">${content}</div></main>
        <footer><div class="wrap">Preview of the folder; nothing here is public</div></footer>
        <aside id="problems" aria-label="Problems">${problemList(preview)}</aside>
        <p id="said" class="visually-hidden" role="status"></p>
        <script type="module">${trusted(previewScript)}</script>
      </body>
    </html>
`;
  return { status: 200, html: page.html };
}

function languageTabs(languages: Frame['languages'], locale: Locale): Safe {
  if (languages.length < 2) return nothing;
  const items = languages.map((one) => {
    const current = one.locale === locale ? trusted(' aria-current="true"') : nothing;
    return safe`<li><a href="${one.path}" hreflang="${one.locale}" lang="${one.locale}"${current}>${languageName(one.locale)}</a></li>`;
  });
  return safe`<nav class="locales" aria-label="Language"><ul>${items}</ul></nav>`;
}

/** A language in its own words. */
function languageName(locale: Locale): string {
  const name = new Intl.DisplayNames([locale], { type: 'language' }).of(locale) ?? locale;
  return name.charAt(0).toLocaleUpperCase(locale) + name.slice(1);
}

function cards(collections: readonly ShownCollection[], locale: Locale): Safe {
  if (collections.length === 0) return nothing;
  const items = collections.map(
    ({ path, name, description, icon, total, collections: inner }) => safe`<li class="card">
      ${iconOf(icon)}
      <h2><a href="${addressOf({ page: 'collection', locale, path })}">${name}</a></h2>
      ${description === '' ? nothing : safe`<p>${description}</p>`}
      <p class="count">${counted(total)}${inner.length === 0 ? '' : `, ${inner.length} ${inner.length === 1 ? 'collection' : 'collections'} inside`}</p>
    </li>`,
  );
  return safe`<ul class="cards">${items}</ul>`;
}

function rows(articles: readonly ShownArticle[], locale: Locale): Safe {
  if (articles.length === 0) return nothing;
  const items = articles.map(({ article, content }) => {
    const text = content.description === '' ? nothing : safe` <span>${content.description}</span>`;
    const address = addressOf({ page: 'article', locale, path: article.path });
    return safe`<li><a href="${address}">${content.title === '' ? baseName(article.path) : content.title}${badge(content.state === 'published')}${text}</a></li>`;
  });
  return safe`<ul class="rows">${items}</ul>`;
}

const badge = (isPublished: boolean): Safe =>
  isPublished ? nothing : safe`<span class="badge">Draft</span>`;

function trailNav(trail: readonly ShownCollection[], locale: Locale): Safe {
  const items = trail.map(
    ({ path, name }) =>
      safe`<li><a href="${addressOf({ page: 'collection', locale, path })}">${name}</a></li>`,
  );
  return safe`<nav class="trail" aria-label="Breadcrumb">
    <ol><li><a href="${addressOf({ page: 'home', locale })}">All collections</a></li>${items}</ol>
  </nav>`;
}

const counted = (total: number): string => (total === 1 ? '1 article' : `${total} articles`);
