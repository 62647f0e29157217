import { hash } from 'node:crypto';
import type { Canon, Image, Run } from './canon.ts';
import type { Fingerprint } from './body.ts';

/** Fingerprints what some blocks mean; members that are not compared do not count. */
export function fingerprintOf(content: readonly Canon[]): Fingerprint {
  return hash('sha256', JSON.stringify(content.map(comparable)), 'base64url').slice(0, 8);
}

type Comparable = string | number | null | readonly Comparable[];

/** The shape of these rows is part of every lock: changing it is a new `markupVersion`. */
function comparable(canon: Canon): Comparable {
  switch (canon.kind) {
    case 'paragraph':
      return ['p', canon.align, canon.attributes, canon.runs.map(comparableRun)];
    case 'heading':
      return ['h', canon.level, canon.align, canon.attributes, canon.runs.map(comparableRun)];
    case 'image':
      return ['img', canon.align, comparableImage(canon.image)];
    case 'code':
      return ['pre', canon.text];
    case 'list':
      return [canon.ordered ? 'ol' : 'ul', canon.items.map(({ blocks }) => blocks.map(comparable))];
    case 'table':
      return [
        'table',
        canon.header,
        canon.rows.map((row) =>
          row.map(({ tint, colspan, rowspan, blocks }) => [tint, colspan, rowspan, blocks.map(comparable)]),
        ),
      ];
    case 'rule':
      return ['hr'];
    case 'callout':
      return ['callout', canon.color, canon.blocks.map(comparable)];
    case 'section':
      return ['details', canon.summary.map(comparable), canon.blocks.map(comparable)];
    case 'video':
      return ['video', canon.player, canon.id];
    case 'button':
      return ['button', canon.align, canon.ref, canon.runs.map(comparableRun)];
    case 'element':
      return ['el', canon.tag, canon.attributes, canon.blocks.map(comparable)];
  }
}

function comparableRun(run: Run): Comparable {
  const link = run.link === null ? null : run.link.ref;
  switch (run.kind) {
    case 'text':
      return ['t', run.text, run.marks, link];
    case 'break':
      return ['br', run.marks, link];
    case 'image':
      return ['i', comparableImage(run.image), run.marks, link];
  }
}

function comparableImage({ ref, alt, width, link }: Image): Comparable {
  return [ref, alt, width, link === null ? null : link.ref];
}
