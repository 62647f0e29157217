import { possibleAddresses } from '../../markup/find/possible-addresses.ts';
import type { LocalContent } from '../../model/entry.ts';
import { ownText } from '../../model/packed.ts';

/**
 * Addresses in a text that may lead to something in the folder, found without parsing it: more than there are, rather
 * than fewer. A text never changes once it was read, so whoever plans again with the same one looks once.
 */
export function addressesIn(content: LocalContent): readonly string[] {
  const known = addresses.get(content);
  if (known !== undefined) return known;
  const found = [...possibleAddresses(content.body)]
    .filter((url) => !/^https?:/i.test(url))
    .map((url) => ownText(url));
  addresses.set(content, found);
  return found;
}

const addresses = new WeakMap<LocalContent, readonly string[]>();
