/* What links in double brackets mean: other tools look a page up by its name, wherever it stands. */
import { wikiLinksOf, type WikiLink } from '../../markup/find/wiki-links.ts';
import { slugOf } from '../../markup/meaning/slug.ts';
import { baseName, localPath, type LocalPath } from '../../model/identity.ts';
import type { LocalContent } from '../../model/entry.ts';
import type { Problem } from '../../model/problem.ts';
import { encodePath, relativeDestination, relativePath } from './relative.ts';

/** The files that such a link can lead to. */
export interface WikiTargets {
  has(path: LocalPath): boolean;
  /** The files of that name, with or without its ending, in any folder. */
  named(name: string): readonly LocalPath[];
}

export function openWikiTargets(files: Iterable<LocalPath>): WikiTargets {
  const known = new Set(files);
  let byName: Map<string, LocalPath[]> | null = null;
  return {
    has: (path) => known.has(path),
    named(name) {
      if (byName === null) {
        byName = new Map();
        for (const file of known) {
          const key = nameOf(file);
          byName.set(key, [...(byName.get(key) ?? []), file]);
        }
      }
      return byName.get(nameOf(name)) ?? [];
    },
  };
}

const nameOf = (path: string): string =>
  path
    .slice(path.lastIndexOf('/') + 1)
    .replace(/\.md$/u, '')
    .normalize('NFC')
    .toLowerCase();

/** A finding about such links, with what each of them is in Markdown where that is clear. */
export function withWikiLinks(problem: Problem, content: LocalContent, targets: WikiTargets): Problem {
  const links = new Map<string, string>();
  for (const one of wikiLinksOf(content.body)) {
    const link = markdownOf(one, content.file, targets);
    if (link !== null) links.set(one.written, link);
  }
  const [first] = links;
  if (first === undefined) return problem;
  const more = links.size === 1 ? '' : `, and ${links.size - 1} more like it`;
  return {
    ...problem,
    hint: `Write ${first[1]}${more}: "shelfmark validate --fix" does it.`,
    fix: { links: Object.fromEntries(links) },
  };
}

/** A text with Markdown in place of such links; `to` gives null for those that stay. */
export function respellWikiLinks(text: string, to: (written: string) => string | null): string {
  const pieces: string[] = [];
  let at = 0;
  for (const { start, end, written } of wikiLinksOf(text)) {
    const link = to(written);
    if (link === null) continue;
    pieces.push(text.slice(at, start), link);
    at = end;
  }
  return pieces.join('') + text.slice(at);
}

function markdownOf(
  { target, heading, words, isEmbedded }: WikiLink,
  file: LocalPath,
  targets: WikiTargets,
): string | null {
  const path = pathOf(target, file, targets);
  if (path === null) return null;
  const isPicture = picture.test(path);
  // A page within a page is nothing that Intercom could show.
  if (isEmbedded !== isPicture) return null;
  const address = encodePath(relativePath(file, path));
  // What stands behind a picture is its size.
  if (isPicture) return `![${words === null || /^[\dx]+$/u.test(words) ? '' : words}](${address})`;
  const fragment = heading === '' || heading.startsWith('^') ? '' : `#${encodeURI(slugOf(heading))}`;
  return `[${words ?? baseName(localPath(target)).replace(/\.md$/u, '')}](${address}${fragment})`;
}

/** From where the link stands, from the top, and at last by the name alone where only one file has it. */
function pathOf(target: string, file: LocalPath, targets: WikiTargets): LocalPath | null {
  for (const from of [file, localPath('top')])
    for (const name of [`${target}.md`, target]) {
      const path = relativeDestination(encodePath(name), from)?.path;
      if (path !== undefined && targets.has(path)) return path;
    }
  const [only, ...more] = targets.named(target);
  return only === undefined || more.length > 0 ? null : only;
}

const picture = /\.(?:png|jpe?g|gif|svg|webp|avif|bmp)$/iu;
