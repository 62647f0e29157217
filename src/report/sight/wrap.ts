/* Lines that fit a terminal. Colours count for nothing. */

/**
 * Breaks a text at its spaces; what is longer than a line by itself, such as an address, stays in one piece.
 *
 * @param indent what comes before every line but the first
 * @param first what comes before the first
 */
export function wrapped(text: string, width: number, indent = '', first = indent): readonly string[] {
  const lines: string[] = [];
  let line = first;
  let isEmpty = true;
  for (const word of text.split(' ')) {
    const longer = isEmpty ? line + word : `${line} ${word}`;
    if (!isEmpty && widthOf(longer.replaceAll(color, '')) > width) {
      lines.push(line);
      line = indent + word;
    } else line = longer;
    isEmpty = false;
  }
  return [...lines, line];
}

/**
 * A text of several lines with each cut at its spaces so that it fits; what goes on stands below its beginning, a little
 * further in. Colours count for nothing.
 */
export function fitted(text: string, width: number): string {
  if (width === Number.POSITIVE_INFINITY) return text;
  return text
    .split('\n')
    .map((line) => {
      if (widthOf(line.replaceAll(color, '')) <= width) return line;
      const start = line.match(/^(?:\u001b\[\d{1,2}m|\s)*/)?.[0] ?? '';
      const indent = ' '.repeat(Math.min(start.replaceAll(color, '').length + 2, width >> 1));
      return wrapped(line.slice(start.length), width, indent, start).join('\n');
    })
    .join('\n');
}

const color = /\u001b\[\d{1,2}m/g;

/** How many columns of a terminal a text takes: two for what East Asia and emoji draw wide, none for what is put on top. */
export function widthOf(text: string): number {
  if (/^[\u0020-\u007e]*$/.test(text)) return text.length;
  let width = 0;
  for (const { segment } of graphemes.segment(text)) width += isWide.test(segment) ? 2 : 1;
  return width;
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
const isWide =
  /\p{Emoji_Presentation}|\ufe0f|[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{20000}-\u{3fffd}]/u;
