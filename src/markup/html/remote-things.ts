import { type DomElement, type DomNode, isElement } from './dom.ts';
import { parseDom } from './parse-dom.ts';

/** What of a stored body only Intercom can hold, each once, in words for people. */
export function remoteThings(html: string): readonly string[] {
  const things = new Set<string>();
  const visit = (nodes: readonly DomNode[]): void => {
    for (const node of nodes) {
      if (!isElement(node)) continue;
      for (const thing of thingsOf(node)) things.add(thing);
      visit(node.children);
    }
  };
  visit(parseDom(html));
  return [...things];
}

function thingsOf(node: DomElement): readonly string[] {
  const style = declarations(node.attributes.get('style') ?? '');
  switch (node.tag) {
    case 'img':
      return pictureThings(node, style);
    case 'td':
    case 'th':
      // A shade is in the file as well.
      return style
        .filter(([name]) => !name.startsWith('background'))
        .map(([name, value]) =>
          name === 'width' ? `a column ${value} wide` : `cells with ${name}: ${value}`,
        );
    case 'table':
      return style.map(([name, value]) => `a table with ${name}: ${value}`);
    case 'div':
    case 'p':
    case 'a':
    case 'iframe':
    case 'span':
      return [];
    default: {
      const isHeading = /^h[1-6]$/u.test(node.tag);
      const id = isHeading ? undefined : node.attributes.get('id');
      return [
        ...(id === undefined ? [] : [`the id "${id}"`]),
        ...(isHeading ? [] : style.map(([name, value]) => `<${node.tag}> with ${name}: ${value}`)),
      ];
    }
  }
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
