import { printHtml } from '../markup/print/print-html.ts';
import { readMarkdown } from '../markup/read/read-markdown.ts';
import type { Refs } from '../markup/meaning/refs.ts';
import { Slugs } from '../markup/meaning/slug.ts';
import type { LocalContent } from '../model/entry.ts';
import { localPath, type EntryKey, type LocalPath } from '../model/identity.ts';
import type { Locale } from '../model/locale.ts';
import type { LocalSnapshot } from '../model/snapshot.ts';
import type { Base } from '../model/base.ts';
import { baseDirectory } from '../plan/links/directory.ts';
import { assetOfRef, localRefs, type RefsOptions } from '../plan/links/refs.ts';
import { relativeDestination } from '../plan/links/relative.ts';
import { printPageBody } from '../look/page-body.ts';
import type { Safe } from '../look/safe-html.ts';
import { addressOf, fileAddress } from './addresses.ts';

/** What a text is shown with: everything that its links and images may lead to. */
export interface Shown {
  readonly base: Base;
  readonly local: LocalSnapshot;
  readonly assetDigests: ReadonlyMap<LocalPath, string>;
  /** What a link that begins with a slash is relative to. */
  readonly siteRoot: string;
}

/** The text of an article as readers will see it, made by the very code that sends it. */
export function showBody(content: LocalContent, locale: Locale, shown: Shown): Safe {
  const refs = refsOf(shown);
  const { blocks } = readMarkdown(content.body, localRefs(refs, content.file, locale));
  const style = {
    refs: pageRefs(refs, locale, shown),
    dialect: 'intercom',
    shift: 0,
    ids: new Map(),
  } as const;
  const html = blocks.map(({ content }) => printHtml(content, style)).join('<p class="no-margin"></p>');
  const slugs = new Slugs();
  return printPageBody(html, {
    root: '',
    picture: (source) => ({
      shown: source.startsWith('/files/') ? source : null,
      name:
        source
          .replace(/[?#].*$/, '')
          .split('/')
          .at(-1) ?? '',
    }),
    anchor: (_id, text) => slugs.next(text),
  });
}

function refsOf(shown: Shown): RefsOptions {
  const directory = baseDirectory(shown, shown.siteRoot);
  return {
    directory: {
      ...directory,
      // Entries that the help center does not know yet carry their path as their name.
      pathOf: (key, locale) => directory.pathOf(key, locale) ?? pathInKey(key),
    },
    sites: [],
    assetBaseUrl: null,
  };
}

function pathInKey(key: EntryKey): LocalPath | null {
  const at = key.indexOf('@');
  return at === -1 ? null : localPath(key.slice(at + 1));
}

/** Links lead to pages of the preview, images to files of the folder; everything else is left as it is. */
function pageRefs(options: RefsOptions, locale: Locale, { local }: Shown): Refs {
  const top = localPath('page');
  const asSeenFromTop = localRefs(options, top, locale);
  const pages = new Map<string, (one: Locale) => string>();
  for (const { path } of local.collections)
    pages.set(path, (one) => addressOf({ page: 'collection', locale: one, path }));
  for (const article of local.articles) {
    const address = (one: Locale): string => addressOf({ page: 'article', locale: one, path: article.path });
    pages.set(article.path, () =>
      address(article.locales.has(locale) ? locale : firstOf(article.locales, locale)),
    );
    for (const [of, content] of article.locales)
      if (content.file !== article.path) pages.set(content.file, () => address(of));
  }
  return {
    read: (url) => url,
    write(ref, use) {
      const asset = assetOfRef(ref);
      if (asset !== null) return fileAddress(asset.path, asset.digest);
      if (!ref.startsWith('https://shelfmark.invalid/')) return ref;
      const target = relativeDestination(asSeenFromTop.write(ref, use), top);
      const address = target === null ? undefined : pages.get(target.path);
      return address === undefined || target === null ? ref : `${address(locale)}${target.fragment}`;
    },
  };
}

const firstOf = (locales: ReadonlyMap<Locale, unknown>, fallback: Locale): Locale =>
  [...locales.keys()][0] ?? fallback;
