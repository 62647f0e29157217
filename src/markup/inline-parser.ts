import { mailAt, webAddressAt } from './bare-addresses.ts';
import type { Segment } from './block-node.ts';
import { TooComplex } from './block-node.ts';
import { Delimiters } from './delimiters.ts';
import { HtmlEnds } from './html-ends.ts';
import { altOf, finished } from './inline-text.ts';
import { type Definition, normalizeLabel } from './link-definitions.ts';
import { decodeReference, isEscapable } from './link-parts.ts';
import { LinkTargets, type Target } from './link-targets.ts';
import type { MdInline, PendingSigns } from './markdown-tree.ts';

/** What all texts of one document share. */
export interface InlineScope {
  readonly text: string;
  readonly definitions: ReadonlyMap<string, Definition>;
  readonly footnotes: ReadonlySet<string>;
  /** Letters that references may still add; a few of them could otherwise make a book of a page. */
  budget: number;
  /** Signs that may still be looked at as syntax. */
  signs: number;
}

interface Bracket {
  readonly image: boolean;
  /** Position of its text in `out`. */
  readonly at: number;
  /** Offset behind the bracket in the content. */
  readonly inner: number;
  readonly delimiters: number;
  active: boolean;
  holdsBracket: boolean;
}

/** Parses the text of one block. */
export function parseInlines(
  scope: InlineScope,
  segments: readonly Segment[],
  separator: '\n' | '',
): readonly MdInline[] {
  return new InlineParser(scope, segments, separator).parse();
}

class InlineParser {
  readonly #scope: InlineScope;
  readonly #content: string;
  readonly #starts: number[] = [];
  readonly #segments: readonly Segment[];
  #at = 0;
  readonly #out: (MdInline | PendingSigns)[] = [];
  readonly #delimiters = new Delimiters();
  readonly #brackets: Bracket[] = [];
  /** Lengths of runs of backticks that have no partner any more. */
  #ticks: Map<number, number[]> | null = null;
  readonly #targets: LinkTargets;
  readonly #htmlEnds: HtmlEnds;

  constructor(scope: InlineScope, segments: readonly Segment[], separator: '\n' | '') {
    this.#scope = scope;
    this.#segments = segments;
    let length = 0;
    const parts: string[] = [];
    for (const { start, end } of segments) {
      this.#starts.push(length);
      parts.push(scope.text.slice(start, end));
      length += end - start + separator.length;
    }
    this.#content = parts.join(separator);
    this.#targets = new LinkTargets(this.#content);
    this.#htmlEnds = new HtmlEnds(this.#content);
  }

