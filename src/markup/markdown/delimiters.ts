import type { MdInline, PendingSigns } from './markdown-tree.ts';
import { isPunctuation, isSpace } from './sign-kinds.ts';
import { TooComplex } from './work.ts';

type Node = MdInline | PendingSigns;

const maximumLevels = 100;
const tooDeep = 'emphasis nested more than 100 deep';

const kinds = ['*', '_', '~'] as const;

/** A run of signs that could open or close emphasis. */
interface Delimiter {
  readonly sign: '*' | '_' | '~';
  /** Signs of the run, and how many of them are still free. */
  readonly length: number;
  free: number;
  /** How much emphasis it opens. */
  levels: number;
  /** Position of the run in the output. */
  readonly at: number;
  readonly opens: boolean;
  readonly closes: boolean;
}

/** The runs of a text that are not settled yet, and CommonMark's procedure that settles them. */
export class Delimiters {
  readonly #stack: Delimiter[] = [];

  get count(): number {
    return this.#stack.length;
  }

  add(sign: Delimiter['sign'], length: number, at: number, before: string, after: string): void {
    const [spaceBefore, spaceAfter] = [isSpace(before), isSpace(after)];
    const [markBefore, markAfter] = [isPunctuation(before), isPunctuation(after)];
    const left = !spaceAfter && (!markAfter || spaceBefore || markBefore);
    const right = !spaceBefore && (!markBefore || spaceAfter || markAfter);
    const opens = sign === '_' ? left && (!right || markBefore) : left;
    const closes = sign === '_' ? right && (!left || markAfter) : right;
    this.#stack.push({ sign, length, free: length, levels: 0, at, opens, closes });
  }

  /** Forgets the runs from a position in the stack on. */
  drop(from: number): void {
    this.#stack.length = Math.min(from, this.#stack.length);
  }

  /** Forgets the runs at or after a position of the output. */
  dropBehind(at: number): void {
    while ((this.#stack.at(-1)?.at ?? -1) >= at) this.#stack.pop();
  }

  /** Settles the runs from a position in the stack on, and gives the output from `outFrom` on with the emphasis in it. */
  resolve(out: readonly Node[], from: number, outFrom: number): readonly Node[] {
    const marks = this.#stack.length > from ? settle(this.#stack.splice(from), out) : [];
    return marks.length === 0 ? (outFrom === 0 ? out : out.slice(outFrom)) : nested(out, outFrom, marks);
  }
}

/** Emphasis between two runs: how many signs of each it takes. */
interface Emphasis {
  readonly type: 'strong' | 'emphasis' | 'strike';
  readonly open: Delimiter;
  readonly close: Delimiter;
  readonly width: number;
}

function settle(stack: readonly Delimiter[], out: readonly Node[]): readonly Emphasis[] {
  const found: Emphasis[] = [];
  if (!stack.some(({ closes }) => closes)) return found;
  const bottoms = new Int32Array(kinds.length * 6).fill(-1);
  const before = Int32Array.from(stack, (_, at) => at - 1);
  for (let at = 0; at < stack.length;) {
    const close = stack[at];
    if (close === undefined) break;
    if (!close.closes || close.free === 0) {
      at = passed(stack, before, at);
      continue;
    }
    const kind = kinds.indexOf(close.sign) * 6 + (close.opens ? 3 : 0) + (close.length % 3);
    const bottom = bottoms[kind] ?? -1;
    let opener = before[at] ?? -1;
    while (opener > bottom && !fits(stack[opener], close)) opener = before[opener] ?? -1;
    const open = stack[opener];
    if (opener <= bottom || open === undefined) {
      bottoms[kind] = before[at] ?? -1;
      at = passed(stack, before, at);
      continue;
    }
    const width = close.sign === '~' ? close.length : close.free >= 2 && open.free >= 2 ? 2 : 1;
    open.levels += 1;
    if (open.levels > maximumLevels) throw new TooComplex(tooDeep, out[open.at]?.start ?? 0);
    found.push({
      type: close.sign === '~' ? 'strike' : width === 2 ? 'strong' : 'emphasis',
      open,
      close,
      width,
    });
    open.free -= width;
    close.free -= width;
    // What is between the two is settled: it opened nothing.
    before[at] = opener;
    if (open.free === 0) before[at] = before[opener] ?? -1;
    if (close.free === 0) at = passed(stack, before, at);
  }
  return found;
}

function fits(open: Delimiter | undefined, close: Delimiter): boolean {
  if (open === undefined || open.sign !== close.sign || !open.opens || open.free === 0) return false;
  if (close.sign === '~') return open.length === close.length;
  const odd =
    (close.opens || open.closes) && close.length % 3 !== 0 && (open.length + close.length) % 3 === 0;
  return !odd;
}

/** Moves on to the next run; one that can open nothing any more is not checked again. */
function passed(stack: readonly Delimiter[], before: Int32Array, at: number): number {
  const run = stack[at];
  if (run !== undefined && (!run.opens || run.free === 0)) before[at + 1] = before[at] ?? -1;
  return at + 1;
}

/** Builds the emphasis into the output; inner ones were found before outer ones. */
function nested(out: readonly Node[], outFrom: number, marks: readonly Emphasis[]): readonly Node[] {
  const opening = new Map<number, Emphasis[]>();
  const closing = new Map<number, Emphasis[]>();
  for (const mark of marks) {
    addTo(opening, mark.open.at, mark);
    addTo(closing, mark.close.at, mark);
  }
  for (const row of opening.values()) row.reverse();
  const levels: { nodes: Node[]; start: number }[] = [{ nodes: [], start: 0 }];
  for (let at = outFrom; at < out.length; at += 1) {
    const node = out[at];
    if (node === undefined) continue;
    const ends = closing.get(at);
    const starts = opening.get(at);
    if (node.type !== 'signs' || (ends === undefined && starts === undefined)) {
      levels.at(-1)?.nodes.push(node);
      continue;
    }
    let used = 0;
    for (const { type, width } of ends ?? []) {
      const level = levels.pop();
      used += width;
      const end = node.start + used;
      levels
        .at(-1)
        ?.nodes.push({ type, start: level?.start ?? 0, end, children: finishedSigns(level?.nodes ?? []) });
    }
    const opened = (starts ?? []).reduce((sum, { width }) => sum + width, 0);
    const rest = node.text.length - used - opened;
    if (rest > 0) {
      levels.at(-1)?.nodes.push({
        type: 'signs',
        start: node.start + used,
        end: node.start + used + rest,
        text: node.text.slice(0, rest),
      });
    }
    let start = node.end - opened;
    for (const { width } of starts ?? []) {
      levels.push({ nodes: [], start });
      if (levels.length > maximumLevels) throw new TooComplex(tooDeep, start);
      start += width;
    }
  }
  return levels[0]?.nodes ?? [];
}

function addTo(rows: Map<number, Emphasis[]>, at: number, mark: Emphasis): void {
  const row = rows.get(at);
  if (row === undefined) rows.set(at, [mark]);
  else row.push(mark);
}

function finishedSigns(nodes: readonly Node[]): MdInline[] {
  const joined: MdInline[] = [];
  for (const node of nodes) {
    const last = joined.at(-1);
    if (node.type !== 'signs' && node.type !== 'text') joined.push(node);
    else if (last?.type === 'text')
      joined[joined.length - 1] = { ...last, end: node.end, text: last.text + node.text };
    else joined.push({ type: 'text', start: node.start, end: node.end, text: node.text });
  }
  return joined;
}
