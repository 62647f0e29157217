import { fingerprintOfCopied, storedBlocks } from '../meaning/as-stored.ts';
import type { Canon } from '../meaning/canon.ts';
import { plainRefs } from '../meaning/refs.ts';
import { readHtml } from './read-html.ts';

/**
 * Tells whether a stored body is what the remote made of the one that was sent: spelled otherwise, with copies of its
 * pictures, and without marks, boxes and addresses that the remote has no word for.
 */
export function isStoredForm(sent: string, stored: string): boolean {
  const [meant, held] = [sent, stored].map((html) =>
    leavesOf(readHtml(html, plainRefs).blocks.flatMap(({ content }) => content)),
  );
  if (meant === undefined || held === undefined || meant.length !== held.length) return false;
  return meant.every((one, at) => fingerprintOfCopied([one]) === fingerprintOfCopied(held.slice(at, at + 1)));
}

/** What is in a body as it is stored, without the boxes around it: a remote may have none of a kind. */
function leavesOf(content: readonly Canon[]): readonly Canon[] {
  return content
    .flatMap((canon) => storedBlocks(canon))
    .flatMap((canon): readonly Canon[] => {
      if (canon.kind === 'callout' || canon.kind === 'element') return leavesOf(canon.blocks);
      return canon.kind === 'section' ? leavesOf([...canon.summary, ...canon.blocks]) : [canon];
    });
}
