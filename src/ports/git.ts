import { createHash } from 'node:crypto';

/** A path that git knows and leaves out of the folder, or has nothing of. */
export interface LeftOut {
  /** Relative to the folder that was asked for, with `/`; one that ends in `/` means all below it. */
  readonly path: string;
  /**
   * `sparse`: outside of a sparse checkout, or marked to count as unchanged. `submodule`: not checked out. `unfinished`: a
   * merge that has not decided about it yet, or a file that was only announced (`git add --intent-to-add`).
   */
  readonly why: 'sparse' | 'submodule' | 'unfinished';
}

/** What git says about the files of a folder. */
export interface FolderInGit {
  /** What may be missing in the folder without anybody having removed it; some of it may be there all the same. */
  readonly leftOut: readonly LeftOut[];
  /** Paths that git ignores and has nothing of; spelled like those that are left out. */
  readonly ignored: readonly string[];
  /** The folder itself is a submodule that is not checked out. */
  readonly isMissing: boolean;
}

/** A commit that changed a file. */
export interface Change {
  readonly commit: string;
  /** Its place among all commits, from 0 for the newest. */
  readonly age: number;
  /** Such as `2026-11-26`. */
  readonly day: string;
}

/** The last commit that changed a file. */
export interface LastChange {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly name: string;
  /** The e-mail address that goes with the name. */
  readonly mail: string;
}

/** As much of git as we ask; nothing here changes a repository. */
export interface Git {
  /** Null where the folder is in no repository, or git does not tell. */
  look(folder: string): Promise<FolderInGit | null>;
  /** Names of the files of the last commit below a folder, by what they hold: see `gitNameOf`. */
  committed(folder: string): Promise<ReadonlySet<string>>;
  /** What the last commit has in a file of the folder; null where it has no such file. */
  textOf(folder: string, name: string): Promise<string | null>;
  /**
   * Which commits changed each file below the folder, the newest first; null where git does not tell, or knows only the
   * last commits (a shallow clone).
   */
  history(folder: string): Promise<ReadonlyMap<string, readonly Change[]> | null>;
  /**
   * The last change of each file below the folder that is as the last commit has it; null for one whose last change is
   * not here, as in a shallow clone. Null where git does not tell.
   */
  lastChanges(folder: string): Promise<ReadonlyMap<string, LastChange | null> | null>;
  /** What a file of the folder said in a commit; null where it was not there. */
  textAt(folder: string, commit: string, name: string): Promise<Uint8Array | null>;
  /**
   * Files of the repository, by their paths from its top, that differ between the folder and the last commit that it has
   * in common with another one, named by anything git knows; null where git does not know that one.
   */
  changedSince(folder: string, commit: string): Promise<readonly string[] | null>;
  /** The files of the repository by their paths from its top, and where the folder is in it; null outside of one. */
  repository(folder: string): Promise<{ readonly files: readonly string[]; readonly content: string } | null>;
  /** Such as `2.43.0`; null where there is no git. */
  version(): Promise<string | null>;
  /** Whether a folder lies in the work tree of a repository. */
  isRepository(folder: string): Promise<boolean>;
  /** Whether git passes a path over, relative to the folder; null where it does not tell. */
  ignores(folder: string, path: string): Promise<boolean | null>;
  /** Files below a path that are in the repository. */
  tracked(folder: string, path: string): Promise<readonly string[]>;
}

/** How git calls a file with these bytes, in a repository that goes by SHA-1. */
export const gitNameOf = (bytes: Uint8Array): string =>
  createHash('sha1').update(`blob ${bytes.byteLength}\0`).update(bytes).digest('hex');
