declare const brand: unique symbol;
type Brand<Name extends string> = string & { readonly [brand]: Name };

/** A place below the content folder, with `/` between its parts and no leading one; `''` is the folder itself. */
export type LocalPath = Brand<'LocalPath'>;

/** What the remote calls an entry: decimal digits, as text, since they may exceed what a number holds. */
export type RemoteId = Brand<'RemoteId'>;

/** An entry's identity inside the engine; the same for both sides and in the base. */
export type EntryKey = Brand<'EntryKey'>;

/** Ends the fingerprint of a picture whose bytes are not in the folder, as with Git LFS; alone, nothing more is known of it. */
export const notHereMark = '!';

export const contentRoot = '' as LocalPath;

/** Throws a RangeError for anything that is not a path below the content folder. */
export function localPath(text: string): LocalPath {
  const parts = text.split('/');
  const bad = text !== '' && parts.some((part) => part === '' || part === '.' || part === '..');
  if (bad || text.includes('\\') || text.includes('\0')) {
    throw new RangeError(`Not a path under the content folder: ${JSON.stringify(text)}`);
  }
  return text as LocalPath;
}

export const remoteIdPattern = /^[1-9]\d{0,18}$/;

export function isRemoteId(text: string): boolean {
  return remoteIdPattern.test(text);
}

/** Throws a RangeError for anything but one to nineteen decimal digits without a leading zero. */
export function remoteId(text: string): RemoteId {
  if (!isRemoteId(text)) throw new RangeError(`Not an id of Intercom: ${JSON.stringify(text)}`);
  return text as RemoteId;
}

/** The folder that a path is in; the content folder itself for a path at the top. */
export function parentPath(path: LocalPath): LocalPath {
  const slash = path.lastIndexOf('/');
  return (slash === -1 ? '' : path.slice(0, slash)) as LocalPath;
}

/** The last part of a path. */
export function baseName(path: LocalPath): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

export function joinPath(folder: LocalPath, name: string): LocalPath {
  return localPath(folder === '' ? name : `${folder}/${name}`);
}

/** Orders text by code unit: the same on every machine, unlike localeCompare. */
export function byText(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/** Of two ids the one that was given later; the same for everybody who knows both. */
export function youngerOf(left: RemoteId, right: RemoteId): RemoteId {
  if (left.length !== right.length) return left.length > right.length ? left : right;
  return left > right ? left : right;
}
