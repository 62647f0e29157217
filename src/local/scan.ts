import { ShelfmarkError } from '../model/error.ts';
import { contentRoot } from '../model/identity.ts';
import type { Locale } from '../model/locale.ts';
import type { Problem } from '../model/problem.ts';
import type { LocalSnapshot } from '../model/snapshot.ts';
import type { Files } from '../ports/files.ts';
import { assemble } from './assemble.ts';
import type { ReadArticleFile, ReadCollectionFile } from './assemble.ts';
import { maxBodySize, readArticle, tooLarge } from './article-text.ts';
import { collectionTooLarge, readCollection } from './collection-text.ts';
import { diskCode, diskProblem } from './disk-problem.ts';
import { layOut } from './layout.ts';
import type { ArticleFile } from './layout.ts';
import { mapBounded, onDisk, walkFolder } from './walk.ts';
import type { Walk } from './walk.ts';
import { maxYamlSize } from './yaml-source.ts';

export interface ScanOptions {
  /** The content folder, absolute. */
  readonly root: string;
  /** How messages name it, such as `content`. */
  readonly shown: string;
  readonly defaultLocale: Locale;
}

/**
 * Reads the content folder. One bad file never hides the others: it is told as a problem and listed as
 * unreadable, so that nobody takes it for deleted. A folder without any entry gives an empty snapshot.
 *
 * Throws a ShelfmarkError where the folder itself is missing or cannot be read.
 */
export async function scanContent(
  files: Files,
  options: ScanOptions,
  signal: AbortSignal,
): Promise<LocalSnapshot> {
  const { root, shown, defaultLocale } = options;
  const shownAs = (path: string): string => (shown === '' || shown === '.' ? path : `${shown}/${path}`);
  const layout = layOut(await walkRoot(files, root, shown, signal), shownAs);

  const known = layout.articles.filter(({ name }) => name.locale !== 'unknown');
  const articles = await mapBounded(known, signal, (file) => readArticleFile(files, root, file, shownAs));
  const folders = [...layout.collections];
  const collections = await mapBounded(
    folders,
    signal,
    async ([folder, file]): Promise<ReadCollectionFile> => {
      if (file === null) return { folder, file, reading: null };
      const place = { shown: shownAs(file), defaultLocale };
      const bytes = await readBytes(files, onDisk(root, file), place.shown, maxYamlSize, collectionTooLarge);
      return { folder, file, reading: isProblem(bytes) ? failed(bytes) : readCollection(bytes, place) };
    },
  );
  return assemble({ layout, articles, collections, defaultLocale, shownAs });
}

async function walkRoot(files: Files, root: string, shown: string, signal: AbortSignal): Promise<Walk> {
  const found = await files.stat(root).catch((error: unknown) => {
    throw unreadableRoot(error, shown);
  });
  if (found === null) {
    throw new ShelfmarkError('CONTENT_MISSING', {
      message: `The content folder "${shown}" does not exist. Nothing was changed.`,
      hint: 'Run "shelfmark init" to make it, or correct "content" in sync.config.yaml.',
    });
  }
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

async function readArticleFile(
  files: Files,
  root: string,
  { path, name }: ArticleFile,
  shownAs: (path: string) => string,
): Promise<ReadArticleFile> {
  const shown = shownAs(path);
  const bytes = await readBytes(files, onDisk(root, path), shown, maxBodySize + 2 * maxYamlSize, tooLarge);
  return {
    path,
    name,
    reading: isProblem(bytes) ? failed(bytes) : readArticle(bytes, { file: path, shown }),
  };
}

/** Reads a file after a look at its size, so that a mistaken 5 GB video ends as a problem, not in memory. */
async function readBytes(
  files: Files,
  path: string,
  shown: string,
  maxSize: number,
  tooLarge: (file: string) => Problem,
): Promise<Uint8Array | Problem> {
  try {
    const found = await files.stat(path);
    return found !== null && found.size > maxSize ? tooLarge(shown) : await files.read(path);
  } catch (error) {
    return diskProblem(error, shown, 'file');
  }
}

function isProblem(value: Uint8Array | Problem): value is Problem {
  return 'severity' in value;
}

function failed(problem: Problem): { readonly ok: false; readonly problems: readonly Problem[] } {
  return { ok: false, problems: [problem] };
}
