import type { Canon } from '../meaning/canon.ts';
import { plainText } from '../html/runs.ts';
import { Slugs } from '../meaning/slug.ts';
import { headingsIn } from '../meaning/walk.ts';

type Pieces = readonly { readonly content: readonly Canon[] }[];

/** The headings of a Markdown text, by what a link names after the `#`. */
export function anchorsOf(pieces: Pieces): ReadonlySet<string> {
  const slugs = new Slugs();
  return new Set(
    pieces.flatMap(({ content }) => headingsIn(content)).map(({ runs }) => slugs.next(plainText(runs))),
  );
}

/** Tells whether a fragment, such as `#set-up`, names one of these headings, or one by the help center's own id. */
export function isAnchor(fragment: string, anchors: ReadonlySet<string>): boolean {
  return /^#h_[0-9a-f]{6,}$/u.test(fragment) || anchors.has(decoded(fragment.slice(1)));
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
