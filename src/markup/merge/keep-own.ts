import type { Block, Fingerprint } from '../meaning/body.ts';
import type { Canon, Cell, Item } from '../meaning/canon.ts';
import { fingerprintOfCopied, isCopyOf, storedBlocks, unlinked } from '../meaning/as-stored.ts';
import { blockOf } from '../read/drafts.ts';
import { keepRuns } from './keep-runs.ts';
import { keepCode } from './keep-code.ts';
import { type Comparable, lettersOf, pairUp, pairedWith } from './pair-up.ts';

/**
 * Blocks of a file with what the remote changed of those that it had made from them. What the remote cannot hold, such
 * as a struck word, an address of an odd scheme or a deep heading, stays. Each block knows the remote's own as its
 * twin, so that nothing is sent for it. `before` is what the remote held when both sides agreed. What `isMoved` tells to
 * come from elsewhere was not made from any of these.
 */
export function keepOwn(
  local: readonly Block[],
  before: readonly Fingerprint[],
  remote: readonly Block[],
  isMoved: (block: Block) => boolean = () => false,
): readonly Block[] {
  // The remote held all of it, so nothing is missing there but what was taken away.
  const isAll = before.length === local.length && local.every((one, at) => one.fingerprint === before[at]);
  if (isAll || !remote.every(({ content }) => content.length === 1)) return remote;
  const own = local.flatMap(({ content }) => content);
  const theirs = remote.flatMap(({ content }) => content);
  const owners = local.flatMap((block) => block.content.map(() => block));
  const moved = new Set(remote.flatMap((block, at) => (isMoved(block) ? [at] : [])));
  return byOwner(match(own, theirs, false, moved), owners, moved).flatMap(
    ({ block, parts }): readonly Block[] => {
      const twin = parts.flatMap((part) => part.theirs).flatMap((place) => remote.slice(place, place + 1));
      const [first] = twin;
      if (block === undefined || first === undefined) return twin;
      if (parts.every(({ isSame }) => isSame) && parts.length === block.content.length)
        return [{ ...block, twin }];
      const kept = parts.map((part): readonly Canon[] => {
        const found = part.theirs.flatMap((place) => theirs.slice(place, place + 1));
        const mine = own[part.own ?? -1];
        return mine === undefined ? found : part.isSame ? [mine] : keepBlock(mine, found, false);
      });
      const content = kept.flat();
      const isOdd = block.content.length === 1 && content.length > 1;
      if (content.length === 0 || isOdd) return twin;
      const made = blockOf(content, first.source, first.start, first.line);
      return twin.length === 1 && made.fingerprint === first.fingerprint ? twin : [{ ...made, twin }];
    },
  );
}

/** Matches of the parts of one block together, with what the remote has between them. */
function byOwner(
  matches: readonly Match[],
  owners: readonly Block[],
  moved: ReadonlySet<number>,
): readonly { readonly block: Block | undefined; readonly parts: readonly Match[] }[] {
  const groups: { readonly block: Block | undefined; readonly parts: Match[] }[] = [];
  for (const [at, one] of matches.entries()) {
    const last = groups.at(-1);
    const block = one.own === null ? undefined : owners[one.own];
    const isBetween =
      one.own === null &&
      !one.theirs.some((place) => moved.has(place)) &&
      last?.block !== undefined &&
      matches.slice(at + 1).some((next) => next.own !== null && owners[next.own] === last.block);
    if (last?.block !== undefined && (isBetween || block === last.block)) last.parts.push(one);
    else groups.push({ block, parts: [one] });
  }
  return groups;
}

