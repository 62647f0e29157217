/* What came back from a translator, put into the right places of a translation; refused where it no longer fits. */
import type { Bodies } from '../../fields/reading.ts';
import { escapeLineStarts, escapeText } from '../../markup/print/escape-markdown.ts';
import { plainRefs } from '../../markup/meaning/refs.ts';
import { proseOf } from '../../markup/meaning/prose.ts';
import { readMarkdown } from '../../markup/read/read-markdown.ts';
import type { Block } from '../../markup/meaning/body.ts';
import type { LocalContent } from '../../model/entry.ts';
import type { Locale } from '../../model/locale.ts';
import { checkedText } from '../../plan/links/checked-text.ts';
import type { Leaf, Part } from './parts.ts';
import { placeholdersIn, saidIn, taggedOf, type Said } from './tagged.ts';
import type { EntryUnits, Unit } from './units.ts';

/** One unit as a file of a translator holds it; both as `taggedOf` writes them. */
export interface Returned {
  readonly source: string;
  /** Empty where nobody has translated it. */
  readonly target: string;
}

/** The translated words of an entry. */
export interface Translation {
  readonly fields: Readonly<Record<string, string>>;
  /** By unit, see `EntryUnits`. */
  readonly said: ReadonlyMap<Unit, readonly Said[]>;
}

export type Accepted = { readonly ok: true; readonly translation: Translation } | Refused;

export interface Refused {
  readonly ok: false;
  /** Why, as the rest of a sentence. */
  readonly why: string;
}

const refused = (why: string): Refused => ({ ok: false, why });

/** Checks what came back for an entry against what its source says now. */
export function acceptUnits({ units }: EntryUnits, returned: ReadonlyMap<string, Returned>): Accepted {
  if (units.length === 0) return refused('nothing of it is missing or behind any more');
  const said = new Map<Unit, readonly Said[]>();
  const fields: Record<string, string> = {};
  for (const unit of units) {
    const back = returned.get(unit.id);
    if (back === undefined)
      return refused(`the file has no unit ${unit.id}: its source was changed since the export`);
    if (squeezed(back.source) !== squeezed(taggedOf(unit.source)))
      return refused(`the source of ${unit.id} was changed since the export`);
    if (back.target.trim() === '') return refused(`${unit.id} is not translated yet`);
    const parts = saidIn(back.target.trim());
    if (parts === null || placeholdersIn(parts) !== placeholdersIn(unit.source))
      return refused(`the placeholders of ${unit.id} did not come back, each of them once`);
    if (unit.leaf === null)
      fields[unit.id] = parts.map((part) => (part.kind === 'text' ? part.text : '')).join('');
    else said.set(unit, parts);
  }
  return { ok: true, translation: { fields, said } };
}

const squeezed = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

/** The body of a translation with the new words in it. */
export function bodyOf(
  { matched, blocks }: EntryUnits,
  { said }: Translation,
  texts: {
    readonly source: LocalContent;
    readonly text: LocalContent | null;
    readonly locale: Locale;
    readonly defaultLocale: Locale;
  },
  bodies: Bodies,
): { readonly ok: true; readonly body: string } | Refused {
  const { source, text, locale, defaultLocale } = texts;
  const all = bodies.local(source, defaultLocale).blocks;
  const translated = (at: number): string | null => {
    const units = blocks.get(at);
    const block = all[at];
    return units === undefined || block === undefined
      ? null
      : translatedBlock(block, units, said, source.body);
  };
  const body =
    matched === null || text === null
      ? whole(source.body, all, translated)
      : merged({ source, text, locale, defaultLocale }, matched, translated, bodies);
  const proseCount = (one: readonly Block[]): number =>
    one.filter(({ content }) => proseOf(content) !== '').length;
  const made = readMarkdown(body, plainRefs);
  if (proseCount(made.blocks) !== proseCount(all))
    return refused('put together, it would not have the paragraphs of its source');
  return { ok: true, body };
}

/** The source with the words of all blocks replaced; what is between the blocks stays. */
function whole(body: string, blocks: readonly Block[], translated: (at: number) => string | null): string {
  const pieces: string[] = [];
  let from = 0;
  for (const [at, block] of blocks.entries()) {
    const text = translated(at);
    if (text === null) continue;
    pieces.push(body.slice(from, block.start), text);
    from = block.end;
  }
  return pieces.join('') + body.slice(from);
}

interface Piece {
  readonly text: string;
  /** The block of the translation that it is, as it was; null for a new one. */
  readonly own: Block | null;
}

