/** How an author is called, from an e-mail address; null for none, and for an id, which names nobody. */
export function authorName(author: string | null): string | null {
  const [, own = ''] = /^([^@]+)@/.exec(author ?? '') ?? [];
  const words = own
    .replace(/\+.*$/, '')
    .split(/[._-]+/)
    .filter((one) => one !== '')
    .map((one) => one.charAt(0).toUpperCase() + one.slice(1));
  return words.length === 0 ? null : words.join(' ');
}
