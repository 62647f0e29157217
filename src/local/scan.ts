import { ShelfmarkError } from '../model/error.ts';
import { contentRoot } from '../model/identity.ts';
import type { LocalPath } from '../model/identity.ts';
import type { Locale } from '../model/locale.ts';
import type { Problem } from '../model/problem.ts';
import type { LocalSnapshot } from '../model/snapshot.ts';
import type { Files, FileStat } from '../ports/files.ts';
import type { FolderInGit } from '../ports/git.ts';
import { assemble } from './assemble.ts';
import type { ReadArticleFile, ReadCollectionFile } from './assemble.ts';
import { maxBodySize, readArticle, tooLarge, type ArticleReading } from './article-text.ts';
import { collectionTooLarge, readCollection, type CollectionReading } from './collection-text.ts';
import { diskCode, diskProblem } from './disk-problem.ts';
import { ancestorsOf, classify } from './classify.ts';
import type { Classified } from './classify.ts';
import { walkInGit } from './left-out.ts';
import { titleOfName } from './names.ts';
import { fileProblem } from './problems.ts';
import { mapBounded, onDisk, walkFolder } from './walk.ts';
import type { Walk } from './walk.ts';
import { maxYamlSize } from './yaml/yaml-source.ts';

export interface ScanOptions {
  /** The content folder, absolute. */
  readonly root: string;
  /** How messages name it, such as `content`. */
  readonly shown: string;
  readonly defaultLocale: Locale;
  /** What gives an article its title where its file does not say one. */
  readonly titles?: 'frontMatter' | 'fileName';
  /** For a folder that is read again and again. */
  readonly memory?: ScanMemory;
  /** What git says about the folder; missing where it has no say. */
  readonly inGit?: () => Promise<FolderInGit | null>;
}

/** What was read of files before; each reading is as good as the file's stamps are. */
export interface ScanMemory {
  readonly articles: Readings<ArticleReading>;
  readonly collections: Readings<CollectionReading>;
  /** What the names mean: made again, unless they are the same as the last time. */
  classified?(walk: Walk, make: () => Classified): Classified;
}

/** Readings by the absolute path of the file. */
export interface Readings<Reading> {
  /** What the file says, where it is as it was then. */
  recall(path: string, found: FileStat): Reading | undefined;
  /** Takes what was just read, `size` bytes in the end, and gives back what is to be used instead: the same, smaller. */
  keep(path: string, found: FileStat, size: number, reading: Reading): Reading;
}

/**
 * Reads the content folder. One bad file never hides the others: it is told as a problem and listed as
 * unreadable, so that nobody takes it for deleted. A folder without any entry gives an empty snapshot.
 *
 * A folder that is not there is an empty one. Throws a ShelfmarkError where it cannot be read.
 */
export async function scanContent(
  files: Files,
  options: ScanOptions,
  signal: AbortSignal,
): Promise<LocalSnapshot> {
  const { root, shown, defaultLocale } = options;
  const shownAs = (path: string): string => (shown === '' || shown === '.' ? path : `${shown}/${path}`);
  const [walked, inGit] = await Promise.all([
    walkRoot(files, root, shown, signal),
    options.inGit?.() ?? null,
  ]);
  const nothing = { found: [], failed: new Map(), impossible: [] };
  const { walk, notHere, ignored, problems } = walkInGit(walked ?? nothing, inGit, shown, shownAs);
  const lay = (): Classified => classify(walk, shownAs);
  const classified = options.memory?.classified?.(walk, lay) ?? lay();

  const known = classified.articles.filter(({ name }) => name.locale !== 'unknown');
  const articles = await mapBounded(known, signal, async ({ path, name }): Promise<ReadArticleFile> => {
    const named = options.titles === 'fileName' ? { named: titleOfName(name.stem) } : {};
    const place = { file: path, shown: shownAs(path), ...named };
    const reading = await readFile(files, onDisk(root, path), {
      shown: place.shown,
      maxSize: maxBodySize + 2 * maxYamlSize,
      tooLarge,
      parse: (bytes) => readArticle(bytes, place),
      readings: options.memory?.articles,
    });
    return { path, name, reading };
  });
  const folders = [...classified.collections];
  const collectionFiles = folders.flatMap(([, file]) => (file === null ? [] : [file]));
  const collections = await mapBounded(
    folders,
    signal,
    async ([folder, file]): Promise<ReadCollectionFile> => {
      if (file === null) return { folder, file, reading: null };
      const place = { shown: shownAs(file), defaultLocale };
      const reading = await readFile(files, onDisk(root, file), {
        shown: place.shown,
        maxSize: maxYamlSize,
        tooLarge: collectionTooLarge,
        parse: (bytes) => readCollection(bytes, place),
        readings: options.memory?.collections,
      });
      return { folder, file, reading };
    },
  );
  const swapped = await swappedFolders(
    files,
    root,
    [...known.map(({ path }) => path), ...collectionFiles],
    signal,
  );
  const trusted = <Reading>(path: LocalPath, reading: Reading): Reading | Failed =>
    ancestorsOf(path).some((folder) => swapped.has(folder)) ? failed(swappedProblem(shownAs(path))) : reading;
  const snapshot = assemble({
    classified,
    articles: articles.map((one) => ({ ...one, reading: trusted(one.path, one.reading) })),
    collections: collections.map((one) =>
      one.file === null ? one : { ...one, reading: trusted(one.file, one.reading) },
    ),
    defaultLocale,
    shownAs,
    notHere,
    ignored,
    problems,
  });
  return walked === null ? { ...snapshot, isMissing: true } : snapshot;
}

