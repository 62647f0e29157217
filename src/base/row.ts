/* One row of the lock file, as the journal holds it too. */
import * as z from 'zod';
import { articleNames } from '../fields/article-fields.ts';
import { collectionNames, translatedNames } from '../fields/collection-fields.ts';
import { each } from '../fields/each.ts';
import { decodeBodyBase, encodeBodyBase } from '../markup/merge/body-base.ts';
import type {
  BaseArticle,
  BaseCollection,
  BaseCollectionFields,
  BaseContent,
  BaseEntry,
  BaseFields,
  BaseImage,
  Halves,
} from '../model/base.ts';
import type { ArticleField, CollectionField, CollectionTexts } from '../model/entry.ts';
import { byText, isRemoteId, localPath, remoteId, type LocalPath } from '../model/identity.ts';
import { isLocale, type Locale } from '../model/locale.ts';
import { readUsualArticle } from './usual-row.ts';

export const path = z.string().transform((text, context): LocalPath => {
  try {
    return localPath(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'not a path under the content folder' });
    return z.NEVER;
  }
});

/** Where an entry can be: a scan never finds one in a hidden folder, so no file is ever made there. */
const entryPath = path.refine(
  (text) => text !== '' && !text.split('/').some((name) => name.startsWith('.') || name === 'node_modules'),
  'not a place for an entry',
);
const articlePath = entryPath.refine((text) => text.endsWith('.md'), 'not the file of an article');

export const id = z
  .string()
  .refine(isRemoteId, 'not an id')
  .transform((text) => remoteId(text));
export const locale = z.string().refine(isLocale, 'not a locale');

// A value that both sides spell alike stands alone; a pair is [local, remote].
function halves<T extends z.ZodType>(value: T) {
  return z.union([
    value.transform((both) => ({ local: both, remote: both })),
    z.tuple([value, value]).transform(([local, remote]) => ({ local, remote })),
  ]);
}

const body = z.string().transform((text, context) => {
  try {
    return decodeBodyBase(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'not a list of fingerprints' });
    return z.NEVER;
  }
});

const signs = z.string().regex(/^(?:[\w?-]{4}){2,}$/);
const translated = z.object({
  own: signs,
  source: signs.nullable(),
  since: z
    .string()
    .regex(/^\d{4}-\d\d-\d\d$/)
    .exactOptional(),
});

const was = z.array(z.string().regex(/^[\w-]{8}$/)).exactOptional();

const content = z.object({
  title: halves(z.string()),
  description: halves(z.string()).default({ local: '', remote: '' }),
  state: halves(z.enum(['published', 'draft'])),
  author: z.tuple([z.string().nullable(), id.nullable()]).transform(([local, remote]) => ({ local, remote })),
  body,
  gone: z.boolean().default(false),
  hidden: z.boolean().default(false),
  was,
  translated: translated.exactOptional(),
});

const article = z.object({
  path: articlePath,
  kind: z.literal('article'),
  id,
  parent: id.nullable(),
  locales: z.record(z.string(), content),
  formerly: z.array(path).default([]),
  unseen: z.literal(true).exactOptional(),
});

const collection = z.object({
  path: entryPath,
  kind: z.literal('collection'),
  id,
  parent: id.nullable(),
  name: halves(z.string()),
  description: halves(z.string()).default({ local: '', remote: '' }),
  icon: halves(z.string().nullable()).default({ local: null, remote: null }),
  translations: z.record(z.string(), z.object({ name: z.string(), description: z.string() })).default({}),
  gone: z.boolean().default(false),
  formerly: z.array(path).default([]),
  unseen: z.literal(true).exactOptional(),
  was,
  translated: z.record(z.string(), translated).exactOptional(),
});

const entrySchema = z
  .discriminatedUnion('kind', [article, collection])
  .transform(({ formerly, ...row }): BaseEntry => {
    const moved = formerly.length === 0 ? {} : { formerly };
    if (row.kind === 'article') return { ...row, ...moved, locales: byLocale(row.locales) };
    const { translated: sources, ...rest } = row;
    const known = sources === undefined ? {} : { translated: byLocale(sources) };
    return { ...rest, ...moved, translations: byLocale(row.translations), ...known };
  });

export const imageSchema = z.object({ address: z.string(), file: path, digest: z.string() });

