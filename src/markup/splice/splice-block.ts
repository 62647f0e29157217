import type { Canon, Heading } from '../meaning/canon.ts';
import { fingerprintOf } from '../meaning/fingerprint.ts';
import { type DomElement, isElement } from '../html/dom.ts';
import { type Edit, type SpliceBlocks, type Splicing, reaches } from './edit.ts';
import { isHtmlAt, lineOf, rangeOf } from './place.ts';
import { spliceCode } from './splice-code.ts';
import { type Line, printLine } from './line.ts';
import { spliceLine } from './splice-line.ts';
import { spliceItems } from './splice-list.ts';
import { spliceTable } from './splice-table.ts';
import { alignmentEdit, spliceImage, tagEnd } from './splice-tag.ts';

/** Changes a block where it is; false where it has to be reprinted. */
export function spliceBlock(
  held: Canon,
  wanted: Canon,
  splicing: Splicing,
  inPipes: boolean,
  spliceBlocks: SpliceBlocks,
): boolean {
  switch (held.kind) {
    case 'paragraph':
      if (wanted.kind !== 'paragraph' || !sameAttributes(held, wanted)) return false;
      return align(held, wanted, splicing) && line(held, wanted, splicing, inPipes);
    case 'heading':
      if (wanted.kind !== 'heading' || !sameAttributes(held, wanted)) return false;
      return (
        align(held, wanted, splicing) && level(held, wanted, splicing) && line(held, wanted, splicing, true)
      );
    case 'button':
      if (wanted.kind !== 'button' || held.ref !== wanted.ref || held.align !== wanted.align) return false;
      return line(held, wanted, splicing, true);
    case 'image':
      return wanted.kind === 'image' && add(spliceImage(held, wanted, splicing), splicing);
    case 'code':
      return wanted.kind === 'code' && add(spliceCode(held, wanted, splicing), splicing);
    case 'list':
      if (wanted.kind !== 'list' || held.ordered !== wanted.ordered) return false;
      return spliceItems(held, wanted, splicing, spliceBlocks);
    case 'table':
      return wanted.kind === 'table' && spliceTable(held, wanted, splicing, spliceBlocks);
    case 'callout':
      if (wanted.kind !== 'callout' || held.color !== wanted.color) return false;
      return spliceBlocks(held.blocks, wanted.blocks, splicing);
    case 'section':
      if (wanted.kind !== 'section') return false;
      return (
        spliceBlocks(held.summary, wanted.summary, splicing) &&
        spliceBlocks(held.blocks, wanted.blocks, splicing)
      );
    case 'element': {
      if (wanted.kind !== 'element' || held.tag !== wanted.tag) return false;
      const isSame = JSON.stringify(held.attributes) === JSON.stringify(wanted.attributes);
      if (isSame && held.tag === 'pre') return add(spliceCode(held, wanted, splicing), splicing);
      return isSame && spliceBlocks(held.blocks, wanted.blocks, splicing);
    }
    case 'rule':
    case 'video':
      return fingerprintOf([held]) === fingerprintOf([wanted]);
  }
}

type Text = Extract<Canon, { kind: 'paragraph' | 'heading' | 'button' }>;

function sameAttributes(held: Text, wanted: Text): boolean {
  if (held.kind === 'button' || wanted.kind === 'button') return true;
  return JSON.stringify(held.attributes) === JSON.stringify(wanted.attributes);
}

function add(edits: readonly Edit[] | null, splicing: Splicing): boolean {
  if (edits === null) return false;
  splicing.edits.push(...edits);
  return true;
}

/** Changes the words of a block of text, or prints all of them in place. */
function line(held: Text, wanted: Text, splicing: Splicing, isOne: boolean): boolean {
  const loose = lineOf(held, splicing);
  const inPipes = isOne && held.kind === 'paragraph';
  const text: Line = { loose, runs: held.runs, wanted: wanted.runs, lines: !isOne, inPipes };
  if (JSON.stringify(held.runs) === JSON.stringify(wanted.runs)) return true;
  if (!reaches(splicing, 'lines') && add(spliceLine(text, splicing), splicing)) return true;
  const [first] = loose;
  const last = loose.at(-1);
  if (first === undefined || last === undefined) return false;
  const start = (first.within[0] ?? first.node).start;
  const end = (last.within[0] ?? last.node).end;
  if (start < 0 || end < start) return false;
  splicing.edits.push({ start, end, text: printLine(text, splicing, start, isHtmlAt(held, splicing)) });
  return true;
}

function align(
  held: Extract<Canon, { kind: 'paragraph' | 'heading' }>,
  wanted: Extract<Canon, { kind: 'paragraph' | 'heading' }>,
  splicing: Splicing,
): boolean {
  if (held.align === wanted.align) return true;
  const element = elementAt(held, splicing);
  if (element === null || !isHtmlAt(held, splicing)) return false;
  splicing.edits.push(alignmentEdit(element, splicing.source, wanted.align));
  return true;
}

/** Changes a heading's level by its signs or its tags. */
function level(held: Heading, wanted: Heading, splicing: Splicing): boolean {
  if (held.level === wanted.level) return true;
  const range = rangeOf(held, splicing);
  if (range === null) return false;
  const { source, edits } = splicing;
  if (isHtmlAt(held, splicing)) {
    const number = String(Math.min(6, Math.max(1, wanted.level)));
    const isPlain = /^<h[1-6]/iu.test(source.slice(range.start, range.start + 3));
    const close = /<\/h[1-6]\s*>$/iu.exec(source.slice(tagEnd(source, range.start), range.end));
    if (!isPlain || close === null) return false;
    const end = range.end - close[0].length + 3;
    edits.push({ start: range.start + 2, end: range.start + 3, text: number });
    edits.push({ start: end, end: end + 1, text: number });
    return true;
  }
  const signs = /^ {0,3}(#{1,6})(?=[ \t])/u.exec(source.slice(range.start, range.end));
  if (signs?.[1] === undefined) return false;
  const end = range.start + signs[0].length;
  edits.push({ start: end - signs[1].length, end, text: '#'.repeat(Math.min(6, Math.max(1, wanted.level))) });
  return true;
}

/** The element that a block of text was made from, tags and all. */
function elementAt(held: Canon, splicing: Splicing): DomElement | null {
  const range = rangeOf(held, splicing);
  const inner = splicing.placed.placeOf(held)?.nodes[0];
  if (range === null || inner === undefined) return null;
  const tag = /^<([a-z][a-z0-9]*)/iu.exec(splicing.source.slice(range.start, range.end))?.[1]?.toLowerCase();
  if (tag === undefined || (isElement(inner) && inner.start === range.start)) return null;
  const end = tagEnd(splicing.source, range.start);
  const names = /\sclass\s*=\s*"([^"]*)"/iu.exec(splicing.source.slice(range.start, end))?.[1];
  return {
    type: 'element',
    tag,
    attributes: new Map(names === undefined ? [] : [['class', names]]),
    children: [],
    start: range.start,
    end: range.end,
  };
}
