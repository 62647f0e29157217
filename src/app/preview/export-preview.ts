import { dirname, extname, join, resolve } from 'node:path';
import type { Config } from '../../config/read-config.ts';
import type { SiteLook } from '../../look/site-look.ts';
import { ShelfmarkError } from '../../model/error.ts';
import type { Files } from '../../ports/files.ts';
import type { Outside } from '../../ports/outside.ts';
import { wayWithin } from '../../ports/within.ts';
import { exportedFiles, exportedSite } from '../../preview/export.ts';
import type { Preview } from '../../preview/pages.ts';
import { readOwnFile } from '../adapters/own-file.ts';

/** Tells a folder that an export made from one that holds somebody's files. */
const mark = '.shelfmark-preview';

const encoder = new TextEncoder();

/** Writes the preview into a folder of its own, which an earlier export may have made. Resolves with the number of pages. */
export async function writeExport(
  { folder, config, look }: { readonly folder: string; readonly config: Config; readonly look: SiteLook },
  preview: Preview,
  { files }: Pick<Outside, 'files'>,
): Promise<number> {
  const top = resolve(folder);
  if (wayWithin(config.content, top) !== null || top === resolve(config.folder)) throw notThere(folder);
  await empty(top, folder, files);
  await files.makeFolder(top);
  const logo = look.logo === null ? null : `/logo${extname(config.preview.logo ?? '')}`;
  const site = { ...exportedSite(preview.site), logo, now: null };
  const made = new Set<string>();
  const write = async (name: string, bytes: Uint8Array): Promise<void> => {
    const path = join(top, ...name.split('/'));
    if (!made.has(dirname(path))) await files.makeFolder(dirname(path));
    made.add(dirname(path));
    await files.writeNew(path, bytes);
  };
  await write(
    mark,
    encoder.encode('Made by "shelfmark preview --export"; the next one replaces this folder.\n'),
  );
  if (logo !== null && look.logo !== null) await write(logo.slice(1), look.logo.bytes);
  let pages = 0;
  for (const one of exportedFiles({ ...preview, site, version: '' })) {
    if ('text' in one) await write(one.name, encoder.encode(one.text));
    else {
      const bytes = await readOwnFile(files, config.content, one.file);
      if (bytes !== null) await write(one.name, bytes);
    }
    if (one.name.endsWith('.html')) pages += 1;
  }
  return pages;
}

/** What an earlier export made goes; anything else stays, and stops this one. */
async function empty(top: string, shown: string, files: Files): Promise<void> {
  const found = await files.stat(top);
  if (found === null) return;
  const names = found.kind === 'folder' ? (await files.list(top)).map(({ name }) => name) : [''];
  if (names.length === 0) return;
  if (!names.includes(mark)) throw notEmpty(shown);
  await removeAll(top, files);
}

async function removeAll(folder: string, files: Files): Promise<void> {
  for (const { name, kind } of await files.list(folder)) {
    const path = join(folder, name);
    if (kind === 'folder') await removeAll(path, files);
    else await files.remove(path);
  }
  await files.removeFolder(folder);
}

const notEmpty = (shown: string): ShelfmarkError =>
  new ShelfmarkError('EXPORT_REFUSED', {
    kind: 'usage',
    message: `There is something in ${shown} that no export made, so nothing was written.`,
    hint: 'Name a folder that does not exist, or an empty one.',
  });

const notThere = (shown: string): ShelfmarkError =>
  new ShelfmarkError('EXPORT_REFUSED', {
    kind: 'usage',
    message: `${shown} is the project or its content folder, where an export would be content itself. Nothing was written.`,
    hint: 'Name a folder beside it, such as preview-site.',
  });
