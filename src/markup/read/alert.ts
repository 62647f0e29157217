import type { CalloutColor } from '../meaning/canon.ts';
import { calloutColors } from '../meaning/colors.ts';
import type { MdBlock, MdQuote } from '../markdown/markdown-tree.ts';

/** Finds out whether a quotation begins with a line such as `[!NOTE]`, which makes a callout of it, as on GitHub. */
export function alertOf({
  children: [first, ...rest],
}: MdQuote): { readonly color: CalloutColor; readonly children: readonly MdBlock[] } | null {
  const line = first?.type === 'paragraph' ? first.children[0] : undefined;
  if (first?.type !== 'paragraph' || line?.type !== 'text') return null;
  const alert = /^\[!([a-z]+)\][ \t]*(?:\n|$)/iu.exec(line.text);
  const known = calloutColors.find((one) => one.alert === alert?.[1]?.toUpperCase());
  if (alert === null || known === undefined) return null;
  if (!alert[0].endsWith('\n') && first.children.length > 1 && first.children[1]?.type !== 'break')
    return null;
  // The marker's line ends where the text goes on.
  const start = Math.min(line.end, line.start + alert[0].length);
  const children = [{ ...line, start, text: line.text.slice(alert[0].length) }, ...first.children.slice(1)];
  return { color: known.color, children: [{ ...first, children }, ...rest] };
}
