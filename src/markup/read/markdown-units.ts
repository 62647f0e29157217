import { readNote } from './markdown-dom.ts';
import type { MdBlock } from '../markdown/markdown-tree.ts';
import { TooComplex } from '../markdown/work.ts';

/** Neighbouring blocks that mean something only together. */
export interface Unit {
  readonly start: number;
  readonly end: number;
  readonly nodes: readonly MdBlock[];
}

/** A tag that is opened in a block of HTML and never closed, with the offset of its block. */
export interface UnclosedTag {
  readonly name: string;
  readonly offset: number;
}

/** Joins blocks that belong together: a comment with what it is about, and all from an opening tag to its end. */
export function unitsOf(blocks: readonly MdBlock[]): {
  readonly units: readonly Unit[];
  readonly unclosed: readonly UnclosedTag[];
} {
  const { joins, open } = pairTags(blocks);
  const units: Unit[] = [];
  for (let at = 0; at < blocks.length; at += 1) {
    let last = at;
    for (let next = at; next <= last; next += 1) last = Math.max(last, joins.get(next) ?? next);
    const nodes = blocks.slice(at, last + 1);
    const [first] = nodes;
    if (first !== undefined) units.push({ start: first.start, end: nodes.at(-1)?.end ?? first.end, nodes });
    at = last;
  }
  const unclosed = open.map(({ name, at }) => ({ name, offset: blocks[at]?.start ?? 0 }));
  return { units, unclosed };
}

interface OpenTag {
  readonly name: string;
  readonly at: number;
}

/** Tells for blocks that open something up to which block it goes, and what stays open. */
function pairTags(blocks: readonly MdBlock[]): {
  joins: ReadonlyMap<number, number>;
  open: readonly OpenTag[];
} {
  const joins = new Map<number, number>();
  const open: OpenTag[] = [];
  const waiting = new Map<string, number>();
  for (const [at, block] of blocks.entries()) {
    if (block.type !== 'html') continue;
    if (readNote(block.html) !== null) {
      if (at + 1 < blocks.length) joins.set(at, at + 1);
      continue;
    }
    for (const { name, closes } of tagsIn(block.html)) {
      if (!closes) {
        open.push({ name, at });
        if (open.length > 200) throw new TooComplex('more than 200 tags that are not closed', block.start);
        waiting.set(name, (waiting.get(name) ?? 0) + 1);
      } else if ((waiting.get(name) ?? 0) > 0) {
        let opened = open.pop();
        while (opened !== undefined) {
          waiting.set(opened.name, (waiting.get(opened.name) ?? 1) - 1);
          if (opened.name === name) break;
          opened = open.pop();
        }
        if (opened !== undefined && opened.at < at)
          joins.set(opened.at, Math.max(at, joins.get(opened.at) ?? at));
      }
    }
  }
  return { joins, open };
}

/** Tags of a piece of HTML that can hold other blocks, comments aside. */
function* tagsIn(html: string): Generator<{ readonly name: string; readonly closes: boolean }> {
  const bare = html.includes('<!--') ? html.replace(/<!--.*?(?:-->|$)/gsu, '') : html;
  for (const tag of bare.matchAll(/<(\/?)([a-z][a-z0-9-]*)(?:\s(?:[^"'<>]|"[^"]*"|'[^']*')*)?(\/?)>/giu)) {
    const name = (tag[2] ?? '').toLowerCase();
    if (!voidTags.has(name)) yield { name, closes: tag[1] === '/' };
  }
}

const voidTags: ReadonlySet<string> = new Set([
  'br',
  'hr',
  'img',
  'input',
  'wbr',
  'col',
  'source',
  'area',
  'meta',
  'link',
  'p',
  'li',
]);
