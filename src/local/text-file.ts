import { createHash } from 'node:crypto';
import { textOfUtf8 } from '../ports/utf8.ts';
import type { Problem } from '../model/problem.ts';
import { fileProblem, spotProblem } from './problems.ts';
import type { Spot } from './problems.ts';

/** Fingerprint of a file's bytes. */
export function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Turns bytes into text, a byte order mark included, so that an edit can keep it; null where they are not UTF-8. */
export const decodeText = textOfUtf8;

/** The fingerprint of the file that Git LFS left a pointer for; null for any other file. */
export function pointedAt(bytes: Uint8Array): string | null {
  if (bytes.length > 1024) return null;
  const text = new TextDecoder().decode(bytes);
  if (!text.startsWith('version https://git-lfs.github.com/spec/')) return null;
  return /^oid sha256:([0-9a-f]{64})$/m.exec(text)?.[1] ?? null;
}

/** The text of a file that is in order so far: UTF-8, the file itself, and no merge left unfinished in it. */
export function openText(bytes: Uint8Array, file: string): Spot | Problem {
  if (pointedAt(bytes) !== null) {
    const message = 'Git LFS has left a pointer here instead of the file. Its article is left as it is.';
    return fileProblem('LFS_POINTER', file, message, 'Run: git lfs pull');
  }
  const text = decodeText(bytes);
  if (text === null) return notText(file, new TextDecoder().decode(bytes), '\ufffd');
  if (text.includes('\0')) return notText(file, text, '\0');
  const spot = { file, text };
  const marker = conflictMarkerIn(text);
  if (marker === null) return spot;
  return spotProblem(
    'CONFLICT_MARKERS',
    spot,
    marker,
    'The file holds conflict markers (<<<<<<<, >>>>>>>).',
    'Decide between the two versions, remove the marker lines, and save.',
  );
}

/** Points at the first byte that is no text, as far as that can be told. */
function notText(file: string, text: string, sign: string): Problem {
  const at = Math.max(0, text.indexOf(sign));
  const what =
    sign === '\0'
      ? 'The file holds a NUL character, so it is not plain text.'
      : 'The file is not UTF-8 text.';
  return spotProblem('NOT_UTF8', { file, text }, at, what, 'Save it with the encoding UTF-8.');
}

/** The offset of the first line with which git marks a conflict, code blocks apart; null where there is none. */
export function conflictMarkerIn(text: string): number | null {
  if (!text.includes('<<<<<<<') && !text.includes('>>>>>>>')) return null;
  let fence: string | null = null;
  let offset = 0;
  for (const line of text.split('\n')) {
    const mark = /^[\s>]*(?:(?:[-*+]|\d+[.)])\s+)*(`{3,}|~{3,})(.*)$/.exec(line);
    const ticks = mark?.[1] ?? '';
    if (fence === null) {
      if (/^\ufeff?(?:<{7}|>{7})(?:\s|$)/.test(line)) return offset;
      // Backticks after the opening ones make it code within a line, not a block.
      if (ticks !== '' && !(ticks.startsWith('`') && mark?.[2]?.includes('`') === true)) fence = ticks;
    } else if (ticks.startsWith(fence) && mark?.[2]?.trim() === '') {
      fence = null;
    }
    offset += line.length + 1;
  }
  return null;
}