/** What is sent for a changed block of a file that the remote holds as several. */
export function asStored(block: Block, remote: readonly Block[]): readonly Block[] | null {
  const content = block.content.flatMap((one) => storedBlocks(one));
  // One that is of the same kind there is compared with it word by word.
  const isKind = remote.length < 2 && content[0]?.kind === block.content[0]?.kind;
  if (remote.length === 0 || isKind || content.length !== remote.length) return null;
  return content.map((one, at) => {
    const there = remote[at];
    const isKept = there !== undefined && fingerprintOfCopied([one]) === fingerprintOfCopied(there.content);
    return isKept ? there : blockOf([one], block.source, block.start, block.line);
  });
}

/** `inCallout` tells that they are in a box of the remote, which holds no other. */
function keepBlocks(own: readonly Canon[], remote: readonly Canon[], inCallout: boolean): readonly Canon[] {
  return match(own, remote, inCallout).flatMap(({ own: at, theirs, isSame }): readonly Canon[] => {
    const block = at === null ? undefined : own[at];
    const found = theirs.flatMap((place) => remote.slice(place, place + 1));
    if (block === undefined) return found;
    return isSame ? [block] : keepBlock(block, found, inCallout);
  });
}

/** What the remote has in the place of one of the file's blocks, or what it has beside them. */
interface Match {
  readonly own: number | null;
  readonly theirs: readonly number[];
  /** Whether it is just what the remote made of the block. */
  readonly isSame: boolean;
}

function match(
  own: readonly Canon[],
  remote: readonly Canon[],
  inCallout: boolean,
  moved: ReadonlySet<number> = new Set(),
): readonly Match[] {
  const views = own.flatMap((block, of) => storedBlocks(block, inCallout).map((shown) => ({ of, shown })));
  const steps = pairUp(
    views.map(({ shown }) => comparable(shown)),
    remote.map((one, at) =>
      moved.has(at) ? { key: `moved ${String(at)}`, kind: 'moved', text: '' } : comparable(one),
    ),
  );
  const found: Match[] = [];
  // What came since a part of a block: it belongs into the block where another part follows.
  let since: number[] = [];
  const settle = (): void => {
    for (const place of since) found.push({ own: null, theirs: [place], isSame: false });
    since = [];
  };
  for (const { held, wanted, same } of steps) {
    const of = held === undefined ? undefined : views[held]?.of;
    if (of === undefined) {
      if (wanted !== undefined) since.push(wanted);
      continue;
    }
    const last = found.at(-1);
    const theirs = wanted === undefined ? [] : [wanted];
    if (last?.own === of && since.some((place) => moved.has(place))) {
      // It is between two parts of a block, which are two from now on.
      found[found.length - 1] = { ...last, isSame: false };
      settle();
      found.push({ own: of, theirs, isSame: false });
    } else if (last?.own === of) {
      found[found.length - 1] = {
        own: of,
        theirs: [...last.theirs, ...since, ...theirs],
        isSame: last.isSame && same && since.length === 0,
      };
      since = [];
    } else {
      settle();
      found.push({ own: of, theirs, isSame: same });
    }
  }
  settle();
  return found;
}

function comparable(block: Canon): Comparable {
  return { key: fingerprintOfCopied([block]), kind: block.kind, text: lettersOf([block]) };
}

function keepBlock(own: Canon, remote: readonly Canon[], inCallout: boolean): readonly Canon[] {
  const isOpen = (own.kind === 'element' && own.tag !== 'pre') || (inCallout && own.kind === 'callout');
  if (isOpen) {
    const found = own.kind === 'element' ? unlinked(remote, own) : remote;
    const blocks = keepBlocks(own.blocks, found, inCallout);
    return blocks.length === 0 ? [] : [{ ...own, blocks }];
  }
  const [theirs, ...rest] = remote;
  if (theirs === undefined) return [];
  if (own.kind === 'heading' && theirs.kind === 'heading') {
    // The pictures that follow a heading there are those in it.
    const pictures = storedBlocks(own).slice(1);
    const isSame =
      pictures.length === rest.length &&
      pictures.every((one, at) => fingerprintOfCopied([one]) === fingerprintOfCopied(rest.slice(at, at + 1)));
    if (!isSame) return remote;
    const isDeep =
      own.level > theirs.level &&
      storedBlocks(own).some((one) => one.kind === 'heading' && one.level === theirs.level);
    return [
      {
        ...theirs,
        level: isDeep ? own.level : theirs.level,
        attributes: own.attributes,
        runs: keepRuns(own.runs, theirs.runs, false),
      },
    ];
  }
  return rest.length > 0 ? remote : [keepOne(own, theirs, inCallout)];
}

