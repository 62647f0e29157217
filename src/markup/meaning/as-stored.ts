import { asWritten } from './as-written.ts';
import type { Block, Fingerprint } from './body.ts';
import type { Canon, Heading, Link, Mark, RawElement, Run } from './canon.ts';
import { fingerprintOf } from './fingerprint.ts';
import { isIntercomImageHost } from './intercom-images.ts';
import { sameLink } from './tidy-runs.ts';
import { withChildren } from './walk.ts';

/**
 * Tells whether a remote body is what the remote makes of a local one. Without a base nothing else tells that the two
 * once were the same. The remote copies pictures from elsewhere in the web under their names, has three levels of
 * headings with no pictures in them, and leaves out marks that it has no word for. Pictures of the content folder do not count as copied, since
 * they may have changed under their name.
 */
export function isSameAsStored(local: readonly Block[], remote: readonly Block[]): boolean {
  const there = remote.flatMap(({ content }) => content);
  let at = 0;
  for (const canon of local.flatMap(({ content }) => content)) {
    // A remote may keep all there is, so what is the same already need not lose anything.
    const found = [[canon], storedBlocks(canon)].find((content) =>
      content.every((one, offset) => isCopied(one, there[at + offset])),
    );
    if (found === undefined) return false;
    at += found.length;
  }
  return at === there.length;
}

function isCopied(local: Canon, remote: Canon | undefined): boolean {
  if (local.kind !== remote?.kind) return false;
  const [here, there] = [withoutAddresses(local), withoutAddresses(remote)];
  return (
    here.fingerprint === there.fingerprint &&
    here.refs.every((ref, at) => ref === there.refs[at] || isCopyOf(there.refs[at] ?? '', ref))
  );
}

