import { type DomElement, type DomNode, isElement } from './dom.ts';
import { parseDom } from './parse-dom.ts';

/**
 * What of a stored body only Intercom can hold, in words for people: each thing once, and once for each table that it
 * is in.
 */
export function remoteThings(html: string): readonly string[] {
  const things = new Set<string>();
  const inTables: string[] = [];
  const visit = (nodes: readonly DomNode[], found: Set<string>): void => {
    for (const node of nodes) {
      if (!isElement(node)) continue;
      const inner = node.tag === 'table' ? new Set<string>() : found;
      for (const thing of thingsOf(node)) inner.add(thing);
      visit(node.children, inner);
      if (inner !== found) inTables.push(...inner);
    }
  };
  visit(parseDom(html), things);
  return [...things, ...inTables];
}

/** How many empty paragraphs a body has, and how many blocks they can be the space between. */
export function spaceIn(html: string): { readonly empty: number; readonly blocks: number } {
  let [empty, blocks] = [0, 0];
  const visit = (nodes: readonly DomNode[], parent: string): void => {
    for (const node of nodes) {
      if (!isElement(node)) continue;
      // A cell or an item that is empty is no space.
      const isAlone = /^(?:t[dh]|li)$/u.test(parent) && nodes.length === 1;
      if (node.tag === 'p' && node.children.length === 0) empty += isAlone ? 0 : 1;
      else if (blockTags.test(node.tag)) blocks += 1;
      visit(node.children, node.tag);
    }
  };
  visit(parseDom(html), '');
  return { empty, blocks };
}

const blockTags = /^(?:p|h[1-6]|li|tr|pre|hr|img|iframe|summary)$/u;

function thingsOf(node: DomElement): readonly string[] {
  const style = declarations(node.attributes.get('style') ?? '');
  const classes = classThings(node);
  switch (node.tag) {
    case 'img':
      return [...pictureThings(node, style), ...classes];
    case 'td':
    case 'th': {
      const widths = [node.attributes.get('width'), ...valuesOf(style, 'width')];
      // A shade is in the file as well.
      const others = style.filter(([name]) => name !== 'width' && !name.startsWith('background'));
      return [
        ...widths.flatMap((width) => (width === undefined ? [] : [`a column ${width} wide`])),
        ...others.map(([name, value]) => `cells with ${name}: ${value}`),
        ...classes,
      ];
    }
    case 'table':
      return [...style.map(([name, value]) => `a table with ${name}: ${value}`), ...classes];
    case 'div':
    case 'iframe':
      return classes;
    default: {
      const isHeading = /^h[1-6]$/u.test(node.tag);
      const id = isHeading ? undefined : node.attributes.get('id');
      const isSaid = isHeading || node.tag === 'span' || node.tag === 'a';
      return [
        ...(id === undefined ? [] : [`the id "${id}"`]),
        ...(isSaid ? [] : style.map(([name, value]) => `<${node.tag}> with ${name}: ${value}`)),
        ...classes,
      ];
    }
  }
}

/** Classes that say nothing that is in the file as well, where odd ones of texts are. */
function classThings({ tag, attributes }: DomElement): readonly string[] {
  const names = (attributes.get('class') ?? '').split(/\s+/u);
  const isText = /^(?:p|h[1-6])$/u.test(tag);
  return names.flatMap((name) => {
    if (name === 'intercom-align-left') return ['alignment to the left'];
    const isKnown =
      isText || name === '' || name === 'no-margin' || /^(?:intercom-|collapsible-)/u.test(name);
    return isKnown ? [] : [`the class "${name}"`];
  });
}

function valuesOf(style: Declarations, wanted: string): readonly string[] {
  return style.flatMap(([name, value]) => (name === wanted ? [value] : []));
}

function pictureThings({ attributes }: DomElement, style: Declarations): readonly string[] {
  const [width, height] = [attributes.get('width'), attributes.get('height')];
  const src = (attributes.get('src') ?? '').replace(/[?#].*$/u, '');
  const name = `the picture "${src.split('/').at(-1) ?? ''}"`;
  const odd = style.filter(([property, value]) => property !== 'height' || value !== 'auto');
  return [
    ...(width === undefined || height === undefined ? [] : [`${name} at ${width} × ${height}`]),
    ...odd.map(([property, value]) => `${name} with ${property}: ${value}`),
  ];
}

type Declarations = readonly (readonly [name: string, value: string])[];

function declarations(style: string): Declarations {
  return style.split(';').flatMap((one) => {
    const [name = '', ...value] = one.split(':');
    return value.length === 0 ? [] : [[name.trim().toLowerCase(), value.join(':').trim()] as const];
  });
}
