import { join } from 'node:path';
import { losesText } from '../../model/trash.ts';
import { gitNameOf } from '../../ports/git.ts';
import { keepCopy, replacedFolder } from './trash.ts';
import { printArticle, editArticle } from '../../local/article-text.ts';
import { editCollection, printCollection } from '../../local/collection-text.ts';
import { scanContent, type Readings, type ScanMemory } from '../../local/scan.ts';
import { digestOf, pointedAt } from '../../local/text-file.ts';
import { mapBounded, onDisk } from '../../local/walk.ts';
import { openWriter } from '../../local/write.ts';
import type { LocalSide } from '../../engine/ports.ts';
import { notHereMark, type LocalPath } from '../../model/identity.ts';
import type { FileStep } from '../../model/plan.ts';
import type { Locale } from '../../model/locale.ts';
import type { Chance } from '../../ports/chance.ts';
import type { Files } from '../../ports/files.ts';
import type { FolderInGit } from '../../ports/git.ts';

/** What was read of the folder before. */
export interface FolderMemory extends ScanMemory {
  /** Fingerprints of files that are no entries. */
  readonly digests: Readings<string>;
}

export interface LocalSideOptions {
  /** The content folder, absolute, and how messages name it. */
  readonly root: string;
  readonly shown: string;
  readonly defaultLocale: Locale;
  /** What gives an article its title where its file does not say one. */
  readonly titles?: 'frontMatter' | 'fileName';
  /** Where this run's trash goes, absolute. */
  readonly trash: string;
  readonly chance: Chance;
  /** For a folder that is read again and again. */
  readonly memory?: FolderMemory;
  /** What git says about the folder; missing where it has no say. */
  readonly inGit?: () => Promise<FolderInGit | null>;
  /** Names of all that the last commit holds, see `Git.committed`; missing where nothing is committed. */
  readonly committed?: () => Promise<ReadonlySet<string>>;
}

/** A pointer of Git LFS goes by what it points at, with a mark that it is not here. */
function assetDigestOf(bytes: Uint8Array): string {
  const oid = pointedAt(bytes);
  return oid === null ? digestOf(bytes) : `${oid}${notHereMark}`;
}

/** The content folder as the engine's local side. */
export function openLocalSide(files: Files, options: LocalSideOptions): LocalSide {
  const { root, shown, defaultLocale, memory, inGit } = options;
  const writer = openWriter(files, { root, trash: options.trash, chance: options.chance });

  const write = async (
    path: LocalPath,
    text: string,
    digest: string | null,
  ): ReturnType<LocalSide['carryOut']> => {
    const status = await writer.writeFile(path, text, { digest });
    return status === 'stale' ? { status } : { status, digest: digestOf(new TextEncoder().encode(text)) };
  };
  let inCommit: Promise<ReadonlySet<string>> | null = null;
  /** Keeps a text that is about to be replaced, unless all of it goes on, or the last commit has it. */
  const keepReplaced = async (path: LocalPath, before: string, after: string): Promise<void> => {
    if (!losesText(before, after)) return;
    inCommit ??= options.committed?.() ?? Promise.resolve(new Set());
    const names = await inCommit;
    const texts = [before, before.replaceAll('\r\n', '\n')].map((text) => new TextEncoder().encode(text));
    if (texts.some((bytes) => names.has(gitNameOf(bytes)))) return;
    await keepCopy(
      files,
      onDisk(join(options.trash, replacedFolder), path),
      new TextEncoder().encode(before),
    );
  };
  const edit = async (
    step: Extract<FileStep, { step: 'edit-article' | 'edit-collection' }>,
    change: (text: string) => string,
  ): ReturnType<LocalSide['carryOut']> => {
    const found = await writer.readText(step.path);
    if (found === null || found.digest !== step.digest) return { status: 'stale' };
    const text = change(found.text);
    if (text === found.text) return { status: 'done', digest: found.digest };
    await keepReplaced(step.path, found.text, text);
    return write(step.path, text, found.digest);
  };

  const digestOfFile = async (path: string): Promise<string> => {
    const found = memory === undefined ? null : await files.stat(path);
    const known = found === null ? undefined : memory?.digests.recall(path, found);
    if (known !== undefined) return known;
    const bytes = await files.read(path);
    const digest = assetDigestOf(bytes);
    return found === null ? digest : (memory?.digests.keep(path, found, bytes.length, digest) ?? digest);
  };

  return {
    read: (signal) =>
      scanContent(
        files,
        {
          root,
          shown,
          defaultLocale,
          titles: options.titles ?? 'frontMatter',
          ...(memory === undefined ? {} : { memory }),
          ...(inGit === undefined ? {} : { inGit }),
        },
        signal,
      ),
    digestOf,
    writeAsset: (path, bytes) => writer.writeFile(path, bytes, { digest: null }),
    async digest(paths, signal) {
      const digests = await mapBounded(
        [...paths],
        signal,
        async (path) => [path, await digestOfFile(onDisk(root, path))] as const,
      );
      return new Map(digests);
    },
    async carryOut(step) {
      switch (step.step) {
        case 'create-article':
          return write(step.path, printArticle(step.content), null);
        case 'create-collection':
          return write(step.path, printCollection(step.content), null);
        case 'edit-article':
          return edit(step, (text) => editArticle(text, step.edit));
        case 'edit-collection':
          return edit(step, (text) => editCollection(text, step.edit));
        case 'move-file': {
          const status = await writer.moveFile(step.path, step.to, { digest: step.digest });
          return status === 'stale' ? { status } : { status, digest: null };
        }
        case 'move-folder': {
          const status = await writer.moveFolder(step.path, step.to);
          return status === 'stale' ? { status } : { status, digest: null };
        }
        case 'trash': {
          const status = await writer.trashFile(step.path, { digest: step.digest });
          return status === 'stale' ? { status } : { status, digest: null };
        }
      }
    },
  };
}
