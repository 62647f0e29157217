import { type DomElement, type DomNode, isElement } from './dom.ts';
import type { Reading } from './reading.ts';
import {
  addressSafety,
  formTags,
  isAttributeName,
  isTagName,
  isUnsafeAttribute,
  unsafeTags,
} from './safety.ts';

/** Takes out whatever could run, reporting each; nothing after this step ever sees it. */
export function sanitise(nodes: readonly DomNode[], report: Reading['report']): readonly DomNode[] {
  const kept: DomNode[] = [];
  let changed = false;
  for (const node of nodes) {
    const clean = isElement(node) ? sanitiseElement(node, report) : node;
    if (clean !== node) changed = true;
    if (clean !== null) kept.push(clean);
  }
  return changed ? kept : nodes;
}

function sanitiseElement(node: DomElement, report: Reading['report']): DomElement | null {
  if (unsafeTags.has(node.tag) || !isTagName(node.tag)) {
    report('UNSAFE_HTML', node, `<${node.tag}>`);
    return null;
  }
  if (formTags.has(node.tag)) {
    report('FORM_REMOVED', node, `<${node.tag}>`);
    return null;
  }
  if (node.attributes.size === 0) {
    const inner = sanitise(node.children, report);
    return inner === node.children ? node : { ...node, children: inner };
  }
  const attributes = new Map<string, string>();
  for (const [name, value] of node.attributes) {
    if (!isAttributeName(name)) continue;
    if (isUnsafeAttribute(name, value)) {
      const isAddress = name === 'href' || name === 'src';
      if (node.tag === 'img' && /^\s*data:/iu.test(value)) report('IMAGE_DATA', node);
      else report(isAddress ? 'UNSAFE_ADDRESS' : 'UNSAFE_HTML', node, isAddress ? value : `${name}=`);
    } else {
      if (name === 'href' && addressSafety(value) === 'odd') report('ODD_SCHEME', node, value);
      attributes.set(name, value);
    }
  }
  const children = sanitise(node.children, report);
  if (children === node.children && attributes.size === node.attributes.size) return node;
  return { ...node, attributes, children };
}
