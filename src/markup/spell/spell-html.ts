import { hash } from 'node:crypto';
import type { Block, Body } from '../meaning/body.ts';
import type { Canon } from '../meaning/canon.ts';
import { carryRemoteOnly } from './carry-over.ts';
import { type HtmlStyle, printHtml } from '../print/print-html.ts';
import { readHtml } from '../read/read-html.ts';
import type { Refs } from '../meaning/refs.ts';
import { plainText } from '../html/runs.ts';
import { Slugs } from '../meaning/slug.ts';
import { type Wanted, stepsTo, wantedBlocks } from './steps.ts';
import { childrenOf, headingsIn, shiftHeadings, withChildren } from '../meaning/walk.ts';
import { fingerprintOf } from '../meaning/fingerprint.ts';
import { levels } from '../splice/edit.ts';
import { openSplicer } from '../splice/splicer.ts';

/**
 * Spells the HTML for a remote that holds `current` so that it means `target`, blocks of either format. Unchanged
 * blocks are the remote's own slices, headings that survive keep their ids, and nothing is between blocks
 * but the empty paragraphs that the remote has there, and those between blocks that are new where `isSpaced` says so.
 */
export function spellHtml(
  current: Body,
  target: readonly Block[],
  refs: Refs,
  isSpaced = isSpacedOut(current) ?? false,
): string {
  const wanted = wantedBlocks(target.flatMap((block) => block.twin ?? [block]));
  const { named: pieces, ids } = nameHeadings(piecesOf(current, wanted, refs, isSpaced));
  const known = nameHeadings(current.blocks).ids;
  const keepsHeading = pieces.some(
    ({ slice, held, content }) => (slice !== null || held !== null) && headingsIn(content).length > 0,
  );
  const shift = keepsHeading ? current.topLevel - 1 : 0;
  const style: HtmlStyle = { refs, dialect: 'intercom', shift, ids };
  const splicer = openSplicer(current, refs, { ...style, shift: 0 });
  const keepsLinks = ({ content }: Piece): boolean =>
    fragmentsOf(content).every((slug) => ids.get(slug) === known.get(slug));
  const textOf = (piece: Piece, way: number): string => {
    const { slice, content, held } = piece;
    if (slice !== null && keepsLinks(piece)) return slice;
    const level = levels[way];
    const isKept = slice === null && held !== null && level !== undefined && keepsLinks(piece);
    const spliced = isKept ? splicer(held, shiftHeadings(content, shift), level) : null;
    return spliced ?? printHtml(content, style);
  };
  const tail = current.blocks.length === 0 ? '' : (spacersOf(current).at(-1) ?? '');
  const expected = pieces.map(({ content }) => fingerprintOf(content));
  const texts = pieces.map((piece) => ({ way: 0, text: textOf(piece, 0) }));
  for (;;) {
    const spelled = pieces.map(({ spacers }, at) => spacers + (texts[at]?.text ?? '')).join('') + tail;
    // A reprinted block means what it was made from; only its neighbours can change that.
    if (pieces.every(({ slice, held }) => slice === null && held === null)) return spelled;
    const meant = readHtml(spelled, refs).blocks;
    const isRight = (at: number): boolean => meant[at]?.fingerprint === expected[at];
    if (meant.length === expected.length && expected.every((_, at) => isRight(at))) return spelled;
    let isTried = false;
    for (const [at, one] of texts.entries()) {
      const piece = pieces[at];
      if (
        piece === undefined ||
        one.way >= levels.length ||
        (meant.length === expected.length && isRight(at))
      )
        continue;
      let { way, text } = one;
      while (way < levels.length && text === one.text) text = textOf(piece, ++way);
      texts[at] = { way, text };
      isTried ||= text !== one.text;
    }
    if (!isTried) break;
  }
  // What cannot be spelled so that it is read as meant is no reason to touch the others.
  const isAlone = (text: string, at: number): boolean => {
    const [one, ...others] = readHtml(text, refs).blocks;
    return others.length === 0 && one?.fingerprint === expected[at];
  };
  const nearest = pieces.map(({ spacers, content }, at) => {
    const text = texts[at]?.text ?? '';
    return spacers + (isAlone(text, at) ? text : printHtml(content, style));
  });
  const spelled = nearest.join('') + tail;
  if (readHtml(spelled, refs).blocks.length === expected.length) return spelled;
  return pieces.map(({ content }) => printHtml(content, { ...style, shift: 0 })).join('');
}

const unsafeCodes: ReadonlySet<string> = new Set([
  'UNSAFE_HTML',
  'UNSAFE_ADDRESS',
  'IMAGE_DATA',
  'FORM_REMOVED',
]);

interface Piece {
  readonly content: readonly Canon[];
  /** The remote's own HTML when the block is unchanged. */
  readonly slice: string | null;
  /** The block that is there now when its words may be changed in place. */
  readonly held: Block | null;
  /** Empty paragraphs before it. */
  readonly spacers: string;
}

