/* A whole page: header with search and languages, the content, a footer. */
import { nothing, safe, trusted, type Safe } from './safe-html.ts';
import type { PageData } from './search-document.ts';
import { initialOf, type Site } from './site.ts';
import { directionOf, languageName, wordsOf } from './words.ts';

export interface Frame {
  readonly locale: string;
  readonly title: string;
  readonly description: string;
  /** Where the home page of this language is. */
  readonly home: string;
  /** Where the results of a search are shown, and what is searched in; null where there is nothing to search. */
  readonly search: { readonly results: string; readonly documents: string } | null;
  /** Where this page is in each language. */
  readonly languages: readonly { readonly locale: string; readonly path: string }[];
  /** The home page greets its readers in the header. */
  readonly isHome: boolean;
  readonly content: Safe;
  readonly footer: Safe;
  /** Besides, on a preview: its version, and the tools of those who write. */
  readonly version?: string;
  readonly tools?: Safe;
}

export function layOut(site: Site, frame: Frame): string {
  const { locale, title, description, isHome, languages } = frame;
  const words = wordsOf(locale);
  const version = frame.version === undefined ? nothing : safe` data-version="${frame.version}"`;
  const data =
    frame.search === null ? nothing : safe` data-page="${JSON.stringify(dataOf(frame, frame.search))}"`;
  const page = safe`<!doctype html>
<html lang="${locale}" dir="${directionOf(locale)}"${version}>
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${title === site.name ? title : `${title} | ${site.name}`}</title>
    ${description === '' ? nothing : safe`<meta name="description" content="${description}" />`}
    <link rel="icon" type="image/svg+xml" href="${site.icon}" />
    ${languages.length < 2 ? nothing : languages.map((one) => safe`<link rel="alternate" hreflang="${one.locale}" href="${one.path}" />`)}
    ${site.style}
  </head>
  <body${data}>
    <a class="skip" href="#content">${words.skip}</a>
    <header class="${isHome ? 'top home' : 'top'}" id="top">
      <div class="wrap">
        <div class="bar">${brand(site, frame.home)}${languageList(frame)}</div>
        ${isHome ? safe`<h1>${site.greeting(locale) ?? words.greeting}</h1>` : nothing}
        ${frame.search === null ? nothing : searchField(words, frame.search.results)}
      </div>
    </header>
    <main id="content" class="${isHome ? 'home' : ''}" tabindex="-1"><div class="wrap">${frame.content}</div></main>
    <footer><div class="wrap">${frame.footer}</div></footer>
    ${frame.tools ?? nothing}
    ${site.script}
  </body>
</html>
`;
  return page.html;
}

function dataOf(frame: Frame, search: NonNullable<Frame['search']>): PageData {
  const { none, open, close, articles } = wordsOf(frame.locale);
  const { documents, results } = search;
  return { locale: frame.locale, documents, root: '', results, words: { none, open, close, articles } };
}

function brand(site: Site, home: string): Safe {
  const sign =
    site.logo === null
      ? safe`<span class="initial" aria-hidden="true">${initialOf(site.name)}</span>`
      : safe`<img src="${site.logo}" alt="" />`;
  return safe`<a class="brand" href="${home}">${sign}<span>${site.name}</span></a>`;
}

function searchField({ search, placeholder }: ReturnType<typeof wordsOf>, results: string): Safe {
  return safe`<form class="search" role="search" action="${results}">
          <input type="search" name="q" placeholder="${placeholder}" aria-label="${placeholder}" aria-keyshortcuts="/" autocomplete="off" role="combobox" aria-expanded="false" aria-autocomplete="list" /><button>${search}</button>
        </form>`;
}

function languageList({ languages, locale }: Frame): Safe {
  if (languages.length < 2) return nothing;
  const items = languages.map((one) => {
    const current = one.locale === locale ? trusted(' aria-current="true"') : nothing;
    return safe`<li><a href="${one.path}" hreflang="${one.locale}" lang="${one.locale}"${current}>${languageName(one.locale)}</a></li>`;
  });
  const label = wordsOf(locale).language;
  return safe`<nav class="locales" aria-label="${label}"><details><summary>${languageName(locale)}</summary><ul>${items}</ul></details></nav>`;
}
