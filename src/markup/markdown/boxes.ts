/* Boxes as other tools write them: `:::note Title`, `!!! note "Title"`, `{% hint style="info" %}`. */

/** What opens a box, read from its line. */
export interface BoxHead {
  /** What ends it: a line of as many colons, less indentation, or a tag. */
  readonly kind: 'colons' | 'indent' | 'tag';
  /** How many colons. */
  readonly length: number;
  /** The kind of box in capitals, as GitHub's alerts have it. */
  readonly alert: string;
  /** Where in the line its title stands; null for none. */
  readonly title: { readonly from: number; readonly to: number } | null;
}

const colons =
  /^(:{3,})[ \t]*(?:\{([a-z]+)\}|([a-z]+))(?:[ \t]*\[(.*)\]|[ \t]+([^\s{[][^{]*?))?(?:[ \t]*\{[^{}]*\})?[ \t]*$/iu;
const indented = /^!!![ \t]+([a-z]+)(?:[ \t]+[a-z-]+)*(?:[ \t]+"([^"]*)")?[ \t]*$/iu;
const tag = /^\{%[ \t]*hint(?:[ \t]+style="([a-z]+)")?[ \t]*%\}[ \t]*$/iu;

/** Reads the head of a box; null for any other line, and for a box of a kind that nobody knows. */
export function boxHead(line: string): BoxHead | null {
  // Nobody writes heads longer than this.
  if (line.length > 1000) return null;
  const fence = colons.exec(line);
  if (fence !== null) {
    const [, signs = '', braced, plain, bracketed, open] = fence;
    const alert = alertOfWord(braced ?? plain ?? '');
    const title = bracketed ?? open ?? '';
    if (alert === null) return null;
    return {
      kind: 'colons',
      length: signs.length,
      alert,
      title: within(title, line.lastIndexOf(title)),
    };
  }
  const admonition = indented.exec(line);
  if (admonition !== null) {
    const alert = alertOfWord(admonition[1] ?? '');
    const title = admonition[2] ?? '';
    return alert === null
      ? null
      : { kind: 'indent', length: 0, alert, title: within(title, line.indexOf('"') + 1) };
  }
  const hint = tag.exec(line);
  const alert = hint === null ? null : alertOfWord(hint[1] ?? 'info');
  return alert === null ? null : { kind: 'tag', length: 0, alert, title: null };
}

function within(title: string, from: number): BoxHead['title'] {
  if (title.trim() === '') return null;
  const start = from + title.search(/\S/u);
  return { from: start, to: start + title.trim().length };
}

/** Whether a line, without what is blank around it, ends such a box. */
export function endsBox({ kind, length }: Pick<BoxHead, 'kind' | 'length'>, line: string): boolean {
  if (kind === 'indent') return false;
  if (kind === 'tag') return /^\{%[ \t]*endhint[ \t]*%\}$/iu.test(line);
  return line.length >= length && /^:+$/u.test(line);
}

/**
 * Tells, of a text, whether a line behind some place could end a box. Of all such lines only those are kept that the
 * answer can depend on, so that many heads and many ends together take no time that nobody has.
 */
export function boxEndsIn(text: string): (head: Pick<BoxHead, 'kind' | 'length'>, behind: number) => boolean {
  const kept: { readonly at: number; readonly line: string }[] = [];
  const found = [...text.matchAll(/^[ \t>]*(:{3,}|\{%[ \t]*endhint[ \t]*%\})[ \t]*\r?$/gimu)];
  for (const { 0: whole, 1: line = '', index } of found.toReversed())
    if (
      !kept.some((one) => one.line.startsWith(':') === line.startsWith(':') && one.line.length >= line.length)
    )
      kept.push({ at: index + whole.length, line });
  return (head, behind) => kept.some(({ at, line }) => at > behind && endsBox(head, line));
}

/** The kind of box that a word of some tool means, as GitHub's alerts call it; null for none. */
export function alertOfWord(word: string): string | null {
  const known = word.toUpperCase();
  return alerts.has(known) ? known : (aliases[known] ?? null);
}

const alerts: ReadonlySet<string> = new Set(['NOTE', 'TIP', 'WARNING', 'CAUTION', 'IMPORTANT']);
const aliases: Readonly<Record<string, string>> = {
  INFO: 'NOTE',
  QUESTION: 'NOTE',
  SEEALSO: 'NOTE',
  HINT: 'TIP',
  SUCCESS: 'TIP',
  CHECK: 'TIP',
  DONE: 'TIP',
  ATTENTION: 'WARNING',
  DANGER: 'CAUTION',
  ERROR: 'CAUTION',
  BUG: 'CAUTION',
  FAILURE: 'CAUTION',
  SECONDARY: 'IMPORTANT',
  ABSTRACT: 'IMPORTANT',
  EXAMPLE: 'IMPORTANT',
};