/** Folders that were listed as such and are none any more: what was read below them may have been anywhere. */
async function swappedFolders(
  files: Files,
  root: string,
  read: readonly LocalPath[],
  signal: AbortSignal,
): Promise<ReadonlySet<LocalPath>> {
  const folders = [...new Set(read.flatMap(ancestorsOf))];
  const kinds = await mapBounded(folders, signal, async (folder) => {
    const found = await files.stat(onDisk(root, folder)).catch(() => null);
    return found?.kind ?? null;
  });
  return new Set(folders.filter((_, index) => kinds[index] !== 'folder'));
}

function swappedProblem(file: string): Problem {
  const message = 'The folder of the file was moved, or became a link, while it was being read.';
  return fileProblem('FILE_UNREADABLE', file, message, 'Run again when nothing else changes the folder.');
}

async function walkRoot(
  files: Files,
  root: string,
  shown: string,
  signal: AbortSignal,
): Promise<Walk | null> {
  const found = await files.stat(root).catch((error: unknown) => {
    throw unreadableRoot(error, shown);
  });
  // Git keeps no empty folders, so a clone of a fresh project has none; whoever deleted it meets a guard.
  if (found === null) return null;
  if (found.kind !== 'folder') {
    const what = found.kind === 'link' ? 'a symbolic link, which is not followed' : 'not a folder';
    throw new ShelfmarkError('CONTENT_NOT_FOLDER', {
      message: `The content folder "${shown}" is ${what}. Nothing was changed.`,
      hint: 'Name the folder itself as "content" in sync.config.yaml.',
    });
  }
  try {
    return await walkFolder(files, root, contentRoot, signal);
  } catch (error) {
    throw unreadableRoot(error, shown);
  }
}

function unreadableRoot(error: unknown, shown: string): unknown {
  const code = diskCode(error);
  if (code === null) return error;
  return new ShelfmarkError('CONTENT_UNREADABLE', {
    message: `The content folder "${shown}" cannot be read (${code}). Nothing was changed.`,
    hint: 'Give yourself the right to read it, or correct "content" in sync.config.yaml.',
    cause: error,
  });
}

interface FileOptions<Reading> {
  readonly shown: string;
  readonly maxSize: number;
  readonly tooLarge: (file: string, size: number) => Problem;
  readonly parse: (bytes: Uint8Array) => Reading;
  readonly readings: Readings<Reading> | undefined;
}

/** Reads a file after a look at its size, so that a mistaken 5 GB video ends as a problem, not in memory. */
async function readFile<Reading>(
  files: Files,
  path: string,
  { shown, maxSize, tooLarge: refuse, parse, readings }: FileOptions<Reading>,
): Promise<Reading | Failed> {
  let found: FileStat | null;
  let bytes: Uint8Array;
  try {
    found = await files.stat(path);
    if (found !== null && found.size > maxSize) return failed(refuse(shown, found.size));
    const known = found === null ? undefined : readings?.recall(path, found);
    if (known !== undefined) return known;
    bytes = await files.read(path);
  } catch (error) {
    return failed(diskProblem(error, shown, 'file'));
  }
  const reading = parse(bytes);
  if (found === null || readings === undefined) return reading;
  return readings.keep(path, found, bytes.byteLength, reading);
}

interface Failed {
  readonly ok: false;
  readonly problems: readonly Problem[];
}

const failed = (problem: Problem): Failed => ({ ok: false, problems: [problem] });
