/** Why a text is not parsed, or `null` when it may be. */
export interface TooMuch {
  readonly code: 'BODY_TOO_LARGE' | 'BODY_TOO_COMPLEX';
  readonly offset: number;
  readonly detail: string;
}

/**
 * Largest body that is converted, in characters; Intercom documents no limit of its own. An editor saves far less, and
 * this much takes about two seconds.
 */
const maximumLength = 4_194_304;

/** Checks HTML before it is parsed: size, depth, and tags so crowded that parsers take forever. */
export function checkHtml(html: string): TooMuch | null {
  if (html.length > maximumLength) return tooLarge(html);
  const lines = checkLines(html);
  if (lines !== null) return lines;
  let [depth, count, marks, made, said] = [0, 0, 0, 0, 0];
  const refuse = (offset: number, detail: string): TooMuch => ({ code: 'BODY_TOO_COMPLEX', offset, detail });
  for (const tag of html.matchAll(/<(?:!|(\/?)([a-z][^\s/>]*)([^>]{0,20000}))/giu)) {
    count += 1;
    if (count > maximumTags)
      return refuse(
        tag.index,
        `${figure(countOf(html, /<[!/a-z]/giu))} tags, at most ${figure(maximumTags)}`,
      );
    const name = (tag[2] ?? '!').toLowerCase();
    const length = tag[3]?.length ?? 0;
    // What fits into less is few, and nearly all tags are that short.
    const parts = length > 200 ? (tag[3]?.match(/[\s/;]+/gu)?.length ?? 0) : 0;
    if (length > 5000 && parts > 1000)
      return refuse(tag.index, 'a tag with more than 1,000 attributes, classes and declarations of style');
    said += parts;
    if (said > maximumSaid)
      return refuse(tag.index, 'more than 50,000 attributes, classes and declarations of style');
    const closes = tag[1] === '/';
    if (formatting.has(name)) marks = closes ? Math.max(0, marks - 1) : marks + 1;
    else made += marks;
    if (made > maximumMade)
      return refuse(tag.index, 'bold text and the like that is opened and never closed');
    if (name === '!' || optionalEnd.has(name) || tag[3]?.endsWith('/') === true) continue;
    depth = closes ? Math.max(0, depth - 1) : depth + 1;
    if (depth > maximumDepth) return refuse(tag.index, `tags nested more than ${String(maximumDepth)} deep`);
  }
  return null;
}

/** Checks Markdown before it is parsed. */
export function checkMarkdown(text: string): TooMuch | null {
  if (text.length > maximumLength) return tooLarge(text);
  return checkLines(text);
}

function checkLines(text: string): TooMuch | null {
  const end = text.includes('\r') ? /\r\n?|\n/gu : /\n/gu;
  for (let lines = 1; end.test(text); lines += 1) {
    if (lines <= maximumLines) continue;
    const detail = `${figure(countOf(text, end))} lines, at most ${figure(maximumLines)}`;
    return { code: 'BODY_TOO_COMPLEX', offset: end.lastIndex, detail };
  }
  return null;
}

function countOf(text: string, what: RegExp): number {
  let count = 0;
  what.lastIndex = 0;
  while (what.test(text)) count += 1;
  return count;
}

const figure = (count: number): string => count.toLocaleString('en-US');

const maximumDepth = 200;
const maximumTags = 100_000;
/** What browsers open again in every block when somebody forgot to close it, times the blocks. */
const maximumMade = 100_000;
/** Attributes, classes and declarations of style, of all long tags together. */
const maximumSaid = 50_000;
const maximumLines = 300_000;

function tooLarge(text: string): TooMuch {
  return {
    code: 'BODY_TOO_LARGE',
    offset: 0,
    detail: `${figure(text.length)} characters, at most ${figure(maximumLength)}`,
  };
}

const formatting: ReadonlySet<string> = new Set([
  'a',
  'b',
  'big',
  'code',
  'em',
  'font',
  'i',
  'nobr',
  's',
  'small',
  'strike',
  'strong',
  'tt',
  'u',
]);

const optionalEnd: ReadonlySet<string> = new Set([
  'p',
  'li',
  'td',
  'th',
  'tr',
  'dt',
  'dd',
  'option',
  'thead',
  'tbody',
  'tfoot',
  'br',
  'hr',
  'img',
  'input',
  'meta',
  'link',
  'wbr',
  'col',
  'source',
  'area',
  'base',
  'embed',
  'track',
  'param',
]);
