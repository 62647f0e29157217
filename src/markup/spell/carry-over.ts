import type { Canon, Cell, Item, Run, Table } from '../meaning/canon.ts';
import { backgroundOf } from '../meaning/colors.ts';
import { boxed, fingerprintOfCopied, isCopyOf, storedBlocks } from '../meaning/as-stored.ts';
import { type Comparable, lettersOf, pairedWith } from '../merge/pair-up.ts';
import { carryEdges } from './carry-edges.ts';

/**
 * Gives new content what only Markdown can hold and the old content in its place had: the language of code,
 * the first number of a list, task boxes, titles, and whether a grey box was a quotation.
 */
export function carryMarkdownOnly(old: readonly Canon[], fresh: readonly Canon[]): readonly Canon[] {
  const places = pairedWith(old.map(comparable), fresh.map(comparable));
  return fresh.map((block, at) => {
    const before = old[places.get(at) ?? -1];
    return before === undefined ? block : carryOne(before, block);
  });
}

/**
 * Gives new content what only the remote can hold: ids of headings, styles of cells, and the addresses of the copies
 * that it made of pictures.
 */
export function carryRemoteOnly(
  old: readonly Canon[],
  fresh: readonly Canon[],
  inCallout = false,
): readonly Canon[] {
  const shown = laidOpen(old, fresh, inCallout);
  const places = pairedWith(old.map(comparable), shown.map(comparable));
  return shown.map((block, at): Canon => {
    const before = old[places.get(at) ?? -1];
    return before === undefined ? block : carryRemote(before, block, inCallout);
  });
}

/** Blocks out of the boxes that the remote does not have around them, so that each meets what stands for it. */
function laidOpen(old: readonly Canon[], fresh: readonly Canon[], inCallout: boolean): readonly Canon[] {
  return fresh.flatMap((block): readonly Canon[] => {
    if (block.kind === 'element' && !old.some((one) => one.kind === 'element' && one.tag === block.tag))
      return block.tag === 'pre' ? storedBlocks(block) : laidOpen(old, boxed(block), inCallout);
    const isInner = inCallout && block.kind === 'callout' && !old.some(({ kind }) => kind === 'callout');
    return isInner ? laidOpen(old, block.blocks, true) : [block];
  });
}

function carryRemote(before: Canon, block: Canon, inCallout: boolean): Canon {
  if (before.kind === 'heading' && block.kind === 'heading')
    return { ...block, id: block.id ?? before.id, runs: carryEdges(before.runs, block.runs) };
  if (before.kind === 'paragraph' && block.kind === 'paragraph')
    return { ...block, runs: carryEdges(before.runs, block.runs) };
  if (before.kind === 'image' && block.kind === 'image') {
    const isCopy = isCopyOf(before.image.ref, block.image.ref);
    return isCopy ? { ...block, image: { ...block.image, ref: before.image.ref } } : block;
  }
  if (before.kind === 'table' && block.kind === 'table') return withStyles(before, block);
  if (before.kind === 'list' && block.kind === 'list') {
    const places = pairedWith(before.items.map(itemKey), block.items.map(itemKey));
    const items = block.items.map((item, at) => {
      const held = before.items[places.get(at) ?? -1];
      return held === undefined
        ? item
        : { ...item, blocks: carryRemoteOnly(held.blocks, item.blocks, inCallout) };
    });
    return { ...block, items };
  }
  if (before.kind === 'section' && block.kind === 'section') {
    const summary = carryRemoteOnly(before.summary, block.summary, inCallout);
    return { ...block, summary, blocks: carryRemoteOnly(before.blocks, block.blocks, inCallout) };
  }
  if (before.kind === 'callout' && block.kind === 'callout')
    return { ...block, blocks: carryRemoteOnly(before.blocks, block.blocks, true) };
  if (before.kind === 'element' && block.kind === 'element')
    return { ...block, blocks: carryRemoteOnly(before.blocks, block.blocks, inCallout) };
  return block;
}

function comparable(block: Canon): Comparable {
  return { key: fingerprintOfCopied([block]), kind: block.kind, text: lettersOf([block]) };
}

