import type { Flow } from './flow.ts';
import { absoluteSource, attribute, element, hasClass } from '../../look/html.ts';
import type { Attribute, HtmlElement, SourceElement } from '../../look/html.ts';
import { alignOf, linkAddress, refuseBody } from './parts.ts';
import type { Align, Around } from './parts.ts';
import { embedAddress } from './players.ts';

/** An image becomes a block of its own, wherever it was, with the address of Intercom's copy. */
export function buildImage(flow: Flow, node: SourceElement, around: Around): boolean {
  const address = copiedAddress(flow, attribute(node, 'src')?.trim() ?? '');
  if (address === null) return true;
  flow.interrupt();
  const attributes: Attribute[] = [['src', address]];
  const alt = attribute(node, 'alt');
  if (alt !== null) attributes.push(['alt', alt]);
  for (const name of ['width', 'height']) {
    const size = /^\d{1,5}/.exec(attribute(node, name) ?? '')?.[0];
    if (size !== undefined) attributes.push([name, size]);
  }
  // The editor writes it on pictures whose size it knows.
  if (/^\s*height\s*:\s*auto\s*;?\s*$/i.test(attribute(node, 'style') ?? ''))
    attributes.push(['style', 'height: auto;']);
  const image = element('img', attributes);
  const link = around.marks.find((one) => one.tag === 'a');
  const href = link?.attributes.find(([name]) => name === 'href');
  flow.push(container(href === undefined ? image : linked(href, image), around.align));
  return true;
}

/** A link with the editor's class is a button, a block as well. */
export function buildButton(flow: Flow, node: SourceElement, around: Around): boolean {
  if (!hasClass(node, 'intercom-h2b-button')) return false;
  const inner = flow.inner({ at: 'heading' });
  inner.walk(node.children);
  const { line, blocks } = inner.finishLine();
  flow.interrupt();
  const href = linkAddress(node);
  const attributes: Attribute[] = [
    ['target', '_blank'],
    ['class', 'intercom-h2b-button'],
  ];
  const button = element('a', href === null ? attributes : [['href', href], ...attributes], line);
  if (line.length > 0) flow.push(container(button, alignOf(node) ?? around.align));
  for (const block of blocks) if (typeof block === 'object') flow.push(block);
  return true;
}

export function buildVideo(flow: Flow, node: SourceElement): boolean {
  const source = absoluteSource(attribute(node, 'src') ?? '');
  const embedded = source === null ? null : embedAddress(source);
  if (embedded === null) return refuseBody('Only videos of supported players can be embedded');
  flow.interrupt();
  const frame = element('iframe', [
    ['src', embedded],
    ['frameborder', '0'],
    ['webkitallowfullscreen', ''],
    ['mozallowfullscreen', ''],
    ['allowfullscreen', ''],
  ]);
  flow.push(element('div', [['class', 'intercom-h2b-video']], [frame]));
  return true;
}

/** Null for an image that is left out. */
function copiedAddress(flow: Flow, source: string): string | null {
  if (source === '') return null;
  if (/^data:/i.test(source) && flow.session.switches.dataImages === 'drop') return null;
  const absolute = absoluteSource(source);
  if (absolute === null) return refuseBody('Image source must be an absolute URL');
  return flow.session.storeImage(absolute) ?? refuseBody('Image could not be fetched');
}

function linked(href: Attribute, image: HtmlElement): HtmlElement {
  return element('a', [href, ['target', '_blank']], [image]);
}

function container(child: HtmlElement, align: Align | null): HtmlElement {
  const name = align === null ? 'intercom-container' : `intercom-container ${align}`;
  return element('div', [['class', name]], [child]);
}
