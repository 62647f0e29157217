import { mailAt, webAddressAt } from './bare-addresses.ts';
import type { Segment } from './block-node.ts';
import { Delimiters } from './delimiters.ts';
import { HtmlEnds } from './html-ends.ts';
import { InlineOutput } from './inline-output.ts';
import { InlineSource } from './inline-source.ts';
import { altOf, finished } from './inline-text.ts';
import { type Definition, normalizeLabel } from './link-definitions.ts';
import { decodeReference, isEscapable } from './link-parts.ts';
import { LinkTargets, type Target } from './link-targets.ts';
import type { MdInline } from './markdown-tree.ts';
import type { Work } from './work.ts';

/** What all texts of one document share. */
export interface InlineScope {
  readonly text: string;
  readonly definitions: ReadonlyMap<string, Definition>;
  readonly footnotes: ReadonlySet<string>;
  readonly work: Work;
}

interface Bracket {
  readonly image: boolean;
  /** Position of its text in the output. */
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
  const source = new InlineSource(scope.text, segments, separator);
  const { content } = source;
  if (content === '') return [];
  // Most texts have lines with no signs in them that mean anything.
  if (plainUntil(content, 0) === content.length) {
    return [{ type: 'text', start: source.offsetOf(0), end: source.endOf(0, content.length), text: content }];
  }
  return new InlineParser(scope, source).parse();
}

class InlineParser {
  readonly #scope: InlineScope;
  readonly #source: InlineSource;
  readonly #content: string;
  #at = 0;
  readonly #out: InlineOutput;
  readonly #delimiters = new Delimiters();
  readonly #brackets: Bracket[] = [];
  /** Offsets of the runs of backticks that may still close code, by their length. */
  #ticks: Map<number, number[]> | null = null;
  readonly #targets: LinkTargets;
  readonly #htmlEnds: HtmlEnds;

  constructor(scope: InlineScope, source: InlineSource) {
    this.#scope = scope;
    this.#source = source;
    this.#content = source.content;
    this.#out = new InlineOutput(source);
    this.#targets = new LinkTargets(source);
    this.#htmlEnds = new HtmlEnds(this.#content);
  }

  parse(): readonly MdInline[] {
    const content = this.#content;
    while (this.#at < content.length) {
      const plain = plainUntil(content, this.#at);
      if (plain > this.#at) this.#out.addText(this.#at, plain);
      this.#at = plain;
      if (plain < content.length) this.#special(content[plain] ?? '');
    }
    this.#out.flush();
    return finished(this.#delimiters.resolve(this.#out.nodes, 0, 0));
  }

  #special(sign: string): void {
    if (sign === '\n') return this.#lineEnd();
    this.#scope.work.spend('sign', this.#source.offsetOf(this.#at));
    switch (sign) {
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
        return this.#open(true, 2);
      case ']':
        return this.#close();
      case '<':
        return this.#angle();
      case '&':
        return this.#reference();
      case '@':
        return this.#mail();
      default:
        return this.#webAddress();
    }
  }

  #place(from: number, to: number): { start: number; end: number } {
    return { start: this.#source.offsetOf(from), end: this.#source.endOf(from, to) };
  }

  #push(node: MdInline, to: number): void {
    this.#out.push(node, to);
    this.#at = to;
  }

  #literal(length: number): void {
    this.#out.addText(this.#at, this.#at + length);
    this.#at += length;
  }