/** The blocks in the order of the source: those that did not change as the translation has them. */
function merged(
  {
    source,
    text,
    locale,
    defaultLocale,
  }: { source: LocalContent; text: LocalContent; locale: Locale; defaultLocale: Locale },
  matched: NonNullable<EntryUnits['matched']>,
  translated: (at: number) => string | null,
  bodies: Bodies,
): string {
  const own = bodies.local(text, locale).blocks;
  const ownProse = checkedText(text, locale, bodies).prose.blocks;
  const prose = checkedText(source, defaultLocale, bodies).prose.blocks;
  const partner = new Map(
    matched.flatMap(({ now, translated: at }) => (now === null || at === null ? [] : [[now, at]])),
  );
  const pieces: Piece[] = [];
  /** Where in the translation the words end that were written last. */
  let place = -1;
  for (const [at, block] of bodies.local(source, defaultLocale).blocks.entries()) {
    const index = prose.indexOf(at);
    if (index === -1) {
      // Without words: as the translation has it in this place, such as a picture of its own language.
      const next = own[place + 1];
      const isOwn = next !== undefined && !ownProse.includes(place + 1) && next.type === block.type;
      pieces.push(isOwn ? { text: next.source, own: next } : { text: block.source, own: null });
      if (isOwn) place += 1;
      continue;
    }
    const mate = partner.get(index);
    const old = mate === undefined ? undefined : ownProse[mate];
    if (old !== undefined) place = old;
    const fresh = translated(at);
    const kept = old === undefined ? undefined : own[old];
    if (fresh !== null) pieces.push({ text: fresh, own: null });
    else if (kept !== undefined) pieces.push({ text: kept.source, own: kept });
  }
  return joined(pieces, text.body, own);
}

/** Puts the pieces together with what was between them, else with an empty line. */
function joined(pieces: readonly Piece[], body: string, own: readonly Block[]): string {
  let made = body.slice(0, own[0]?.start ?? 0);
  for (const [at, piece] of pieces.entries()) {
    const before = pieces[at - 1];
    if (before !== undefined) {
      const isNext =
        before.own !== null && piece.own !== null && own.indexOf(piece.own) === own.indexOf(before.own) + 1;
      made +=
        isNext && before.own !== null && piece.own !== null
          ? body.slice(before.own.end, piece.own.start)
          : '\n\n';
    }
    made += piece.text.trimEnd();
  }
  const rest = body.slice(own.at(-1)?.end ?? body.length);
  return `${made}${rest.trim() === '' ? '\n' : `\n${rest}`}`;
}

/** A block of the source with other words in the places of its own. */
function translatedBlock(
  block: Block,
  units: readonly Unit[],
  said: Translation['said'],
  body: string,
): string {
  const leaves = units.flatMap((unit): readonly Spoken[] => {
    const words = said.get(unit);
    return unit.leaf === null || words === undefined ? [] : [{ leaf: unit.leaf, words }];
  });
  const isWithin = (inner: Leaf, outer: Leaf): boolean =>
    inner !== outer && inner.start >= outer.start && inner.end <= outer.end;
  let made = '';
  let from = block.start;
  for (const { leaf, words } of leaves.toSorted((left, right) => left.leaf.start - right.leaf.start)) {
    if (leaves.some((outer) => isWithin(leaf, outer.leaf))) continue;
    const inner = leaves.filter((one) => isWithin(one.leaf, leaf));
    made += body.slice(from, leaf.start) + printed(leaf, words, inner);
    from = leaf.end;
  }
  return made + body.slice(from, block.end);
}

type Spoken = { readonly leaf: Leaf; readonly words: readonly Said[] };

function printed(leaf: Leaf, words: readonly Said[], inner: readonly Spoken[]): string {
  const print = (parts: readonly Said[], isLinked: boolean): string =>
    parts
      .map((part) => {
        if (part.kind === 'text') return written(part.text, leaf.what, isLinked);
        const known = findPart(leaf.parts, part.id);
        if (known?.kind === 'single') return withInner(known, inner);
        if (known?.kind !== 'pair' || part.kind !== 'pair') return '';
        return `${known.open}${print(part.parts, isLinked || known.open.endsWith('['))}${known.close}`;
      })
      .join('');
  const text = print(words, false);
  return leaf.what === 'paragraph' ? escapeLineStarts(text) : text;
}

function findPart(parts: readonly Part[], id: string): Part | null {
  for (const part of parts) {
    if (part.kind === 'text') continue;
    if (part.id === id) return part;
    const within = part.kind === 'pair' ? findPart(part.parts, id) : null;
    if (within !== null) return within;
  }
  return null;
}

/** What stays as it is, but for the texts of pictures in it. */
function withInner({ source, start }: Extract<Part, { kind: 'single' }>, inner: readonly Spoken[]): string {
  let made = source;
  for (const { leaf, words } of inner.toReversed()) {
    const [from, to] = [leaf.start - start, leaf.end - start];
    if (from >= 0 && to <= source.length)
      made = made.slice(0, from) + printed(leaf, words, []) + made.slice(to);
  }
  return made;
}

const allPaired: ReadonlySet<string> = new Set(['*', '_', '~', '`', '[']);

function written(text: string, what: Leaf['what'], isLinked: boolean): string {
  const line = text.replaceAll(/\s+/g, (gap) => (gap.includes('\n') || gap === '\t' ? ' ' : gap));
  if (what === 'html') return line.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const escaped = escapeText(line, {
    care: 'light',
    paired: allPaired,
    linked: isLinked || what === 'picture',
  });
  return what === 'cell' ? escaped.replaceAll('|', '\\|') : escaped;
}