  parse(): readonly MdInline[] {
    const content = this.#content;
    while (this.#at < content.length) {
      plainRun.lastIndex = this.#at;
      const plain = plainRun.exec(content);
      if (plain !== null) this.#addText(this.#at, plainRun.lastIndex, plain[0]);
      if (plain !== null) this.#at = plainRun.lastIndex;
      if (this.#at < content.length) this.#special(content[this.#at] ?? '');
    }
    return finished(this.#delimiters.resolve(this.#out, 0, 0));
  }

  #special(sign: string): void {
    this.#scope.signs -= 1;
    if (this.#scope.signs < 0)
      throw new TooComplex('more than 60,000 signs that look like syntax', this.#source(this.#at));
    switch (sign) {
      case '\n':
        return this.#lineEnd();
      case '\\':
        return this.#backslash();
      case '`':
        return this.#code();
      case '*':
      case '_':
      case '~':
        return this.#signs(sign);
      case '[':
        return this.#open(false, 1);
      case '!':
        if (this.#content[this.#at + 1] === '[') return this.#open(true, 2);
        return this.#literal(1);
      case ']':
        return this.#close();
      case '<':
        return this.#angle();
      case '&':
        return this.#reference();
      case 'h':
      case 'H':
      case 'w':
      case 'W':
        return this.#webAddress();
      case '@':
        return this.#mail();
      default:
        return this.#literal(1);
    }
  }

  #source(at: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    return (this.#segments[low]?.start ?? 0) + at - (this.#starts[low] ?? 0);
  }

  #place(from: number, to: number): { start: number; end: number } {
    return { start: this.#source(from), end: this.#source(Math.max(from, to - 1)) + (to > from ? 1 : 0) };
  }

  #addText(from: number, to: number, text: string): void {
    this.#out.push({ type: 'text', ...this.#place(from, to), text });
  }

  #literal(length: number): void {
    this.#addText(this.#at, this.#at + length, this.#content.slice(this.#at, this.#at + length));
    this.#at += length;
  }

  #lineEnd(): void {
    const last = this.#out.at(-1);
    const at = this.#at;
    this.#at += 1;
    while (this.#content[this.#at] === ' ' || this.#content[this.#at] === '\t') this.#at += 1;
    if (last?.type === 'text' && /[ \t]$/u.test(last.text)) {
      const isBreak = / {2}$/u.test(last.text);
      const text = last.text.replace(/[ \t]+$/u, '');
      this.#out.pop();
      if (text !== '') this.#out.push({ ...last, text, end: last.end - (last.text.length - text.length) });
      if (isBreak) {
        this.#out.push({ type: 'break', ...this.#place(at, at + 1) });
        return;
      }
    }
    this.#addText(at, at + 1, '\n');
  }

  #backslash(): void {
    const next = this.#content.charCodeAt(this.#at + 1);
    if (next === 10) {
      this.#out.push({ type: 'break', ...this.#place(this.#at, this.#at + 2) });
      this.#at += 2;
      while (this.#content[this.#at] === ' ' || this.#content[this.#at] === '\t') this.#at += 1;
    } else if (isEscapable(next)) {
      this.#addText(this.#at, this.#at + 2, String.fromCharCode(next));
      this.#at += 2;
    } else {
      this.#literal(1);
    }
  }

  #code(): void {
    const from = this.#at;
    let to = from;
    while (this.#content[to] === '`') to += 1;
    const close = this.#nextTicks(to - from, to);
    if (close === null) return this.#literal(to - from);
    let text = this.#content.slice(to, close).replaceAll('\n', ' ');
    if (/^ .* $/su.test(text) && /[^ ]/u.test(text)) text = text.slice(1, -1);
    this.#out.push({ type: 'code', ...this.#place(from, close + to - from), text });
    this.#at = close + to - from;
  }

  #nextTicks(length: number, from: number): number | null {
    if (this.#ticks === null) {
      this.#ticks = new Map();
      for (const run of this.#content.matchAll(/`+/gu)) {
        const row = this.#ticks.get(run[0].length);
        if (row === undefined) this.#ticks.set(run[0].length, [run.index]);
        else row.push(run.index);
      }
      for (const row of this.#ticks.values()) row.reverse();
    }
    const row = this.#ticks.get(length) ?? [];
    while (row.length > 0 && (row.at(-1) ?? 0) < from) row.pop();
    return row.at(-1) ?? null;
  }

  #signs(sign: '*' | '_' | '~'): void {
    const from = this.#at;
    let to = from;
    while (this.#content[to] === sign) to += 1;
    const before = signBefore(this.#content, from);
    const after = signAfter(this.#content, to);
    this.#out.push({ type: 'signs', ...this.#place(from, to), text: this.#content.slice(from, to) });
    if (sign !== '~' || to - from <= 2) {
      this.#delimiters.add(sign, to - from, this.#out.length - 1, before, after);
    }
    this.#at = to;
  }

  #open(image: boolean, length: number): void {
    const last = this.#brackets.at(-1);
    if (last !== undefined) last.holdsBracket = true;
    const at = this.#out.length;
    this.#out.push({ type: 'signs', ...this.#place(this.#at, this.#at + length), text: image ? '![' : '[' });
    this.#at += length;
    const delimiters = this.#delimiters.count;
    this.#brackets.push({ image, at, inner: this.#at, delimiters, active: true, holdsBracket: false });
  }

  #close(): void {
    const opener = this.#brackets.pop();
    const closeAt = this.#at;
    if (opener === undefined) return this.#literal(1);
    if (!opener.active) return this.#literal(1);
    const target = this.#targetOf(opener, closeAt);
    if (target === null) {
      if (this.#footnote(opener, closeAt)) return;
      return this.#literal(1);
    }
    const opening = this.#out[opener.at];
    const children = finished(this.#delimiters.resolve(this.#out, opener.delimiters, opener.at + 1));
    this.#out.length = opener.at;
    const place = { start: opening?.start ?? 0, end: this.#place(closeAt, target.end).end };
    if (opener.image) {
      this.#out.push({ type: 'image', ...place, url: target.url, title: target.title, alt: altOf(children) });
    } else {
      this.#out.push({ type: 'link', ...place, url: target.url, title: target.title, children });
      // A link holds no links.
      for (let at = this.#brackets.length - 1; at >= 0; at -= 1) {
        const bracket = this.#brackets[at];
        if (bracket === undefined || !bracket.active) break;
        if (!bracket.image) bracket.active = false;
      }
    }
    this.#at = target.end;
  }

  #targetOf(opener: Bracket, closeAt: number): Target | null {
    const inline = this.#targets.inlineAt(closeAt + 1);
    if (inline !== null) return inline;
    const own = { from: opener.inner, holdsBracket: opener.holdsBracket };
    const target = this.#targets.referenceAt(closeAt, own, this.#scope.definitions);
    this.#scope.budget -= target === null ? 0 : target.url.length + (target.title?.length ?? 0);
    if (this.#scope.budget >= 0) return target;
    throw new TooComplex('references that repeat long addresses', this.#source(closeAt));
  }

  #footnote(opener: Bracket, closeAt: number): boolean {
    const label = this.#content.slice(opener.inner, closeAt);
    if (opener.image || !label.startsWith('^') || !this.#scope.footnotes.has(normalizeLabel(label.slice(1))))
      return false;
    const start = this.#out[opener.at]?.start ?? 0;
    this.#delimiters.drop(opener.delimiters);
    this.#out.length = opener.at;
    this.#out.push({
      type: 'footnote',
      start,
      end: this.#place(closeAt, closeAt + 1).end,
      label: label.slice(1),
    });
    this.#at = closeAt + 1;
    return true;
  }

  #angle(): void {
    const from = this.#at;
    const auto = /<([A-Za-z][A-Za-z0-9.+-]{1,31}:[^\s<>\u0000-\u0020]*)>/uy;
    auto.lastIndex = from;
    const web = auto.exec(this.#content);
    const mail =
      /<([\w.!#$%&'*+/=?^`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*)>/uy;
    mail.lastIndex = from;
    const address = web ?? mail.exec(this.#content);
    if (address !== null) {
      const shown = address[1] ?? '';
      return this.#addLink(
        from,
        from + address[0].length,
        from + 1,
        shown,
        web === null ? `mailto:${shown}` : shown,
      );
    }
    const end = this.#htmlEnds.after(from);
    if (end === null) return this.#literal(1);
    this.#out.push({ type: 'html', ...this.#place(from, end), html: this.#content.slice(from, end) });
    this.#at = end;
  }

  #reference(): void {
    const pattern = /&(?:#[xX][0-9a-fA-F]{1,6}|#\d{1,7}|[a-zA-Z][a-zA-Z0-9]{1,31});/uy;
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#content);
    const decoded = found === null ? '' : decodeReference(found[0]);
    if (found === null || decoded === found[0]) return this.#literal(1);
    this.#addText(this.#at, pattern.lastIndex, decoded);
    this.#at = pattern.lastIndex;
  }

  #webAddress(): void {
    const found = this.#brackets.length > 0 ? null : webAddressAt(this.#content, this.#at);
    if (found === null) return this.#literal(1);
    const shown = this.#content.slice(this.#at, found.end);
    this.#addLink(this.#at, found.end, this.#at, shown, found.protocol + shown);
  }

  #mail(): void {
    const last = this.#out.at(-1);
    const found = this.#brackets.length > 0 ? null : mailAt(this.#content, this.#at);
    if (found === null || last?.type !== 'text') return this.#literal(1);
    // The letters before the sign are already in the output, in pieces; an escape among them means no address.
    let missing = this.#at - found.start;
    let from = this.#out.length;
    while (missing > 0) {
      const piece = this.#out[from - 1];
      if (
        (piece?.type !== 'text' && piece?.type !== 'signs') ||
        piece.end - piece.start !== piece.text.length
      ) {
        return this.#literal(1);
      }
      missing -= piece.text.length;
      from -= 1;
    }
    const first = this.#out[from];
    this.#out.length = from;
    this.#delimiters.dropBehind(from);
    if (missing < 0 && (first?.type === 'text' || first?.type === 'signs')) {
      const text = first.text.slice(0, -missing);
      this.#out.push({ type: 'text', start: first.start, end: first.start + text.length, text });
    }
    const shown = this.#content.slice(found.start, found.end);
    this.#addLink(found.start, found.end, found.start, shown, `mailto:${shown}`);
  }

  #addLink(from: number, to: number, textFrom: number, shown: string, url: string): void {
    const text: MdInline = { type: 'text', ...this.#place(textFrom, textFrom + shown.length), text: shown };
    this.#out.push({ type: 'link', ...this.#place(from, to), url, title: null, children: [text] });
    this.#at = to;
  }
}

function signBefore(content: string, at: number): string {
  const low = content[at - 1] ?? '\n';
  return /[\udc00-\udfff]/.test(low) ? (content[at - 2] ?? '') + low : low;
}

function signAfter(content: string, at: number): string {
  return String.fromCodePoint(content.codePointAt(at) ?? 10);
}

const plainRun = /(?:[^\n\\`*_~[\]!<&hw@]|[hw](?!ttps?:\/\/|ww\.))+/iuy;