/** Whether empty paragraphs separate most blocks of a body; null where it has no two of them. */
export function isSpacedOut(body: Body): boolean | null {
  const joints = spacersOf(body).slice(1, -1);
  return joints.length === 0 ? null : joints.filter((one) => one !== '').length * 2 > joints.length;
}

function piecesOf(current: Body, wanted: readonly Wanted[], refs: Refs, isSpaced: boolean): readonly Piece[] {
  // A slice with anything in it that could run is never sent back.
  const isSafe = ({ source }: Block): boolean =>
    !isSuspect || !readHtml(source, refs).findings.some(({ code }) => unsafeCodes.has(code));
  const isSuspect = current.findings.some(({ code }) => unsafeCodes.has(code));
  const spacersAt = spacersOf(current);
  const usual = isSpaced ? '<p class="no-margin"></p>' : '';
  const byMeaning = new Map(current.blocks.map((block) => [block.fingerprint, block]));
  const steps = stepsTo(current.blocks, wanted);
  // What goes from one place and comes at another has moved, with the space before it.
  const gone = new Map(
    steps.flatMap(({ held, wanted: one }) =>
      held === undefined || held === 0 || one !== undefined
        ? []
        : [[current.blocks[held]?.fingerprint, held]],
    ),
  );
  let isFirst = true;
  return steps.flatMap(({ held, wanted: one, same }): readonly Piece[] => {
    if (one === undefined) return [];
    const before = held === undefined ? undefined : current.blocks[held];
    const from = held ?? gone.get(one.fingerprint);
    // What was at the head of the body stays there, and needs no space before it.
    const isNew = from === undefined || (from === 0) !== isFirst;
    const spacers = isNew ? (isFirst ? '' : usual) : (spacersAt[from] ?? '');
    isFirst = false;
    const own = same ? before : byMeaning.get(one.fingerprint);
    if (own !== undefined && own.type !== 'refused') {
      return [{ content: own.content, slice: isSafe(own) ? own.source : null, spacers, held: null }];
    }
    if (before?.type !== one.type) return [{ content: one.content, slice: null, spacers, held: null }];
    const carried = carryRemoteOnly(before.content, one.content);
    // Where nothing but the address of a picture differs, it may be another picture of the same name.
    const content = fingerprintOf(carried) === before.fingerprint ? one.content : carried;
    return [{ content, slice: null, spacers, held: isSafe(before) ? before : null }];
  });
}

/** What comes before each block and after the last: empty paragraphs and comments. White space would become more of them. */
function spacersOf({ text, blocks }: Body): readonly string[] {
  const ends = [...blocks.map(({ start }) => start), text.length];
  return ends.map((end, at) =>
    (text.slice(blocks[at - 1]?.end ?? 0, end).match(/<!--[^]*?-->|<p(?:\s[^<>]*)?>\s*<\/p>/giu) ?? [])
      .map((one) => (one.startsWith('<!') ? one : one.replace(/>\s+</u, '><')))
      .join(''),
  );
}

/**
 * Gives every heading that is linked to an id, and finds out by which id each fragment goes. A heading whose id is
 * taken by one before it, such as the second copy of a block, gets none.
 */
function nameHeadings<Held extends { readonly content: readonly Canon[] }>(
  pieces: readonly Held[],
): { readonly named: readonly Held[]; readonly ids: ReadonlyMap<string, string> } {
  const linked = new Set(pieces.flatMap(({ content }) => fragmentsOf(content)));
  const slugs = new Slugs();
  const ids = new Map<string, string>();
  const taken = new Set<string>();
  const name = (content: readonly Canon[]): readonly Canon[] =>
    content.map((block): Canon => {
      if (block.kind !== 'heading') return withChildren(block, name);
      // Where nothing leads to a heading, nobody asks for its fragment.
      const slug = linked.size === 0 ? '' : slugs.next(plainText(block.runs));
      const made = linked.has(slug) ? `h_${hash('sha256', slug, 'hex').slice(0, 10)}` : null;
      const id = block.id !== null && !taken.has(block.id) ? block.id : made;
      if (id !== null) {
        ids.set(slug, id);
        taken.add(id);
      }
      return id === block.id ? block : { ...block, id };
    });
  const named = pieces.map((piece) =>
    headingsIn(piece.content).length === 0 ? piece : { ...piece, content: name(piece.content) },
  );
  return { named, ids };
}

/** The headings of the same body that some blocks link to. */
function fragmentsOf(content: readonly Canon[]): readonly string[] {
  return content.flatMap((block): readonly string[] => {
    const runs = 'runs' in block ? block.runs : [];
    const refs = [
      ...runs.flatMap(({ link }) => (link === null ? [] : [link.ref])),
      ...(block.kind === 'button' ? [block.ref] : []),
      ...(block.kind === 'image' && block.image.link !== null ? [block.image.link.ref] : []),
    ];
    return [
      ...refs.filter((ref) => ref.startsWith('#')).map((ref) => ref.slice(1)),
      ...fragmentsOf(childrenOf(block)),
    ];
  });
}
