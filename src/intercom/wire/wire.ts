import * as z from 'zod';
import { isRemoteId, remoteId } from '../../model/identity.ts';
import type { RemoteId } from '../../model/identity.ts';
import { locales } from '../../model/locale.ts';
import type { Locale } from '../../model/locale.ts';

/**
 * The JSON of Intercom, as far as we use it. Lenient to what is added (unknown properties are passed over, as
 * Intercom adds them without a new version) and to its changing types: ids are text in one place and numbers
 * in another, and so are counts. Strict in what we build on: ids, titles, the frame of a listing.
 */
export type Decode<Value> = (json: unknown) => Decoded<Value>;

export type Decoded<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly where: string };

/** A number beyond 2^53 was rounded when it was parsed, so it is refused rather than taken for another id. */
const id = z
  .union([z.string(), z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER)])
  .transform((value) => String(value))
  .refine(isRemoteId, 'not an id')
  .transform((text): RemoteId => remoteId(text));

/** Null, zero and empty text all stand for none. */
const nullableId = z
  .union([z.literal(''), z.literal(0), z.literal('0'), id])
  .nullable()
  .transform((value): RemoteId | null => (value === '' || value === 0 || value === '0' ? null : value));

const optionalId = nullableId.optional().transform((value) => value ?? null);

const count = z
  .union([z.number(), z.string().regex(/^\d+$/)])
  .transform(Number)
  .pipe(z.number().int().nonnegative());

const seconds = z
  .union([z.number(), z.string().regex(/^\d+$/)])
  .nullish()
  .transform((value) => Math.trunc(Number(value ?? 0)));

const anyHalf = /\p{Surrogate}/u;
const everyHalf = /\p{Surrogate}/gu;

/**
 * Text that JSON may hold and UTF-8 cannot (halves of a pair) is replaced, as any file would; so what is read
 * twice is the same, and the same as what comes back from the file.
 */
const text = z
  .string()
  .transform((value) => (anyHalf.test(value) ? value.replaceAll(everyHalf, '\u{fffd}') : value));

/** Null and empty text are the same to Intercom. A missing property would be neither, and is refused. */
const emptyText = text.nullable().transform((value) => value ?? '');

const optionalText = text.nullish().transform((value) => value ?? '');

const nullableText = text.nullish().transform((value) => value ?? null);

/** States may be added (a scheduled one, say); all that is not public counts as a draft. */
const state = z
  .string()
  .transform((value): 'published' | 'draft' => (value === 'published' ? 'published' : 'draft'));

const articleContent = z.object({
  title: emptyText,
  description: optionalText,
  body: emptyText,
  author_id: optionalId,
  state,
});

/** Locales side by side with `type`; those without content are null. Empty where a help center has one language. */
function translated<Content extends z.ZodType>(
  content: Content,
): z.ZodType<ReadonlyMap<Locale, z.output<Content>>> {
  return z
    .custom<Readonly<Record<string, unknown>>>((value) => typeof value === 'object')
    .nullish()
    .transform((value, context) => {
      const found = new Map<Locale, z.output<Content>>();
      for (const locale of locales) {
        const given = value?.[locale];
        if (!isPresent(given)) continue;
        const read = content.safeParse(given);
        if (read.success) found.set(locale, read.data);
        else context.addIssue({ code: 'custom', path: [locale], message: 'not of the known form' });
      }
      return found;
    });
}

const article = z
  .object({
    id,
    parent_id: nullableId.optional(),
    parent_ids: z.array(id).nullish(),
    title: emptyText,
    description: optionalText,
    body: emptyText,
    author_id: optionalId,
    state,
    created_at: seconds,
    updated_at: seconds,
    url: nullableText,
    default_locale: nullableText,
    translated_content: translated(articleContent),
  })
  // Neither said is not the same as none: the article would seem to have left its collection.
  .refine((wire) => wire.parent_id !== undefined || isPresent(wire.parent_ids), { path: ['parent_ids'] });

const collectionContent = z.object({ name: emptyText, description: optionalText });

