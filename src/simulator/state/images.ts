import { drawText, hexDigits, seededChance } from './chance.ts';
import type { StoredImage } from './entities.ts';
import type { World } from './world.ts';

/** Host of the addresses that stored images get in the US region. */
const imageHost = 'https://downloads.intercomcdn.com';

/** Hosts, old and new, whose addresses are recognised when they are sent back. */
const intercomHosts =
  /^https?:\/\/(?:(?:downloads|uploads)\.(?:(?:eu|au)\.)?intercomcdn\.(?:com|eu)|uploads\.intercomusercontent\.com|[\w-]+\.(?:au\.)?intercom-attachments(?:-[1-9])?\.(?:com|eu))\//i;

/**
 * The address under which an image is stored, without a signature: the same source is never copied twice, and an
 * address of Intercom's own stays what it is.
 */
export function storedAddress(world: World, source: string, bytes: Uint8Array | null): string {
  const own = ownPath(world, source);
  if (own !== null) return `${imageHost}${own}`;
  if (isIntercomAddress(source)) return withoutQuery(source);
  const known = world.imageOfSource(source);
  if (known !== null) return `${imageHost}${known.path}`;
  const image: StoredImage = {
    path: freshPath(world, source),
    source,
    bytes: bytes === null ? null : Buffer.from(bytes).toString('base64'),
  };
  world.putImage(image);
  return `${imageHost}${image.path}`;
}

/** Whether a copy of that address is at hand already, so that nothing needs to be fetched. */
export function isStored(world: World, source: string): boolean {
  return ownPath(world, source) !== null || isIntercomAddress(source) || world.imageOfSource(source) !== null;
}

/** A stored body as answered: each stored image with the query that signs it at present. */
export function signImages(world: World, body: string): string {
  if (!body.includes(imageHost)) return body;
  const host = world.settings.switches.imageAddresses === 'own' ? world.origin.site : imageHost;
  return body.replaceAll(/https:\/\/downloads\.intercomcdn\.com(\/[^"?\s<>]*)/g, (_, path: string) => {
    return `${host}${path}?${signature(world, path)}`;
  });
}

/** The path of a stored image that an address, signed or not, points to; null for any other address. */
export function storedPath(world: World, address: string): string | null {
  const path = ownPath(world, address);
  return path !== null && world.images.has(path) ? path : null;
}

function ownPath(world: World, address: string): string | null {
  const bare = withoutQuery(address);
  for (const host of [imageHost, world.origin.site, world.origin.api]) {
    if (!bare.startsWith(`${host}/`)) continue;
    const path = bare.slice(host.length);
    if (world.images.has(path)) return path;
  }
  return null;
}

function isIntercomAddress(address: string): boolean {
  return intercomHosts.test(address);
}

function withoutQuery(address: string): string {
  return address.replace(/[?#].*$/s, '');
}

function freshPath(world: World, source: string): string {
  const last = withoutQuery(source).split('/').at(-1) ?? '';
  const name = last.replaceAll(/[^A-Za-z0-9._-]/g, '_').slice(-80) || 'image';
  const number = 1_000_000_000 + world.images.size * 7 + 1;
  return `/i/o/${world.settings.workspace.id}/${number}/${drawText(world.chance, hexDigits, 24)}/${name}`;
}

/** The query with `&` as in HTML; the same until the signing period is over. */
function signature(world: World, path: string): string {
  const expires = expiry(world.seconds(), world.settings.switches.signingPeriod);
  const chance = seededChance(world.settings.seed, `${path} ${expires}`);
  const request = Buffer.from(drawText(chance, hexDigits, 30)).toString('base64');
  return `expires=${expires}&amp;signature=${drawText(chance, hexDigits, 64)}&amp;req=${request}%0A`;
}

/** Rounded, as recorded: noon UTC of the next day, or the quarter of an hour after the next. */
function expiry(now: number, period: 'day' | 'quarter'): number {
  if (period === 'quarter') return (Math.floor(now / 900) + 2) * 900;
  return (Math.floor(now / 86_400) + 1) * 86_400 + 43_200;
}
