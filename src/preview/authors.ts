/** How people are called who are known by their e-mail addresses, in lower case. */
export type Names = ReadonlyMap<string, string>;

/**
 * How an author is called: by the name that goes with the e-mail address, else after the address. Null for none, and for
 * an id, which names nobody.
 */
export function authorName(author: string | null, known: Names): string | null {
  const name = known.get(author?.toLowerCase() ?? '');
  if (name !== undefined) return name;
  const [, own = ''] = /^([^@]+)@/.exec(author ?? '') ?? [];
  const words = own
    .replace(/\+.*$/, '')
    .split(/[._-]+/)
    .filter((one) => one !== '')
    .map((one) => one.charAt(0).toUpperCase() + one.slice(1));
  return words.length === 0 ? null : words.join(' ');
}