/** One entry as a line of JSON (`plainEntry`) and back (`parseEntry`; null for nonsense). */
export function plainEntry(entry: BaseEntry): Record<string, unknown> {
  return entry.kind === 'article' ? plainArticle(entry) : plainCollection(entry);
}

export function parseEntry(data: unknown): BaseEntry | null {
  const read = readEntry(data);
  return read.success ? read.data : null;
}

/** The same with what is wrong with it. */
export function readEntry(data: unknown): z.ZodSafeParseResult<BaseEntry> {
  const usual = readUsualArticle(data);
  return usual === null ? entrySchema.safeParse(data) : { success: true, data: usual };
}

export function parseImage(data: unknown): BaseImage | null {
  const parsed = imageSchema.safeParse(data);
  return parsed.success ? parsed.data : null;
}

function plainArticle(entry: BaseArticle): Record<string, unknown> {
  return {
    path: entry.path,
    kind: entry.kind,
    id: entry.id,
    parent: entry.parent,
    ...plainFormerly(entry),
    ...plainUnseen(entry),
    locales: Object.fromEntries(
      [...entry.locales]
        .toSorted(([left], [right]) => byText(left, right))
        .map(([key, value]) => [key, plainContent(value)]),
    ),
  };
}

function plainContent(value: BaseContent): Record<string, unknown> {
  const { body: text, ...values } = each<Record<ArticleField, unknown>>(articleNames, (name) =>
    printedContent[name](value[name]),
  );
  return {
    ...values,
    ...(value.gone ? { gone: true } : {}),
    ...(value.hidden ? { hidden: true } : {}),
    ...plainWas(value),
    ...(value.translated === undefined ? {} : { translated: value.translated }),
    body: text,
  };
}

function plainCollection(entry: BaseCollection): Record<string, unknown> {
  const translations = [...entry.translations].toSorted(([left], [right]) => byText(left, right));
  return {
    path: entry.path,
    kind: entry.kind,
    id: entry.id,
    parent: entry.parent,
    ...each<Record<CollectionField, unknown>>(collectionNames, (name) =>
      printedCollection[name](entry[name]),
    ),
    ...(translations.length === 0
      ? {}
      : {
          translations: Object.fromEntries(
            translations.map(([key, texts]) => [
              key,
              each<CollectionTexts>(translatedNames, (name) => texts[name]),
            ]),
          ),
        }),
    ...(entry.gone ? { gone: true } : {}),
    ...plainFormerly(entry),
    ...plainUnseen(entry),
    ...plainWas(entry),
    ...plainTranslated(entry),
  };
}

const plainFormerly = ({ formerly = [] }: BaseEntry): object => (formerly.length === 0 ? {} : { formerly });

const plainUnseen = ({ unseen }: BaseEntry): object => (unseen === undefined ? {} : { unseen });
const plainWas = ({ was = [] }: BaseContent | BaseCollection): object => (was.length === 0 ? {} : { was });

const plainTranslated = ({ translated: sources = new Map() }: BaseCollection): object =>
  sources.size === 0
    ? {}
    : { translated: Object.fromEntries([...sources].toSorted(([left], [right]) => byText(left, right))) };

const plainHalves = <T>(value: Halves<T>): T | [T, T] =>
  value.local === value.remote ? value.local : [value.local, value.remote];

/** Undefined where the file leaves it out, since reading puts the same there. */
const plainUnless = (missing: string | null) => (value: Halves<string | null>) =>
  value.local === missing && value.remote === missing ? undefined : plainHalves(value);

/** How a row holds each field. */
const printedContent: { readonly [Name in ArticleField]: (agreed: BaseFields[Name]) => unknown } = {
  title: plainHalves,
  description: plainUnless(''),
  state: plainHalves,
  author: ({ local, remote }) => [local, remote],
  body: encodeBodyBase,
};

const printedCollection: {
  readonly [Name in CollectionField]: (agreed: BaseCollectionFields[Name]) => unknown;
} = { name: plainHalves, description: plainUnless(''), icon: plainUnless(null) };

function byLocale<T>(record: Readonly<Record<string, T>>): ReadonlyMap<Locale, T> {
  return new Map(Object.entries(record).filter((pair): pair is [Locale, T] => isLocale(pair[0])));
}
