/* One article, looked at in several ways: the folder, the help center, what differs, and what Markdown promises. */
import type { ShownArticle } from '../look/article-view.ts';
import { noteOf } from '../look/notes.ts';
import { nothing, safe, trusted, type Safe } from '../look/safe-html.ts';
import type { LocalContent, RemoteContent } from '../model/entry.ts';
import type { LocalPath } from '../model/identity.ts';
import type { Locale } from '../model/locale.ts';
import { addressOf, type View } from './addresses.ts';
import { showBody, showRemoteBody, type Shown } from './body.ts';
import { differenceOf, wordsThatDiffer } from './difference.ts';

/** What the help center holds of an article in a language; null for nothing. */
export type There = (path: LocalPath, locale: Locale) => RemoteContent | null;

export interface Viewed {
  readonly path: LocalPath;
  readonly locale: Locale;
  readonly content: LocalContent;
  readonly title: string;
}

type Seen = Pick<ShownArticle, 'title' | 'description' | 'body' | 'headings' | 'above'>;

export function viewOf(
  { shown, there }: { readonly shown: Shown; readonly there: There | string | null },
  viewed: Viewed,
  view: View,
): Seen {
  const { path, locale, content, title } = viewed;
  const remote = typeof there === 'function' ? there(path, locale) : null;
  const { description } = content;
  switch (view) {
    case 'folder':
    case 'markdown': {
      const way = view === 'markdown' ? 'markdown' : 'intercom';
      const { html, headings } = showBody(content, locale, shown, { way, there: remote });
      const above =
        view === 'folder' ? nothing : noteOf('As Markdown promises it. Readers see it Intercom’s way.');
      return { title, description, body: html, headings, above };
    }
    case 'help-center': {
      if (remote === null)
        return { title, description, body: nothing, headings: [], above: noteOf(whyNot(there)) };
      const { html, headings } = showRemoteBody(remote, locale, shown);
      const above = remote.state === 'published' ? nothing : noteOf('A draft there: readers do not see it.');
      return { title: remote.title, description: remote.description, body: html, headings, above };
    }
    case 'difference': {
      if (remote === null)
        return { title, description, body: nothing, headings: [], above: noteOf(whyNot(there)) };
      const fresh = showBody(content, locale, shown, { there: remote });
      const body = differenceOf(showRemoteBody(remote, locale, shown).parts, fresh.parts);
      return { title, description, body, headings: fresh.headings, above: changedFields(viewed, remote) };
    }
  }
}

function whyNot(there: There | string | null): string {
  if (typeof there === 'string') return `The help center could not be read. ${there}`;
  return there === null
    ? 'The help center is being read; this page follows by itself.'
    : 'The help center has no such article yet.';
}

/** Title, description and state, where they differ; a push changes the former into the latter. */
function changedFields({ content, title }: Viewed, remote: RemoteContent): Safe {
  const rows = [
    ['Title', remote.title, title] as const,
    ['Description', remote.description, content.description] as const,
    ['State', remote.state, content.state ?? remote.state] as const,
  ].flatMap(([name, before, after]) =>
    before === after ? [] : [safe`<li>${name}: ${wordsThatDiffer(before, after)}</li>`],
  );
  return rows.length === 0 ? nothing : safe`<ul class="changed" lang="en" dir="ltr">${rows}</ul>`;
}

const choices: readonly (readonly [View, string])[] = [
  ['folder', 'Folder'],
  ['help-center', 'Help center'],
  ['difference', 'Difference'],
  ['markdown', 'As Markdown'],
];

/** The views that there are: an export holds what was known when it was made. */
export const viewsOf = ({
  there,
  version,
}: {
  readonly there: There | string | null;
  readonly version: string;
}): readonly View[] =>
  choices
    .map(([view]) => view)
    .filter(
      (view) => version !== '' || typeof there === 'function' || view === 'folder' || view === 'markdown',
    );

/** Leads from one way of looking at an article to the others. */
export function viewSwitch(
  article: Pick<Viewed, 'path' | 'locale'>,
  view: View,
  views: readonly View[],
): Safe {
  const links = choices.flatMap(([one, name]) => {
    if (!views.includes(one)) return [];
    const current = one === view ? trusted(' aria-current="true"') : nothing;
    return [safe`<a href="${addressOf({ page: 'article', ...article, view: one })}"${current}>${name}</a>`];
  });
  return safe`<nav class="views" aria-label="Views">${links}</nav>`;
}
