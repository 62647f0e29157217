import { extname } from 'node:path';
import type { Config } from '../../config/read-config.ts';
import { localPath } from '../../model/identity.ts';
import type { Logo, SiteLook } from '../../look/site-look.ts';
import type { Outside } from '../../ports/outside.ts';
import { readOwnFile } from '../adapters/own-file.ts';

/** How the config says that the help center presents itself, with its logo read. */
export async function siteLookOf(config: Config, outside: Pick<Outside, 'files'>): Promise<SiteLook> {
  const { title, greetings, color, logo } = config.preview;
  return { title, greetings, color, logo: logo === null ? null : await readLogo(logo, config, outside) };
}

/** Null where there is no such picture below the folder of the config file: then the initial stands in its place. */
async function readLogo(
  logo: string,
  { folder }: Config,
  { files }: Pick<Outside, 'files'>,
): Promise<Logo | null> {
  const type = pictures[extname(logo).toLowerCase()];
  const bytes = await readOwnFile(files, folder, localPath(logo));
  return type === undefined || bytes === null ? null : { type, bytes };
}

/** Pictures that a page shows, by the ends of their names. */
export const pictures: Readonly<Record<string, string>> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.svg': 'image/svg+xml',
};
