import type { BlockNode } from './block-node.ts';
import { InlineSource } from './inline-source.ts';
import { type Destination, readDestination, readTitle, unescapeMarkdown } from './link-parts.ts';
import type { Placed } from './markdown-tree.ts';

/** Where a reference leads. */
export interface Definition {
  readonly url: string;
  readonly title: string | null;
  /** Where the address is spelled in the document. */
  readonly address: Placed;
}

/** Takes the definitions off the start of a paragraph; the first of each name counts. */
export function takeDefinitions(text: string, node: BlockNode, definitions: Map<string, Definition>): void {
  const [first] = node.segments;
  if (first === undefined || text[first.start] !== '[') return;
  const source = new InlineSource(text, node.segments, '\n');
  const { content } = source;
  let at = 0;
  while (content[at] === '[') {
    const found = readDefinition(source, at);
    if (found === null) break;
    if (!definitions.has(found.name)) definitions.set(found.name, found);
    at = found.end;
  }
  let used = 0;
  for (let length = 0; length < at && used < node.segments.length; used += 1) {
    const segment = node.segments[used];
    length += (segment === undefined ? 0 : segment.end - segment.start) + 1;
  }
  node.segments = node.segments.slice(used);
}

/** Takes the definitions off a paragraph, and tells whether nothing else is in it. */
export function holdsOnlyDefinitions(
  text: string,
  node: BlockNode,
  definitions: Map<string, Definition>,
): boolean {
  takeDefinitions(text, node, definitions);
  return node.segments.length === 0;
}

/** Spells the name of a reference one way: case and white space do not count. */
export function normalizeLabel(label: string): string {
  return label.trim().replace(/\s+/gu, ' ').toLowerCase().toUpperCase();
}

/** Where an address is in the document, without the angle brackets around it. */
export function placeOf({ start, url }: Destination, source: InlineSource): Placed {
  return { start: source.offsetOf(start), end: source.endOf(start, start + url.length) };
}

function readDefinition(
  source: InlineSource,
  from: number,
): (Definition & { name: string; end: number }) | null {
  const { content } = source;
  const label = /\[((?:[^\\[\]]|\\.){1,999}?)\]:[ \t]*\n?[ \t]*/suy;
  label.lastIndex = from;
  const written = label.exec(content)?.[1] ?? '';
  if (written.trim() === '') return null;
  const destination = readDestination(content, label.lastIndex);
  if (destination === null) return null;
  const lineEnd = endOfLine(content, destination.end);
  const gap = /[ \t]*\n?[ \t]*/uy;
  gap.lastIndex = destination.end;
  gap.exec(content);
  const title = gap.lastIndex > destination.end ? readTitle(content, gap.lastIndex) : null;
  const afterTitle = title === null ? null : endOfLine(content, title.end);
  const found = {
    name: normalizeLabel(written),
    url: unescapeMarkdown(destination.url),
    address: placeOf(destination, source),
  };
  if (title !== null && afterTitle !== null) {
    return { ...found, title: unescapeMarkdown(title.title), end: afterTitle };
  }
  return lineEnd === null ? null : { ...found, title: null, end: lineEnd };
}

/** The start of the next line when only white space is left on this one. */
function endOfLine(content: string, from: number): number | null {
  let at = from;
  while (content[at] === ' ' || content[at] === '\t') at += 1;
  if (at >= content.length) return at;
  return content[at] === '\n' ? at + 1 : null;
}
