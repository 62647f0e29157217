import type { Flow } from './flow.ts';
import { element, isBlank } from '../../look/html.ts';
import type { Html, HtmlElement, SourceElement, SourceNode } from '../../look/html.ts';
import { refuseBody } from './parts.ts';
import type { Around } from './parts.ts';

/** A list; each item holds paragraphs, and whatever is between items goes into one. */
export function buildList(flow: Flow, node: SourceElement, around: Around): boolean {
  if (flow.place.inItem && flow.session.switches.nestedLists === 'refuse') {
    return refuseBody('Lists inside lists are not supported');
  }
  flow.interrupt();
  const items = itemsOf(node).map((nodes) => buildItem(flow, nodes, around));
  if (!items.some(hasContent)) return refuseBody('Lists must have at least one item that is not empty');
  flow.push(element(node.tagName, [], items));
  return true;
}

/** The contents of each item. A list directly inside a list belongs to the item before it. */
function itemsOf(list: SourceElement): SourceNode[][] {
  const items: SourceNode[][] = [];
  for (const child of list.children) {
    if (child.type === 'element' && child.tagName === 'li') {
      items.push([...child.children]);
    } else if (child.type === 'element' || (child.type === 'text' && !isBlank(child.value))) {
      const last = items.at(-1);
      if (last !== undefined && child.type === 'element' && /^[uo]l$/.test(child.tagName)) last.push(child);
      else items.push([child]);
    }
  }
  return items;
}

function buildItem(flow: Flow, nodes: readonly SourceNode[], around: Around): HtmlElement {
  const inner = flow.inner({ at: 'item', inItem: true });
  inner.walk(nodes, around);
  return element('li', [], inner.finish(true));
}

function hasContent(node: Html): boolean {
  if (typeof node === 'string') return !isBlank(node);
  return /^(?:img|iframe|hr)$/.test(node.tag) || node.children.some(hasContent);
}
