import { type Draft, blocksOf, topLevelOf } from './drafts.ts';
import { Findings } from './findings.ts';
import type { Body } from '../meaning/body.ts';
import { page, readFlow } from '../html/flow.ts';
import { checkMarkdown } from '../find/limits.ts';
import { Lines } from '../find/lines.ts';
import { buildDom } from './markdown-dom.ts';
import { readPlain } from './markdown-canon.ts';
import { lintForeign } from './foreign.ts';
import { lintMarkdown } from './markdown-lint.ts';
import { referencesIn } from '../find/references.ts';
import { type Unit, unitsOf } from './markdown-units.ts';
import type { Reading } from '../html/reading.ts';
import { parseMarkdown } from '../markdown/parse-markdown.ts';
import { refusedBody } from './refused-body.ts';
import type { Refs } from '../meaning/refs.ts';
import { plainText } from '../html/runs.ts';
import { sanitise } from '../html/sanitise.ts';
import { splitHtml } from './split-html.ts';
import { splitAtImages } from './split-images.ts';
import { headingsIn } from '../meaning/walk.ts';
import { weigh } from './weigh.ts';
import { TooComplex, Work } from '../markdown/work.ts';

/** Reads a Markdown body into blocks. Never throws: what stands in the way of sending it is in `findings`. */
export function readMarkdown(text: string, refs: Refs): Body {
  const lines = new Lines(text);
  const tooMuch = checkMarkdown(text);
  if (tooMuch !== null) return refusedBody('markdown', text, tooMuch, lines);
  try {
    return readParsed(text, refs, lines);
  } catch (error) {
    if (!(error instanceof TooComplex)) throw error;
    return refusedBody(
      'markdown',
      text,
      { code: 'BODY_TOO_COMPLEX', offset: error.offset, detail: error.message },
      lines,
    );
  }
}

function readParsed(text: string, refs: Refs, lines: Lines): Body {
  const tree = parseMarkdown(text);
  const findings = new Findings(text, lines);
  const reading: Reading = { refs, slugs: new Map(), report: findings.report };
  const { units, unclosed } = unitsOf(tree);
  // What is in raw HTML costs as much as the same in a body of the help center.
  const work = new Work(text.length);
  const drafts = units.flatMap((unit) => draftsOf(text, unit, reading, findings, work));
  lintMarkdown(text, { tree, drafts, unclosed }, findings);
  lintForeign(text, tree, findings);
  const topLevel = topLevelOf(drafts.map(({ content }) => content));
  for (const { start, content } of drafts) {
    const deep = headingsIn(content).find(({ level }) => level - topLevel >= 3);
    if (deep !== undefined) findings.add('HEADING_DEPTH', start, plainText(deep.runs));
  }
  return {
    format: 'markdown',
    text,
    blocks: blocksOf(text, drafts, lines, topLevel),
    findings: findings.list.sort((left, right) => left.line - right.line || left.column - right.column),
    references: referencesIn(tree, refs, lines),
    topLevel,
  };
}

function draftsOf(
  text: string,
  unit: Unit,
  reading: Reading,
  findings: Findings,
  work: Work,
): readonly Draft[] {
  const start = startOfLine(text, unit.start);
  const [first] = unit.nodes;
  findings.enter(unit.start, unit.end, unit.nodes.length === 1 && first?.type === 'html');
  const plain = readPlain(unit.nodes, reading);
  const nodes = plain === null ? sanitise(buildDom(unit.nodes), reading.report) : [];
  const content = plain ?? readFlow(nodes, reading, page);
  if (plain === null) weigh(content, work, unit.start);
  if (content.length > 1 && unit.nodes.length === 1) {
    const pieces =
      first?.type === 'paragraph'
        ? splitAtImages(text, first, content)
        : first?.type === 'html'
          ? splitHtml(text, first, nodes, reading)
          : null;
    if (pieces !== null) return pieces;
  }
  return content.length === 0 ? [] : [{ start, end: unit.end, content }];
}

/** Indentation belongs to a block: its other lines may have it, too. */
function startOfLine(text: string, offset: number): number {
  let at = offset;
  while (at > 0 && (text[at - 1] === ' ' || text[at - 1] === '\t')) at -= 1;
  return at === 0 || text[at - 1] === '\n' || text[at - 1] === '\r' ? at : offset;
}