function itemKey({ blocks }: Item): Comparable {
  return { key: fingerprintOfCopied(blocks), kind: '', text: lettersOf(blocks) };
}

function rowKey(row: readonly Cell[]): Comparable {
  const key = fingerprintOfCopied([{ kind: 'table', header: null, rows: [row] }]);
  return { key, kind: '', text: lettersOf(row.flatMap(({ blocks }) => blocks)) };
}

function carryOne(old: Canon, fresh: Canon): Canon {
  switch (fresh.kind) {
    case 'code':
      return old.kind === 'code' ? { ...fresh, language: fresh.language ?? old.language } : fresh;
    case 'list':
      if (old.kind !== 'list' || old.ordered !== fresh.ordered) return fresh;
      return {
        ...fresh,
        start: fresh.start === 1 ? old.start : fresh.start,
        items: carryItems(old.items, fresh.items),
      };
    case 'callout':
      if (old.kind !== 'callout' || old.color !== fresh.color) return fresh;
      return { ...fresh, quote: old.quote, blocks: carryMarkdownOnly(old.blocks, fresh.blocks) };
    case 'section':
      return old.kind === 'section'
        ? { ...fresh, blocks: carryMarkdownOnly(old.blocks, fresh.blocks) }
        : fresh;
    case 'element':
      return old.kind === 'element'
        ? { ...fresh, blocks: carryMarkdownOnly(old.blocks, fresh.blocks) }
        : fresh;
    case 'image': {
      if (old.kind !== 'image' || old.image.ref !== fresh.image.ref) return fresh;
      return { ...fresh, image: { ...fresh.image, title: fresh.image.title ?? old.image.title } };
    }
    case 'paragraph':
    case 'heading':
      return old.kind === fresh.kind ? { ...fresh, runs: carryTitles(old.runs, fresh.runs) } : fresh;
    case 'table':
    case 'rule':
    case 'video':
    case 'button':
      return fresh;
  }
}

/** A box goes with its item. */
function carryItems(old: readonly Item[], fresh: readonly Item[]): readonly Item[] {
  const places = pairedWith(old.map(itemKey), fresh.map(itemKey));
  return fresh.map((item, at) => {
    const before = old[places.get(at) ?? -1];
    if (before === undefined) return item;
    return { checked: item.checked ?? before.checked, blocks: carryMarkdownOnly(before.blocks, item.blocks) };
  });
}

function carryTitles(old: readonly Run[], fresh: readonly Run[]): readonly Run[] {
  const titles = new Map(
    old.flatMap(({ link }) => (link === null || link.title === null ? [] : [[link.ref, link.title]])),
  );
  if (titles.size === 0) return fresh;
  return fresh.map((run) => {
    const title = run.link === null ? undefined : titles.get(run.link.ref);
    if (run.link === null || run.link.title !== null || title === undefined) return run;
    return { ...run, link: { ...run.link, title } };
  });
}

function withStyles(old: Table, fresh: Table): Table {
  const places = pairedWith(old.rows.map(rowKey), fresh.rows.map(rowKey));
  const isHeaderSame = old.header === fresh.header;
  // A table that has no shade gets none.
  const isBare = old.rows[0]?.every(({ style }) => backgroundOf(style ?? '') === null) ?? false;
  const rows = fresh.rows.map((row, at) => {
    const before = old.rows[places.get(at) ?? -1];
    // A new row looks like the last one, but never like the head.
    const like = before ?? (old.rows.length > 1 ? old.rows.at(-1) : undefined) ?? [];
    return row.map((cell, column): Cell => {
      const was = like[column];
      const none = at === 0 && isHeaderSame && isBare && cell.tint === null ? '' : cell.style;
      if (was === undefined) return { ...cell, style: none };
      const blocks = before === undefined ? cell.blocks : carryRemoteOnly(was.blocks, cell.blocks);
      const isStyled = isHeaderSame && was.tint === cell.tint;
      return { ...cell, blocks, style: isStyled ? (was.style ?? '') : none };
    });
  });
  return { ...fresh, rows };
}
