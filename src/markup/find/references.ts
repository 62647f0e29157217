import type { Body, Reference } from '../meaning/body.ts';
import type { MdBlock } from '../markdown/markdown-tree.ts';
import type { Refs } from '../meaning/refs.ts';
import { addressesIn } from './addresses.ts';
import type { Lines } from './lines.ts';

/** The addresses that a body uses, in order, each with its place: for checks of links and images. */
export function referencesOf(body: Body): readonly Reference[] {
  return body.references;
}

/** What the addresses in a Markdown tree mean, those of raw HTML included. */
export function referencesIn(blocks: readonly MdBlock[], refs: Refs, lines: Lines): readonly Reference[] {
  return addressesIn({ blocks })
    .filter(({ url }) => url.trim() !== '')
    .map(({ url, use, at }) => ({
      url,
      ref: url.startsWith('#') ? url : refs.read(url, use),
      use,
      ...lines.placeOf(at),
    }));
}
