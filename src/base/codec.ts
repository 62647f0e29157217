import * as z from 'zod';
import { articleNames } from '../fields/article-fields.ts';
import { collectionNames, translatedNames } from '../fields/collection-fields.ts';
import { each } from '../fields/each.ts';
import { decodeBodyBase, encodeBodyBase } from '../markup/merge/body-base.ts';
import { markupVersion } from '../markup/meaning/version.ts';
import type {
  Base,
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
import { conflicted, newer, unreadable } from './refused.ts';
import { readUsualArticle } from './usual-row.ts';

/** Version of the file's own shape; an older one is migrated here, a newer one is refused. */
export const baseVersion = 1;

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

/** One row of the file, as the journal holds it too. */
const entrySchema = z
  .discriminatedUnion('kind', [article, collection])
  .transform(({ formerly, ...row }): BaseEntry => {
    const moved = formerly.length === 0 ? {} : { formerly };
    if (row.kind === 'article') return { ...row, ...moved, locales: byLocale(row.locales) };
    const { translated: sources, ...rest } = row;
    const known = sources === undefined ? {} : { translated: byLocale(sources) };
    return { ...rest, ...moved, translations: byLocale(row.translations), ...known };
  });

const imageSchema = z.object({ address: z.string(), file: path, digest: z.string() });

/** The last row is empty, see `printBase`; a file without it is read as well. */
function rows<T extends z.ZodType>(row: T) {
  return z
    .array(z.unknown())
    .transform((found) => (isEmptyRow(found.at(-1)) ? found.slice(0, -1) : found))
    .pipe(z.array(row));
}

const isEmptyRow = (row: unknown): boolean =>
  typeof row === 'object' && row !== null && Object.keys(row).length === 0;

const fileSchema = z.object({
  version: z.literal(baseVersion),
  markup: z.number(),
  workspace: z.string(),
  helpCenter: id,
  defaultLocale: locale,
  // Read one by one, see `readRows`.
  entries: rows(z.unknown()),
  images: rows(imageSchema).default([]),
});

/**
 * Prints the base as the lock file holds it: sorted, one entry per line, so that it merges well in git. Empty lines are
 * between the entries since git takes changes of two neighbouring lines for a conflict, and an empty row at the end
 * since a new last one would otherwise change the line before it by its comma.
 */
export function printBase(base: Base): string {
  if (base.pinned === null) return '';
  const { workspace, helpCenter, defaultLocale } = base.pinned;
  const head = { version: baseVersion, markup: markupVersion, workspace, helpCenter, defaultLocale };
  const entries = base.entries.toSorted(byPathThenId).map(printRow);
  const images = base.images
    .toSorted((left, right) => byText(left.address, right.address))
    .map((image) => JSON.stringify({ address: image.address, file: image.file, digest: image.digest }));
  const list = (found: readonly string[]): string =>
    found.length === 0 ? '[]' : `[\n\n${found.map((row) => `${row},\n\n`).join('')}{}\n]`;
  const fields = Object.entries(head).map(
    ([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`,
  );
  return `{\n${fields.join(',\n')},\n"entries": ${list(entries)},\n"images": ${list(images)}\n}\n`;
}

/** A row never changes once it was made, so one that is written again and again is printed once. */
function printRow(entry: BaseEntry): string {
  const known = printedRows.get(entry);
  if (known !== undefined) return known;
  const printed = JSON.stringify(plainEntry(entry));
  printedRows.set(entry, printed);
  return printed;
}

const printedRows = new WeakMap<BaseEntry, string>();

/** Rows by the very line that they were read from, for whoever reads the same file again and again. */
export type RowMemory = Map<string, BaseEntry>;

/**
 * Reads a lock file. Throws a ShelfmarkError `BASE_CONFLICT` where git left its conflict markers in it,
 * `BASE_NEWER` for a version of a later Shelfmark, `BASE_UNREADABLE` for anything else that is not one.
 *
 * @param shown how messages name the file
 * @param memory rows that need not be read again; what this file holds is in it afterwards, and nothing else
 */
export function parseBase(text: string, shown: string, memory?: RowMemory): Base {
  if (/^(<{7}|={7}|>{7})/m.test(text)) throw conflicted(shown);
  const split = memory === undefined ? null : splitRows(text, memory);
  if (split === null) return checkTwice(parseWhole(text, shown), shown);
  const { pinned, entries, images } = parseWhole(split.rest, shown);
  return checkTwice({ pinned, entries: [...entries, ...split.entries], images }, shown);
}

/** Takes the lines out that `printBase` writes for entries; null where one of them cannot be read. */
function splitRows(
  text: string,
  memory: RowMemory,
): { readonly rest: string; readonly entries: readonly BaseEntry[] } | null {
  const known = new Map(memory);
  memory.clear();
  const rest: string[] = [];
  const entries: BaseEntry[] = [];
  for (const line of text.split('\n')) {
    if (!line.startsWith('{"path":') || !line.endsWith('},')) {
      rest.push(line);
      continue;
    }
    const spelled = line.slice(0, -1);
    const row = known.get(spelled) ?? parseLine(spelled);
    if (row === null) return null;
    // By the text that printing it gives, where that is the same: the line would keep all of the file in memory.
    const printed = printRow(row);
    memory.set(printed === spelled ? printed : spelled, row);
    entries.push(row);
  }
  return { rest: rest.join('\n'), entries };
}

function parseLine(line: string): BaseEntry | null {
  try {
    return parseEntry(JSON.parse(line));
  } catch {
    return null;
  }
}

function parseWhole(text: string, shown: string): Base {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (cause) {
    throw unreadable(shown, 'it is not valid JSON', cause);
  }
  const version = z.object({ version: z.number() }).safeParse(data);
  if (version.success && version.data.version > baseVersion) throw newer(shown, version.data.version);
  const parsed = fileSchema.safeParse(data);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const where = issue === undefined || issue.path.length === 0 ? '' : `${issue.path.join('.')}: `;
    throw unreadable(shown, `${where}${issue?.message ?? 'wrong shape'}`, parsed.error);
  }
  if (parsed.data.markup !== markupVersion) throw newer(shown, parsed.data.markup);
  const { workspace, helpCenter, defaultLocale, entries, images } = parsed.data;
  return { pinned: { workspace, helpCenter, defaultLocale }, entries: readRows(entries, shown), images };
}

function readRows(rows: readonly unknown[], shown: string): readonly BaseEntry[] {
  return rows.map((row, index) => {
    const usual = readUsualArticle(row);
    if (usual !== null) return usual;
    const parsed = entrySchema.safeParse(row);
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    const where = ['entries', index, ...(issue?.path ?? [])].join('.');
    throw unreadable(shown, `${where}: ${issue?.message ?? 'wrong shape'}`, parsed.error);
  });
}

function checkTwice(base: Base, shown: string): Base {
  const twice =
    firstTwice(base.entries.map((entry) => `${entry.kind} ${entry.id}`)) ??
    firstTwice(base.entries.map((entry) => entry.path));
  if (twice !== null) throw unreadable(shown, `"${twice}" is in it twice`, undefined);
  return base;
}

/** One entry as a line of JSON (`plainEntry`) and back (`parseEntry`; null for nonsense). */
export function plainEntry(entry: BaseEntry): Record<string, unknown> {
  return entry.kind === 'article' ? plainArticle(entry) : plainCollection(entry);
}

export function parseEntry(data: unknown): BaseEntry | null {
  const usual = readUsualArticle(data);
  if (usual !== null) return usual;
  const parsed = entrySchema.safeParse(data);
  return parsed.success ? parsed.data : null;
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

function byPathThenId(left: BaseEntry, right: BaseEntry): number {
  return byText(left.path, right.path) || byText(left.id, right.id);
}

function firstTwice(values: readonly string[]): string | null {
  const seen = new Set<string>();
  for (const value of values) {
    if (seen.has(value)) return value;
    seen.add(value);
  }
  return null;
}
