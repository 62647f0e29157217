/* Rows of articles as nearly all of them are, read without the schema: a lock file has ten thousand. */
import { decodeBodyBase } from '../markup/merge/body-base.ts';
import type { BaseArticle, BaseContent, Halves, Translated } from '../model/base.ts';
import type { PublishState } from '../model/entry.ts';
import { isRemoteId, type LocalPath, type RemoteId } from '../model/identity.ts';
import { isLocale, type Locale } from '../model/locale.ts';

/** What the schema makes of the row; null for every other one, about which the schema has the say. */
export function readUsualArticle(data: unknown): BaseArticle | null {
  if (!isRecord(data) || !hasOnly(data, rowKeys)) return null;
  const { path, kind, id, parent, locales: given } = data;
  if (kind !== 'article' || typeof path !== 'string' || !path.endsWith('.md') || oddPath.test(path))
    return null;
  if (!isId(id) || (parent !== null && !isId(parent)) || !isRecord(given)) return null;
  const locales = new Map<Locale, BaseContent>();
  for (const locale of Object.keys(given)) {
    const content = readContent(given[locale]);
    if (content === null || !isLocale(locale)) return null;
    locales.set(locale, content);
  }
  return { path: path as LocalPath, kind, id, parent, locales };
}

function readContent(data: unknown): BaseContent | null {
  if (!isRecord(data) || !hasOnly(data, contentKeys)) return null;
  const title = halvesOf(data['title'], isText);
  const description = data['description'] === undefined ? nothing : halvesOf(data['description'], isText);
  const state = halvesOf(data['state'], isState);
  const { author, body } = data;
  if (title === null || description === null || state === null) return null;
  if (!Array.isArray(author) || author.length !== 2 || typeof body !== 'string') return null;
  const translated = data['translated'];
  if (translated !== undefined && !isTranslated(translated)) return null;
  const [local, remote] = author as readonly unknown[];
  if ((local !== null && !isText(local)) || (remote !== null && !isId(remote))) return null;
  try {
    const decoded = decodeBodyBase(body);
    return {
      title,
      description,
      state,
      author: { local, remote },
      body: decoded,
      gone: false,
      hidden: false,
      ...(translated === undefined ? {} : { translated }),
    };
  } catch {
    return null;
  }
}

function halvesOf<Value>(data: unknown, isOne: (value: unknown) => value is Value): Halves<Value> | null {
  if (isOne(data)) return { local: data, remote: data };
  if (!Array.isArray(data) || data.length !== 2) return null;
  const [local, remote] = data as readonly unknown[];
  return isOne(local) && isOne(remote) ? { local, remote } : null;
}

const rowKeys: ReadonlySet<string> = new Set(['path', 'kind', 'id', 'parent', 'locales']);
const contentKeys: ReadonlySet<string> = new Set([
  'title',
  'description',
  'state',
  'author',
  'body',
  'translated',
]);
const nothing: Halves<string> = { local: '', remote: '' };

/** A part that is empty, hidden or not ours, and signs that no path has. */
const oddPath = /(?:^|\/)(?:\/|$|\.|node_modules(?:\/|$))|[\\\0]/;

const isRecord = (data: unknown): data is Readonly<Record<string, unknown>> =>
  typeof data === 'object' && data !== null && !Array.isArray(data);

function hasOnly(data: object, keys: ReadonlySet<string>): boolean {
  for (const key of Object.keys(data)) if (!keys.has(key)) return false;
  return true;
}

function isTranslated(data: unknown): data is Translated {
  if (!isRecord(data) || !hasOnly(data, translatedKeys)) return false;
  const { own, source, since } = data;
  const isSource = source === null || (isText(source) && signs.test(source));
  return (
    isText(own) && signs.test(own) && isSource && (since === undefined || (isText(since) && day.test(since)))
  );
}

const translatedKeys: ReadonlySet<string> = new Set(['own', 'source', 'since']);
const signs = /^(?:[\w?-]{4}){2,}$/;
const day = /^\d{4}-\d\d-\d\d$/;

const isText = (value: unknown): value is string => typeof value === 'string';
const isState = (value: unknown): value is PublishState => value === 'published' || value === 'draft';
const isId = (value: unknown): value is RemoteId => typeof value === 'string' && isRemoteId(value);