/** Tells whether an address may be that of the copy that the remote made of a picture from elsewhere. */
export function isCopyOf(copy: string, original: string): boolean {
  const [, host = ''] = /^https?:\/\/([^/?#]+)/iu.exec(copy) ?? [];
  const name = nameOf(original);
  const isElsewhere = /^https?:\/\//iu.test(original) && !original.startsWith('https://shelfmark.invalid/');
  return isElsewhere && isIntercomImageHost(host) && name !== '' && nameOf(copy) === name;
}

/** The last part of an address, free of signs that are spelled differently in names of files. */
function nameOf(address: string): string {
  const path = address.replace(/[?#].*$/su, '').replace(/^https?:\/\/[^/]*/iu, '');
  return (path.split('/').at(-1) ?? '').replace(/[^\p{L}\p{N}.]/gu, '').toLowerCase();
}

function withoutAddresses(canon: Canon): {
  readonly fingerprint: Fingerprint;
  readonly refs: readonly string[];
} {
  const refs: string[] = [];
  const text = JSON.stringify(canon, (key, value: unknown) => {
    if (key !== 'image' || typeof value !== 'object' || value === null || !('ref' in value)) return value;
    refs.push(String(value.ref));
    return { ...value, ref: '' };
  });
  return { fingerprint: fingerprintOf([JSON.parse(text) as Canon]), refs };
}

/** A fingerprint that a block of the web and the copy of it with copied pictures have alike. */
export function fingerprintOfCopied(content: readonly Canon[]): Fingerprint {
  const text = JSON.stringify(asWritten(content), (key, value: unknown) => {
    if (key !== 'image' || typeof value !== 'object' || value === null || !('ref' in value)) return value;
    const ref = String(value.ref);
    const isOfWeb = /^https?:\/\//iu.test(ref) && !ref.startsWith('https://shelfmark.invalid/');
    return isOfWeb ? { ...value, ref: nameOf(ref) } : value;
  });
  return fingerprintOf(JSON.parse(text) as Canon[]);
}

const storedMarks: ReadonlySet<Mark> = new Set(['b', 'i', 'code', 'a']);
const storedLevels = 3;

/**
 * What the remote makes of a block, as far as is known: it has three levels of headings with no pictures in them, a
 * few marks, links of a few schemes, and no boxes but its own.
 */
export function storedBlocks(canon: Canon, inCallout = false): readonly Canon[] {
  const all = (blocks: readonly Canon[]): readonly Canon[] =>
    blocks.flatMap((block) => storedBlocks(block, inCallout));
  switch (canon.kind) {
    case 'paragraph':
      return [{ ...canon, attributes: [], runs: plainer(canon.runs) }];
    case 'button':
      return [{ ...canon, runs: plainer(canon.runs) }];
    case 'heading':
      return storedHeading({
        ...canon,
        level: Math.min(canon.level, storedLevels),
        attributes: [],
        runs: plainer(canon.runs),
      });
    case 'image':
      return [
        { ...canon, image: { ...canon.image, width: /^\d+/u.exec(canon.image.width ?? '')?.[0] ?? null } },
      ];
    case 'list':
      return [{ ...canon, items: canon.items.map((item) => ({ ...item, blocks: all(item.blocks) })) }];
    case 'table':
      return [
        {
          ...canon,
          rows: canon.rows.map((row) => row.map((cell) => ({ ...cell, blocks: all(cell.blocks) }))),
        },
      ];
    case 'section':
      return [{ ...canon, summary: all(canon.summary), blocks: all(canon.blocks) }];
    case 'callout': {
      const blocks = canon.blocks.flatMap((block) => storedBlocks(block, true));
      return inCallout ? blocks : [{ ...canon, blocks }];
    }
    case 'element':
      return canon.tag === 'pre' ? [codeOf(canon)] : all(boxed(canon));
    case 'code':
    case 'rule':
    case 'video':
      return [canon];
  }
}

/** What is in a box. A link around blocks is a link of each of them. */
export function boxed({ tag, attributes, blocks }: RawElement): readonly Canon[] {
  const ref = tag === 'a' ? attributes.find(([name]) => name === 'href')?.[1] : undefined;
  return ref === undefined || isOddLink(ref) ? blocks : blocks.map((block) => relinked(block, null, ref));
}

/** The blocks of the remote without the link that is around all of them in a file. */
export function unlinked(blocks: readonly Canon[], { tag, attributes }: RawElement): readonly Canon[] {
  const ref = tag === 'a' ? attributes.find(([name]) => name === 'href')?.[1] : undefined;
  return ref === undefined ? blocks : blocks.map((block) => relinked(block, ref, null));
}

function relinked(block: Canon, from: string | null, to: string | null): Canon {
  const linked = <Linked extends { readonly link: Link | null }>(one: Linked): Linked =>
    (one.link?.ref ?? null) === from ? { ...one, link: to === null ? null : { ref: to, title: null } } : one;
  if (block.kind === 'image') return { ...block, image: linked(block.image) };
  if (block.kind === 'paragraph' || block.kind === 'heading')
    return { ...block, runs: block.runs.map((run) => linked(run)) };
  return withChildren(block, (inner) => inner.map((one) => relinked(one, from, to)));
}

/** The remote has no pictures in headings; they follow them. */
function storedHeading(heading: Heading): readonly Canon[] {
  if (heading.runs.every((run) => run.kind !== 'image')) return [heading];
  const pictures = heading.runs.flatMap((run): Canon[] =>
    run.kind === 'image'
      ? [{ kind: 'image', align: heading.align, image: { ...run.image, link: run.link } }]
      : [],
  );
  const runs = trimmed(heading.runs.filter((run) => run.kind !== 'image'));
  return runs.length === 0 ? pictures : [{ ...heading, runs }, ...pictures];
}

function codeOf({ blocks }: RawElement): Canon {
  const runs = blocks.flatMap((block) => (block.kind === 'paragraph' ? block.runs : []));
  const text = runs.map((run) => (run.kind === 'text' ? run.text : '')).join('');
  return { kind: 'code', text: text.replace(/\n$/u, ''), language: null };
}

/** Runs with the marks that are stored; those that only other marks kept apart are one. */
export function plainer(runs: readonly Run[]): readonly Run[] {
  const plain: Run[] = [];
  for (const run of runs) {
    const isOdd = run.link !== null && isOddLink(run.link.ref);
    const link = isOdd ? null : run.link;
    const marks = [...(isOdd ? ['a'] : []), ...run.marks.filter((mark) => storedMarks.has(mark))];
    const last = plain.at(-1);
    if (
      run.kind === 'text' &&
      last?.kind === 'text' &&
      last.marks.join() === marks.join() &&
      sameLink(last.link, link)
    ) {
      plain[plain.length - 1] = { ...last, text: last.text + run.text };
    } else plain.push({ ...run, marks, link });
  }
  return plain;
}

/** Whether the remote takes the address away from such a link. */
export function isOddLink(ref: string): boolean {
  const scheme = /^([a-z][a-z0-9+.-]*):/iu.exec(ref)?.[1];
  return scheme !== undefined && !/^(?:https?|mailto|tel)$/iu.test(scheme);
}

/** Without the spaces that were there for what was before, between or behind them. */
function trimmed(runs: readonly Run[]): readonly Run[] {
  const joined = plainer(runs);
  return joined.flatMap((run, at): Run[] => {
    if (run.kind !== 'text') return [run];
    let text = run.text.replace(/ {2,}/gu, ' ');
    if (at === 0) text = text.trimStart();
    if (at === joined.length - 1) text = text.trimEnd();
    return text === '' ? [] : [{ ...run, text }];
  });
}
