/* Which file an image on the remote was copied from: what a run knows of it, and what it learns from answers. */
import type { BaseNote } from '../base/notes.ts';
import { referencesOf } from '../markup/find/references.ts';
import type { BaseImage } from '../model/base.ts';
import type { LocalArticle, RemoteArticle, RemoteCollection } from '../model/entry.ts';
import type { LocalPath } from '../model/identity.ts';
import type { RemoteOperation } from '../model/plan.ts';
import type { Bodies } from '../fields/reading.ts';
import { assetOfRef, type RefsOptions } from '../plan/links/refs.ts';
import { imagesOf } from './advance.ts';

/** Images of what was just sent, tied to the copies that the answer names. */
export function copiesOf(
  operation: Extract<RemoteOperation, { kind: 'article' }>,
  local: LocalArticle | null,
  answer: RemoteArticle | RemoteCollection,
  bodies: Bodies,
): readonly BaseNote[] {
  if (local === null || answer.kind !== 'article') return [];
  return [...local.locales].flatMap(([locale, content]): BaseNote[] => {
    const there = answer.locales.get(locale);
    if (there === undefined || operation.write.locales[locale]?.body === undefined) return [];
    const images = (body: ReturnType<Bodies['local']>) =>
      referencesOf(body).filter((one) => one.use === 'image');
    const files = images(bodies.local(content, locale)).map((one) => {
      const asset = assetOfRef(one.ref);
      return asset === null ? null : { file: asset.path, digest: asset.digest };
    });
    const copies = images(bodies.remote(there, locale)).map((one) => one.ref);
    const known = copies.map((ref) => (assetOfRef(ref) === null ? ref : ''));
    return imagesOf(files, known)
      .filter((image) => image.address !== '')
      .map((image) => ({ note: 'image', image }));
  });
}

/** Images by their copies and the other way round, as they are at the moment of asking. */
export function imageDirectory(
  images: ReadonlyMap<string, BaseImage>,
): Pick<RefsOptions['directory'], 'addressOfAsset' | 'assetOfAddress'> {
  return {
    addressOfAsset(path: LocalPath, digest) {
      for (const one of images.values()) if (one.file === path && one.digest === digest) return one.address;
      return null;
    },
    assetOfAddress(address) {
      const image = images.get(address);
      return image === undefined ? null : { path: image.file, digest: image.digest };
    },
  };
}
