/* Collections and articles as lists: cards, sections, rows, and the way to where one is. */
import { iconOf } from './page-icons.ts';
import { nothing, safe, type Safe } from './safe-html.ts';
import { initialOf } from './site.ts';
import { countArticles, listed, wordsOf } from './words.ts';

/** An article in a list. */
export interface ListedArticle {
  readonly address: string;
  readonly title: string;
  readonly description: string;
  /** What only a preview says of it. */
  readonly badges: Safe;
}

/** A collection in a list. */
export interface ListedCollection {
  readonly address: string;
  readonly name: string;
  readonly description: string;
  readonly icon: string;
  /** Articles in it and in all below it. */
  readonly total: number;
  /** Names of those who wrote these. */
  readonly authors: readonly string[];
  readonly articles: readonly ListedArticle[];
  readonly collections: readonly ListedCollection[];
  readonly badges: Safe;
}

export function cards(locale: string, collections: readonly ListedCollection[]): Safe {
  if (collections.length === 0) return nothing;
  const items = collections.map(
    ({ address, name, description, icon, total, authors, badges }) => safe`<li class="card">
      ${iconOf(icon)}
      <h2><a href="${address}">${name}</a>${badges}</h2>
      ${description === '' ? nothing : safe`<p>${description}</p>`}
      ${foot(locale, authors, total)}
    </li>`,
  );
  return safe`<ul class="cards">
    ${items}
  </ul>`;
}

/** A collection within another one: its articles, and links to what stands below it. */
export function sections(locale: string, collections: readonly ListedCollection[]): readonly Safe[] {
  return collections.map(({ address, name, description, articles, collections: inner, badges }) => {
    const below = inner.map((one) => ({
      address: one.address,
      title: one.name,
      description: `${countArticles(locale, one.total)}${one.description === '' ? '' : ` · ${one.description}`}`,
      badges: one.badges,
    }));
    return safe`<section class="shelf">
      <h2><a href="${address}">${name}</a>${badges}</h2>
      ${description === '' ? nothing : safe`<p>${description}</p>`}
      ${rows([...articles, ...below])}
    </section>`;
  });
}

export function rows(articles: readonly ListedArticle[]): Safe {
  if (articles.length === 0) return nothing;
  const items = articles.map(({ address, title, description, badges }) => {
    const text = description === '' ? nothing : safe`<span class="text">${description}</span>`;
    return safe`<li><a href="${address}">${title}${badges}${text}</a></li>`;
  });
  return safe`<ul class="rows">
    ${items}
  </ul>`;
}

/** The way from the home page to where one is. */
export function trail(
  locale: string,
  home: string,
  steps: readonly { readonly name: string; readonly address: string | null }[],
): Safe {
  const items = steps.map(({ name, address }) =>
    address === null
      ? safe`<li aria-current="page">${name}</li>`
      : safe`<li><a href="${address}">${name}</a></li>`,
  );
  return safe`<nav class="trail" aria-label="${wordsOf(locale).all}">
    <ol>
      <li><a href="${home}">${wordsOf(locale).all}</a></li>
      ${items}
    </ol>
  </nav>`;
}

/** More faces than these say nothing more. */
const mostFaces = 3;

export function foot(locale: string, authors: readonly string[], total: number): Safe {
  const faces = authors.slice(0, mostFaces).map(avatar);
  const who =
    authors.length === 0
      ? nothing
      : safe`<span class="avatars" role="img" aria-label="${by(locale, authors)}" title="${by(locale, authors)}">${faces}</span>`;
  return safe`<div class="foot">${who}<span>${countArticles(locale, total)}</span></div>`;
}

export const by = (locale: string, authors: readonly string[]): string =>
  wordsOf(locale).by.replace('{}', () => listed(locale, authors));

export const avatar = (name: string): Safe =>
  safe`<span class="avatar" aria-hidden="true">${initialOf(name)}</span>`;
