import { element, isBlank } from '../../look/html.ts';
import type { Attribute, Html } from '../../look/html.ts';

/** An inline element that text is in; two marks of one tag are two elements. */
export interface Mark {
  readonly tag: string;
  readonly attributes: readonly Attribute[];
}

/** A piece of a line with the marks around it, outermost first. A missing text is a line break. */
export interface Token {
  readonly text: string | null;
  readonly marks: readonly Mark[];
}

/** Puts the marks back around the pieces. Marks around nothing vanish. */
export function nest(tokens: readonly Token[], depth = 0): Html[] {
  const nodes: Html[] = [];
  let at = 0;
  while (at < tokens.length) {
    const mark = tokens[at]?.marks[depth];
    let end = at + 1;
    while (end < tokens.length && tokens[end]?.marks[depth] === mark) end += 1;
    const group = tokens.slice(at, end);
    if (mark === undefined) nodes.push(...group.map((one) => one.text ?? element('br')));
    else nodes.push(element(mark.tag, mark.attributes, nest(group, depth + 1)));
    at = end;
  }
  return nodes;
}

/** Adds a mark; inside an element of the same tag it adds nothing, but a link replaces the one around it. */
export function withMark(marks: readonly Mark[], mark: Mark): readonly Mark[] {
  if (mark.tag === 'a') return [...marks.filter((one) => one.tag !== 'a'), mark];
  return marks.some((one) => one.tag === mark.tag) ? marks : [...marks, mark];
}

/** Whether there is nothing to see: white space at most. */
export function isBlankRun(tokens: readonly Token[]): boolean {
  return tokens.every((one) => one.text !== null && isBlank(one.text));
}

/** Whether a line holds line breaks and nothing else, which is how an intended blank line is sent. */
export function isBreakRun(tokens: readonly Token[]): boolean {
  return !isBlankRun(tokens) && tokens.every((one) => one.text === null || isBlank(one.text));
}

/** The pieces without white space at either end. */
export function trimRun(tokens: readonly Token[]): Token[] {
  const kept = [...tokens];
  for (let first = kept[0]; first !== undefined && first.text !== null; first = kept[0]) {
    const text = first.text.replace(/^[ \t\n\f\r]+/, '');
    if (text !== '') {
      kept[0] = { ...first, text };
      break;
    }
    kept.shift();
  }
  for (let last = kept.at(-1); last !== undefined && last.text !== null; last = kept.at(-1)) {
    const text = last.text.replace(/[ \t\n\f\r]+$/, '');
    if (text !== '') {
      kept[kept.length - 1] = { ...last, text };
      break;
    }
    kept.pop();
  }
  return kept;
}
