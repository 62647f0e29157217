import { decodeHTMLStrict } from 'entities';

/** An address in some text, still with its escapes: where it begins, and where what is around it ends. */
export interface Destination {
  readonly url: string;
  readonly start: number;
  readonly end: number;
}

/** Reads the address of a link or definition at a place in some text. */
export function readDestination(text: string, from: number): Destination | null {
  if (text[from] === '<') {
    for (let at = from + 1; at < text.length; at += 1) {
      const sign = text[at];
      if (sign === '\n' || sign === '<') return null;
      if (sign === '>') return { url: text.slice(from + 1, at), start: from + 1, end: at + 1 };
      if (sign === '\\') at += 1;
    }
    return null;
  }
  let depth = 0;
  let at = from;
  for (; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 92 && isEscapable(text.charCodeAt(at + 1))) at += 1;
    else if (code === 40) {
      depth += 1;
      if (depth > 32) return null;
    } else if (code === 41) {
      if (depth === 0) break;
      depth -= 1;
    } else if (code <= 32 || code === 127) break;
  }
  return at === from || depth !== 0 ? null : { url: text.slice(from, at), start: from, end: at };
}

/** Reads a title in quotes or parentheses, still with its escapes. */
export function readTitle(text: string, from: number): { title: string; end: number } | null {
  const open = text[from];
  if (open !== '"' && open !== "'" && open !== '(') return null;
  const close = open === '(' ? ')' : open;
  for (let at = from + 1; at < text.length; at += 1) {
    const sign = text[at];
    if (sign === close) return { title: text.slice(from + 1, at), end: at + 1 };
    if (sign === '(' && open === '(') return null;
    if (sign === '\\') at += 1;
  }
  return null;
}

/** Resolves escapes and character references. */
export function unescapeMarkdown(text: string): string {
  if (!/[\\&]/u.test(text)) return text;
  return text.replace(
    /\\([!-/:-@[-`{-~])|&(?:#[xX][0-9a-fA-F]{1,6}|#\d{1,7}|[a-zA-Z][a-zA-Z0-9]{1,31});/gu,
    (whole, sign: string | undefined) => (sign === undefined ? decodeReference(whole) : sign),
  );
}

/** Decodes one character reference such as `&amp;`; an unknown one stays as it is. */
export function decodeReference(reference: string): string {
  const number = /^&#(?:[xX]([0-9a-fA-F]+)|(\d+));$/u.exec(reference);
  if (number === null) return decodeHTMLStrict(reference);
  const code = number[1] === undefined ? Number(number[2]) : Number.parseInt(number[1], 16);
  if (code === 0 || code > 0x10_ffff || (code >= 0xd800 && code <= 0xdfff)) return '\ufffd';
  return String.fromCodePoint(code);
}

/** Tells whether a backslash before this sign is an escape: ASCII punctuation only. */
export function isEscapable(code: number): boolean {
  return (
    (code >= 33 && code <= 47) ||
    (code >= 58 && code <= 64) ||
    (code >= 91 && code <= 96) ||
    (code >= 123 && code <= 126)
  );
}
