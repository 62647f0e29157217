/* How the base moves: rows from what was really written and answered, never from what was meant. */
import { baseOf } from '../markup/merge/body-base.ts';
import type { BaseNote } from '../base/notes.ts';
import type { Base, BaseArticle, BaseCollection, BaseContent, BaseImage, Halves } from '../model/base.ts';
import type {
  LocalArticle,
  LocalCollection,
  RemoteArticle,
  RemoteCollection,
  RemoteContent,
} from '../model/entry.ts';
import { ShelfmarkError } from '../model/error.ts';
import { isOtherText } from './as-sent.ts';
import type { EntryKey, LocalPath, RemoteId } from '../model/identity.ts';
import type { Locale } from '../model/locale.ts';
import type { RemoteOperation } from '../model/plan.ts';
import type { ArticleEdit } from '../model/remote-side.ts';
import {
  agreedCollection,
  agreedContent,
  goneArticle,
  hiddenContent,
  pulledContent,
  type RowOptions,
  type Sent,
} from '../plan/compare/rows.ts';

/**
 * The row of an article after the folder took in what the remote holds. `made` names the files that were written
 * from it whole; any other file that the base does not know may hold something of its own.
 */
export function pulledArticle(
  before: BaseArticle | null,
  local: LocalArticle,
  remote: RemoteArticle,
  parent: RemoteId | null,
  options: RowOptions,
  made: ReadonlySet<LocalPath>,
): BaseArticle {
  const locales = new Map<Locale, BaseContent>();
  for (const [locale, there] of remote.locales) {
    const here = local.locales.get(locale);
    const agreed = before?.locales.get(locale) ?? null;
    if (here === undefined) {
      if (agreed !== null) locales.set(locale, agreed);
    } else if (agreed !== null) locales.set(locale, pulledContent(agreed, here, there, locale, options));
    else if (made.has(here.file))
      locales.set(locale, agreedContent(null, here, there, locale, 'all', options));
    else locales.set(locale, contentOfRemote(there, locale, options));
  }
  for (const [locale, agreed] of before?.locales ?? [])
    if (agreed.hidden && !locales.has(locale)) locales.set(locale, agreed);
  return { kind: 'article', path: local.path, id: remote.id, parent, locales };
}

/**
 * The row of an article whose conflicts were answered in the folder: the base is what the remote holds now, so that
 * whatever the files say otherwise is a change of theirs.
 */
export function incorporatedArticle(
  before: BaseArticle | null,
  local: LocalArticle,
  remote: RemoteArticle,
  parent: RemoteId | null,
  options: RowOptions,
): BaseArticle {
  if (before !== null) return pulledArticle(before, local, remote, parent, options, new Set());
  const locales = new Map<Locale, BaseContent>();
  for (const [locale, there] of remote.locales) {
    if (local.locales.has(locale)) locales.set(locale, contentOfRemote(there, locale, options));
  }
  return { kind: 'article', path: local.path, id: remote.id, parent, locales };
}

/** The same for a collection. */
export function incorporatedCollection(
  before: BaseCollection | null,
  local: LocalCollection,
  remote: RemoteCollection,
): BaseCollection {
  const both = <T>(value: T): Halves<T> => ({ local: value, remote: value });
  const known = before ?? {
    ...agreedCollection(local, remote, remote.parent),
    name: both(remote.name),
    description: both(remote.description),
    icon: both(remote.icon),
  };
  return pulledCollection(known, local, remote);
}

function contentOfRemote(there: RemoteContent, locale: Locale, { bodies, authors }: RowOptions): BaseContent {
  const body = bodies.remote(there, locale);
  return {
    title: { local: there.title, remote: there.title },
    description: { local: there.description, remote: there.description },
    state: { local: there.state, remote: there.state },
    author: { local: there.author === null ? null : authors.textOf(there.author), remote: there.author },
    body: { ...baseOf(body, body), localQuick: '', remoteQuick: bodies.remoteQuick(there) },
    gone: false,
    hidden: false,
  };
}

/** The row of a collection after the folder took in what the remote holds. */
export function pulledCollection(
  before: BaseCollection | null,
  local: LocalCollection,
  remote: RemoteCollection,
): BaseCollection {
  const pulled = agreedCollection(local, remote, remote.parent);
  if (before === null) {
    // What the folder says beyond that is still to be sent.
    const there = <T>(agreed: Halves<T>): Halves<T> =>
      agreed.local === agreed.remote ? agreed : { local: agreed.remote, remote: agreed.remote };
    return {
      ...pulled,
      description: there(pulled.description),
      icon: there(pulled.icon),
      translations: remote.translations,
    };
  }
  // What the folder has of its own stays a change: its half of the base becomes what the remote holds.
  const half = <T>(agreed: Halves<T>, there: T): Halves<T> =>
    agreed.remote === there ? agreed : { local: there, remote: there };
  return {
    ...pulled,
    name: half(before.name, remote.name),
    description: half(before.description, remote.description),
    icon: half(before.icon, remote.icon),
    // A help center with one language shows none; what the folder holds of the others is still agreed on then.
    translations:
      remote.translations.size > 0
        ? remote.translations
        : new Map([...before.translations].filter(([locale]) => local.translations.has(locale))),
    gone: false,
  };
}

