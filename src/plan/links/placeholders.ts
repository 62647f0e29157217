/* Links to entries that the remote has not named yet: placeholders in a printed body, and the addresses that replace them. */
import { addressesInHtml, replaceAddresses } from '../../markup/find/addresses.ts';
import type { EntryKey } from '../../model/identity.ts';
import { entryOfRef, inner } from './refs.ts';

/** Puts addresses in place of the placeholders of a printed body; null leaves one as it is. */
export function fillPlaceholders(
  html: string,
  addressOf: (key: EntryKey, fragment: string) => string | null,
): string {
  if (!html.includes(inner)) return html;
  return replaceAddresses(html, addressesInHtml(html), ({ url }) => {
    const ref = entryOfRef(url);
    if (ref === null || ref.path === null) return null;
    const address = addressOf(`${ref.kind}:@${ref.path}` as EntryKey, ref.fragment);
    return address === null ? null : address.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  });
}

/** The entries without an id whose addresses a printed body is waiting for. */
export function placeholdersIn(html: string): readonly EntryKey[] {
  const keys = new Set<EntryKey>();
  fillPlaceholders(html, (key) => {
    keys.add(key);
    return null;
  });
  return [...keys];
}
