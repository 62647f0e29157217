import type { Canon } from '../meaning/canon.ts';
import { plainText } from '../html/runs.ts';
import { Slugs } from '../meaning/slug.ts';
import { headingsIn } from '../meaning/walk.ts';

type Pieces = readonly { readonly content: readonly Canon[] }[];

/**
 * What links may name after the `#` in a Markdown text, and the fragment of the heading that is meant: the heading's
 * own, and the `custom` of a heading that ends with `{#custom}`.
 */
export function anchorsOf(pieces: Pieces): ReadonlyMap<string, string> {
  const slugs = new Slugs();
  const anchors = new Map<string, string>();
  const named: (readonly [string, string])[] = [];
  for (const { runs } of pieces.flatMap(({ content }) => headingsIn(content))) {
    const words = plainText(runs);
    const slug = slugs.next(words);
    anchors.set(slug, slug);
    const last = runs.at(-1);
    const name =
      last?.kind === 'text' && last.marks.length === 0 && last.link === null ? nameOf(last.text) : null;
    if (name !== null) named.push([name, slug]);
  }
  for (const [name, slug] of named) if (!anchors.has(name)) anchors.set(name, slug);
  return anchors;
}

/** The `custom` of a heading that ends with `{#custom}`; null of any other. */
export const nameOf = (heading: string): string | null =>
  /(?:^|\s)\{#([^\s{}#]+)\}\s*$/u.exec(heading)?.[1] ?? null;

/** Tells whether a fragment, such as `#set-up`, names one of these headings, or one by the help center's own id. */
export function isAnchor(fragment: string, anchors: Pick<ReadonlySet<string>, 'has'>): boolean {
  return /^#h_[0-9a-f]{6,}$/u.test(fragment) || anchors.has(nameInFragment(fragment));
}

/** What a fragment names, without the `#` and the escapes of addresses. */
export function nameInFragment(fragment: string): string {
  const name = fragment.slice(1);
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
