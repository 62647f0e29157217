import type { BlockNode } from './block-node.ts';
import { readDestination, readTitle, unescapeMarkdown } from './link-parts.ts';

/** Where a reference leads. */
export interface Definition {
  readonly url: string;
  readonly title: string | null;
}

/** Takes the definitions off the start of a paragraph; the first of each name counts. */
export function takeDefinitions(text: string, node: BlockNode, definitions: Map<string, Definition>): void {
  const [first] = node.segments;
  if (first === undefined || text[first.start] !== '[') return;
  const lines = node.segments.map(({ start, end }) => text.slice(start, end));
  const content = lines.join('\n');
  let at = 0;
  while (content[at] === '[') {
    const found = readDefinition(content, at);
    if (found === null) break;
    if (!definitions.has(found.name)) definitions.set(found.name, found);
    at = found.end;
  }
  let used = 0;
  for (let length = 0; length < at && used < lines.length; used += 1)
    length += (lines[used]?.length ?? 0) + 1;
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

function readDefinition(content: string, from: number): (Definition & { name: string; end: number }) | null {
  const label = /\[((?:[^\\[\]]|\\.){1,999}?)\]:[ \t]*\n?[ \t]*/suy;
  label.lastIndex = from;
  const found = label.exec(content);
  if (found === null || (found[1] ?? '').trim() === '') return null;
  const destination = readDestination(content, label.lastIndex);
  if (destination === null) return null;
  const lineEnd = endOfLine(content, destination.end);
  const gap = /[ \t]*\n?[ \t]*/uy;
  gap.lastIndex = destination.end;
  gap.exec(content);
  const title = gap.lastIndex > destination.end ? readTitle(content, gap.lastIndex) : null;
  const afterTitle = title === null ? null : endOfLine(content, title.end);
  const name = normalizeLabel(found[1] ?? '');
  const url = unescapeMarkdown(destination.url);
  if (title !== null && afterTitle !== null) {
    return { name, url, title: unescapeMarkdown(title.title), end: afterTitle };
  }
  return lineEnd === null ? null : { name, url, title: null, end: lineEnd };
}

/** The start of the next line when only white space is left on this one. */
function endOfLine(content: string, from: number): number | null {
  let at = from;
  while (content[at] === ' ' || content[at] === '\t') at += 1;
  if (at >= content.length) return at;
  return content[at] === '\n' ? at + 1 : null;
}
