/* How the base moves: rows from what was really written and answered, never from what was meant. */
import { articleFields, articleNames } from '../fields/article-fields.ts';
import { agreedCollectionFields, collectionFields } from '../fields/collection-fields.ts';
import type { Reading } from '../fields/reading.ts';
import type { BaseNote } from '../base/notes.ts';
import type {
  Base,
  BaseArticle,
  BaseCollection,
  BaseCollectionFields,
  BaseContent,
  BaseImage,
} from '../model/base.ts';
import type {
  ArticleField,
  LocalArticle,
  LocalCollection,
  RemoteArticle,
  RemoteCollection,
} from '../model/entry.ts';
import { ShelfmarkError } from '../model/error.ts';
import { isStoredForm } from '../markup/read/stored-form.ts';
import { isOtherText } from './remote/as-sent.ts';
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
  options: Reading,
  made: ReadonlySet<LocalPath>,
): BaseArticle {
  const locales = new Map<Locale, BaseContent>();
  for (const [locale, there] of remote.locales) {
    const here = local.locales.get(locale);
    const agreed = before?.locales.get(locale) ?? null;
    if (here === undefined) {
      if (agreed !== null) locales.set(locale, agreed);
    } else if (agreed === null && made.has(here.file))
      locales.set(locale, agreedContent(null, here, there, locale, 'all', options));
    else locales.set(locale, pulledContent(agreed, agreed === null ? null : here, there, locale, options));
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
  options: Reading,
): BaseArticle {
  if (before !== null) return pulledArticle(before, local, remote, parent, options, new Set());
  const locales = new Map<Locale, BaseContent>();
  for (const [locale, there] of remote.locales) {
    if (local.locales.has(locale)) locales.set(locale, pulledContent(null, null, there, locale, options));
  }
  return { kind: 'article', path: local.path, id: remote.id, parent, locales };
}

/** The same for a collection. */
export function incorporatedCollection(
  before: BaseCollection | null,
  local: LocalCollection,
  remote: RemoteCollection,
): BaseCollection {
  return pulledCollection(
    before ?? { ...agreedCollection(local, remote, remote.parent), ...agreedThere(remote) },
    local,
    remote,
  );
}

/** The row of a collection after the folder took in what the remote holds; what the folder says beyond that is still to be sent. */
export function pulledCollection(
  before: BaseCollection | null,
  local: LocalCollection,
  remote: RemoteCollection,
): BaseCollection {
  const row = agreedCollection(local, remote, remote.parent);
  if (before === null) return { ...row, ...agreedThere(remote), translations: remote.translations };
  const there = agreedThere(remote);
  return {
    ...row,
    ...agreedCollectionFields((name) => (before[name].remote === remote[name] ? before : there)[name]),
    // A help center with one language shows none; what the folder holds of the others is still agreed on then.
    translations:
      remote.translations.size > 0
        ? remote.translations
        : new Map([...before.translations].filter(([locale]) => local.translations.has(locale))),
  };
}

/** The fields of a collection as they are agreed on where the folder says what the remote holds. */
const agreedThere = (remote: RemoteCollection): BaseCollectionFields =>
  agreedCollectionFields((name) => collectionFields[name].agree(remote, remote));

/** The row of an article after a write: only what was sent moves, so that a foreign edit in between stays visible. */
export function pushedArticle(
  before: BaseArticle | null,
  operation: Extract<RemoteOperation, { kind: 'article' }>,
  local: LocalArticle | null,
  { answer, unlinked }: { readonly answer: RemoteArticle; readonly unlinked: readonly Locale[] },
  parent: RemoteId | null,
  options: Reading,
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
    } else if (there === undefined) locales.set(locale, hiddenContent(here, locale, options));
    else {
      const sent: Sent | 'all' =
        operation.action === 'create' || agreed === null
          ? 'all'
          : new Set(Object.keys(edit) as ArticleField[]);
      const row = agreedContent(agreed, here, there, locale, sent, options);
      // The text still lacks links, so the file stays ahead until they have been sent.
      const lacking = () => ({ ...row, body: articleFields.body.pull(null, null, there, locale, options) });
      locales.set(locale, unlinked.includes(locale) ? lacking() : row);
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
    ...agreedCollectionFields((name) => {
      if (write[name] !== undefined) return all[name];
      return collectionFields[name].isResent ? { ...before[name], remote: answer[name] } : before[name];
    }),
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
): void {
  for (const [locale, edit] of sent.locales) {
    const was = before.locales.get(locale);
    const is = answer.locales.get(locale);
    if (was === undefined || is === undefined) continue;
    const meant = { ...is, ...edit };
    const isKept = articleNames.some((name) => {
      const { isText, sign } = articleFields[name];
      const [before, sent, now] = [sign(was), sign(meant), sign(is)];
      if (!isText || edit[name] === undefined || sent === before || sent === now) return false;
      // Stored in another spelling, or without what the remote has no word for, it is still what was sent.
      if (name === 'body' && isStoredForm(meant.body ?? '', is.body)) return false;
      return (
        before === now ||
        isOtherText(was[name] ?? '', meant[name] ?? '', is[name] ?? '', name === 'body' ? 'html' : 'plain')
      );
    });
    if (!isKept) continue;
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
