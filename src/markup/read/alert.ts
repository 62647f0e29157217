import type { CalloutColor } from '../meaning/canon.ts';
import { calloutColors } from '../meaning/colors.ts';
import { alertOfWord } from '../markdown/boxes.ts';
import type { MdBlock, MdInline, MdQuote } from '../markdown/markdown-tree.ts';

/** Finds out whether a quotation is a box of another tool, or begins with a line such as `[!NOTE]`, as on GitHub. */
export function alertOf({
  box,
  children,
}: MdQuote): { readonly color: CalloutColor; readonly children: readonly MdBlock[] } | null {
  if (box !== undefined) {
    const known = calloutColors.find((one) => one.alert === box);
    return known === undefined ? null : { color: known.color, children };
  }
  const [first, ...rest] = children;
  const line = first?.type === 'paragraph' ? first.children[0] : undefined;
  if (first?.type !== 'paragraph' || line?.type !== 'text') return null;
  const alert = /^\[!([a-z]+)\][+-]?[ \t]*(\n|$)?/iu.exec(line.text);
  const word = alertOfWord(alert?.[1] ?? '');
  const known = calloutColors.find((one) => one.alert === word);
  if (alert === null || known === undefined) return null;
  // The marker's line ends where the text goes on.
  const start = Math.min(line.end, line.start + alert[0].length);
  const after = [{ ...line, start, text: line.text.slice(alert[0].length) }, ...first.children.slice(1)];
  const isAlone =
    alert[2] === '\n' || (alert[2] === '' && (after[1] === undefined || after[1].type === 'break'));
  if (isAlone) return { color: known.color, children: [{ ...first, children: after }, ...rest] };
  const [title, text] = firstLine(after);
  const [begin, end] = [title[0]?.start ?? start, title.at(-1)?.end ?? start];
  const head: MdBlock = {
    type: 'paragraph',
    start: begin,
    end,
    children: [{ type: 'strong', start: begin, end, children: title }],
  };
  const body: readonly MdBlock[] = text.length === 0 ? [] : [{ ...first, children: text }];
  return { color: known.color, children: [head, ...body, ...rest] };
}

/** The nodes of the first line, and those of the lines after it. */
function firstLine(nodes: readonly MdInline[]): readonly [readonly MdInline[], readonly MdInline[]] {
  for (const [index, node] of nodes.entries()) {
    if (node.type === 'break') return [nodes.slice(0, index), nodes.slice(index + 1)];
    const at = node.type === 'text' ? node.text.indexOf('\n') : -1;
    if (node.type !== 'text' || at === -1) continue;
    const [before, after] = [node.text.slice(0, at).trimEnd(), node.text.slice(at + 1)];
    const cut = Math.min(node.end, node.start + at);
    const head = before === '' ? [] : [{ ...node, end: cut, text: before }];
    const tail = after === '' ? [] : [{ ...node, start: Math.min(node.end, cut + 1), text: after }];
    return [
      [...nodes.slice(0, index), ...head],
      [...tail, ...nodes.slice(index + 1)],
    ];
  }
  return [nodes, []];
}
