import { z } from 'zod';
import { decodeBodyBase, encodeBodyBase } from '../markup/body-base.ts';
import { markupVersion } from '../markup/version.ts';
import type {
  Base,
  BaseArticle,
  BaseCollection,
  BaseContent,
  BaseEntry,
  BaseImage,
  Halves,
} from '../model/base.ts';
import { ShelfmarkError } from '../model/error.ts';
import { byText, isRemoteId, localPath, remoteId, type LocalPath } from '../model/identity.ts';
import { isLocale, type Locale } from '../model/locale.ts';

/** Version of the file's own shape; an older one is migrated here, a newer one is refused. */
export const baseVersion = 1;

const path = z.string().transform((text, context): LocalPath => {
  try {
    return localPath(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'not a path under the content folder' });
    return z.NEVER;
  }
});
const id = z
  .string()
  .refine(isRemoteId, 'not an id')
  .transform((text) => remoteId(text));
const locale = z.string().refine(isLocale, 'not a locale');

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

const content = z.object({
  title: halves(z.string()),
  description: halves(z.string()).default({ local: '', remote: '' }),
  state: halves(z.enum(['published', 'draft'])),
  author: z.tuple([z.string().nullable(), id.nullable()]).transform(([local, remote]) => ({ local, remote })),
  body,
  gone: z.boolean().default(false),
  hidden: z.boolean().default(false),
});

const article = z.object({
  path,
  kind: z.literal('article'),
  id,
  parent: id.nullable(),
  locales: z.record(z.string(), content),
});

const collection = z.object({
  path,
  kind: z.literal('collection'),
  id,
  parent: id.nullable(),
  name: halves(z.string()),
  description: halves(z.string()).default({ local: '', remote: '' }),
  icon: halves(z.string().nullable()).default({ local: null, remote: null }),
  translations: z.record(z.string(), z.object({ name: z.string(), description: z.string() })).default({}),
  gone: z.boolean().default(false),
});

/** One row of the file, as the journal holds it too. */
const entrySchema = z
  .discriminatedUnion('kind', [article, collection])
  .transform((row): BaseEntry =>
    row.kind === 'article'
      ? { ...row, locales: byLocale(row.locales) }
      : { ...row, translations: byLocale(row.translations) },
  );

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
  entries: rows(entrySchema),
  images: rows(imageSchema).default([]),
});

/**
 * Prints the base as the lock file holds it: sorted, one entry per line, so that it merges well in git. Empty lines stand
 * between the entries since git takes changes of two neighbouring lines for a conflict, and an empty row at the end
 * since a new last one would otherwise change the line before it by its comma.
 */
export function printBase(base: Base): string {
  if (base.pinned === null) return '';
  const { workspace, helpCenter, defaultLocale } = base.pinned;
  const head = { version: baseVersion, markup: markupVersion, workspace, helpCenter, defaultLocale };
  const entries = base.entries.toSorted(byPathThenId).map((entry) => JSON.stringify(plainEntry(entry)));
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

/**
 * Reads a lock file. Throws a ShelfmarkError `BASE_CONFLICT` where git left its conflict markers in it,
 * `BASE_NEWER` for a version of a later Shelfmark, `BASE_UNREADABLE` for anything else that is not one.
 *
 * @param shown how messages name the file
 */
export function parseBase(text: string, shown: string): Base {
  if (/^(<{7}|={7}|>{7})/m.test(text)) throw conflicted(shown);
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
    throw unreadable(
      shown,
      `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'wrong shape'}`,
      parsed.error,
    );
  }
  if (parsed.data.markup !== markupVersion) throw newer(shown, parsed.data.markup);
  const { workspace, helpCenter, defaultLocale, entries, images } = parsed.data;
  const twice =
    firstTwice(entries.map((entry) => `${entry.kind} ${entry.id}`)) ??
    firstTwice(entries.map((entry) => entry.path));
  if (twice !== null) throw unreadable(shown, `"${twice}" stands in it twice`, undefined);
  return { pinned: { workspace, helpCenter, defaultLocale }, entries, images };
}

/** One entry as a line of JSON (`plainEntry`) and back (`parseEntry`; null for nonsense). */
export function plainEntry(entry: BaseEntry): Record<string, unknown> {
  return entry.kind === 'article' ? plainArticle(entry) : plainCollection(entry);
}

export function parseEntry(data: unknown): BaseEntry | null {
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
    locales: Object.fromEntries(
      [...entry.locales]
        .toSorted(([left], [right]) => byText(left, right))
        .map(([key, value]) => [key, plainContent(value)]),
    ),
  };
}

function plainContent(value: BaseContent): Record<string, unknown> {
  return {
    title: plainHalves(value.title),
    ...(isEmpty(value.description) ? {} : { description: plainHalves(value.description) }),
    state: plainHalves(value.state),
    author: [value.author.local, value.author.remote],
    ...(value.gone ? { gone: true } : {}),
    ...(value.hidden ? { hidden: true } : {}),
    body: encodeBodyBase(value.body),
  };
}

function plainCollection(entry: BaseCollection): Record<string, unknown> {
  const translations = [...entry.translations].toSorted(([left], [right]) => byText(left, right));
  return {
    path: entry.path,
    kind: entry.kind,
    id: entry.id,
    parent: entry.parent,
    name: plainHalves(entry.name),
    ...(isEmpty(entry.description) ? {} : { description: plainHalves(entry.description) }),
    ...(entry.icon.local === null && entry.icon.remote === null ? {} : { icon: plainHalves(entry.icon) }),
    ...(translations.length === 0
      ? {}
      : {
          translations: Object.fromEntries(
            translations.map(([key, { name, description }]) => [key, { name, description }]),
          ),
        }),
    ...(entry.gone ? { gone: true } : {}),
  };
}

const plainHalves = <T>(value: Halves<T>): T | [T, T] =>
  value.local === value.remote ? value.local : [value.local, value.remote];

const isEmpty = (value: Halves<string>): boolean => value.local === '' && value.remote === '';

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

function unreadable(shown: string, why: string, cause: unknown): ShelfmarkError {
  return new ShelfmarkError('BASE_UNREADABLE', {
    message: `The lock file ${shown} cannot be read: ${why}. Nothing was changed.`,
    hint: 'Restore it from git (git checkout -- the file), or remove it and run "shelfmark plan": entries that agree are linked again.',
    ...(cause === undefined ? {} : { cause }),
  });
}

function conflicted(shown: string): ShelfmarkError {
  return new ShelfmarkError('BASE_CONFLICT', {
    message: `The lock file ${shown} holds git's conflict markers. Nothing was changed.`,
    hint: 'Take one of the two versions whole (git checkout --theirs -- the file), then run "shelfmark plan": what only the other knew is found and linked again.',
  });
}

function newer(shown: string, version: number): ShelfmarkError {
  return new ShelfmarkError('BASE_NEWER', {
    message: `The lock file ${shown} has version ${version}, which this Shelfmark does not know. Nothing was changed.`,
    hint: 'Use the Shelfmark that wrote it, or a later one.',
  });
}
