import { type DomNode, isElement } from '../html/dom.ts';
import { parseDom } from '../html/parse-dom.ts';
import { isBlockTag } from '../html/runs.ts';
import { parseMarkdown } from '../markdown/parse-markdown.ts';
import { TooComplex } from '../markdown/work.ts';
import { checkHtml, checkMarkdown } from '../find/limits.ts';
import { buildDom } from './markdown-dom.ts';

/**
 * The words of a body as a reader sees them, with one space between them; a tag in the middle of a word does not part
 * it. Of a body that is refused: the words of its source.
 */
export function plainWords(text: string, format: 'markdown' | 'html'): string {
  return lettersOf(format === 'html' ? htmlText(text) : markdownText(text));
}

/** The words of a plain text, with one space between them. */
export const lettersOf = (text: string): string => (text.match(/[\p{L}\p{N}]+/gu) ?? []).join(' ');

const htmlText = (html: string): string => (checkHtml(html) === null ? textIn(parseDom(html)) : html);

function markdownText(text: string): string {
  if (checkMarkdown(text) !== null) return text;
  try {
    return textIn(buildDom(parseMarkdown(text)));
  } catch (error) {
    if (error instanceof TooComplex) return text;
    throw error;
  }
}

function textIn(nodes: readonly DomNode[]): string {
  return nodes
    .map((node) => {
      if (!isElement(node)) return node.text;
      return isBlockTag(node.tag) || node.tag === 'br' ? ` ${textIn(node.children)} ` : textIn(node.children);
    })
    .join('');
}
