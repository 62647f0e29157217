import { toHtml } from 'hast-util-to-html';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { toHast } from 'mdast-util-to-hast';
import { gfm } from 'micromark-extension-gfm';

/** HTML of a `body_markdown`, without white space between blocks, which would become empty paragraphs. */
export function htmlOf(markdown: string): string {
  const tree = fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  const hast = toHast(tree, { allowDangerousHtml: true });
  if (hast.type !== 'root') return toHtml(hast, { allowDangerousHtml: true });
  const children = hast.children.filter((one) => one.type !== 'text' || one.value.trim() !== '');
  return toHtml({ ...hast, children }, { allowDangerousHtml: true });
}