const collection = z.object({
  id,
  name: emptyText,
  description: optionalText,
  icon: nullableText,
  parent_id: nullableId,
  help_center_id: optionalId,
  created_at: seconds,
  updated_at: seconds,
  /** Among its siblings; it can be read, and never written. */
  order: z
    .number()
    .nullish()
    .transform((value) => value ?? null),
  default_locale: nullableText,
  translated_content: translated(collectionContent),
});

const helpCenter = z.object({
  id,
  workspace_id: nullableText,
  identifier: nullableText,
  website_turned_on: z
    .boolean()
    .nullish()
    .transform((value) => value ?? null),
  display_name: nullableText,
  url: nullableText,
  custom_domain: nullableText,
  /** Languages that are turned on; told from version 2.16 on. */
  locales: z.array(z.string()).nullish().catch(null),
});

const admin = z.object({ id, name: optionalText, email: optionalText });

const me = z.object({
  id,
  name: optionalText,
  email: optionalText,
  app: z
    .object({ id_code: nullableText, name: optionalText, region: nullableText })
    .nullish()
    .transform((value) => value ?? null),
});

const percentage = z
  .number()
  .nullish()
  .transform((value) => Math.round(value ?? 0));
const counted = count.nullish().transform((value) => value ?? 0);

/** Only of an article that is asked for by itself; the description of the API spells `conversations` otherwise. */
const statistics = z.object({
  updated_at: seconds,
  statistics: z
    .object({
      views: counted,
      conversations: counted,
      conversions: counted,
      reactions: counted,
      happy_reaction_percentage: percentage,
      neutral_reaction_percentage: percentage,
      sad_reaction_percentage: percentage,
    })
    .nullish()
    .transform((value) => value ?? null),
});

const pages = z
  .object({ next: z.unknown().optional(), total_pages: count.nullish() })
  .nullish()
  .transform((value) => ({
    more: isPresent(value?.next) && value?.next !== '',
    totalPages: value?.total_pages ?? null,
  }));

export type WireArticle = z.infer<typeof article>;
export type WireArticleContent = z.infer<typeof articleContent>;
export type WireCollection = z.infer<typeof collection>;
export type WireHelpCenter = z.infer<typeof helpCenter>;
export type WireAdmin = z.infer<typeof admin>;
export type WireStatistics = z.infer<typeof statistics>;
export type WireMe = z.infer<typeof me>;

export interface WirePage<Row> {
  readonly data: readonly Row[];
  readonly total_count: number;
  readonly pages: { readonly more: boolean; readonly totalPages: number | null };
}

export const decodeArticle: Decode<WireArticle> = decoder(article);
export const decodeStatistics: Decode<WireStatistics> = decoder(statistics);
export const decodeCollection: Decode<WireCollection> = decoder(collection);
export const decodeMe: Decode<WireMe> = decoder(me);
export const decodeHelpCenters: Decode<{ data: WireHelpCenter[] }> = decoder(
  z.object({ type: z.literal('list'), data: z.array(helpCenter) }),
);
export const decodeAdmins: Decode<{ admins: WireAdmin[] }> = decoder(
  z.object({ type: z.literal('admin.list'), admins: z.array(admin) }),
);
export const decodeArticles: Decode<WirePage<WireArticle>> = decoder(pageOf(article));
export const decodeCollections: Decode<WirePage<WireCollection>> = decoder(pageOf(collection));
export const decodeDeleted: Decode<unknown> = decoder(z.object({ deleted: z.literal(true) }));

/** `total_count` is required: a proxy's own "nothing here" must not pass for an empty help center. */
function pageOf<Row extends z.ZodType>(
  row: Row,
): z.ZodObject<{
  type: z.ZodLiteral<'list'>;
  data: z.ZodArray<Row>;
  total_count: typeof count;
  pages: typeof pages;
}> {
  return z.object({ type: z.literal('list'), data: z.array(row), total_count: count, pages });
}

function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function decoder<Value>(schema: z.ZodType<Value>): Decode<Value> {
  return (json) => {
    const result = schema.safeParse(json);
    if (result.success) return { ok: true, value: result.data };
    const issue = result.error.issues[0];
    const path = issue === undefined ? '' : issue.path.map(String).join('.');
    // Only the place is reported, never what is there: it may be anybody's text.
    return { ok: false, where: path === '' ? 'the whole' : `at ${path.slice(0, 80)}` };
  };
}
