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
}

export interface DomText {
  readonly type: 'text';
  readonly text: string;
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
): DomElement {
  const entries = Object.entries(attributes);
  return {
    type: 'element',
    tag,
    attributes: entries.length === 0 ? noAttributes : new Map(entries),
    children,
    start: -1,
    end: -1,
  };
}

export function text(value: string): DomText {
  return { type: 'text', text: value, start: -1, end: -1 };
}

/** All text below some nodes, as it stands. */
export function textOf(nodes: readonly DomNode[]): string {
  return nodes.map((node) => (isElement(node) ? textOf(node.children) : node.text)).join('');
}

/** Shared by all elements that have none. */
export const noAttributes: ReadonlyMap<string, string> = new Map();
