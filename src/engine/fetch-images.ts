/*
 * Images that were added in the web editor come home with the text: they are fetched while planning, so that the plan
 * already shows where they will stand, and written with the rest. What cannot be fetched stays an address.
 */
import { isIntercomImageHost, withoutSignature } from '../markup/refs.ts';
import type { BaseImage } from '../model/base.ts';
import { joinPath, parentPath, type LocalPath } from '../model/identity.ts';
import type { LocalOperation } from '../model/plan.ts';
import type { PlanInput } from '../plan/input.ts';
import { makePlan, type Planned } from '../plan/make-plan.ts';
import type { ImageSource, LocalSide } from './ports.ts';

export interface PlannedWithImages {
  readonly planned: Planned;
  /** Files that belong to the plan, by where they will stand. */
  readonly incoming: ReadonlyMap<LocalPath, Uint8Array>;
}

/** At most this many are fetched at a time. */
const parallel = 6;

export async function fetchImages(
  planned: Planned,
  source: ImageSource | null,
  local: LocalSide,
  signal: AbortSignal,
): Promise<PlannedWithImages> {
  const { input } = planned.context;
  const wanted = source === null ? [] : [...adoptedImages(planned), ...wantedImages(planned)];
  if (source === null || wanted.length === 0) return { planned, incoming: new Map() };

  const incoming = new Map<LocalPath, Uint8Array>();
  const digests = new Map(input.assetDigests);
  const images: BaseImage[] = [];
  const places = new Set([...digests.keys()].map((path) => input.names.foldOf(path)));
  const pathOf = new Map([...digests].map(([path, digest]) => [digest, path]));
  for (let start = 0; start < wanted.length; start += parallel) {
    const batch = wanted.slice(start, start + parallel);
    const fetched = await Promise.all(batch.map((one) => source.fetch(one.url, signal)));
    for (const [index, image] of batch.entries()) {
      const bytes = fetched[index];
      const ending = bytes === null || bytes === undefined ? null : endingOf(bytes);
      if (bytes === null || bytes === undefined || ending === null) continue;
      const digest = local.digestOf(bytes);
      // The same image under another address is the same file.
      const known = pathOf.get(digest);
      if (known === undefined && image.isOnlyTied) continue;
      const file = known ?? freePlace(image, ending, input, places);
      if (known === undefined) incoming.set(file, bytes);
      pathOf.set(digest, file);
      places.add(input.names.foldOf(file));
      digests.set(file, digest);
      images.push({ address: image.address, file, digest });
    }
  }
  if (images.length === 0) return { planned, incoming };
  const base = { ...input.base, images: [...input.base.images, ...images] };
  return { planned: makePlan({ ...input, base, assetDigests: digests }), incoming };
}

interface WantedImage {
  /** Without the signed query: what the image is known by. */
  readonly address: string;
  /** With it: where it can be fetched now. */
  readonly url: string;
  /** The folder of the article that shows it. */
  readonly folder: LocalPath;
  /** It is compared with the files that are there and never becomes a new one. */
  readonly isOnlyTied: boolean;
}

/** Images of entries that meet for the first time: the same bytes here and there are the same image. */
function adoptedImages({ plan, pairing, context }: Planned): readonly WantedImage[] {
  const inConflict = new Set(plan.conflicts.filter((one) => one.field === 'body').map((one) => one.key));
  if (context.input.assetDigests.size === 0) return [];
  return pairing.articles.flatMap((triple) => {
    if (
      triple.base !== null ||
      triple.local === null ||
      triple.remote === null ||
      !inConflict.has(triple.key)
    )
      return [];
    const { folder } = triple.local;
    const signed = signedAddresses([...triple.remote.locales.values()].map((content) => content.body));
    return [...signed].map(([address, url]) => ({ address, url, folder, isOnlyTied: true }));
  });
}

/** Images on Intercom's hosts in texts that this plan writes into files. */
function wantedImages({ plan, pairing }: Planned): readonly WantedImage[] {
  const wanted = new Map<string, WantedImage>();
  const remotes = new Map(pairing.articles.map((triple) => [triple.key, triple.remote]));
  for (const operation of plan.operations) {
    if (operation.side !== 'local' || operation.kind !== 'article') continue;
    const signed = signedAddresses(
      [...(remotes.get(operation.key)?.locales.values() ?? [])].map((content) => content.body),
    );
    for (const text of bodiesOf(operation)) {
      for (const [address] of text.matchAll(/https:\/\/[^\s"'<>()[\]]+/g)) {
        const plain = withoutSignature(address);
        const url = signed.get(plain);
        if (url !== undefined)
          wanted.set(plain, { address: plain, url, folder: parentPath(operation.to), isOnlyTied: false });
      }
    }
  }
  return [...wanted.values()];
}

function bodiesOf(operation: LocalOperation): readonly string[] {
  return operation.steps.flatMap((step) => {
    if (step.step === 'create-article') return [step.content.body];
    return step.step === 'edit-article' && step.edit.body !== undefined ? [step.edit.body] : [];
  });
}

function signedAddresses(bodies: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const body of bodies) {
    for (const [, source = ''] of body.matchAll(/<img\b[^>]*?\ssrc="(https:[^"]+)"/g)) {
      const url = source.replaceAll('&amp;', '&');
      if (isIntercomImageHost(hostOf(url))) found.set(withoutSignature(url), url);
    }
  }
  return found;
}

function freePlace(
  image: WantedImage,
  ending: string,
  input: PlanInput,
  places: ReadonlySet<string>,
): LocalPath {
  const last = decodeURIComponentOr(image.address.slice(image.address.lastIndexOf('/') + 1)).replace(
    /\.[A-Za-z0-9]{1,5}$/,
    '',
  );
  const stem = input.names.slugOf(last) || 'image';
  for (let count = 1; ; count += 1) {
    const name = `images/${stem}${count === 1 ? '' : `-${count}`}.${ending}`;
    const path = image.folder === '' ? (name as LocalPath) : joinPath(image.folder, name);
    if (!places.has(input.names.foldOf(path))) return path;
  }
}

/** The ending that the bytes themselves call for; null for what is no image. */
function endingOf(bytes: Uint8Array): 'png' | 'jpg' | 'gif' | 'webp' | null {
  const starts = (...head: readonly number[]): boolean => head.every((byte, index) => bytes[index] === byte);
  if (starts(0x89, 0x50, 0x4e, 0x47)) return 'png';
  if (starts(0xff, 0xd8, 0xff)) return 'jpg';
  if (starts(0x47, 0x49, 0x46, 0x38)) return 'gif';
  const isRiff = starts(0x52, 0x49, 0x46, 0x46);
  return isRiff && [0x57, 0x45, 0x42, 0x50].every((byte, index) => bytes[8 + index] === byte) ? 'webp' : null;
}

const hostOf = (url: string): string => /^https:\/\/([^/?#]+)/.exec(url)?.[1] ?? '';

function decodeURIComponentOr(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
