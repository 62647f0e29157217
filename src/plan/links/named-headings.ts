import { anchorsOf, nameInFragment } from '../../markup/find/anchors.ts';
import { checkMarkdown } from '../../markup/find/limits.ts';
import { plainRefs } from '../../markup/meaning/refs.ts';
import { readContent } from '../../markup/read/read-content.ts';
import type { LocalContent } from '../../model/entry.ts';
import { mayNameHeadings } from '../../model/text-facts.ts';

/**
 * The fragment of the heading that its author gave this name with `{#name}`; any other fragment as it is. Both sides
 * mean the heading by its words, so that the name is only another way to say it.
 */
export function fragmentMeant(fragment: string, content: LocalContent | null): string {
  const name = nameInFragment(fragment);
  // Most texts name no heading; these are not parsed for it.
  if (content === null || name === '' || !mayNameHeadings(content) || !content.body.includes(`{#${name}}`))
    return fragment;
  const known = anchors.get(content) ?? anchorsIn(content.body);
  anchors.set(content, known);
  const slug = known.get(name);
  return slug === undefined ? fragment : `#${slug}`;
}

const anchors = new WeakMap<LocalContent, ReadonlyMap<string, string>>();

function anchorsIn(body: string): ReadonlyMap<string, string> {
  if (checkMarkdown(body) !== null) return new Map();
  return anchorsOf([{ content: readContent(body, plainRefs) ?? [] }]);
}
