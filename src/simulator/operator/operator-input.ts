import * as z from 'zod';
import { SwitchesSchema } from '../state/switches.ts';
import type { Switches } from '../state/switches.ts';

const state = z.enum(['published', 'draft']);
/** Answers of the API hold some ids as text, so both are taken. */
const id = z.union([
  z.int().positive(),
  z
    .string()
    .regex(/^[1-9]\d{0,14}$/)
    .transform(Number),
]);

const content = {
  title: z.string().exactOptional(),
  description: z.string().exactOptional(),
  body: z.string().exactOptional(),
  storedBody: z.string().exactOptional(),
  authorId: id.exactOptional(),
  state: state.exactOptional(),
};

export const ArticleInput = z.strictObject({
  ...content,
  parentId: id.nullable().exactOptional(),
  parentIds: z.array(id).exactOptional(),
  locales: z.record(z.string(), z.strictObject(content).nullable()).exactOptional(),
  draft: z.boolean().exactOptional(),
  views: z.int().min(0).exactOptional(),
  reactions: z
    .object({ happy: z.int().min(0), neutral: z.int().min(0), sad: z.int().min(0) })
    .exactOptional(),
});

const texts = { name: z.string().exactOptional(), description: z.string().exactOptional() };

export const CollectionInput = z.strictObject({
  ...texts,
  icon: z.string().exactOptional(),
  parentId: id.nullable().exactOptional(),
  helpCenterId: id.exactOptional(),
  order: z.int().exactOptional(),
  locales: z.record(z.string(), z.strictObject(texts).nullable()).exactOptional(),
});

export const HelpCenterInput = z.strictObject({
  identifier: z.string().exactOptional(),
  displayName: z.string().exactOptional(),
  customDomain: z.string().nullable().exactOptional(),
  websiteOn: z.boolean().exactOptional(),
  defaultLocale: z.string().exactOptional(),
  locales: z.array(z.string()).exactOptional(),
});

export const AdminInput = z.strictObject({
  name: z.string(),
  email: z.string(),
  mayWrite: z.boolean().exactOptional(),
});

export const AppInput = z.strictObject({
  name: z.string().exactOptional(),
  adminId: id.exactOptional(),
  scope: z.enum(['read', 'write']).exactOptional(),
  version: z.string().exactOptional(),
  perWindow: z.int().positive().exactOptional(),
});

export const ClockInput = z.strictObject({ move: z.number() });
export const FaultsInput = z.strictObject({ faults: z.array(z.string()) });
export const LimitsInput = z.strictObject({
  perWindow: z.int().positive().exactOptional(),
  workspacePerWindow: z.int().positive().exactOptional(),
});
export const SpendInput = z.strictObject({ calls: z.int().min(0) });
export const LatencyInput = z.strictObject({ milliseconds: z.number().min(0) });

/** Only what is named; parsing must not fill in defaults for the rest. */
export const SwitchesInput: z.ZodType<Partial<Switches>> = z
  .record(z.string(), z.unknown())
  .transform((value) => {
    const known = SwitchesSchema.safeParse(value);
    const named = known.success
      ? Object.entries(known.data).filter(([name]) => name in value)
      : Object.entries(value);
    return Object.fromEntries(named);
  });
