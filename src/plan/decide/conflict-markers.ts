import { mergeBodies } from '../../markup/merge/merge-bodies.ts';
import { readMarkdown } from '../../markup/read/read-markdown.ts';
import { spellMarkdown } from '../../markup/spell/spell-markdown.ts';
import type { Block } from '../../markup/meaning/body.ts';
import type { Refs } from '../../markup/meaning/refs.ts';
import type { BaseContent } from '../../model/base.ts';
import type { LocalContent, RemoteContent } from '../../model/entry.ts';
import type { Locale } from '../../model/locale.ts';
import type { DecisionContext } from './decision.ts';
import { localRefs } from '../links/refs.ts';

/**
 * The Markdown of a file with both versions of every conflict in it, between git's markers; what could be merged is
 * merged. Null where nothing conflicts. Such a file is never sent: the markers are an error until they are gone.
 */
export function markedText(
  base: BaseContent | null,
  local: LocalContent,
  remote: RemoteContent,
  locale: Locale,
  context: DecisionContext,
): string | null {
  const localBody = context.bodies.local(local, locale);
  const merge = mergeBodies(
    base?.body ?? null,
    localBody,
    context.bodies.remote(remote, locale),
    context.input.recall,
  );
  if (merge.kind === 'clean') return null;
  const refs = localRefs(context.refs, local.file, locale);
  const merged = merge.parts.flatMap((part) => ('blocks' in part ? part.blocks : part.local));
  const text = spellMarkdown(localBody, merged, refs);
  const placed = readMarkdown(text, refs).blocks;
  if (placed.length !== merged.length) {
    const all = merge.parts.flatMap((part) => ('blocks' in part ? part.blocks : part.remote));
    return marked(local.body, printed(all, refs));
  }
  let marks = text;
  let index = merged.length;
  for (const part of merge.parts.toReversed()) {
    const length = 'blocks' in part ? part.blocks.length : part.local.length;
    const from = index - length;
    if (!('blocks' in part)) {
      const start = placed[from]?.start ?? text.length;
      const end = length === 0 ? start : (placed[index - 1]?.end ?? text.length);
      const both = marked(text.slice(start, end), printed(part.remote, refs));
      const rest = marks.slice(end);
      // A block ends before its line end, which then serves the last marker.
      marks = `${marks.slice(0, start)}${rest.startsWith('\n') ? both.slice(0, -1) : both}${rest}`;
    }
    index = from;
  }
  return marks;
}

function marked(here: string, there: string): string {
  return `<<<<<<< here\n${ended(here)}=======\n${ended(there)}>>>>>>> help center\n`;
}

const ended = (text: string): string => (text === '' || text.endsWith('\n') ? text : `${text}\n`);

const printed = (blocks: readonly Block[], refs: Refs): string =>
  spellMarkdown(readMarkdown('', refs), blocks, refs);
