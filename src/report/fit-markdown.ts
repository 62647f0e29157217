/** A part of a page that is shown whole, in short, or not at all. */
export interface Piece {
  /** What must be above it, such as the folders that it is in. */
  readonly lead: string;
  readonly full: string;
  /** What is shown where the whole does not fit; null where there is nothing shorter. */
  readonly short: string | null;
}

export interface Section {
  /** A line of Markdown. */
  readonly heading: string;
  /** A sentence below it; may be empty. */
  readonly note: string;
  readonly pieces: readonly Piece[];
}

/** Room for the sentence about what was left out, in characters. */
const reserve = 400;

/**
 * Puts sections below a head, as much of them as the budget allows, and says at the end how much it did not allow.
 * Nothing is cut in its middle, so that what is left is still sound Markdown.
 */
export function fitSections(
  head: string,
  sections: readonly Section[],
  { budget, whole = '' }: { readonly budget: number; readonly whole?: string },
): string {
  const text = sectionsWithin(head, sections, budget);
  if (text.left + text.shortened === 0 && text.page.length <= budget) return text.page;
  const cut = sectionsWithin(head, sections, budget - reserve - whole.length);
  const parts = [
    cut.left === 0 ? '' : `${cut.left} ${cut.left === 1 ? 'line is' : 'lines are'} left out`,
    cut.shortened === 0
      ? ''
      : `${cut.shortened} ${cut.shortened === 1 ? 'is' : 'are'} shown without the texts`,
  ].filter((part) => part !== '');
  const where = whole === '' ? '' : ` ${whole}`;
  return `${cut.page}\n> **Cut to fit:** ${parts.join(', ')}.${where}\n`;
}

function sectionsWithin(
  head: string,
  sections: readonly Section[],
  budget: number,
): { readonly page: string; readonly left: number; readonly shortened: number } {
  let page = head;
  let left = 0;
  let shortened = 0;
  for (const { heading, note, pieces } of sections) {
    let start = `\n${heading}\n\n${note === '' ? '' : `${note}\n\n`}`;
    let lead = '';
    for (const [index, one] of pieces.entries()) {
      lead += one.lead;
      const room = budget - page.length - start.length - lead.length;
      const isFull = one.full.length <= room;
      const shown = isFull ? one.full : one.short !== null && one.short.length <= room ? one.short : null;
      if (shown === null) {
        left += pieces.length - index;
        break;
      }
      if (!isFull) shortened += 1;
      page += `${start}${lead}${shown}`;
      start = '';
      lead = '';
    }
  }
  return { page, left, shortened };
}
