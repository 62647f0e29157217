import type { BoxHead } from './boxes.ts';

/** A stretch of one line that belongs to a block, with the spaces that a tab cut in two stands for. */
export interface Segment {
  readonly start: number;
  readonly end: number;
  readonly pad: number;
}

export type BlockType =
  | 'document'
  | 'quote'
  | 'box'
  | 'list'
  | 'item'
  | 'footnote'
  | 'paragraph'
  | 'heading'
  | 'code'
  | 'html'
  | 'rule'
  | 'table';

export interface ListMark {
  readonly ordered: boolean;
  /** `-`, `*` or `+`, or what comes after the number. */
  readonly sign: string;
  readonly first: number;
  /** Columns before the mark, and from the mark to the content. */
  readonly offset: number;
  readonly padding: number;
}

/** A block while its lines are still being read. */
export class BlockNode {
  readonly type: BlockType;
  readonly start: number;
  end: number;
  readonly depth: number;
  readonly parent: BlockNode | null;
  children: BlockNode[] = [];
  segments: Segment[] = [];
  open = true;
  /** Of a heading. */
  level = 0;
  /** Of a list and its items. */
  mark: ListMark | null = null;
  /** Of fenced code: sign, length, indentation; `null` when it is code by indentation. */
  fence: { readonly sign: string; readonly length: number; readonly offset: number } | null = null;
  info = '';
  /** Kind of an HTML block, 1 to 7. */
  htmlKind = 0;
  /** Of a table. */
  aligns: readonly ('left' | 'center' | 'right' | null)[] = [];
  /** Of a box; its title is its one segment. */
  box: BoxHead | null = null;
  /** Of a footnote. */
  label = '';

  constructor(type: BlockType, start: number, parent: BlockNode | null) {
    this.type = type;
    this.start = start;
    this.end = start;
    this.parent = parent;
    this.depth = parent === null ? 0 : parent.depth + 1;
  }
}
