/* Links and images that lead nowhere, or would once this is sent, each with what to write instead where that is known. */
import type { Bodies } from '../../fields/reading.ts';
import { isAnchor } from '../../markup/find/anchors.ts';
import type { Reference } from '../../markup/meaning/body.ts';
import type { LocalContent } from '../../model/entry.ts';
import { localPath, type LocalPath } from '../../model/identity.ts';
import type { Locale } from '../../model/locale.ts';
import type { Fix, Problem } from '../../model/problem.ts';
import { checkedText } from './checked-text.ts';
import { targetOf, type RefsOptions, type Target } from './refs.ts';
import { encodePath, relativePath, relativeDestination } from './relative.ts';

export interface CheckContext {
  readonly bodies: Bodies;
  readonly refs: RefsOptions;
  /** How messages name the content folder. */
  readonly contentName: string;
}

export interface AddressFinding {
  readonly severity: Problem['severity'];
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  readonly fix?: Fix;
}

/** What is wrong with an address that stands in a file of that language; null where nothing is. */
export function checkAddress(
  { url, use }: Pick<Reference, 'url' | 'use'>,
  { file }: LocalContent,
  locale: Locale,
  context: CheckContext,
): AddressFinding | null {
  const { refs } = context;
  const { directory } = refs;
  const target = targetOf(url, file, use, directory);
  if (target === null) return isOutside(url) ? outside(url, use, file, refs) : null;
  if (use === 'image') return checkImage(target, url, file, refs);
  switch (target.to) {
    case 'asset':
      return {
        severity: 'warning',
        code: 'LINK_TO_FILE',
        message: `The link to ${target.path} leads to a file that is not part of the help center.`,
        hint: 'Link to an article, or to a public address of that file.',
      };
    case 'nowhere':
      return {
        severity: 'warning',
        code: 'LINK_BROKEN',
        message: `The link to ${url} leads nowhere: there is no such article.`,
        hint: 'Correct the path; it is relative to this file.',
      };
    case 'entry': {
      if (directory.isGone(target.key)) {
        return {
          severity: 'warning',
          code: 'LINK_GONE',
          message: `The link to ${url} leads to an article whose file is gone.`,
          hint: 'Correct or remove the link, or bring the file back.',
        };
      }
      if (target.moved === null) return checkLinked(url, target, file, locale, context);
      const what = target.moved.what === 'file' ? 'this file' : 'what it leads to';
      const to = `${encodePath(relativePath(file, target.moved.path))}${target.fragment}`;
      return {
        severity: 'warning',
        code: 'LINK_MOVED',
        message: `The link to ${url} is out of date: ${what} was moved. Readers still get there.`,
        hint: `Write "${to}" instead.`,
        fix: { address: url, to },
      };
    }
  }
}

/** What readers meet behind a link to an article: nothing where it is a draft, its beginning where there is no such heading. */
function checkLinked(
  url: string,
  target: Extract<Target, { to: 'entry' }>,
  file: LocalPath,
  locale: Locale,
  { bodies, refs: { directory }, contentName }: CheckContext,
): AddressFinding | null {
  const linked = directory.textOf(target.key, locale);
  if (linked === null) return null;
  const own = directory.keyOfPath(file);
  const from = own === null ? null : directory.textOf(own, locale);
  if (linked.state === 'draft' && from?.state === 'published')
    return {
      severity: 'warning',
      code: 'LINK_TO_DRAFT',
      message: `The link to ${url} leads to a draft, which readers cannot open.`,
      hint: `Write "state: published" into ${contentName}/${linked.content.file}, or take the link out until then.`,
    };
  if (target.fragment.length <= 1) return null;
  const { findings, anchors } = checkedText(linked.content, linked.locale, bodies);
  // A text that was refused is told by itself, and nobody knows its headings.
  if (findings.some((one) => one.severity === 'error')) return null;
  if (isAnchor(target.fragment, new Set(anchors))) return null;
  return {
    severity: 'warning',
    code: 'ANCHOR_UNKNOWN',
    message: `The link to ${url} leads to the article, but to no heading of it.`,
    hint: `Take the words of a heading in ${contentName}/${linked.content.file}, in lower case with hyphens.`,
  };
}

