import type { Alignment, Attributes } from '../meaning/canon.ts';
import type { DomElement, DomNode } from './dom.ts';
import type { Refs } from '../meaning/refs.ts';

/** What taking the meaning out of a tree needs besides the tree, and where it reports what it meets. */
export interface Reading {
  readonly refs: Refs;
  /** From the remote's heading ids to the fragments that the same headings have in Markdown. */
  readonly slugs: ReadonlyMap<string, string>;
  readonly report: (code: FindingCode, node: DomElement, detail?: string) => void;
  /**
   * Called with everything that is made, from the inside out, by whoever wants to know what it was made from: a block, the
   * blocks of an item or of a cell. `piece` counts blocks that were made from one line of nodes.
   */
  readonly place?: (made: object, nodes: readonly DomNode[], piece?: number) => void;
}

/** Where some content is, as far as that decides what it means. */
export interface Setting {
  /** Alignment of the box around it. */
  readonly align: Alignment | null;
  readonly inside: 'page' | 'list' | 'table' | 'callout';
  /** Whether a list, or a table, is anywhere around it. */
  readonly inList: boolean;
  readonly inTable: boolean;
}

export type FindingCode =
  | 'UNSAFE_HTML'
  | 'UNSAFE_ADDRESS'
  | 'ODD_SCHEME'
  | 'FORM_REMOVED'
  | 'EMPTY_LIST'
  | 'EMPTY_TABLE'
  | 'TABLE_IN_LIST'
  | 'TABLE_IN_TABLE'
  | 'DEFINITION_LIST'
  | 'UNKNOWN_PLAYER'
  | 'IMAGE_DATA'
  | 'IMAGE_WITHOUT_ADDRESS'
  | 'UNKNOWN_ELEMENT'
  | 'QUOTE_AS_CALLOUT'
  | 'BOX_INSIDE'
  | 'LOOK_DROPPED'
  | 'LIST_START'
  | 'TASK_BOX'
  | 'HEADING_DEPTH';

export function classesOf(node: DomElement): readonly string[] {
  const names = node.attributes.get('class');
  return names === undefined ? [] : names.split(/\s+/u).filter(Boolean);
}

export function hasClass(node: DomElement, name: string): boolean {
  return classesOf(node).includes(name);
}

/** Finds how an element is aligned; left is how everything is, so it is `null`. */
export function alignmentOf(node: DomElement): Alignment | null {
  if (node.attributes.size === 0) return null;
  for (const name of classesOf(node)) {
    const found = /^intercom-align-(center|right|justify)$/u.exec(name)?.[1];
    if (found !== undefined) return found as Alignment;
  }
  const style = /(?:^|;)\s*text-align\s*:\s*(center|right|justify)\b/iu.exec(
    node.attributes.get('style') ?? '',
  )?.[1];
  const named = /^(center|right|justify)$/iu.exec(node.attributes.get('align')?.trim() ?? '')?.[1];
  return ((style ?? named)?.toLowerCase() as Alignment | undefined) ?? null;
}

/** Keeps the attributes of an element that mean something to somebody, in one order. */
export function extraAttributes(node: DomElement, known: ReadonlySet<string>): Attributes {
  if (node.attributes.size === 0) return [];
  const kept: (readonly [string, string])[] = [];
  for (const [name, value] of node.attributes) {
    if (known.has(name) || name.startsWith('data-') || name.startsWith('aria-') || name === 'role') continue;
    if (name === 'class') {
      const names = classesOf(node).filter((one) => !ignoredClass.test(one));
      if (names.length > 0) kept.push([name, names.sort().join(' ')]);
    } else if (name === 'style') {
      const style = normalizeStyle(value);
      if (style !== '') kept.push([name, style]);
    } else {
      kept.push([name, value]);
    }
  }
  return kept.sort(([left], [right]) => (left < right ? -1 : 1));
}

/** Spells a `style` one way: sorted, spaced alike, without the alignment, which is kept elsewhere. */
export function normalizeStyle(style: string): string {
  const kept: string[] = [];
  let isSorted = true;
  for (const part of style.split(';')) {
    const declaration = spellDeclaration(part);
    if (declaration === '' || isAlignment.test(declaration)) continue;
    isSorted &&= kept.length === 0 || (kept.at(-1) ?? '') <= declaration;
    kept.push(declaration);
  }
  return (isSorted ? kept : kept.sort()).join('; ');
}

const isAlignment = /^text-align: (?:left|start|center|right|justify)$/iu;

function spellDeclaration(part: string): string {
  const trimmed = part.trim();
  const text = /\s\s|[^\S ]/u.test(trimmed) ? trimmed.replace(/\s+/gu, ' ') : trimmed;
  const colon = text.indexOf(':');
  if (colon === -1) return text;
  const name = text.slice(0, text[colon - 1] === ' ' ? colon - 1 : colon);
  return `${name}: ${text.slice(text[colon + 1] === ' ' ? colon + 2 : colon + 1)}`;
}

const ignoredClass = /^(?:no-margin|intercom-align-(?:left|center|right|justify)|intercom-interblocks-\S*)$/u;
