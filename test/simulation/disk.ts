/*
 * A disk that can lose its power. What a file holds is safe once it was flushed; the names in a folder are safe only
 * once the folder was flushed. At a power loss each change of a name since then may have happened or not.
 */
import { dirname } from 'node:path/posix';
import type { FileKind, Files, FileStat } from '../../src/ports/files.ts';
import { diskError } from '../helpers/memory-files.ts';
import type { Stream } from './stream.ts';

interface Inode {
  content: Uint8Array;
  modifiedAt: number;
  /** As much of it as has been flushed; without it, all of it. */
  flushed?: number;
}

interface Names {
  readonly files: Map<string, Inode>;
  readonly folders: Set<string>;
}

/** A change of names that no flush has made safe yet. */
interface Pending {
  readonly folders: readonly string[];
  readonly apply: (names: Names) => void;
}

export class Disk implements Files {
  #now: Names = { files: new Map(), folders: new Set(['/']) };
  #safe: Names = { files: new Map(), folders: new Set(['/']) };
  #pending: Pending[] = [];
  readonly #time: () => number;
  /** Grows with every change. */
  revision = 0;
  /** By how much the clock of its machine is ahead, in milliseconds. */
  skew = 0;

  constructor(time: () => number) {
    this.#time = time;
  }

  /** Another disk with the same content, all of it safe. */
  copy(time: () => number): Disk {
    const other = new Disk(time);
    for (const names of [other.#now, other.#safe])
      for (const folder of this.#now.folders) names.folders.add(folder);
    for (const [path, inode] of this.#now.files) {
      const same = { ...inode };
      other.#now.files.set(path, same);
      other.#safe.files.set(path, same);
    }
    return other;
  }

  /** Puts a file in place as a person's editor does, safe at once. */
  put(path: string, content: string | Uint8Array): void {
    this.#flushAll();
    this.#makeFolders(this.#now, dirname(path));
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    this.#now.files.set(path, { content: bytes, modifiedAt: this.#time() });
    this.#flushAll();
  }

  putFolder(path: string): void {
    this.#flushAll();
    this.#makeFolders(this.#now, path);
    this.#flushAll();
  }

  /** What a person moves or deletes. */
  take(path: string): void {
    this.#flushAll();
    this.#now.files.delete(path);
    this.#flushAll();
  }

  /** As `take`, with the folders that become empty, as git does it. */
  drop(path: string): void {
    this.take(path);
    for (let at = dirname(path); at.split('/').length > 3 && !hasNames(this.#now, at); at = dirname(at))
      this.#now.folders.delete(at);
    this.#flushAll();
  }

  carry(from: string, to: string): void {
    this.#flushAll();
    this.#makeFolders(this.#now, dirname(to));
    moveNames(this.#now, from, to);
    this.#flushAll();
  }

  text(path: string): string | null {
    const inode = this.#now.files.get(path);
    return inode === undefined ? null : new TextDecoder().decode(inode.content);
  }

  /** Every file below a folder, sorted. */
  paths(under: string): string[] {
    return [...this.#now.files.keys()].filter((path) => path.startsWith(`${under}/`)).sort();
  }

  folders(under: string): string[] {
    return [...this.#now.folders].filter((path) => path.startsWith(`${under}/`)).sort();
  }

  /** Takes the power away: of what was not flushed, chance decides, change by change. */
  losePower(chance: Stream): void {
    const left: Names = { files: new Map(this.#safe.files), folders: new Set(this.#safe.folders) };
    for (const one of this.#pending) if (chance.isLucky(0.5)) one.apply(left);
    // A name whose folder never came to be is lost with it.
    for (const path of left.files.keys()) if (!isReachable(left, dirname(path))) left.files.delete(path);
    for (const path of left.folders) if (!isReachable(left, path)) left.folders.delete(path);
    for (const inode of left.files.values()) {
      if (inode.flushed === undefined) continue;
      inode.content = inode.content.slice(0, inode.flushed);
      delete inode.flushed;
    }
    this.#now = left;
    this.#pending = [];
    this.#flushAll();
  }

  /** Counts the last bytes of a file as not flushed, as a program does that saves itself the trouble. */
  loosen(path: string, bytes: number): void {
    const inode = this.#now.files.get(path);
    if (inode !== undefined)
      inode.flushed = Math.min(inode.flushed ?? Infinity, inode.content.length - bytes);
  }

  /** Leaves a part of what a write was about to put there, as a crash in the middle of it does. */
  tear(name: 'writeNew' | 'append', path: string, content: Uint8Array, share: number): void {
    const part = content.slice(0, Math.floor(content.length * share));
    if (name === 'append') {
      const inode = this.#now.files.get(path);
      if (inode !== undefined) inode.content = joined(inode.content, part);
      else this.#create(path, part);
    } else if (!this.#now.files.has(path)) this.#create(path, part);
  }

  async list(folder: string): Promise<readonly { readonly name: string; readonly kind: FileKind }[]> {
    if (!this.#now.folders.has(folder))
      throw diskError(this.#now.files.has(folder) ? 'ENOTDIR' : 'ENOENT', folder);
    const start = folder === '/' ? 1 : folder.length + 1;
    const found: { name: string; kind: FileKind }[] = [];
    const isIn = (path: string): boolean =>
      path.length > start &&
      path.startsWith(folder) &&
      path.indexOf('/', start) === -1 &&
      path[start - 1] === '/';
    for (const path of this.#now.files.keys())
      if (isIn(path)) found.push({ name: path.slice(start), kind: 'file' });
    for (const path of this.#now.folders)
      if (isIn(path)) found.push({ name: path.slice(start), kind: 'folder' });
    return found.sort((left, right) => (left.name < right.name ? -1 : 1));
  }

  async stat(path: string): Promise<FileStat | null> {
    const inode = this.#now.files.get(path);
    if (inode !== undefined)
      return { kind: 'file', size: inode.content.length, modifiedAt: inode.modifiedAt };
    return this.#now.folders.has(path) ? { kind: 'folder', size: 0, modifiedAt: 0 } : null;
  }

  async read(path: string): Promise<Uint8Array> {
    const inode = this.#now.files.get(path);
    if (inode === undefined) throw diskError(this.#now.folders.has(path) ? 'EISDIR' : 'ENOENT', path);
    return inode.content;
  }

  async writeNew(path: string, content: Uint8Array): Promise<void> {
    if (this.#now.files.has(path) || this.#now.folders.has(path)) throw diskError('EEXIST', path);
    this.#create(path, content.slice());
  }

  async append(path: string, content: Uint8Array): Promise<void> {
    const inode = this.#now.files.get(path);
    this.revision += 1;
    if (inode !== undefined) {
      inode.content = joined(inode.content, content);
      return;
    }
    this.#create(path, content.slice());
    this.#flush(dirname(path));
  }

  async rename(from: string, to: string): Promise<void> {
    const { files, folders } = this.#now;
    if (!folders.has(dirname(to))) throw diskError('ENOENT', to);
    if (files.has(from)) {
      if (folders.has(to)) throw diskError('EISDIR', to);
    } else if (folders.has(from)) {
      if (files.has(to)) throw diskError('ENOTDIR', to);
      if (to.startsWith(`${from}/`)) throw diskError('EINVAL', from);
      if (to !== from && hasNames(this.#now, to)) throw diskError('ENOTEMPTY', to);
    } else throw diskError('ENOENT', from);
    this.#change([dirname(from), dirname(to)], (names) => moveNames(names, from, to));
  }

  async replace(
    from: string,
    to: string,
    isExpected: (bytes: Uint8Array | null) => boolean,
  ): Promise<'done' | 'stale'> {
    if (this.#now.folders.has(to) || !isExpected(this.#now.files.get(to)?.content ?? null)) return 'stale';
    await this.rename(from, to);
    return 'done';
  }

  async remove(path: string): Promise<void> {
    if (this.#now.folders.has(path)) throw diskError('EISDIR', path);
    if (!this.#now.files.has(path)) return;
    this.#change([dirname(path)], (names) => void names.files.delete(path));
  }

  async removeFolder(path: string): Promise<void> {
    if (!this.#now.folders.has(path)) throw diskError('ENOENT', path);
    if (hasNames(this.#now, path)) throw diskError('ENOTEMPTY', path);
    this.#change([dirname(path)], (names) => {
      if (!hasNames(names, path)) names.folders.delete(path);
    });
  }

  async makeFolder(path: string): Promise<void> {
    const missing: string[] = [];
    for (let at = path; !this.#now.folders.has(at); at = dirname(at)) {
      if (this.#now.files.has(at)) throw diskError('EEXIST', at);
      missing.unshift(at);
    }
    for (const folder of missing) {
      this.#change([dirname(folder)], (names) => void names.folders.add(folder));
      this.#flush(dirname(folder));
    }
  }

  async syncFolder(path: string): Promise<void> {
    if (!this.#now.folders.has(path)) throw diskError('ENOENT', path);
    this.#flush(path);
  }

  async realPath(path: string): Promise<string> {
    if (!this.#now.folders.has(path) && !this.#now.files.has(path)) throw diskError('ENOENT', path);
    return path;
  }

  #create(path: string, content: Uint8Array): void {
    if (!this.#now.folders.has(dirname(path))) throw diskError('ENOENT', path);
    const inode = { content, modifiedAt: this.#time() };
    this.#change([dirname(path)], (names) => void names.files.set(path, inode));
  }

  #change(folders: readonly string[], apply: (names: Names) => void): void {
    this.revision += 1;
    apply(this.#now);
    this.#pending.push({ folders, apply });
  }

  #flush(folder: string): void {
    this.#pending = this.#pending.filter((one) => {
      if (!one.folders.includes(folder)) return true;
      one.apply(this.#safe);
      return false;
    });
  }

  #flushAll(): void {
    this.revision += 1;
    this.#pending = [];
    this.#safe = { files: new Map(this.#now.files), folders: new Set(this.#now.folders) };
  }

  #makeFolders(names: Names, path: string): void {
    for (let at = path; !names.folders.has(at); at = dirname(at)) names.folders.add(at);
  }
}

function moveNames({ files, folders }: Names, from: string, to: string): void {
  if (from === to) return;
  const inode = files.get(from);
  if (inode !== undefined) {
    files.delete(from);
    files.set(to, inode);
    return;
  }
  if (!folders.has(from)) return;
  for (const [path, one] of [...files]) {
    if (!path.startsWith(`${from}/`)) continue;
    files.delete(path);
    files.set(to + path.slice(from.length), one);
  }
  for (const path of [...folders.keys()]) {
    if (path !== from && !path.startsWith(`${from}/`)) continue;
    folders.delete(path);
    folders.add(to + path.slice(from.length));
  }
}

function isReachable({ folders }: Names, folder: string): boolean {
  for (let at = folder; at !== '/'; at = dirname(at)) if (!folders.has(at)) return false;
  return true;
}

function hasNames({ files, folders }: Names, folder: string): boolean {
  const start = `${folder}/`;
  for (const path of files.keys()) if (path.startsWith(start)) return true;
  for (const path of folders) if (path.startsWith(start)) return true;
  return false;
}

function joined(left: Uint8Array, right: Uint8Array): Uint8Array {
  const whole = new Uint8Array(left.length + right.length);
  whole.set(left);
  whole.set(right, left.length);
  return whole;
}
