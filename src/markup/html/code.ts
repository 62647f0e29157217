import type { CodeBlock, Link, Paragraph, RawElement, Run } from '../meaning/canon.ts';
import { type DomElement, type DomNode, isElement, textOf } from './dom.ts';
import { type Reading, classesOf, extraAttributes } from './reading.ts';
import { readLinkRef } from './runs.ts';
import { sameLink } from '../meaning/tidy-runs.ts';

/** Reads a block of code; one with more in it than code, such as bold text, stays an element of its own. */
export function readCode(node: DomElement, reading: Reading): CodeBlock | RawElement {
  const plain = readPlainCode(node);
  if (plain !== null) return plain;
  const content = readPreformatted(node, reading);
  const text = content.runs.map((run) => (run.kind === 'text' ? run.text : '')).join('');
  if (content.runs.every(({ marks, link }) => marks.length === 0 && link === null)) {
    return { kind: 'code', text: text.replace(/\n$/u, ''), language: null };
  }
  return {
    kind: 'element',
    tag: 'pre',
    attributes: extraAttributes(node, new Set(['id'])),
    blocks: [content],
  };
}

function readPlainCode(node: DomElement): CodeBlock | null {
  const inner = node.children.find(isElement);
  const code =
    inner?.tag === 'code' && textOf(node.children).trim() === textOf([inner]).trim() ? inner : node;
  if (!isPlainCode(code)) return null;
  const language = classesOf(code)
    .map((name) => /^(?:language|lang)-(.+)$/u.exec(name)?.[1])
    .find((name) => name !== undefined);
  const text = codeText(code).replace(/\r\n?/gu, '\n').replace(/\n$/u, '');
  return { kind: 'code', text, language: code.attributes.get('data-info') ?? language ?? null };
}

/** Reads content whose white space counts, with marks: runs that are never tidied. */
function readPreformatted(node: DomElement, reading: Reading): Paragraph {
  const runs: Run[] = [];
  const add = (text: string, marks: readonly string[], link: Link | null): void => {
    const last = runs.at(-1);
    const joins =
      last?.kind === 'text' && last.marks.join('>') === marks.join('>') && sameLink(last.link, link);
    if (joins) runs[runs.length - 1] = { ...last, text: last.text + text };
    else if (text !== '') runs.push({ kind: 'text', text, marks, link });
  };
  const walk = (nodes: readonly DomNode[], marks: readonly string[], link: Link | null): void => {
    for (const child of nodes) {
      const href = isElement(child) && child.tag === 'a' ? (child.attributes.get('href') ?? '').trim() : '';
      if (!isElement(child)) {
        add(child.text.replace(/\r\n?/gu, '\n'), marks, link);
      } else if (child.tag === 'br') {
        add('\n', marks, link);
      } else if (href !== '') {
        walk(child.children, marks, { ref: readLinkRef(href, reading), title: null });
      } else {
        const held = marks.includes(child.tag) || child.tag === 'span' || child.tag === 'pre';
        walk(child.children, held ? marks : [...marks, child.tag], link);
      }
    }
  };
  walk(node.children, [], null);
  return { kind: 'paragraph', align: null, runs, attributes: [['class', 'preformatted']] };
}

function isPlainCode(node: DomElement): boolean {
  return node.children.every(
    (child) => !isElement(child) || child.tag === 'br' || (child.tag === 'span' && isPlainCode(child)),
  );
}

function codeText(node: DomElement): string {
  return node.children
    .map((child) => (isElement(child) ? (child.tag === 'br' ? '\n' : codeText(child)) : child.text))
    .join('');
}
