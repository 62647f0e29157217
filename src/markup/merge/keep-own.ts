import type { Block, Fingerprint } from '../meaning/body.ts';
import type { Canon, Cell, Item } from '../meaning/canon.ts';
import { fingerprintOfCopied, isCopyOf, storedBlocks } from '../meaning/as-stored.ts';
import { fingerprintOf } from '../meaning/fingerprint.ts';
import { blockOf } from '../read/drafts.ts';
import { keepRuns } from './keep-runs.ts';
import { type Comparable, lettersOf, pairUp, pairedWith } from './pair-up.ts';

/**
 * Blocks of a file with what the remote changed of those that it had made from them. What the remote cannot hold, such
 * as a struck word, an address of an odd scheme or a deep heading, stays. Each block knows the remote's own as its
 * twin, so that nothing is sent for it. `before` is what the remote held when both sides agreed.
 */
export function keepOwn(
  local: readonly Block[],
  before: readonly Fingerprint[],
  remote: readonly Block[],
): readonly Block[] {
  // The remote held all of it, so nothing is missing there but what was taken away.
  const isAll = before.length === local.length && local.every((one, at) => one.fingerprint === before[at]);
  if (isAll || !remote.every(({ content }) => content.length === 1)) return remote;
  const own = local.flatMap(({ content }) => content);
  const theirs = remote.flatMap(({ content }) => content);
  const owners = local.flatMap((block) => block.content.map(() => block));
  return byOwner(match(own, theirs), owners).flatMap(({ block, parts }): readonly Block[] => {
    const twin = parts.flatMap((part) => part.theirs).flatMap((place) => remote.slice(place, place + 1));
    const [first] = twin;
    if (block === undefined || first === undefined) return twin;
    if (parts.every(({ isSame }) => isSame) && parts.length === block.content.length)
      return [{ ...block, twin }];
    const kept = parts.map((part): readonly Canon[] => {
      const found = part.theirs.flatMap((place) => theirs.slice(place, place + 1));
      const mine = own[part.own ?? -1];
      return mine === undefined ? found : part.isSame ? [mine] : keepBlock(mine, found);
    });
    const content = kept.flat();
    const isOdd = block.content.length === 1 && content.length > 1;
    if (content.length === 0 || isOdd) return twin;
    const made = blockOf(content, first.source, first.start, first.line);
    return twin.length === 1 && made.fingerprint === first.fingerprint ? twin : [{ ...made, twin }];
  });
}

/** Matches of the parts of one block together, with what the remote has between them. */
function byOwner(
  matches: readonly Match[],
  owners: readonly Block[],
): readonly { readonly block: Block | undefined; readonly parts: readonly Match[] }[] {
  const groups: { readonly block: Block | undefined; readonly parts: Match[] }[] = [];
  for (const [at, one] of matches.entries()) {
    const last = groups.at(-1);
    const block = one.own === null ? undefined : owners[one.own];
    const isBetween =
      one.own === null &&
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
  if (remote.length < 2 || content.length !== remote.length) return null;
  return content.map((one, at) => {
    const there = remote[at];
    const isKept = there !== undefined && fingerprintOfCopied([one]) === fingerprintOfCopied(there.content);
    return isKept ? there : blockOf([one], block.source, block.start, block.line);
  });
}

function keepBlocks(own: readonly Canon[], remote: readonly Canon[]): readonly Canon[] {
  return match(own, remote).flatMap(({ own: at, theirs, isSame }): readonly Canon[] => {
    const block = at === null ? undefined : own[at];
    const found = theirs.flatMap((place) => remote.slice(place, place + 1));
    if (block === undefined) return found;
    return isSame ? [block] : keepBlock(block, found);
  });
}

/** What the remote has in the place of one of the file's blocks, or what it has beside them. */
interface Match {
  readonly own: number | null;
  readonly theirs: readonly number[];
  /** Whether it is just what the remote made of the block. */
  readonly isSame: boolean;
}

function match(own: readonly Canon[], remote: readonly Canon[]): readonly Match[] {
  const views = own.flatMap((block, of) => storedBlocks(block).map((shown) => ({ of, shown })));
  const steps = pairUp(
    views.map(({ shown }) => comparable(shown)),
    remote.map(comparable),
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
    if (last?.own === of) {
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

function keepBlock(own: Canon, remote: readonly Canon[]): readonly Canon[] {
  if (own.kind === 'element' && own.tag !== 'pre') {
    const blocks = keepBlocks(own.blocks, remote);
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
  return rest.length > 0 ? remote : [keepOne(own, theirs)];
}

function keepOne(own: Canon, theirs: Canon): Canon {
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
    return { ...theirs, items: keepItems(own.items, theirs.items) };
  if (own.kind === 'callout' && theirs.kind === 'callout')
    return { ...theirs, blocks: keepBlocks(own.blocks, theirs.blocks) };
  if (own.kind === 'section' && theirs.kind === 'section')
    return {
      ...theirs,
      summary: keepBlocks(own.summary, theirs.summary),
      blocks: keepBlocks(own.blocks, theirs.blocks),
    };
  if (own.kind === 'table' && theirs.kind === 'table') {
    const [rowOf, size] = [pairedWith(own.rows.map(rowKey), theirs.rows.map(rowKey)), own.rows[0]?.length];
    if (theirs.rows.some((row) => row.length !== size)) return theirs;
    return {
      ...theirs,
      rows: theirs.rows.map((row, at) => {
        const before = own.rows[rowOf.get(at) ?? -1];
        return before === undefined
          ? row
          : row.map((cell, column) => ({
              ...cell,
              blocks: keepBlocks(before[column]?.blocks ?? [], cell.blocks),
            }));
      }),
    };
  }
  if (own.kind === 'element' && theirs.kind === 'code') {
    const [shown] = storedBlocks(own);
    return shown !== undefined && fingerprintOf([shown]) === fingerprintOf([theirs]) ? own : theirs;
  }
  return theirs;
}

function keepItems(own: readonly Item[], theirs: readonly Item[]): readonly Item[] {
  const keyOf = (blocks: readonly Canon[]): Comparable => ({
    key: fingerprintOfCopied(blocks),
    kind: '',
    text: lettersOf(blocks),
  });
  const shown = own.map(({ blocks }) => keyOf(blocks.flatMap((block) => storedBlocks(block))));
  const itemOf = pairedWith(
    shown,
    theirs.map(({ blocks }) => keyOf(blocks)),
  );
  return theirs.map((item, at) => {
    const before = own[itemOf.get(at) ?? -1];
    return before === undefined ? item : { ...item, blocks: keepBlocks(before.blocks, item.blocks) };
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
