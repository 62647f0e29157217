import { printHtml } from '../markup/print/print-html.ts';
import { readHtml } from '../markup/read/read-html.ts';
import { readMarkdown } from '../markup/read/read-markdown.ts';
import { isSpacedOut } from '../markup/spell/spell-html.ts';
import type { Body } from '../markup/meaning/body.ts';
import type { Refs } from '../markup/meaning/refs.ts';
import { Slugs } from '../markup/meaning/slug.ts';
import type { LocalContent, RemoteContent } from '../model/entry.ts';
import { localPath, type EntryKey, type LocalPath } from '../model/identity.ts';
import type { Locale } from '../model/locale.ts';
import type { LocalSnapshot } from '../model/snapshot.ts';
import type { Base } from '../model/base.ts';
import { baseDirectory } from '../plan/links/directory.ts';
import { assetOfRef, localRefs, remoteRefs, type RefsOptions } from '../plan/links/refs.ts';
import { relativeDestination } from '../plan/links/relative.ts';
import { printPageBody, type PageBody } from '../look/page-body.ts';
import { wordsOf } from '../look/words.ts';
import { rewriteBody } from '../simulator/rewrite/rewriter.ts';
import { SwitchesSchema } from '../simulator/state/switches.ts';
import { addressOf, fileAddress } from './addresses.ts';

/** What a text is shown with: everything that its links and images may lead to. */
export interface Shown {
  readonly base: Base;
  readonly local: LocalSnapshot;
  readonly assetDigests: ReadonlyMap<LocalPath, string>;
  /** What a link that begins with a slash is relative to. */
  readonly siteRoot: string;
  readonly spacing: 'auto' | 'always' | 'never';
  /** Addresses of the help center, where it was read. */
  readonly sites: readonly string[];
}

/** Whose way a text is shown: what Intercom makes of it, or what Markdown promises. */
export type Way = 'intercom' | 'markdown';

/**
 * The text of an article as readers will see it, made by the very code that sends it, and by that which plays what
 * Intercom makes of it.
 *
 * @param there what the help center holds of it, null for nothing: an article that is there keeps its own space
 */
export function showBody(
  content: LocalContent,
  locale: Locale,
  shown: Shown,
  { way = 'intercom', there = null }: { readonly way?: Way; readonly there?: RemoteContent | null } = {},
): PageBody {
  const refs = refsOf(shown);
  const body = readMarkdown(content.body, localRefs(refs, content.file, locale));
  const before = there === null ? null : readHtml(there.body, remoteRefs(refs, locale));
  const isSpaced =
    shown.spacing === 'auto'
      ? ((before === null ? null : isSpacedOut(before)) ?? true)
      : shown.spacing === 'always';
  return printBody(body, { refs, locale, shown, way, isSpaced });
}

/** The text of an article as readers see it now. */
export function showRemoteBody(content: RemoteContent, locale: Locale, shown: Shown): PageBody {
  const refs = refsOf(shown);
  const body = readHtml(content.body, remoteRefs(refs, locale));
  return printBody(body, { refs, locale, shown, way: 'intercom', isSpaced: isSpacedOut(body) ?? false });
}

interface Printing {
  readonly refs: RefsOptions;
  readonly locale: Locale;
  readonly shown: Shown;
  readonly way: Way;
  readonly isSpaced: boolean;
}

/** Pictures and pages are named from a host that cannot be, until Intercom's way has been gone. */
const host = 'https://preview.invalid';

function printBody({ blocks }: Body, { refs, locale, shown, way, isSpaced }: Printing): PageBody {
  const style = {
    refs: pageRefs(refs, locale, shown),
    dialect: 'intercom',
    shift: 0,
    ids: new Map(),
  } as const;
  const space = isSpaced && way === 'intercom' ? '<p class="no-margin"></p>' : '';
  const html = blocks.map(({ content }) => printHtml(content, style)).join(space);
  const stored = way === 'intercom' ? rewritten(html) : html.replaceAll('<p class="no-margin">', '<p>');
  const slugs = new Slugs();
  return printPageBody(stored.replaceAll(`"${host}/`, '"/'), {
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
    tableLabel: wordsOf(locale).table,
  });
}

const switches = SwitchesSchema.parse({});

/** What Intercom makes of it; what it refuses is shown as it would be sent, and told as a problem elsewhere. */
function rewritten(html: string): string {
  let count = 0;
  const newHeadingDigits = (): string => (count++).toString(16).padStart(10, '0');
  try {
    return rewriteBody(html, { switches, origin: 'api', newHeadingDigits, storeImage: (source) => source });
  } catch {
    return html;
  }
}

/** Who is who is looked up once for each look at the folder. */
const directories = new WeakMap<Shown, RefsOptions>();

function refsOf(shown: Shown): RefsOptions {
  const known = directories.get(shown) ?? openRefs(shown);
  directories.set(shown, known);
  return known;
}

function openRefs(shown: Shown): RefsOptions {
  const directory = baseDirectory(shown, shown.siteRoot);
  return {
    directory: {
      ...directory,
      // Entries that the help center does not know yet carry their path as their name.
      pathOf: (key, locale) => directory.pathOf(key, locale) ?? pathInKey(key),
    },
    sites: shown.sites,
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
      if (asset !== null) return `${host}${fileAddress(asset.path, asset.digest)}`;
      if (!ref.startsWith('https://shelfmark.invalid/')) return ref;
      const target = relativeDestination(asSeenFromTop.write(ref, use), top);
      const address = target === null ? undefined : pages.get(target.path);
      return address === undefined || target === null ? ref : `${host}${address(locale)}${target.fragment}`;
    },
  };
}

const firstOf = (locales: ReadonlyMap<Locale, unknown>, fallback: Locale): Locale =>
  [...locales.keys()][0] ?? fallback;
