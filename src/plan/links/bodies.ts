import { hash } from 'node:crypto';
import type { Bodies } from '../../fields/reading.ts';
import type { Body } from '../../markup/meaning/body.ts';
import { quickHash } from '../../markup/meaning/quick-hash.ts';
import type { Refs } from '../../markup/meaning/refs.ts';
import { readHtml } from '../../markup/read/read-html.ts';
import { readMarkdown } from '../../markup/read/read-markdown.ts';
import type { LocalContent, RemoteContent } from '../../model/entry.ts';
import { byText } from '../../model/identity.ts';
import { addressesIn, quickOfBody } from '../../model/text-facts.ts';
import { localRefs, remoteRefs, targetOf, type Directory, type RefsOptions } from './refs.ts';

/**
 * @param earlier whose readings are taken over where every address in them still means what it meant then
 */
export function openBodies(refs: RefsOptions, earlier?: Bodies): Bodies {
  const shelves = (earlier === undefined ? undefined : shelvesOf.get(earlier)) ?? {
    locals: openShelf<LocalContent>(),
    remotes: openShelf<RemoteContent>(),
  };
  const quicks = new Map<LocalContent, string>();
  const localQuick = (content: LocalContent): string =>
    once(quicks, content, () => quickOf(content, refs.directory));
  const bodies: Bodies = {
    local: (content, locale) =>
      read(shelves.locals, content, refs, localRefs(refs, content.file, locale), readMarkdown),
    remote: (content, locale) => read(shelves.remotes, content, refs, remoteRefs(refs, locale), readHtml),
    localQuick,
    isLocalQuick: (content, quick) => isSameQuick(localQuick(content), quick),
    remoteQuick: (content) => once(remoteQuicks, content, () => quickHash(content.body, 'html')),
  };
  shelvesOf.set(bodies, shelves);
  return bodies;
}

interface Shelves {
  readonly locals: Cache<LocalContent, ReadBody>;
  readonly remotes: Cache<RemoteContent, ReadBody>;
}

const shelvesOf = new WeakMap<Bodies, Shelves>();

/** A body in blocks, and what the addresses in it meant when it was read. */
interface ReadBody {
  readonly body: Body;
  readonly meant: readonly { readonly url: string; readonly use: 'link' | 'image'; readonly ref: string }[];
  /** By which addresses were understood then, or last since. */
  refs: RefsOptions;
}

/** Nothing but its text and the meaning of its addresses makes a body what it is. */
function read<Content extends { readonly body: string }>(
  shelf: Cache<Content, ReadBody>,
  content: Content,
  options: RefsOptions,
  refs: Refs,
  reader: (text: string, refs: Refs) => Body,
): Body {
  const known = shelf.get(content);
  if (known !== undefined) {
    if (known.refs === options || known.meant.every(({ url, use, ref }) => refs.read(url, use) === ref)) {
      known.refs = options;
      return known.body;
    }
  }
  const meant: { url: string; use: 'link' | 'image'; ref: string }[] = [];
  const body = reader(content.body, {
    ...refs,
    read(url, use) {
      const ref = refs.read(url, use);
      meant.push({ url, use, ref });
      return ref;
    },
  });
  shelf.set(content, { body, meant, refs: options });
  return body;
}

// An entry never changes once it was read: whoever plans again and again with the same ones, as a watch does, hashes
// them once.
const remoteQuicks = new WeakMap<RemoteContent, string>();

/** The part of a quick fingerprint that says nothing about where the links and images of the text lead. */
export const quickOfText = (quick: string): string => quick.replace(/~.*$/, '');

/*
 * The text; then, where it has any, a short sign for each link and what it leads to, and one for the bytes of all
 * its images: a changed picture under an old name is a change of every article that shows it.
 */
function quickOf(content: LocalContent, directory: Directory): string {
  const text = quickOfBody(content);
  const links = new Set<string>();
  const digests = new Set<string>();
  let loose: Set<string> | null = null;
  for (const url of addressesIn(content)) {
    const target = targetOf(url, content.file, 'link', directory);
    if (target === null || target.to === 'nowhere' || target.isLoose) {
      if (!isLoose(url)) continue;
      loose ??= new Set();
      if (target?.to === 'asset' && target.digest !== '') loose.add(sign(`${url} ${target.digest}`, 4));
      if (target?.to === 'entry') loose.add(sign(`${url} ${directory.idOf(target.key) ?? 'new'}`, 4));
    } else if (target.to === 'asset') digests.add(target.digest);
    else links.add(sign(`${url} ${directory.idOf(target.key) ?? 'new'}`, 4));
  }
  if (links.size + digests.size === 0 && loose === null) return text;
  const images =
    digests.size === 0
      ? ''
      : digests.has('')
        ? `~${unknownImages}`
        : `~${sign([...digests].toSorted(byText).join(' '), 8)}`;
  const exact = `${text}~${[...links].toSorted(byText).join('')}${images}`;
  if (loose === null) return exact;
  return `${exact}${images === '' ? '~' : ''}~${[...loose].toSorted(byText).join('')}`;
}

/** Stands for pictures of which one is not here. */
const unknownImages = '?';

/** Whether an address may lead somewhere by another spelling than the path of a file. */
const isLoose = (url: string): boolean => url.startsWith('/') || /[^ -~]|%[89a-f]/i.test(url);

/** A link that leads nowhere any more is no news; one that leads to something else than it did then is. */
function isSameQuick(now: string, then: string): boolean {
  if (now === then) return true;
  const [text, links = '', images = '', loose = ''] = now.split('~');
  const [textThen, linksThen = '', imagesThen = '', looseThen] = then.split('~');
  if (text !== textThen) return false;
  // Of a picture that is not here nobody can say that it changed.
  if (images !== imagesThen && (images !== unknownImages || imagesThen === '')) return false;
  // Rows from before such spellings were understood know nothing of them: those count once the text is changed.
  return areKnown(links, linksThen) && (looseThen === undefined || areKnown(loose, looseThen));
}

function areKnown(signs: string, known: string): boolean {
  const all = new Set(known.match(/.{4}/g));
  return (signs.match(/.{4}/g) ?? []).every((one) => all.has(one));
}

const sign = (text: string, size: number): string => hash('sha256', text, 'base64url').slice(0, size);

/** Characters of texts that are kept in blocks, which take many times as much; what was not needed for long goes first. */
const mostText = 8 * 1024 * 1024;

/** Bodies in blocks, those that were needed last. */
function openShelf<Key extends object>(): Cache<Key, ReadBody> {
  const bodies = new Map<Key, ReadBody>();
  let size = 0;
  return {
    get(key) {
      const known = bodies.get(key);
      if (known === undefined) return undefined;
      bodies.delete(key);
      bodies.set(key, known);
      return known;
    },
    set(key, read) {
      size += read.body.text.length - (bodies.get(key)?.body.text.length ?? 0);
      bodies.delete(key);
      bodies.set(key, read);
      for (const [oldest, { body }] of bodies) {
        if (size <= mostText || oldest === key) break;
        bodies.delete(oldest);
        size -= body.text.length;
      }
    },
  };
}

interface Cache<Key, Value> {
  get(key: Key): Value | undefined;
  set(key: Key, value: Value): unknown;
}

function once<Key, Value>(cache: Cache<Key, Value>, key: Key, make: () => Value): Value {
  const known = cache.get(key);
  if (known !== undefined) return known;
  const made = make();
  cache.set(key, made);
  return made;
}
