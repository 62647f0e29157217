import { plainText } from '../html/runs.ts';
import type { Body } from '../meaning/body.ts';
import type { Canon } from '../meaning/canon.ts';
import type { Refs } from '../meaning/refs.ts';
import { Slugs } from '../meaning/slug.ts';
import { headingsIn } from '../meaning/walk.ts';
import { readMarkdown } from '../read/read-markdown.ts';
import type { Wanted } from './steps.ts';

/**
 * A file whose definitions lead to the headings by the names that these are going to have, so that links by reference to
 * a heading whose words change need no change themselves. The same body where no definition leads to such a heading.
 */
export function withFollowingDefinitions(current: Body, wanted: readonly Wanted[], refs: Refs): Body {
  if (current.text.search(definition) === -1) return current;
  const [before, after] = [slugsOf(current.blocks), slugsOf(wanted)];
  if (before.length !== after.length) return current;
  const renamed = new Map(before.map((slug, at) => [slug, after[at] ?? slug]));
  const text = current.text.replace(definition, (whole, label: string, fragment: string) => {
    const slug = renamed.get(decoded(fragment));
    return slug === undefined || slug === decoded(fragment) ? whole : `${label}#${encodeURI(slug)}`;
  });
  return text === current.text ? current : readMarkdown(text, refs);
}

const definition = /^( {0,3}\[[^\]\n]+\]:[ \t]*)#(\S+)/gmu;

function slugsOf(blocks: readonly { readonly content: readonly Canon[] }[]): readonly string[] {
  const slugs = new Slugs();
  return blocks.flatMap(({ content }) => headingsIn(content).map(({ runs }) => slugs.next(plainText(runs))));
}

function decoded(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}
