import { dirname, relative, sep } from 'node:path';
import { ShelfmarkError } from '../model/error.ts';
import { baseName, parentPath } from '../model/identity.ts';
import type { LocalPath } from '../model/identity.ts';
import { replaceFile } from '../ports/atomic.ts';
import type { Chance } from '../ports/chance.ts';
import type { Files } from '../ports/files.ts';
import { diskCode } from './disk-problem.ts';
import { foldName, isIgnored, nameFault } from './names.ts';
import { decodeText, digestOf } from './text-file.ts';
import { onDisk } from './walk.ts';

/** `stale`: the folder no longer holds what was expected; nothing was done. */
export type WriteOutcome = 'done' | 'stale';

/**
 * Writes below the content folder, one file at a time and each in one step: a crash leaves a file as it was or as
 * it is to be. Nothing is written through a symbolic link or outside the folder, and no file is replaced whose
 * content is not the expected one.
 */
export interface LocalWriter {
  /** The text of a plain UTF-8 file with its byte order mark, and the fingerprint of its bytes; null where there is none. */
  readText(path: LocalPath): Promise<{ readonly text: string; readonly digest: string } | null>;
  /** Writes a file whole, with the folders above it. A null `digest` means that there must be no such file yet. */
  writeFile(
    path: LocalPath,
    content: string | Uint8Array,
    expected: { readonly digest: string | null },
  ): Promise<WriteOutcome>;
  /** Never replaces a file; a rename that changes only the case works on every disk. */
  moveFile(from: LocalPath, to: LocalPath, expected: { readonly digest: string }): Promise<WriteOutcome>;
  moveFolder(from: LocalPath, to: LocalPath): Promise<WriteOutcome>;
  /** Moves a file into the trash, under its own path, and takes away the folders that became empty. */
  trashFile(path: LocalPath, expected: { readonly digest: string }): Promise<WriteOutcome>;
}

export interface WriterOptions {
  /** The content folder, absolute. */
  readonly root: string;
  /** Where this run's trash goes, absolute; made when first needed. */
  readonly trash: string;
  readonly chance: Chance;
}

export function openWriter(files: Files, options: WriterOptions): LocalWriter {
  const { root, trash, chance } = options;
  const place = (path: LocalPath): string => onDisk(root, path);

  return tellingFailures({
    readText: async (path) => {
      const found = await files.stat(place(path));
      const bytes = found?.kind === 'file' ? await bytesAt(files, place(path)) : null;
      const text = bytes === null ? null : decodeText(bytes);
      return bytes === null || text === null ? null : { text, digest: digestOf(bytes) };
    },

    writeFile: async (path, content, expected) => {
      checkNames(path);
      await checkFolder(files, root, parentPath(path));
      if ((await digestAt(files, place(path))) !== expected.digest) return 'stale';
      await makeFolders(files, root, parentPath(path));
      return replaceFile(
        files,
        place(path),
        typeof content === 'string' ? new TextEncoder().encode(content) : content,
        {
          chance,
          isExpected: (bytes) => (bytes === null ? null : digestOf(bytes)) === expected.digest,
        },
      );
    },

    moveFile: async (from, to, expected) => {
      checkNames(to);
      await checkFolder(files, root, parentPath(from));
      await checkFolder(files, root, parentPath(to));
      if ((await digestAt(files, place(from))) !== expected.digest) return 'stale';
      return move(files, root, from, to);
    },

    moveFolder: async (from, to) => {
      checkNames(to);
      await checkFolder(files, root, parentPath(from));
      await checkFolder(files, root, parentPath(to));
      const found = await files.stat(place(from));
      if (found?.kind !== 'folder' || to.startsWith(`${from}/`)) return 'stale';
      return move(files, root, from, to);
    },

    trashFile: async (path, expected) => {
      await checkFolder(files, root, parentPath(path));
      if ((await digestAt(files, place(path))) !== expected.digest) return 'stale';
      const kept = await freePlace(files, onDisk(trash, path));
      await files.makeFolder(dirname(kept));
      if ((await digestAt(files, place(path))) !== expected.digest) return 'stale';
      await moveOrCopy(files, place(path), kept);
      await files.syncFolder(dirname(kept));
      if ((await digestAt(files, kept)) !== expected.digest && (await files.stat(place(path))) === null) {
        // It was saved in the last moment: the move took along what was never looked at.
        await moveOrCopy(files, kept, place(path));
        await files.syncFolder(dirname(place(path)));
        return 'stale';
      }
      await files.syncFolder(dirname(place(path)));
      await removeEmptyFolders(files, root, parentPath(path));
      return 'done';
    },
  });
}

/** Turns what the disk says into a sentence for people. */
function tellingFailures(writer: LocalWriter): LocalWriter {
  const tell = async <Value>(path: LocalPath, step: Promise<Value>): Promise<Value> => {
    try {
      return await step;
    } catch (error) {
      const code = diskCode(error);
      if (code === null) throw error;
      const [why, hint] = failures[code] ?? [`the disk answered ${code}`, 'Check the disk, then run again.'];
      throw new ShelfmarkError('WRITE_FAILED', {
        message: `The file ${JSON.stringify(path)} could not be changed: ${why}. Nothing of it is lost.`,
        hint,
        cause: error,
      });
    }
  };
  return {
    readText: (path) => tell(path, writer.readText(path)),
    writeFile: (path, text, expected) => tell(path, writer.writeFile(path, text, expected)),
    moveFile: (from, to, expected) => tell(from, writer.moveFile(from, to, expected)),
    moveFolder: (from, to) => tell(from, writer.moveFolder(from, to)),
    trashFile: (path, expected) => tell(path, writer.trashFile(path, expected)),
  };
}