/** The row of an article after a write: only what was sent moves, so that a foreign edit in between stays visible. */
export function pushedArticle(
  before: BaseArticle | null,
  operation: Extract<RemoteOperation, { kind: 'article' }>,
  local: LocalArticle | null,
  { answer, unlinked }: { readonly answer: RemoteArticle; readonly unlinked: readonly Locale[] },
  parent: RemoteId | null,
  options: RowOptions,
): BaseArticle | null {
  if (local === null) {
    return before === null ? null : goneArticle(before, answer, [...before.locales.keys()]);
  }
  const locales = new Map<Locale, BaseContent>(before?.locales ?? []);
  for (const [name, edit] of Object.entries(operation.write.locales)) {
    const locale = name as Locale;
    const here = local.locales.get(locale);
    const there = answer.locales.get(locale);
    const agreed = before?.locales.get(locale) ?? null;
    if (here === undefined) {
      if (agreed !== null && there !== undefined) {
        const gone = before === null ? null : goneArticle(before, answer, [locale]).locales.get(locale);
        if (gone !== null && gone !== undefined) locales.set(locale, gone);
      }
    } else if (there === undefined)
      locales.set(locale, hiddenContent(here, locale, edit.author ?? null, options));
    else {
      const sent: Sent | 'all' =
        operation.action === 'create' || agreed === null
          ? 'all'
          : new Set(Object.keys(edit) as ('title' | 'body')[]);
      const row = agreedContent(agreed, here, there, locale, sent, options);
      locales.set(locale, unlinked.includes(locale) ? withoutLinks(row, there, locale, options) : row);
    }
  }
  return {
    kind: 'article',
    path: local.path,
    id: answer.id,
    parent: operation.write.parent === undefined ? (before?.parent ?? parent) : parent,
    locales,
  };
}

/** The text still lacks links, so the file stays ahead until they have been sent. */
function withoutLinks(
  row: BaseContent,
  there: RemoteContent,
  locale: Locale,
  { bodies }: RowOptions,
): BaseContent {
  const body = bodies.remote(there, locale);
  return { ...row, body: { ...baseOf(body, body), localQuick: '', remoteQuick: bodies.remoteQuick(there) } };
}

export function pushedCollection(
  before: BaseCollection | null,
  operation: Extract<RemoteOperation, { kind: 'collection' }>,
  local: LocalCollection,
  answer: RemoteCollection,
): BaseCollection {
  const all = agreedCollection(local, answer, answer.parent);
  if (before === null) return all;
  const { write } = operation;
  const translations = new Map(before.translations);
  for (const locale of Object.keys(write.translations ?? {}) as Locale[]) {
    const texts = local.translations.get(locale);
    if (texts !== undefined) translations.set(locale, texts);
  }
  return {
    ...all,
    parent: write.parent === undefined ? before.parent : answer.parent,
    name: write.name === undefined ? before.name : all.name,
    description: write.description === undefined ? before.description : all.description,
    icon: write.icon === undefined ? { ...before.icon, remote: answer.icon } : all.icon,
    translations,
  };
}

/** Ties the local images of an article to the copies that the remote made of them, in the order of the text. */
export function imagesOf(
  local: readonly ({ readonly file: LocalPath; readonly digest: string } | null)[],
  remote: readonly string[],
): readonly BaseImage[] {
  if (local.length !== remote.length) return [];
  return local.flatMap((one, index) => {
    const address = remote[index];
    return one === null || address === undefined ? [] : [{ address, file: one.file, digest: one.digest }];
  });
}

/**
 * Throws where the remote took a text and shows another one. Intercom does that when somebody has an unpublished draft
 * of a published article open in the web editor: the text went into that draft.
 */
export function checkTaken(
  path: LocalPath,
  sent: ArticleEdit,
  before: RemoteArticle,
  answer: RemoteArticle,
  { bodies }: RowOptions,
): void {
  for (const [locale, edit] of sent.locales) {
    const was = before.locales.get(locale);
    const is = answer.locales.get(locale);
    if (was === undefined || is === undefined) continue;
    const isKept = (field: 'title' | 'description'): boolean =>
      edit[field] !== undefined &&
      edit[field] !== was[field] &&
      (is[field] === was[field] || isOtherText(was[field], edit[field], is[field]));
    const isBodyKept =
      edit.body !== undefined &&
      bodies.remoteQuick({ ...is, body: edit.body }) !== bodies.remoteQuick(is) &&
      (bodies.remoteQuick(was) === bodies.remoteQuick(is) || isOtherText(was.body, edit.body, is.body));
    if (!isKept('title') && !isKept('description') && !isBodyKept) continue;
    throw new ShelfmarkError('NOT_TAKEN', {
      message: `Intercom took the text of ${path} but still shows another one; an unpublished draft of it is probably open in the web editor.`,
      hint: 'Publish or discard that draft in Intercom, then run the command again.',
    });
  }
}

/** Paths of rows below a folder that was moved. */
export function movedRows(
  base: Base,
  relocate: (path: LocalPath) => LocalPath,
  own: ReadonlySet<EntryKey>,
): readonly BaseNote[] {
  return base.entries.flatMap((row): BaseNote[] => {
    const path = relocate(row.path);
    if (path === row.path || own.has(`${row.kind}:${row.id}` as EntryKey)) return [];
    return [{ note: 'row', row: { ...row, path } }];
  });
}
