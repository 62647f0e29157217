import { withoutSignature } from './intercom-images.ts';

/** Turns addresses of one side into what both sides mean by them, and back. */
export interface Refs {
  /** From an address as it is in the text to what it means. */
  read(url: string, use: 'link' | 'image'): string;
  /** From what is meant to the address as this side writes it. */
  write(ref: string, use: 'link' | 'image'): string;
}

/** Addresses mean what they say; images on Intercom's hosts lose their signed query, which expires. */
export const plainRefs: Refs = {
  read: (url, use) => normalizeUrl(use === 'image' ? withoutSignature(url) : url),
  write: (ref) => ref,
};

/** Leaves addresses alone: for text that already holds what is meant, such as `blockMarkdown` kept in a cache. */
export const canonicalRefs: Refs = { read: (url) => url, write: (ref) => ref };

/** Percent-encodes what an address cannot hold, so that both spellings of one address are equal. */
export function normalizeUrl(url: string): string {
  if (!/[^!#$%&'()*+,\-./0-9:;=?@A-Z_a-z~]|%/u.test(url)) return url;
  return url.replace(/%(?![0-9A-Fa-f]{2})|[^!#$%&'()*+,\-./0-9:;=?@A-Z_a-z~]/gu, (char) =>
    /[\ud800-\udfff]/u.test(char) ? '%EF%BF%BD' : encodeURIComponent(char),
  );
}
