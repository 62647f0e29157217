import { hash } from 'node:crypto';
import type { Attributes, Canon, Image, Mark, Run } from './canon.ts';
import type { Fingerprint } from './body.ts';
import { withJoinedLinks } from './tidy-runs.ts';

/** Fingerprints what some blocks mean; members that are not compared do not count. */
export function fingerprintOf(content: readonly Canon[]): Fingerprint {
  return hash('sha256', listed(content, written), 'base64url').slice(0, 8);
}

/**
 * Writes what counts of a block as rows of JSON, without building the rows first: a body has thousands of them.
 * These rows are part of every lock: changing one is a new `markupVersion`.
 */
function written(canon: Canon): string {
  switch (canon.kind) {
    case 'paragraph':
      return `["p",${quoted(canon.align)},${attributesOf(canon.attributes)},${listed(withJoinedLinks(canon.runs), writtenRun)}]`;
    case 'heading':
      return `["h",${String(canon.level)},${quoted(canon.align)},${attributesOf(canon.attributes)},${listed(withJoinedLinks(canon.runs), writtenRun)}]`;
    case 'image':
      return `["img",${quoted(canon.align)},${writtenImage(canon.image)}]`;
    case 'code':
      return `["pre",${quoted(canon.text)}]`;
    case 'list':
      return `["${canon.ordered ? 'ol' : 'ul'}",${listed(canon.items, ({ blocks }) => listed(blocks, written))}]`;
    case 'table': {
      const rows = listed(canon.rows, (row) =>
        listed(
          row,
          ({ tint, colspan, rowspan, blocks }) =>
            `[${quoted(tint)},${String(colspan)},${String(rowspan)},${listed(blocks, written)}]`,
        ),
      );
      return `["table",${quoted(canon.header)},${rows}]`;
    }
    case 'rule':
      return '["hr"]';
    case 'callout':
      return `["callout",${quoted(canon.color)},${listed(canon.blocks, written)}]`;
    case 'section':
      return `["details",${listed(canon.summary, written)},${listed(canon.blocks, written)}]`;
    case 'video':
      return `["video",${quoted(canon.player)},${quoted(canon.id)}]`;
    case 'button':
      return `["button",${quoted(canon.align)},${quoted(canon.ref)},${listed(withJoinedLinks(canon.runs), writtenRun)}]`;
    case 'element':
      return `["el",${quoted(canon.tag)},${attributesOf(canon.attributes)},${listed(canon.blocks, written)}]`;
  }
}

function writtenRun(run: Run): string {
  const link = run.link === null ? 'null' : quoted(run.link.ref);
  switch (run.kind) {
    case 'text':
      return `["t",${quoted(run.text)},${marksOf(run.marks)},${link}]`;
    case 'break':
      return `["br",${marksOf(run.marks)},${link}]`;
    case 'image':
      return `["i",${writtenImage(run.image)},${marksOf(run.marks)},${link}]`;
  }
}

function writtenImage({ ref, alt, width, link }: Image): string {
  return `[${quoted(ref)},${quoted(alt)},${quoted(width)},${link === null ? 'null' : quoted(link.ref)}]`;
}

function marksOf(marks: readonly Mark[]): string {
  return marks.length === 0 ? '[]' : listed(marks, quoted);
}

function attributesOf(attributes: Attributes): string {
  return attributes.length === 0
    ? '[]'
    : listed(attributes, ([name, value]) => `[${quoted(name)},${quoted(value)}]`);
}

function listed<Member>(members: readonly Member[], write: (member: Member) => string): string {
  let out = '[';
  for (let at = 0; at < members.length; at += 1) {
    const member = members[at];
    if (member !== undefined) out += at === 0 ? write(member) : `,${write(member)}`;
  }
  return `${out}]`;
}

/** Half of a pair of surrogates counts as what it becomes in a file or a call: U+FFFD. */
function quoted(value: string | null): string {
  return value === null ? 'null' : JSON.stringify(value.toWellFormed());
}
