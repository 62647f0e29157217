import { invalid } from '../state/api-error.ts';
import { blockBuilders } from './blocks.ts';
import { Flow, topPlace } from './flow.ts';
import type { RewriteOptions, Session } from './flow.ts';
import { absoluteSource, attribute, parseHtml, printHtml } from '../../look/html.ts';
import type { SourceNode } from '../../look/html.ts';

/**
 * A body as Intercom stores it. Doing it again changes nothing.
 *
 * Throws an ApiError for what Intercom refuses; for nothing else, whatever the input.
 */
export function rewriteBody(html: string, options: RewriteOptions): string {
  return safely(() => {
    const session: Session = { ...options, builders: blockBuilders, headings: [], headingIds: new Set() };
    const flow = new Flow(session, topPlace);
    flow.walk(parseHtml(html));
    const blocks = flow.finish();
    levelHeadings(session);
    return printHtml(blocks);
  });
}

/** Addresses of images that Intercom would fetch for this body, each once. */
export function imageSources(html: string): string[] {
  if (!/<img/i.test(html)) return [];
  const sources = new Set<string>();
  const visit = (node: SourceNode): void => {
    if (node.type !== 'element') return;
    const source = node.tagName === 'img' ? absoluteSource(attribute(node, 'src') ?? '') : null;
    if (source !== null) sources.add(source);
    for (const child of node.children) visit(child);
  };
  safely(() => parseHtml(html).forEach(visit));
  return [...sources];
}

/** The highest heading becomes the first level, and the editor has three. */
function levelHeadings(session: Session): void {
  const highest = Math.min(...session.headings.map((one) => one.level));
  const shift = session.origin === 'api' && Number.isFinite(highest) ? highest - 1 : 0;
  for (const { level, node } of session.headings) node.tag = `h${Math.min(level - shift, 3)}`;
}

/** Nesting without end exhausts the stack of the parser; Intercom answers such a body as it does any bad one. */
function safely<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof RangeError) throw invalid('Body is nested too deeply', 'body');
    throw error;
  }
}
