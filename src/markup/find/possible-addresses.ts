import { decodeHTMLAttribute } from 'entities';
import { readDestination, unescapeMarkdown } from '../markdown/link-parts.ts';

/**
 * Everything in a Markdown text that may be an address other than a bare one, found without parsing it: what
 * `addressesOf` finds is among it, and so may be what is in code. For questions that are asked of every text in
 * every run.
 */
export function possibleAddresses(text: string): ReadonlySet<string> {
  const found = new Set<string>();
  if (text.includes('](') || text.includes(']:')) addDestinations(text, found);
  for (const [, double, single, bare] of text.matchAll(attribute))
    found.add(decodeHTMLAttribute(double ?? single ?? bare ?? '').trim());
  found.delete('');
  return found;
}

function addDestinations(text: string, found: Set<string>): void {
  // What was read for the address of a definition seldom holds another one; a footnote may begin with it.
  let definedTo = 0;
  let nested = 0;
  for (const { 0: opening, index } of text.matchAll(/\][(:]/g)) {
    const isDefinition = opening === ']:';
    if (isDefinition) {
      nested = index < definedTo ? nested + 1 : 0;
      if (nested > mostNested) continue;
    }
    gap.lastIndex = index + 2;
    gap.exec(text);
    const start = gap.lastIndex;
    const rest = text.slice(start, start + longest);
    const destination = readDestination(rest, 0);
    if (isDefinition && nested === 0) definedTo = start + rest.search(/\s|$/);
    if (destination !== null) found.add(unescapeMarkdown(destination.url));
  }
}

/** No path is longer; a text of brackets only would otherwise be read again from each of them. */
const longest = 2000;
const mostNested = 8;

/** Between the bracket and the address; the next line may be in a quotation. */
const gap = /[ \t]*(?:\r?\n[ \t>]*)?/y;

const attribute = /\b(?:src|href)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^"'\s>]+))/gi;
