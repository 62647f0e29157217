import type { Body } from '../markup/body.ts';
import { quickHash } from '../markup/quick-hash.ts';
import { readHtml } from '../markup/read-html.ts';
import { readMarkdown } from '../markup/read-markdown.ts';
import type { LocalContent, RemoteContent } from '../model/entry.ts';
import { byText, type LocalPath } from '../model/identity.ts';
import type { Locale } from '../model/locale.ts';
import { localRefs, relativeTarget, remoteRefs, type RefsOptions } from './refs.ts';

/** Bodies in blocks, each parsed once at most and only when asked for. */
export interface Bodies {
  local(content: LocalContent, locale: Locale): Body;
  remote(content: RemoteContent, locale: Locale): Body;
  /** A fingerprint of the raw text that tells "unchanged" without parsing. */
  localQuick(content: LocalContent): string;
  remoteQuick(content: RemoteContent): string;
}

export function openBodies(refs: RefsOptions): Bodies {
  const locals = new Map<LocalContent, Body>();
  const remotes = new Map<RemoteContent, Body>();
  return {
    local: (content, locale) =>
      once(locals, content, () => readMarkdown(content.body, localRefs(refs, content.file, locale))),
    remote: (content, locale) =>
      once(remotes, content, () => readHtml(content.body, remoteRefs(refs, locale))),
    localQuick: (content) =>
      localQuickOf(content.body, content.file, (path) => refs.directory.digestOfAsset(path)),
    remoteQuick: (content) => quickHash(content.body, 'html'),
  };
}

/**
 * The quick fingerprint of a Markdown body. A changed picture under an old name is a change of every article that
 * shows it, so the bytes of the files that the text may refer to count too.
 */
export function localQuickOf(
  body: string,
  file: LocalPath,
  digestOfAsset: (path: LocalPath) => string | null,
): string {
  const digests = new Set<string>();
  for (const match of body.matchAll(/\]\(\s*<?([^\s)>]+)|\]:\s*<?([^\s>]+)|\bsrc\s*=\s*["']?([^"'\s>]+)/g)) {
    const target = relativeTarget(match[1] ?? match[2] ?? match[3] ?? '', file);
    const digest = target === null ? null : digestOfAsset(target.path);
    if (digest !== null) digests.add(digest);
  }
  const quick = quickHash(body, 'markdown');
  return digests.size === 0
    ? quick
    : quickHash(`${quick} ${[...digests].toSorted(byText).join(' ')}`, 'markdown');
}

function once<Key, Value>(cache: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = cache.get(key);
  if (known !== undefined) return known;
  const made = make();
  cache.set(key, made);
  return made;
}
