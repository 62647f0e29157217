import * as z from 'zod';
import type { Change } from './entities.ts';
import { SwitchesSchema } from './switches.ts';
import type { WorldContent } from './world.ts';

const AdminSchema = z.object({
  id: z.int(),
  name: z.string(),
  email: z.string(),
  bot: z.boolean(),
  mayWrite: z.boolean(),
});

const AppSchema = z.object({
  name: z.string(),
  token: z.string(),
  adminId: z.int(),
  scope: z.enum(['read', 'write']),
  version: z.string(),
  perWindow: z.number(),
});

const HelpCenterSchema = z.object({
  id: z.int(),
  identifier: z.string(),
  displayName: z.string(),
  customDomain: z.string().nullable(),
  websiteOn: z.boolean(),
  defaultLocale: z.string(),
  locales: z.array(z.string()),
  createdAt: z.int(),
  updatedAt: z.int(),
});

const CollectionSchema = z.object({
  id: z.int(),
  helpCenterId: z.int(),
  parentId: z.int().nullable(),
  order: z.number(),
  icon: z.string(),
  texts: z.record(z.string(), z.object({ name: z.string(), description: z.string() })),
  createdAt: z.int(),
  updatedAt: z.int(),
});

const texts = { title: z.string(), description: z.string(), body: z.string() };

const ArticleSchema = z.object({
  id: z.int(),
  parentIds: z.array(z.int()),
  defaultLocale: z.string(),
  contents: z.record(
    z.string(),
    z.object({
      id: z.int(),
      ...texts,
      authorId: z.int(),
      state: z.enum(['published', 'draft']),
      createdAt: z.int(),
      updatedAt: z.int(),
      draft: z.object({ ...texts, updatedAt: z.int() }).nullable(),
    }),
  ),
  views: z.int(),
  reactions: z.object({ happy: z.int(), neutral: z.int(), sad: z.int() }).exactOptional(),
});

const ImageSchema = z.object({ path: z.string(), source: z.string(), bytes: z.string().nullable() });

const SettingsSchema = z.object({
  seed: z.number(),
  workspace: z.object({
    id: z.string(),
    name: z.string(),
    region: z.enum(['US', 'EU', 'AU']),
    createdAt: z.int(),
  }),
  apps: z.array(AppSchema),
  workspacePerWindow: z.number(),
  clockOffset: z.number(),
  switches: SwitchesSchema,
  admins: z.array(AdminSchema),
  helpCenters: z.array(HelpCenterSchema).min(1),
});

const CountersSchema = z.object({
  collection: z.int(),
  article: z.int(),
  content: z.int(),
  helpCenter: z.int(),
  admin: z.int(),
  draws: z.int(),
});

/** The state file. A generation is the number of times that it was written. */
export const SnapshotSchema = z.object({
  format: z.literal('shelfmark-simulator'),
  version: z.literal(1),
  generation: z.int(),
  content: z.object({
    settings: SettingsSchema,
    counters: CountersSchema,
    collections: z.array(CollectionSchema),
    articles: z.array(ArticleSchema),
    images: z.array(ImageSchema),
  }) satisfies z.ZodType<WorldContent>,
});

/** First line of a journal: the generation of the state file that its changes come after. */
export const JournalHeadSchema = z.object({ generation: z.int() });

/** Every other line of a journal. */
export const ChangesSchema: z.ZodType<Change[]> = z.array(
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('settings'), value: SettingsSchema }),
    z.object({ kind: z.literal('counters'), value: CountersSchema }),
    z.object({ kind: z.literal('collection'), id: z.int(), value: CollectionSchema.nullable() }),
    z.object({ kind: z.literal('article'), id: z.int(), value: ArticleSchema.nullable() }),
    z.object({ kind: z.literal('image'), value: ImageSchema }),
  ]),
);
