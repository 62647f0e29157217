import { changedLines, type Part } from './changed-lines.ts';
import { plainWords } from './markdown-safe.ts';

/** More lines than these of one text are counted instead of shown. */
const mostLines = 120;

/**
 * How a text changed, as a quotation in Markdown: what is gone is struck out, what is new is underlined, and nothing in
 * the text formats, links or mentions. Empty where nothing can be seen to have changed.
 *
 * @param indent is before each line
 */
export function changedMarkdown(before: string, after: string, indent: string): string {
  const lines = changedLines(before, after).map((line) =>
    line.kind === 'gap'
      ? '…'
      : joined(line.parts).map(partMarkdown).join('').replaceAll('</del><ins>', '</del> <ins>').trim(),
  );
  const shown = lines.slice(0, mostLines);
  const more = lines.length - shown.length;
  const all = [...shown, ...(more === 0 ? [] : [`… ${more} more lines`])];
  return all.map((line, index) => `${indent}> ${line}${index === all.length - 1 ? '' : '\\'}\n`).join('');
}

/** Words of one kind in one piece: only then is everything seen that could be taken for a mention or a link. */
function joined(parts: readonly Part[]): readonly Part[] {
  const pieces: Part[] = [];
  for (const part of parts) {
    const last = pieces.at(-1);
    if (last?.kind === part.kind) pieces.splice(-1, 1, { ...last, text: last.text + part.text });
    else if (part.text !== '') pieces.push(part);
  }
  return pieces;
}

function partMarkdown({ kind, text }: Part): string {
  const tag = kind === 'removed' ? 'del' : 'ins';
  const words = text.trim();
  if (kind === 'same' || words === '') return plainWords(text);
  // Blanks at the edges are not marked: a line under nothing only puzzles.
  const [before = '', after = ''] = text.split(words);
  return `${plainWords(before)}<${tag}>${plainWords(words)}</${tag}>${plainWords(after)}`;
}
