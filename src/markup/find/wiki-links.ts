/* Links in double brackets, as other tools write them: `[[page]]`, `[[page#heading|words]]`, `![[picture.png]]`. */
import {
  eachLeaf,
  type MdBlock,
  type MdInline,
  type MdLeaf,
  type Placed,
} from '../markdown/markdown-tree.ts';
import { parseDocument } from '../markdown/parse-markdown.ts';
import { TooComplex } from '../markdown/work.ts';
import { checkMarkdown } from './limits.ts';

export interface WikiLink extends Placed {
  /** As it stands in the text. */
  readonly written: string;
  /** The page or the picture, as it is called there. */
  readonly target: string;
  /** A heading of it; empty for none. */
  readonly heading: string;
  /** What readers are to see; null where that is the name of the target. */
  readonly words: string | null;
  readonly isEmbedded: boolean;
}

/** Every such link of a Markdown text, in its order; none in code, and none of a text that is refused. */
export function wikiLinksOf(text: string): readonly WikiLink[] {
  if (!text.includes('[[') || checkMarkdown(text) !== null) return [];
  const found: WikiLink[] = [];
  const look = ({ start, end }: MdBlock, children: readonly MdInline[]): void => {
    for (const match of withoutCode(text, start, end, children).matchAll(pattern)) {
      const [written, sign = '', target = '', heading = '', words] = match;
      const at = start + match.index;
      const isEmbedded = sign === '!';
      found.push({
        start: at,
        end: at + written.length,
        written,
        target: target.trim(),
        heading: heading.trim(),
        words: words === undefined ? null : words.trim(),
        isEmbedded,
      });
    }
  };
  const visit = (block: MdLeaf): void => {
    switch (block.type) {
      case 'paragraph':
      case 'heading':
        return look(block, block.children);
      case 'table':
        return look(block, block.rows.flat(2));
      case 'html':
      case 'code':
      case 'rule':
        return undefined;
    }
  };
  try {
    eachLeaf(parseDocument(text).blocks, visit);
  } catch (error) {
    if (error instanceof TooComplex) return [];
    throw error;
  }
  return found;
}

/** In a table the sign between page and words has an escape. */
const pattern =
  /(?<!\\)(!?)(?<!\\|\w)\[\[(?!\s|\d+\])([^[\]\n|#\\]{1,200})(?:#([^[\]\n|\\]{1,200}))?(?:\\?\|([^[\]\n|]{1,200}))?\]\](?!\()/gu;

/** A stretch of a text with blanks in place of its code, so that places stay. */
export function withoutCode(text: string, start: number, end: number, children: readonly MdInline[]): string {
  const pieces: string[] = [];
  let at = start;
  const hide = (nodes: readonly MdInline[]): void => {
    for (const node of nodes) {
      if (node.type === 'code' && node.start >= at) {
        pieces.push(text.slice(at, node.start), ' '.repeat(node.end - node.start));
        at = node.end;
      }
      if ('children' in node) hide(node.children);
    }
  };
  hide(children);
  return pieces.join('') + text.slice(at, end);
}