  #lineEnd(): void {
    const at = this.#at;
    const isBreak = this.#out.trimEnd(at);
    if (isBreak) this.#push({ type: 'break', ...this.#place(at, at + 1) }, at + 1);
    else this.#literal(1);
    this.#skipBlanks();
  }

  #skipBlanks(): void {
    while (this.#content[this.#at] === ' ' || this.#content[this.#at] === '\t') this.#at += 1;
  }

  #backslash(): void {
    const at = this.#at;
    const next = this.#content.charCodeAt(at + 1);
    if (next === 10) {
      this.#push({ type: 'break', ...this.#place(at, at + 2) }, at + 2);
      this.#skipBlanks();
    } else if (isEscapable(next)) {
      this.#out.addSpelled(at, at + 2, String.fromCharCode(next));
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
    const end = close + to - from;
    this.#push({ type: 'code', ...this.#place(from, end), text }, end);
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
    this.#out.addSigns(from, to);
    if (sign !== '~' || to - from <= 2) {
      this.#delimiters.add(sign, to - from, this.#out.nodes.length - 1, before, after);
    }
    this.#at = to;
  }

  #open(image: boolean, length: number): void {
    const last = this.#brackets.at(-1);
    if (last !== undefined) last.holdsBracket = true;
    const at = this.#out.flush();
    this.#out.addSigns(this.#at, this.#at + length);
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
    this.#out.flush();
    const { nodes } = this.#out;
    const children = finished(this.#delimiters.resolve(nodes, opener.delimiters, opener.at + 1));
    const place = { start: nodes[opener.at]?.start ?? 0, end: this.#source.endOf(closeAt, target.end) };
    nodes.length = opener.at;
    const { url, title, address } = target;
    if (opener.image) {
      this.#push({ type: 'image', ...place, url, title, address, alt: altOf(children) }, target.end);
      return;
    }
    this.#push({ type: 'link', ...place, url, title, address, children }, target.end);
    // A link holds no links.
    for (let at = this.#brackets.length - 1; at >= 0; at -= 1) {
      const bracket = this.#brackets[at];
      if (bracket === undefined || !bracket.active) break;
      if (!bracket.image) bracket.active = false;
    }
  }

  #targetOf(opener: Bracket, closeAt: number): Target | null {
    const inline = this.#targets.inlineAt(closeAt + 1);
    if (inline !== null) return inline;
    const own = { from: opener.inner, holdsBracket: opener.holdsBracket };
    const target = this.#targets.referenceAt(closeAt, own, this.#scope.definitions);
    if (target !== null) {
      const length = target.url.length + (target.title?.length ?? 0);
      this.#scope.work.spend('letter', this.#source.offsetOf(closeAt), length);
    }
    return target;
  }

  #footnote(opener: Bracket, closeAt: number): boolean {
    const label = this.#content.slice(opener.inner, closeAt);
    if (opener.image || !label.startsWith('^') || !this.#scope.footnotes.has(normalizeLabel(label.slice(1))))
      return false;
    const { nodes } = this.#out;
    this.#out.flush();
    const place = { start: nodes[opener.at]?.start ?? 0, end: this.#source.endOf(closeAt, closeAt + 1) };
    this.#delimiters.drop(opener.delimiters);
    nodes.length = opener.at;
    this.#push({ type: 'footnote', ...place, label: label.slice(1) }, closeAt + 1);
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
    const html = this.#content.slice(from, end);
    const lines = this.#source.linesOf(from, end);
    this.#push({ type: 'html', ...this.#place(from, end), html, lines }, end);
  }

  #reference(): void {
    const pattern = /&(?:#[xX][0-9a-fA-F]{1,6}|#\d{1,7}|[a-zA-Z][a-zA-Z0-9]{1,31});/uy;
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#content);
    const decoded = found === null ? '' : decodeReference(found[0]);
    if (found === null || decoded === found[0]) return this.#literal(1);
    this.#out.addSpelled(this.#at, pattern.lastIndex, decoded);
    this.#at = pattern.lastIndex;
  }

  #webAddress(): void {
    const found = this.#brackets.length > 0 ? null : webAddressAt(this.#content, this.#at);
    if (found === null) return this.#literal(1);
    const shown = this.#content.slice(this.#at, found.end);
    this.#addLink(this.#at, found.end, this.#at, shown, found.protocol + shown);
  }

  #mail(): void {
    const found = this.#brackets.length > 0 ? null : mailAt(this.#content, this.#at);
    if (found === null || !this.#out.takeBack(found.start, this.#at)) return this.#literal(1);
    this.#delimiters.dropBehind(this.#out.nodes.length);
    const shown = this.#content.slice(found.start, found.end);
    this.#addLink(found.start, found.end, found.start, shown, `mailto:${shown}`);
  }

  #addLink(from: number, to: number, textFrom: number, shown: string, url: string): void {
    // One sign makes a whole link here, where brackets take two.
    this.#scope.work.spend('sign', this.#source.offsetOf(from));
    const address = this.#place(textFrom, textFrom + shown.length);
    const text: MdInline = { type: 'text', ...address, text: shown };
    this.#push({ type: 'link', ...this.#place(from, to), url, title: null, address, children: [text] }, to);
  }
}

/** The offset of the next sign that may be syntax, from a given one on. */
function plainUntil(content: string, from: number): number {
  for (let at = from; at < content.length; at += 1) {
    const code = content.charCodeAt(at);
    if (code >= 128) continue;
    const kind = signKinds[code];
    if (kind === 0) continue;
    if (kind === 1 || (kind === 2 && content[at + 1] === '[')) return at;
    // An `h` or a `w` may begin an address.
    if (kind === 3 && isAddressStart(content, at)) return at;
  }
  return content.length;
}

function isAddressStart(content: string, at: number): boolean {
  const next = content.charCodeAt(at + 1) | 32;
  if (next !== 116 && next !== 119) return false;
  addressStart.lastIndex = at;
  return addressStart.test(content);
}

const addressStart = /https?:\/\/|www\./iuy;

/** For each sign of ASCII: 1 for those that may be syntax anywhere, 2 for those before a bracket, 3 for first letters. */
const signKinds: Uint8Array = Uint8Array.from({ length: 128 }, (_, code) => {
  const sign = String.fromCharCode(code);
  if ('\n\\`*_~[]<&@'.includes(sign)) return 1;
  if (sign === '!') return 2;
  return 'hHwW'.includes(sign) ? 3 : 0;
});

function signBefore(content: string, at: number): string {
  const low = content[at - 1] ?? '\n';
  return /[\udc00-\udfff]/.test(low) ? (content[at - 2] ?? '') + low : low;
}

function signAfter(content: string, at: number): string {
  return String.fromCodePoint(content.codePointAt(at) ?? 10);
}
