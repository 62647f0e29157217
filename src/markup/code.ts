import type { CodeBlock, Link, Paragraph, Run } from './canon.ts';
import { type DomElement, type DomNode, isElement, textOf } from './dom.ts';
import { type Reading, classesOf } from './meaning.ts';
import { readLinkRef } from './runs.ts';

/** Reads a block of code; `null` when there is more in it than code, such as bold text. */
export function readCode(node: DomElement): CodeBlock | null {
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

/** Reads content whose white space counts, with marks: runs that nobody tidies. */
export function readPreformatted(node: DomElement, reading: Reading): Paragraph {
  const runs: Run[] = [];
  const walk = (nodes: readonly DomNode[], marks: readonly string[], link: Link | null): void => {
    for (const child of nodes) {
      const href = isElement(child) && child.tag === 'a' ? (child.attributes.get('href') ?? '').trim() : '';
      if (!isElement(child)) {
        runs.push({ kind: 'text', text: child.text.replace(/\r\n?/gu, '\n'), marks, link });
      } else if (child.tag === 'br') {
        runs.push({ kind: 'text', text: '\n', marks, link });
      } else if (href !== '') {
        walk(child.children, marks, { ref: readLinkRef(href, reading), title: null });
      } else {
        walk(child.children, marks.includes(child.tag) ? marks : [...marks, child.tag], link);
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
