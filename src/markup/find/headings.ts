import { type DomElement, type DomNode, isElement, textOf } from '../html/dom.ts';
import { parseDom } from '../html/parse-dom.ts';
import { Slugs } from '../meaning/slug.ts';
import { checkHtml } from './limits.ts';

/** The headings of a stored body: what Markdown calls each of them, and the id that a link needs. */
export interface Headings {
  readonly idOf: ReadonlyMap<string, string>;
  readonly slugOf: ReadonlyMap<string, string>;
}

/** Finds the headings of a stored body; none in one that would be refused. */
export function headingsOf(html: string): Headings {
  return /<h[1-6]/i.test(html) && checkHtml(html) === null ? headingsIn(parseDom(html)) : noHeadings;
}

const noHeadings: Headings = { idOf: new Map(), slugOf: new Map() };

/** The same of a parsed body; slugs are made as for Markdown headings. */
export function headingsIn(nodes: readonly DomNode[]): Headings {
  const slugs = new Slugs();
  const idOf = new Map<string, string>();
  const slugOf = new Map<string, string>();
  const visit = (node: DomElement): void => {
    if (!/^h[1-6]$/u.test(node.tag)) return node.children.filter(isElement).forEach(visit);
    const words = textOf(node.children).replace(/\s+/gu, ' ').trim();
    if (words === '') return;
    const slug = slugs.next(words);
    const id = node.attributes.get('id') ?? '';
    if (id === '') return;
    idOf.set(slug, id);
    slugOf.set(id, slug);
  };
  nodes.filter(isElement).forEach(visit);
  return { idOf, slugOf };
}
