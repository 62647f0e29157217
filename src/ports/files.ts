/** What is at a path: symbolic links are named as such and never followed. */
export type FileKind = 'file' | 'folder' | 'link' | 'other';

export interface FileStat {
  readonly kind: FileKind;
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly modifiedAt: number;
  /** What else tells one state of a file from another; missing where the disk does not tell. */
  readonly identity?: FileIdentity;
}

export interface FileIdentity {
  /** When its content, its name or its rights were changed last, which nobody can set; milliseconds since 1970. */
  readonly changedAt: number;
  /** The number of the file on its disk. */
  readonly inode: number;
}

/**
 * The disk as the engine sees it: a handful of steps, each of which may fail or be the last before a crash.
 *
 * Paths are absolute and use the machine's separator. Errors are Node's, with their `code` (`ENOENT`, `ENOSPC` …).
 */
export interface Files {
  /** Names in a folder with their kinds, sorted by name; throws `ENOENT` where there is no folder. */
  list(folder: string): Promise<readonly { readonly name: string; readonly kind: FileKind }[]>;
  /** What is at a path, or null where nothing does. */
  stat(path: string): Promise<FileStat | null>;
  /** The whole file; refuses (`ELOOP`) to read through a symbolic link. */
  read(path: string): Promise<Uint8Array>;
  /** The same at once, for a text that turns out to be needed in the middle of a decision; missing where that cannot be. */
  readNow?(path: string): Uint8Array;
  /** Writes a file that must not exist yet (`EEXIST`) and flushes it to the disk. */
  writeNew(path: string, content: Uint8Array, mode?: number): Promise<void>;
  /** Adds to the end of a file, which is made where missing (for its owner only), and flushes it to the disk. */
  append(path: string, content: Uint8Array): Promise<void>;
  /** Moves a file or a folder; an existing file at `to` is replaced in one step. */
  rename(from: string, to: string): Promise<void>;
  /**
   * Moves a file to where another one is, or none, if the bytes there are the expected ones (null means no file).
   * Nothing slow comes between the look and the move, and what somebody saved there all the same is brought back: then
   * too the answer is `stale`, and the file at `from` is left or gone.
   */
  replace(
    from: string,
    to: string,
    isExpected: (bytes: Uint8Array | null) => boolean,
  ): Promise<'done' | 'stale'>;
  /** Removes a file; nothing happens where there is none. */
  remove(path: string): Promise<void>;
  /** Removes an empty folder; throws `ENOTEMPTY` where it is not empty. */
  removeFolder(path: string): Promise<void>;
  /**
   * Makes a folder and those above it, with the rights that are given, and flushes the lists of names that lead to it;
   * nothing happens where it exists.
   */
  makeFolder(path: string, mode?: number): Promise<void>;
  /** Flushes a folder's own list of names, so that a rename in it survives a power loss. */
  syncFolder(path: string): Promise<void>;
  /** The path with every symbolic link in it followed; throws `ENOENT` where nothing is there. */
  realPath(path: string): Promise<string>;
}