function checkImage(target: Target, url: string, file: LocalPath, refs: RefsOptions): AddressFinding | null {
  if (target.to !== 'asset') {
    const path = target.to === 'nowhere' ? target.path : relativeDestination(url, file)?.path;
    return {
      severity: 'error',
      code: 'IMAGE_MISSING',
      message: `There is no image ${path ?? url} in the content folder.`,
      ...wayToImage(url, file, refs),
    };
  }
  // The help center has its own copy of what it was sent before, or of what a pull has brought.
  if (refs.directory.addressOfAsset(target.path, target.digest) !== null) return null;
  if (refs.assetBaseUrl !== null) return pictureKind(target.path);
  return {
    severity: 'error',
    code: 'IMAGE_NOT_PUBLIC',
    message: `Intercom cannot fetch ${target.path} from here: it has no public address.`,
    hint: 'Say in the config file where your images can be fetched: assets: { baseUrl: "https://…/{path}?v={hash}" }.',
  };
}

/** Intercom's own article about the format of articles names the kinds that it takes; it names no size. */
function pictureKind(path: string): AddressFinding | null {
  const kind = /\.(webp|avif|bmp|tiff?|heic|ico|jxl)$/i.exec(path)?.[1];
  if (kind === undefined) return null;
  return {
    severity: 'warning',
    code: 'IMAGE_KIND',
    message: `Intercom takes pictures as PNG, JPEG, GIF and SVG, and this one is ${kind.toUpperCase()}.`,
    hint: 'Save it as one of these; readers may not see it otherwise.',
  };
}

function wayToImage(
  url: string,
  file: LocalPath,
  { directory }: RefsOptions,
): Pick<AddressFinding, 'hint' | 'fix'> {
  const write = (path: LocalPath, why: string): Pick<AddressFinding, 'hint' | 'fix'> => {
    const to = encodePath(relativePath(file, path));
    return { hint: `${why} was moved: write "${to}" instead.`, fix: { address: url, to } };
  };
  for (const place of directory.formerPlaces(file)) {
    const there = relativeDestination(url, place);
    if (there !== null && directory.digestOfAsset(there.path) !== null) return write(there.path, 'This file');
  }
  const here = relativeDestination(url, file);
  const moved = here === null ? null : directory.newPlaceOfAsset(here.path);
  return moved === null ? { hint: 'Correct the path, or add the file.' } : write(moved, 'It');
}

/** An address that is neither one of another host nor one that can be followed inside the content folder. */
const isOutside = (url: string): boolean =>
  url !== '' &&
  !/^(?:#|\?|\/\/|[a-z][a-z0-9+.-]*:)/i.test(url) &&
  !/^\/[a-z-]{2,5}\/(?:articles|collections)\//i.test(url);

function outside(url: string, use: Reference['use'], file: LocalPath, refs: RefsOptions): AddressFinding {
  const fromTop = url.startsWith('/') ? relativeDestination(url.slice(1), localPath('top')) : null;
  const isThere =
    fromTop !== null &&
    (refs.directory.keyOfPath(fromTop.path) !== null || refs.directory.digestOfAsset(fromTop.path) !== null);
  const hint = isThere
    ? `Paths are relative to this file: write "${encodePath(relativePath(file, fromTop.path))}${fromTop.fragment}" instead.`
    : 'Paths are relative to this file, or begin with a slash and are relative to the content folder; for anything else write a whole address.';
  return use === 'image'
    ? {
        severity: 'error',
        code: 'IMAGE_MISSING',
        message: `There is no image ${url} in the content folder.`,
        hint,
      }
    : { severity: 'warning', code: 'LINK_BROKEN', message: `The link to ${url} leads nowhere.`, hint };
}