const notAllowed = [
  'this user may not write there',
  'Give yourself the right to write, then run again.',
] as const;

const failures: Readonly<Record<string, readonly [why: string, hint: string]>> = {
  EACCES: notAllowed,
  EPERM: notAllowed,
  EROFS: ['the disk is read-only', 'Make it writable, then run again.'],
  ENOSPC: ['the disk is full', 'Make room, then run again.'],
  EDQUOT: ['your share of the disk is used up', 'Make room, then run again.'],
};

async function move(files: Files, root: string, from: LocalPath, to: LocalPath): Promise<WriteOutcome> {
  if (from === to) return 'done';
  if (!(await isFree(files, root, from, to))) return 'stale';
  await makeFolders(files, root, parentPath(to));
  if (!(await isFree(files, root, from, to))) return 'stale';
  await files.rename(onDisk(root, from), onDisk(root, to));
  await files.syncFolder(onDisk(root, parentPath(to)));
  if (parentPath(from) !== parentPath(to)) await files.syncFolder(onDisk(root, parentPath(from)));
  return 'done';
}

/** On a disk without an eye for case, the old name answers to the new one too: only the list of names tells. */
async function isFree(files: Files, root: string, from: LocalPath, to: LocalPath): Promise<boolean> {
  if ((await files.stat(onDisk(root, to))) === null) return true;
  if (parentPath(from) !== parentPath(to) || foldName(baseName(from)) !== foldName(baseName(to)))
    return false;
  const names = await files.list(onDisk(root, parentPath(to)));
  return !names.some(({ name }) => name === baseName(to));
}

/** The fingerprint of the file at a place; null where there is nothing, '' where there is no plain file. */
async function digestAt(files: Files, place: string): Promise<string | null> {
  const found = await files.stat(place);
  if (found === null) return null;
  if (found.kind !== 'file') return '';
  const bytes = await bytesAt(files, place);
  return bytes === null ? null : digestOf(bytes);
}

async function bytesAt(files: Files, place: string): Promise<Uint8Array | null> {
  try {
    return await files.read(place);
  } catch (error) {
    if (diskCode(error) === 'ENOENT') return null;
    throw error;
  }
}

/** Refuses names that a repository should not hold, whoever made them up. */
function checkNames(path: LocalPath): void {
  for (const name of path.split('/')) {
    const fault = nameFault(name) ?? (isIgnored(name) ? 'is hidden' : null);
    if (fault !== null) throw refused(path, `the name ${JSON.stringify(name)} ${fault}`);
  }
}

/** Makes sure that a folder, as far as it exists, is a real one below the content folder. */
async function checkFolder(files: Files, root: string, folder: LocalPath): Promise<void> {
  // Git keeps no empty folders: the first file of a fresh clone makes it.
  if ((await files.stat(root)) === null) await files.makeFolder(root);
  const realRoot = await files.realPath(root);
  for (let at: LocalPath = folder; ; at = parentPath(at)) {
    const found = at === '' ? null : await files.stat(onDisk(root, at));
    if (found !== null && found.kind !== 'folder') {
      throw refused(folder, found.kind === 'link' ? 'a symbolic link is in the way' : 'a file is in the way');
    }
    if (found === null && at !== '') continue;
    const real = await files.realPath(onDisk(root, at));
    if (!isSameFolder(realRoot, real, at)) {
      throw refused(folder, 'a symbolic link leads out of the content folder');
    }
    return;
  }
}

/** A disk without an eye for case may answer with its own spelling of the path. */
function isSameFolder(realRoot: string, real: string, folder: LocalPath): boolean {
  const inside = relative(realRoot, real);
  return foldName(inside.split(sep).join('/')) === foldName(folder);
}

async function makeFolders(files: Files, root: string, folder: LocalPath): Promise<void> {
  if (folder === '' || (await files.stat(onDisk(root, folder))) !== null) return;
  await files.makeFolder(onDisk(root, folder));
  // Between the look and the making somebody may have put a link there.
  await checkFolder(files, root, folder);
}

async function freePlace(files: Files, wanted: string): Promise<string> {
  let place = wanted;
  for (let count = 2; (await files.stat(place)) !== null; count += 1) place = `${wanted}.${count}`;
  return place;
}

/** The trash may be on another disk than the content folder. */
async function moveOrCopy(files: Files, from: string, to: string): Promise<void> {
  try {
    await files.rename(from, to);
  } catch (error) {
    if (diskCode(error) !== 'EXDEV') throw error;
    await files.writeNew(to, await files.read(from));
    await files.syncFolder(dirname(to));
    await files.remove(from);
  }
}

async function removeEmptyFolders(files: Files, root: string, folder: LocalPath): Promise<void> {
  for (let at = folder; at !== ''; at = parentPath(at)) {
    try {
      await files.removeFolder(onDisk(root, at));
      await files.syncFolder(onDisk(root, parentPath(at)));
    } catch {
      // Not empty, or kept by the system: an empty folder left behind does no harm.
      return;
    }
  }
}

function refused(path: LocalPath, why: string): ShelfmarkError {
  return new ShelfmarkError('WRITE_REFUSED', {
    message: `Nothing was written to ${JSON.stringify(path)}: ${why}.`,
    hint: 'Put plain files and folders in place, or rename the entry.',
    kind: 'refused',
  });
}
