import { blockOf } from '../read/assemble.ts';
import type { Block, Body, Fingerprint } from '../meaning/body.ts';
import type { Heading } from '../meaning/canon.ts';
import { fingerprintOf } from '../meaning/fingerprint.ts';

/**
 * A heading that the remote edited, at the depth that the file gives it: the remote stores fewer levels than Markdown
 * has. That is certain only where one heading became one of the level that the remote had stored it with. The block
 * knows the remote's own as its twin, so that nothing is sent for it.
 */
export function deepened(
  local: readonly Block[],
  before: readonly Fingerprint[],
  remote: readonly Block[],
): readonly Block[] {
  const [mine, theirs] = [headingOf(local), headingOf(remote)];
  const [block] = remote;
  if (mine === null || theirs === null || block === undefined || mine.level <= theirs.level) return remote;
  if (before.length !== 1 || before[0] !== fingerprintOf([{ ...mine, level: theirs.level }])) return remote;
  return [
    { ...blockOf([{ ...theirs, level: mine.level }], block.source, block.start, block.line), twin: remote },
  ];
}

/** Headings of a file that the remote holds less deep: from the fingerprint there to the one in the file. */
export function deeperHeadings(local: Body, remote: Body): ReadonlyMap<Fingerprint, Fingerprint> {
  const shared = new Set(local.blocks.map(({ fingerprint }) => fingerprint));
  const wanted = new Set(remote.blocks.map(({ fingerprint }) => fingerprint));
  const deeper = new Map<Fingerprint, Fingerprint>();
  for (const block of local.blocks) {
    const heading = headingOf([block]);
    if (heading === null || heading.level <= leastDepth || wanted.has(block.fingerprint)) continue;
    for (let level = leastDepth; level < heading.level; level += 1) {
      const stored = fingerprintOf([{ ...heading, level }]);
      if (wanted.has(stored) && !shared.has(stored)) deeper.set(stored, block.fingerprint);
    }
  }
  return deeper;
}

/** The remote stores at least so many levels, so that only headings below are stored as something else. */
const leastDepth = 3;

function headingOf(blocks: readonly Block[]): Heading | null {
  const [block] = blocks;
  const [content] = block?.content ?? [];
  return blocks.length === 1 && block?.content.length === 1 && content?.kind === 'heading' ? content : null;
}
