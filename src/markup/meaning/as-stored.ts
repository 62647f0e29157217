import type { Block, Fingerprint } from './body.ts';
import type { Canon, Mark, Run } from './canon.ts';
import { fingerprintOf } from './fingerprint.ts';
import { isIntercomImageHost } from './refs.ts';

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
    // A remote may keep all there is, so what is the same as it stands needs to lose nothing.
    const found = [[canon], stored(canon)].find((content) =>
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

function isCopyOf(copy: string, original: string): boolean {
  const [, host = ''] = /^https?:\/\/([^/?#]+)/iu.exec(copy) ?? [];
  const name = nameOf(original);
  const isElsewhere = /^https?:\/\//iu.test(original);
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

const storedMarks: ReadonlySet<Mark> = new Set(['b', 'i', 'code']);
const storedLevels = 3;

/** What the remote makes of a block: pictures do not stand in its headings, but follow them. */
function stored(canon: Canon): readonly Canon[] {
  const plain = reduced(canon);
  if (plain.kind !== 'heading' || plain.runs.every((run) => run.kind !== 'image')) return [plain];
  const pictures = plain.runs.flatMap((run): Canon[] =>
    run.kind === 'image'
      ? [{ kind: 'image', align: plain.align, image: { ...run.image, link: run.link } }]
      : [],
  );
  return [{ ...plain, runs: trimmed(plain.runs.filter((run) => run.kind !== 'image')) }, ...pictures];
}

/** A block with nothing that the remote has no word for. */
function reduced(canon: Canon): Canon {
  switch (canon.kind) {
    case 'paragraph':
    case 'button':
      return { ...canon, runs: plainer(canon.runs) };
    case 'heading':
      return { ...canon, level: Math.min(canon.level, storedLevels), runs: plainer(canon.runs) };
    case 'list':
      return {
        ...canon,
        items: canon.items.map((item) => ({ ...item, blocks: item.blocks.map(reduced) })),
      };
    case 'table':
      return {
        ...canon,
        rows: canon.rows.map((row) => row.map((cell) => ({ ...cell, blocks: cell.blocks.map(reduced) }))),
      };
    case 'section':
      return { ...canon, summary: canon.summary.map(reduced), blocks: canon.blocks.map(reduced) };
    case 'callout':
    case 'element':
      return { ...canon, blocks: canon.blocks.map(reduced) };
    case 'image':
    case 'code':
    case 'rule':
    case 'video':
      return canon;
  }
}

/** Runs with the marks that are stored; those that only other marks kept apart are one. */
function plainer(runs: readonly Run[]): readonly Run[] {
  const plain: Run[] = [];
  for (const run of runs) {
    const marks = run.marks.filter((mark) => storedMarks.has(mark));
    const last = plain.at(-1);
    if (
      run.kind === 'text' &&
      last?.kind === 'text' &&
      last.marks.join() === marks.join() &&
      last.link?.ref === run.link?.ref
    ) {
      plain[plain.length - 1] = { ...last, text: last.text + run.text };
    } else plain.push({ ...run, marks });
  }
  return plain;
}

/** Without the spaces that were there for what stood before, between or behind them. */
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
