import * as z from 'zod';
import type { EntryKey } from '../model/identity.ts';
import { id, locale, parseEntry, parseImage, path, plainEntry } from './row.ts';
import type { BaseNote } from './notes.ts';

/** One note as a line of the journal. */
export function printNote(note: BaseNote): string {
  return `${JSON.stringify(note.note === 'row' ? { ...note, row: plainEntry(note.row) } : note)}\n`;
}

/** Null for nonsense: a journal may have come with a repository, and is trusted no more than any other file. */
export function parseNote(line: string): BaseNote | null {
  let data: unknown;
  try {
    data = JSON.parse(line);
  } catch {
    return null;
  }
  const known = stored.safeParse(data);
  if (known.success) {
    const { note } = known.data;
    if (note === 'row') {
      const row = parseEntry(known.data.row);
      const { signs } = known.data;
      return row === null ? null : { note, row, ...(signs === undefined ? {} : { signs }) };
    }
    const image = parseImage(known.data.image);
    return image === null ? null : { note, image };
  }
  const plain = plainNote.safeParse(data);
  return plain.success ? plain.data : null;
}

const stored = z.discriminatedUnion('note', [
  z.object({
    note: z.literal('row'),
    row: z.unknown(),
    signs: z.record(z.string(), z.string()).exactOptional(),
  }),
  z.object({ note: z.literal('image'), image: z.unknown() }),
]);

const kind = z.enum(['article', 'collection']);

/** An entry by its id, or by its path while it has none. */
const key = z.string().transform((text, context): EntryKey => {
  const [, by = ''] = /^(?:article|collection):(.*)$/s.exec(text) ?? [];
  const isKnown = by.startsWith('@') ? path.safeParse(by.slice(1)).success : id.safeParse(by).success;
  if (isKnown) return text as EntryKey;
  context.addIssue({ code: 'custom', message: 'not an entry' });
  return z.NEVER;
});

const plainNote = z.discriminatedUnion('note', [
  z.object({ note: z.literal('drop'), kind, id }),
  z.object({
    note: z.literal('pinned'),
    pinned: z.object({ workspace: z.string(), helpCenter: id, defaultLocale: locale }),
  }),
  z.object({ note: z.literal('moving'), moves: z.array(z.object({ kind, id, from: path, to: path })) }),
  z.object({ note: z.literal('removing'), id, locales: z.array(locale) }),
  z.object({
    note: z.literal('intent'),
    key,
    at: z.number(),
    last: z.number().exactOptional(),
    title: z.string().exactOptional(),
    parent: id.nullable().exactOptional(),
    words: z.string().exactOptional(),
    id: id.exactOptional(),
  }),
  z.object({ note: z.literal('ended'), key }),
]);
