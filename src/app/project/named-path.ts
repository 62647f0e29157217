import { isAbsolute, relative, resolve } from 'node:path';
import type { Config } from '../../config/read-config.ts';
import type { Outside } from '../../ports/outside.ts';

/**
 * What a path that somebody typed can mean below the content folder, the likeliest first: as the plan names it, as it
 * is in the project, and as the shell completes it from the current folder. The content folder itself is ''.
 */
export function namedPaths(
  text: string,
  { content, contentName }: Pick<Config, 'content' | 'contentName'>,
  { folder }: Pick<Outside, 'folder'>,
): readonly string[] {
  const plain = text.split('\\').join('/').replace(/^\.\//, '').replace(/\/+$/, '');
  const named = plain.startsWith(`${contentName}/`) ? plain.slice(contentName.length + 1) : plain;
  const typed = relative(content, resolve(folder, text)).split('\\').join('/');
  const isInside = !isAbsolute(typed) && typed !== '..' && !typed.startsWith('../');
  return [...new Set(isInside ? [named, typed] : [named])];
}
