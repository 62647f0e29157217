/*
 * Images that were added in the web editor come home with the text: they are fetched while planning, so that the plan
 * already shows where they will be, and written with the rest. What cannot be fetched stays an address, and is reported.
 */
import { isIntercomImageHost, withoutSignature } from '../markup/meaning/intercom-images.ts';
import { addressesOf } from '../markup/find/addresses.ts';
import type { BaseImage } from '../model/base.ts';
import { joinPath, parentPath, type LocalPath } from '../model/identity.ts';
import type { LocalOperation } from '../model/plan.ts';
import type { Problem } from '../model/problem.ts';
import type { PlanInput } from '../plan/terms/input.ts';
import { makePlan, type Planned } from '../plan/make-plan.ts';
import type { ImageSource, LocalSide } from './ports.ts';

export interface PlannedWithImages {
  readonly planned: Planned;
  /** Files that belong to the plan, by where they will be. */
  readonly incoming: ReadonlyMap<LocalPath, Uint8Array>;
}

/** At most this many are fetched at a time. */
const parallel = 6;

/** They are kept in memory until they are written: at most so many bytes in one run. */
const usualSum = 256 * 1024 * 1024;

export async function fetchImages(
  planned: Planned,
  source: ImageSource | null,
  local: LocalSide,
  signal: AbortSignal,
  mostBytes: number = usualSum,
): Promise<PlannedWithImages> {
  const { input } = planned.context;
  const wanted = source === null ? [] : [...adoptedImages(planned), ...wantedImages(planned)];
  if (source === null || wanted.length === 0) return { planned, incoming: new Map() };

  const incoming = new Map<LocalPath, Uint8Array>();
  const digests = new Map(input.assetDigests);
  const images: BaseImage[] = [];
  const places = new Set([...digests.keys()].map((path) => input.names.foldOf(path)));
  const pathOf = new Map([...digests].map(([path, digest]) => [digest, path]));
  const problems: Problem[] = [];
  const miss = (image: WantedImage, reason: string): void => {
    if (!image.isOnlyTied) problems.push(notFetched(image, reason, input.policy.contentName));
  };
  const tooMuch = `the images of one run may come to ${Math.round(mostBytes / 1024 / 1024)} MB, and this one is beyond that`;
  let sum = 0;
  let isFull = false;
  for (let start = 0; start < wanted.length; start += parallel) {
    const batch = wanted.slice(start, start + parallel);
    if (isFull) {
      for (const image of batch) miss(image, tooMuch);
      continue;
    }
    const fetched = await Promise.all(batch.map((one) => source.fetch(one.url, signal)));
    for (const [index, image] of batch.entries()) {
      const found = fetched[index];
      if (found === undefined) continue;
      if (!found.ok) {
        miss(image, found.reason);
        continue;
      }
      const { bytes } = found;
      const ending = endingOf(bytes);
      if (ending === null) {
        miss(image, 'it is none of PNG, JPEG, GIF and WebP');
        continue;
      }
      const digest = local.digestOf(bytes);
      // The same image under another address is the same file.
      const known = pathOf.get(digest);
      if (known === undefined && image.isOnlyTied) continue;
      if (known === undefined && sum + bytes.length > mostBytes) {
        isFull = true;
        miss(image, tooMuch);
        continue;
      }
      const file = known ?? freePlace(image, ending, input, places);
      if (known === undefined) {
        sum += bytes.length;
        incoming.set(file, bytes);
      }
      pathOf.set(digest, file);
      places.add(input.names.foldOf(file));
      digests.set(file, digest);
      images.push({ address: image.address, file, digest });
    }
  }
  const base = { ...input.base, images: [...input.base.images, ...images] };
  const anew = images.length === 0 ? planned : makePlan({ ...input, base, assetDigests: digests });
  const plan = { ...anew.plan, problems: [...anew.plan.problems, ...problems] };
  return { planned: { ...anew, plan }, incoming };
}

interface WantedImage {
  /** Without the signed query: what the image is known by. */
  readonly address: string;
  /** With it: where it can be fetched now. */
  readonly url: string;
  /** The file that shows it, and the folder where that will be. */
  readonly file: LocalPath;
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
    const { folder, path: file } = triple.local;
    const signed = signedAddresses([...triple.remote.locales.values()].map((content) => content.body));
    return [...signed].map(([address, url]) => ({ address, url, file, folder, isOnlyTied: true }));
  });
}

/** Images on Intercom's hosts that are shown in texts that this plan writes into files. */
function wantedImages({ plan, pairing }: Planned): readonly WantedImage[] {
  const wanted = new Map<string, WantedImage>();
  const remotes = new Map(pairing.articles.map((triple) => [triple.key, triple.remote]));
  for (const operation of plan.operations) {
    if (operation.side !== 'local' || operation.kind !== 'article') continue;
    const signed = signedAddresses(
      [...(remotes.get(operation.key)?.locales.values() ?? [])].map((content) => content.body),
    );
    for (const { file, text } of bodiesOf(operation)) {
      for (const { url: address, use } of signed.size === 0 ? [] : addressesOf(text, 'markdown')) {
        if (use !== 'image') continue;
        const plain = withoutSignature(address);
        const url = signed.get(plain);
        if (url !== undefined)
          wanted.set(plain, {
            address: plain,
            url,
            file,
            folder: parentPath(operation.to),
            isOnlyTied: false,
          });
      }
    }
  }
  return [...wanted.values()];
}

function bodiesOf({ steps }: LocalOperation): readonly { readonly file: LocalPath; readonly text: string }[] {
  return steps.flatMap((step) => {
    if (step.step === 'create-article') return [{ file: step.path, text: step.content.body }];
    if (step.step !== 'edit-article' || step.edit.body === undefined) return [];
    return [{ file: step.path, text: step.edit.body }];
  });
}

const notFetched = ({ address, file }: WantedImage, reason: string, contentName: string): Problem => ({
  severity: 'warning',
  code: 'IMAGE_NOT_FETCHED',
  place: { file: `${contentName}/${file}`, line: 0 },
  message: `The image ${address} could not be fetched: ${reason}. It stays an address.`,
  hint: 'Readers see it as before, and the next change of that text in Intercom tries it again. To have it here now, save it from Intercom into images/ beside the file, and write that path in the place of the address.',
});

function signedAddresses(bodies: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const body of bodies) {
    for (const { url, use } of addressesOf(body, 'html')) {
      if (use === 'image' && isIntercomImageHost(hostOf(url))) found.set(withoutSignature(url), url);
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
