/** What both readers build before the meaning is taken out of it. */
export type DomNode = DomElement | DomText;

export interface DomElement {
  readonly type: 'element';
  readonly tag: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly DomNode[];
  /** Where its slice is in the HTML it was parsed from; -1 when it was not parsed, or has no tag there. */
  readonly start: number;
  readonly end: number;
  /** Whether a Markdown text has it as a tag. */
  readonly raw?: boolean;
}

export interface DomText {
  readonly type: 'text';
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** How the text between these places spells it; HTML where it is not said. */
  readonly spelled?: Spelled;
}

/** Text with Markdown's escapes, text with HTML's only, or lines of code, which know no escapes. */
export type Spelled = 'markdown' | 'html' | 'code';

/** A stretch of a source. */
export interface Placed {
  readonly start: number;
  readonly end: number;
}

export function isElement(node: DomNode): node is DomElement {
  return node.type === 'element';
}

export function element(
  tag: string,
  attributes: Readonly<Record<string, string>>,
  children: readonly DomNode[],
  { start, end }: Placed = nowhere,
): DomElement {
  const entries = Object.entries(attributes);
  return {
    type: 'element',
    tag,
    attributes: entries.length === 0 ? noAttributes : new Map(entries),
    children,
    start,
    end,
  };
}

export function text(value: string, { start, end }: Placed = nowhere, spelled?: Spelled): DomText {
  return { type: 'text', text: value, start, end, ...(spelled === undefined ? {} : { spelled }) };
}

const nowhere: Placed = { start: -1, end: -1 };

/** All text below some nodes, as it is. */
export function textOf(nodes: readonly DomNode[]): string {
  return nodes.map((node) => (isElement(node) ? textOf(node.children) : node.text)).join('');
}

/** Shared by all elements that have none. */
export const noAttributes: ReadonlyMap<string, string> = new Map();
