/** What starts a block of HTML in Markdown, and what ends it; kinds 6 and 7 end at an empty line. */
export function htmlKindAt(text: string, at: number, end: number, mayInterrupt: boolean): number {
  const line = text.slice(at, Math.min(end, at + 4096));
  for (const [index, start] of starts.entries()) {
    if (start.test(line)) return index + 1;
  }
  return mayInterrupt && wholeTag.test(text.slice(at, end)) ? 7 : 0;
}

/** Tells whether a line ends an HTML block of kinds 1 to 5. */
export function endsHtml(kind: number, line: string): boolean {
  return ends[kind - 1]?.test(line) ?? false;
}

const tagName = '[A-Za-z][A-Za-z0-9-]*';
const attribute = String.raw`\s+[a-zA-Z_:][a-zA-Z0-9:._-]*(?:\s*=\s*(?:[^"'=<>\x60\u0000-\u0020]+|'[^']*'|"[^"]*"))?`;
const openTag = String.raw`<${tagName}(?:${attribute})*\s*/?>`;
const closeTag = String.raw`</${tagName}\s*>`;

/** An opening or closing tag within text. */
export const inlineTag = new RegExp(`(?:${openTag}|${closeTag})`, 'y');

const wholeTag = new RegExp(String.raw`^(?:${openTag}|${closeTag})\s*$`, 'u');

const starts: readonly RegExp[] = [
  /^<(?:script|pre|textarea|style)(?:\s|>|$)/iu,
  /^<!--/u,
  /^<\?/u,
  /^<![A-Za-z]/u,
  /^<!\[CDATA\[/u,
  /^<\/?(?:address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[123456]|head|header|hr|html|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul)(?:\s|\/?>|$)/iu,
];

const ends: readonly RegExp[] = [/<\/(?:script|pre|textarea|style)>/iu, /-->/u, /\?>/u, />/u, /\]\]>/u];
