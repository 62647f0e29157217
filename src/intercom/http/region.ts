import { ShelfmarkError } from '../../model/error.ts';

/** Where a workspace's data lives. */
export const regions = ['us', 'eu', 'au'] as const;
export type Region = (typeof regions)[number];

const hosts: Readonly<Record<Region, string>> = {
  us: 'https://api.intercom.io',
  eu: 'https://api.eu.intercom.io',
  au: 'https://api.au.intercom.io',
};

export function regionUrl(region: Region): string {
  return hosts[region];
}

/**
 * Checks a base address and takes the slash from its end. The token travels with every call, so only https
 * will do, except on this very machine.
 */
export function checkUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null) throw refusedUrl('It is not an address.');
  if (url.username !== '' || url.password !== '') throw refusedUrl('It holds a user name or a password.');
  if (url.search !== '' || url.hash !== '') throw refusedUrl('It has a "?" or a "#" in it.');
  const safe = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
  if (!safe) throw refusedUrl('The token would travel unprotected: only https will do.');
  return url.origin + url.pathname.replace(/\/+$/, '');
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}

function refusedUrl(why: string): ShelfmarkError {
  return new ShelfmarkError('URL_REFUSED', {
    message: `The address of Intercom's API cannot be used. ${why} Nothing was sent.`,
    hint: 'Leave INTERCOM_URL unset to use Intercom itself, or give it an address such as https://api.eu.intercom.io.',
  });
}
