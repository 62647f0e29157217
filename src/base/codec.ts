/* The lock file as a whole. */
import * as z from 'zod';
import { markupVersion } from '../markup/meaning/version.ts';
import type { Base, BaseEntry } from '../model/base.ts';
import { byText } from '../model/identity.ts';
import { conflicted, newer, unreadable } from './refused.ts';
import { id, imageSchema, locale, parseEntry, plainEntry, readEntry } from './row.ts';

/** Version of the file's own shape; an older one is migrated here, a newer one is refused. */
export const baseVersion = 1;

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
    const read = readEntry(row);
    if (read.success) return read.data;
    const [issue] = read.error.issues;
    const where = ['entries', index, ...(issue?.path ?? [])].join('.');
    throw unreadable(shown, `${where}: ${issue?.message ?? 'wrong shape'}`, read.error);
  });
}

function checkTwice(base: Base, shown: string): Base {
  const twice =
    firstTwice(base.entries.map((entry) => `${entry.kind} ${entry.id}`)) ??
    firstTwice(base.entries.map((entry) => entry.path));
  if (twice !== null) throw unreadable(shown, `"${twice}" is in it twice`, undefined);
  return base;
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