function keepOne(own: Canon, theirs: Canon, inCallout: boolean): Canon {
  if (own.kind === 'paragraph' && theirs.kind === 'paragraph')
    return { ...theirs, attributes: own.attributes, runs: keepRuns(own.runs, theirs.runs, true) };
  if (own.kind === 'button' && theirs.kind === 'button')
    return { ...theirs, runs: keepRuns(own.runs, theirs.runs, true) };
  if (own.kind === 'image' && theirs.kind === 'image') {
    const isCopy = isCopyOf(theirs.image.ref, own.image.ref);
    const [shown] = storedBlocks(own);
    const isWide = shown?.kind === 'image' && shown.image.width === theirs.image.width;
    const { ref, width } = own.image;
    return {
      ...theirs,
      image: { ...theirs.image, ...(isCopy ? { ref } : {}), ...(isWide ? { width } : {}) },
    };
  }
  if (own.kind === 'list' && theirs.kind === 'list')
    return { ...theirs, items: keepItems(own.items, theirs.items, inCallout) };
  if (own.kind === 'callout' && theirs.kind === 'callout')
    return { ...theirs, blocks: keepBlocks(own.blocks, theirs.blocks, true) };
  if (own.kind === 'section' && theirs.kind === 'section')
    return {
      ...theirs,
      summary: keepBlocks(own.summary, theirs.summary, inCallout),
      blocks: keepBlocks(own.blocks, theirs.blocks, inCallout),
    };
  if (own.kind === 'table' && theirs.kind === 'table') {
    const rowOf = pairedWith(own.rows.map(rowKey), theirs.rows.map(rowKey));
    return {
      ...theirs,
      rows: theirs.rows.map((row, at) => {
        const before = own.rows[rowOf.get(at) ?? -1];
        // With a column that came or went, a cell stands for another one.
        return before?.length !== row.length
          ? row
          : row.map((cell, column) => ({
              ...cell,
              blocks: keepBlocks(before[column]?.blocks ?? [], cell.blocks, inCallout),
            }));
      }),
    };
  }
  if (own.kind === 'element' && theirs.kind === 'code') return keepCode(own, theirs) ?? theirs;
  return theirs;
}

function keepItems(own: readonly Item[], theirs: readonly Item[], inCallout: boolean): readonly Item[] {
  const keyOf = (blocks: readonly Canon[]): Comparable => ({
    key: fingerprintOfCopied(blocks),
    kind: '',
    text: lettersOf(blocks),
  });
  const shown = own.map(({ blocks }) => keyOf(blocks.flatMap((block) => storedBlocks(block, inCallout))));
  const itemOf = pairedWith(
    shown,
    theirs.map(({ blocks }) => keyOf(blocks)),
  );
  return theirs.map((item, at) => {
    const before = own[itemOf.get(at) ?? -1];
    return before === undefined
      ? item
      : { ...item, blocks: keepBlocks(before.blocks, item.blocks, inCallout) };
  });
}

function rowKey(row: readonly Cell[]): Comparable {
  const cells = row.map((cell) => ({
    ...cell,
    style: null,
    blocks: cell.blocks.flatMap((one) => storedBlocks(one)),
  }));
  const key = fingerprintOfCopied([{ kind: 'table', header: null, rows: [cells] }]);
  return { key, kind: '', text: lettersOf(row.flatMap(({ blocks }) => blocks)) };
}
