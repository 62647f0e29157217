/* An article's page: its text, what stands in it, who wrote it, and what else there is to read. */
import { nothing, safe, type Safe } from './safe-html.ts';
import { avatar, by, rows, type ListedArticle } from './shelf.ts';
import type { Site } from './site.ts';
import { ago, dateOf, wordsOf } from './words.ts';

/** A heading that can be linked to. */
export interface ListedHeading {
  readonly level: number;
  readonly id: string;
  readonly text: string;
}

export interface ShownArticle {
  readonly locale: string;
  readonly trail: Safe;
  readonly title: string;
  readonly description: string;
  readonly author: string | null;
  /** When it was last changed, in milliseconds since 1970; null where nobody knows. */
  readonly updatedAt: number | null;
  readonly body: Safe;
  readonly headings: readonly ListedHeading[];
  readonly related: readonly ListedArticle[];
  /** What only a preview says of it. */
  readonly badges: Safe;
  readonly above: Safe;
}

export function articlePage(site: Site, article: ShownArticle): Safe {
  const { locale, title, description, headings } = article;
  const words = wordsOf(locale);
  // One heading is no table.
  const contents = headings.length < 2 ? nothing : contentsOf(words.contents, headings);
  return safe`${article.trail}
  <div class="${headings.length < 2 ? 'reading' : 'reading has-contents'}">
    ${contents}
    <div>
      <article>
        <h1>${title}${article.badges}</h1>
        ${description === '' ? nothing : safe`<p class="lead">${description}</p>`}
        ${byline(site, article)}
        ${article.above}
        ${article.body}
      </article>
      ${feedback(words.question)}
      ${article.related.length === 0 ? nothing : safe`<section class="related"><h2>${words.related}</h2>${rows(article.related)}</section>`}
    </div>
  </div>`;
}

function contentsOf(title: string, headings: readonly ListedHeading[]): Safe {
  const top = Math.min(...headings.map(({ level }) => level));
  const items = headings.map(
    ({ level, id, text }) =>
      safe`<li class="l${Math.min(level - top + 2, 4)}"><a href="#${id}">${text}</a></li>`,
  );
  return safe`<details class="contents" open><summary>${title}</summary><nav aria-label="${title}"><ol>${items}</ol></nav></details>`;
}

function byline(site: Site, { locale, author, updatedAt }: ShownArticle): Safe {
  if (author === null && updatedAt === null) return nothing;
  const words = wordsOf(locale);
  const who = author === null ? nothing : safe`<p>${by(locale, [author])}</p>`;
  const when =
    updatedAt === null
      ? nothing
      : safe`<p><time datetime="${new Date(updatedAt).toISOString()}" title="${dateOf(locale, updatedAt)}">${words.updated.replace('{}', () => ago(locale, updatedAt, site.now))}</time></p>`;
  return safe`<div class="byline">${author === null ? nothing : avatar(author)}<div>${who}${when}</div></div>`;
}

/** As readers know it; on these pages nobody counts the answers. */
function feedback(question: string): Safe {
  const faces = ['😞', '😐', '😃'].map(
    (face) => safe`<button type="button" disabled aria-hidden="true">${face}</button>`,
  );
  return safe`<aside class="feedback" aria-label="${question}"><h2>${question}</h2><div>${faces}</div><p lang="en" dir="ltr">Not counted here: only the public help center takes answers.</p></aside>`;
}
