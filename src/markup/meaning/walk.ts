import type { Canon, Heading } from './canon.ts';

/** Visits every heading of some blocks, wherever it is, in order. */
export function headingsIn(content: readonly Canon[]): readonly Heading[] {
  const found: Heading[] = [];
  const visit = (blocks: readonly Canon[]): void => {
    for (const canon of blocks) {
      if (canon.kind === 'heading') found.push(canon);
      else if (canon.kind !== 'paragraph') visit(childrenOf(canon));
    }
  };
  visit(content);
  return found;
}

/** The blocks within a block, in order. */
export function childrenOf(canon: Canon): readonly Canon[] {
  switch (canon.kind) {
    case 'list':
      return canon.items.flatMap(({ blocks }) => blocks);
    case 'table':
      return canon.rows.flatMap((row) => row.flatMap(({ blocks }) => blocks));
    case 'callout':
    case 'element':
      return canon.blocks;
    case 'section':
      return [...canon.summary, ...canon.blocks];
    case 'paragraph':
    case 'heading':
    case 'image':
    case 'code':
    case 'rule':
    case 'video':
    case 'button':
      return [];
  }
}

/** Tells whether a reader would see anything of a block; Intercom refuses a list of items of which nothing shows. */
export function showsSomething(canon: Canon): boolean {
  switch (canon.kind) {
    case 'paragraph':
    case 'heading':
      return canon.runs.some((run) => run.kind === 'image' || (run.kind === 'text' && isVisible(run.text)));
    case 'code':
      return isVisible(canon.text);
    case 'image':
    case 'rule':
    case 'video':
    case 'button':
      return true;
    case 'list':
    case 'table':
    case 'callout':
    case 'section':
    case 'element':
      return childrenOf(canon).some(showsSomething);
  }
}

function isVisible(text: string): boolean {
  return /[^ \t\r\n\f]/u.test(text);
}

/** Rebuilds a block with other blocks inside. */
export function withChildren(canon: Canon, change: (blocks: readonly Canon[]) => readonly Canon[]): Canon {
  switch (canon.kind) {
    case 'list':
      return { ...canon, items: canon.items.map((item) => ({ ...item, blocks: change(item.blocks) })) };
    case 'table':
      return {
        ...canon,
        rows: canon.rows.map((row) => row.map((cell) => ({ ...cell, blocks: change(cell.blocks) }))),
      };
    case 'callout':
    case 'element':
      return { ...canon, blocks: change(canon.blocks) };
    case 'section':
      return { ...canon, summary: change(canon.summary), blocks: change(canon.blocks) };
    case 'paragraph':
    case 'heading':
    case 'image':
    case 'code':
    case 'rule':
    case 'video':
    case 'button':
      return canon;
  }
}

/** Moves all headings by some levels, within 1 to 6. */
export function shiftHeadings(content: readonly Canon[], by: number): readonly Canon[] {
  if (by === 0 || headingsIn(content).length === 0) return content;
  return content.map((canon) =>
    canon.kind === 'heading'
      ? { ...canon, level: Math.min(6, Math.max(1, canon.level + by)) }
      : withChildren(canon, (blocks) => shiftHeadings(blocks, by)),
  );
}
