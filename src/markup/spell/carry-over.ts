import type { Canon, Cell, Item, Run, Table } from '../meaning/canon.ts';
import { fingerprintOf } from '../meaning/fingerprint.ts';

/**
 * Gives new content what only Markdown can hold and the old content in its place had: the language of code,
 * the first number of a list, task boxes, titles, and whether a grey box was a quotation.
 */
export function carryMarkdownOnly(old: readonly Canon[], fresh: readonly Canon[]): readonly Canon[] {
  if (old.length !== fresh.length) return fresh;
  return fresh.map((block, at) => {
    const before = old[at];
    return before === undefined ? block : carryOne(before, block);
  });
}

/** Gives new content what only the remote can hold: ids of headings and styles of cells. */
export function carryRemoteOnly(old: readonly Canon[], fresh: readonly Canon[]): readonly Canon[] {
  if (old.length !== fresh.length) return fresh;
  return fresh.map((block, at): Canon => {
    const before = old[at];
    if (before?.kind === 'heading' && block.kind === 'heading')
      return { ...block, id: block.id ?? before.id };
    if (before?.kind === 'table' && block.kind === 'table') return withStyles(before, block);
    if (before?.kind === 'section' && block.kind === 'section') {
      const summary = carryRemoteOnly(before.summary, block.summary);
      return { ...block, summary, blocks: carryRemoteOnly(before.blocks, block.blocks) };
    }
    if (before?.kind === 'callout' && block.kind === 'callout') {
      return { ...block, blocks: carryRemoteOnly(before.blocks, block.blocks) };
    }
    return block;
  });
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
    case 'element':
      return fresh;
  }
}

/** Boxes go with items that are unchanged, or stand in the same place of a list as long as before. */
function carryItems(old: readonly Item[], fresh: readonly Item[]): readonly Item[] {
  const known = new Map(old.map((item) => [fingerprintOf(item.blocks), item]));
  return fresh.map((item, at) => {
    const before =
      known.get(fingerprintOf(item.blocks)) ?? (old.length === fresh.length ? old[at] : undefined);
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
  const columns = old.rows[0]?.length ?? 0;
  if (fresh.rows.some((row) => row.length !== columns) || old.header !== fresh.header) return fresh;
  const rows = fresh.rows.map((row, at) => {
    // A new row looks like the last one, but never like the head.
    const like = old.rows[at] ?? (old.rows.length > 1 ? old.rows.at(-1) : undefined) ?? [];
    return row.map((cell, column): Cell => {
      const before = like[column];
      return before === undefined || before.tint !== cell.tint ? cell : { ...cell, style: before.style };
    });
  });
  return { ...fresh, rows };
}
