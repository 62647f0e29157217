/* What is kept of a text that a run replaces or removes: see `restore`. */

/** Tells whether a text has a line, or of HTML a run between two tags, that is nowhere in another. */
export function losesText(before: string, after: string): boolean {
  const there = new Set(piecesOf(after));
  return piecesOf(before).some((piece) => !there.has(piece));
}

const piecesOf = (text: string): readonly string[] =>
  text
    .split(/\r?\n|(?<=>)/)
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '');
