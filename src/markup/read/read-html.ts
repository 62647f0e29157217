import { type Draft, blocksOf, topLevelOf } from './drafts.ts';
import { Findings } from './findings.ts';
import type { Block, Body, Reference } from '../meaning/body.ts';
import { type DomNode, isElement } from '../html/dom.ts';
import { parseDom } from '../html/parse-dom.ts';
import { page, readFlow } from '../html/flow.ts';
import { htmlUnits } from '../html/html-units.ts';
import { headingsIn } from '../find/headings.ts';
import { type TooMuch, checkHtml } from '../find/limits.ts';
import { Lines } from '../find/lines.ts';
import type { Reading } from '../html/reading.ts';
import { refusedBody } from './refused-body.ts';
import type { Refs } from '../meaning/refs.ts';
import { sanitise } from '../html/sanitise.ts';
import { weigh } from './weigh.ts';
import { TooComplex, Work } from '../markdown/work.ts';

/** Reads a body as Intercom stores it, or any other HTML, into blocks. Never throws: see `findings`. */
export function readHtml(html: string, refs: Refs): Body {
  const lines = new Lines(html);
  const tooMuch = checkHtml(html);
  if (tooMuch !== null) return refusedBody('html', html, tooMuch, lines);
  try {
    return readChecked(html, refs, lines);
  } catch (error) {
    if (!(error instanceof TooComplex)) throw error;
    const why: TooMuch = { code: 'BODY_TOO_COMPLEX', offset: error.offset, detail: error.message };
    return refusedBody('html', html, why, lines);
  }
}

function readChecked(html: string, refs: Refs, lines: Lines): Body {
  const findings = new Findings(html, lines);
  const nodes = sanitise(parseDom(html), findings.report);
  const reading: Reading = { refs, slugs: headingsIn(nodes).slugOf, report: findings.report };
  const work = new Work(html.length);
  const drafts: Draft[] = [];
  for (const unit of htmlUnits(nodes)) {
    const content = readFlow(unit, reading, page);
    const start = unit[0]?.start ?? 0;
    const end = unit.at(-1)?.end ?? start;
    weigh(content, work, start);
    if (content.length > 0) drafts.push({ start, end, content });
  }
  const topLevel = topLevelOf(drafts.map(({ content }) => content));
  const blocks: readonly Block[] = blocksOf(html, drafts, lines, topLevel);
  const references = referencesIn(nodes, refs, lines);
  return { format: 'html', text: html, blocks, findings: findings.list, references, topLevel };
}

function referencesIn(nodes: readonly DomNode[], refs: Refs, lines: Lines): readonly Reference[] {
  return nodes.filter(isElement).flatMap((node) => {
    const use = node.tag === 'img' ? 'image' : 'link';
    const url = node.attributes.get(use === 'image' ? 'src' : 'href')?.trim() ?? '';
    const below = referencesIn(node.children, refs, lines);
    if ((node.tag !== 'img' && node.tag !== 'a') || url === '') return below;
    const ref = url.startsWith('#') ? url : refs.read(url, use);
    return [{ url, ref, use, ...lines.placeOf(Math.max(0, node.start)) } satisfies Reference, ...below];
  });
}
