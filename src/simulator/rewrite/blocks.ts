import type { Builder, Flow } from './flow.ts';
import { attribute, element, hasClass, textOf } from '../../look/html.ts';
import type { HtmlElement, SourceElement, SourceNode } from '../../look/html.ts';
import { buildList } from './lists.ts';
import { buildButton, buildImage, buildVideo } from './media.ts';
import { alignOf, paragraph, refuseBody } from './parts.ts';
import type { Around } from './parts.ts';
import { calloutStyle } from './styles.ts';
import { buildTable } from './tables.ts';

/** Adds the block for an element; false when the element turns out to be none. */
/** What becomes of an element, by its tag; all others are inline, transparent or dropped. */
export const blockBuilders: ReadonlyMap<string, Builder> = new Map<string, Builder>([
  ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((tag): [string, Builder] => [tag, buildHeading]),
  ['ul', buildList],
  ['ol', buildList],
  ['dl', () => refuseBody('Description lists are not supported')],
  ['table', buildTable],
  ['pre', buildCode],
  ['hr', buildRule],
  ['img', buildImage],
  ['a', buildButton],
  ['iframe', buildVideo],
  ['blockquote', buildQuote],
  ['details', buildSection],
  ['div', buildDivision],
]);

function buildHeading(flow: Flow, node: SourceElement, around: Around): boolean {
  if (flow.place.at === 'heading') {
    flow.transparent(node, around);
    return true;
  }
  flow.interrupt();
  const align = alignOf(node) ?? around.align;
  const inner = flow.inner({ at: 'heading' });
  inner.walk(node.children, { marks: around.marks, align });
  const { line, blocks } = inner.finishLine();
  if (line.length > 0) {
    const id: [string, string] = ['id', headingId(flow, node)];
    const heading = element(node.tagName, align === null ? [id] : [['class', align], id], line);
    flow.session.headings.push({ level: Number(node.tagName.slice(1)), node: heading });
    flow.push(heading);
  } else if (blocks.length === 0) {
    flow.push(paragraph([], align));
  }
  for (const block of blocks) if (typeof block === 'object') flow.push(block);
  return true;
}

/** An id of Intercom's own form sticks; any other is replaced, and the same one is never given twice. */
function headingId(flow: Flow, node: SourceElement): string {
  const { headingIds, switches } = flow.session;
  let id = attribute(node, 'id') ?? '';
  const stays = switches.headingIds === 'keep' || flow.session.origin === 'editor';
  if (!stays || !/^h_[0-9a-f]{10}$/.test(id) || headingIds.has(id)) {
    do id = `h_${flow.session.newHeadingDigits()}`;
    while (headingIds.has(id));
  }
  headingIds.add(id);
  return id;
}

function buildCode(flow: Flow, node: SourceElement): boolean {
  flow.interrupt();
  const text = codeText(node).replaceAll(/\r\n?/g, '\n');
  const lines = flow.session.switches.codeBreaks === 'br' ? text.split('\n') : [text];
  const children = lines.flatMap((line, at) => (at === 0 ? [line] : [element('br'), line]));
  flow.push(
    element(
      'pre',
      [],
      [
        element(
          'code',
          [],
          children.filter((one) => one !== ''),
        ),
      ],
    ),
  );
  return true;
}

/** Text of a code block; blocks inside of it begin new lines. */
function codeText(node: SourceNode): string {
  if (node.type !== 'element') return textOf(node);
  if (node.tagName === 'br') return '\n';
  if (/^(?:script|style|textarea|form|template)$/.test(node.tagName)) return '';
  let text = '';
  for (const child of node.children) {
    const block = child.type === 'element' && /^(?:p|div|li|h[1-6]|tr|ul|ol)$/.test(child.tagName);
    if (block && text !== '' && !text.endsWith('\n')) text += '\n';
    text += codeText(child);
  }
  return text;
}

function buildRule(flow: Flow): boolean {
  flow.interrupt();
  flow.push(element('hr'));
  return true;
}

function buildQuote(flow: Flow, node: SourceElement, around: Around): boolean {
  if (flow.session.switches.blockquote === 'unwrap' || flow.place.at === 'heading') {
    flow.transparent(node, around);
    return true;
  }
  flow.interrupt();
  const inner = flow.inner({ at: 'section' });
  inner.walk(node.children, around);
  flow.push(element('blockquote', [], inner.finish(true)));
  return true;
}

function buildSection(flow: Flow, node: SourceElement, around: Around): boolean {
  if (flow.session.switches.collapsibleSections === 'unwrap' && flow.session.origin === 'api') {
    flow.transparent(node, around);
    return true;
  }
  flow.interrupt();
  const isSummary = (one: SourceNode): boolean => one.type === 'element' && one.tagName === 'summary';
  const summaryNode = node.children.find(isSummary);
  const summary = flow.inner({ at: 'section' });
  if (summaryNode?.type === 'element') summary.walk(summaryNode.children, around);
  const content = flow.inner({ at: 'section' });
  content.walk(
    node.children.filter((one) => one !== summaryNode),
    around,
  );
  flow.push(
    element(
      'details',
      [],
      [
        element('summary', [], summary.finish(true)),
        element('div', [['class', 'collapsible-section-content']], content.finish(true)),
      ],
    ),
  );
  return true;
}

/** The editor's own wrappers; any other `div` is transparent. */
function buildDivision(flow: Flow, node: SourceElement, around: Around): boolean {
  const isCallout = hasClass(node, 'intercom-interblocks-callout') && !flow.place.inCallout;
  if (isCallout && flow.place.at !== 'heading') {
    flow.interrupt();
    flow.push(callout(flow, node, around));
  } else {
    flow.transparent(node, around);
  }
  return true;
}

function callout(flow: Flow, node: SourceElement, around: Around): HtmlElement {
  const inner = flow.inner({ at: 'callout', inCallout: true });
  inner.walk(node.children, around);
  const style = calloutStyle(attribute(node, 'style') ?? '');
  return element(
    'div',
    [
      ['class', 'intercom-interblocks-callout'],
      ['style', style],
    ],
    inner.finish(true),
  );
}
