import { readMarkdown } from '../markup/read/read-markdown.ts';
import { spellMarkdown } from '../markup/spell/spell-markdown.ts';
import type { RemoteContent } from '../model/entry.ts';
import type { LocalPath } from '../model/identity.ts';
import type { Locale } from '../model/locale.ts';
import { openBodies } from './links/bodies.ts';
import { localRefs, type RefsOptions } from './links/refs.ts';

/**
 * What the help center said once, as the Markdown of a file.
 *
 * @param now what the file says, whose spelling stays where it means the same
 */
export function restoredBody(
  content: RemoteContent,
  now: string,
  file: LocalPath,
  locale: Locale,
  refs: RefsOptions,
): string {
  const here = localRefs(refs, file, locale);
  return spellMarkdown(readMarkdown(now, here), openBodies(refs).remote(content, locale).blocks, here);
}
