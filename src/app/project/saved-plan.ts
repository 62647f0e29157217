import { createHash } from 'node:crypto';
import * as z from 'zod';
import { printBase } from '../../base/codec.ts';
import { ShelfmarkError } from '../../model/error.ts';
import type { Operation, Plan } from '../../model/plan.ts';
import type { PlanInput } from '../../plan/terms/input.ts';
import { operationJson } from '../../report/plan-json.ts';

/** A plan in a file, bound to what it was made from. */
export interface SavedPlan {
  readonly direction: Plan['direction'];
  readonly target: string | null;
  /** Fingerprints of the config, the lock and the content that the plan was made from. */
  readonly bound: { readonly config: string; readonly base: string; readonly content: string };
  readonly allowDeletes: number | null;
  readonly allowEmptied: boolean;
  readonly takeBack: boolean;
  /** Fingerprints of the operations: exactly these may be carried out. */
  readonly operations: readonly string[];
  /** What the file shows of each operation to whoever reads it before saying yes. */
  readonly shown: ReadonlySet<string>;
  /** The same operations as they are shown, in the order of `operations`. */
  readonly told: readonly ToldOperation[];
}

/** An operation as a plan file tells it. */
export interface ToldOperation {
  readonly side: string;
  readonly action: string;
  readonly kind: string;
  readonly path: string;
  readonly id: string | null;
}

const schema = z.object({
  format: z.literal('shelfmark-plan'),
  version: z.literal(1),
  direction: z.enum(['push', 'pull', 'sync']),
  target: z.string().nullable(),
  bound: z.object({ config: z.string(), base: z.string(), content: z.string() }),
  allowDeletes: z.number().nullable(),
  allowEmptied: z.boolean(),
  takeBack: z.boolean().default(false),
  operations: z.array(z.string()),
  plan: z.object({
    operations: z.array(
      z.looseObject({
        side: z.string(),
        action: z.string(),
        kind: z.string(),
        path: z.string(),
        id: z.string().nullable(),
      }),
    ),
  }),
});

/** The text of a plan file; `shown` is the plan as people and machines read it, for looking at only. */
export function printSavedPlan(saved: Omit<SavedPlan, 'shown' | 'told'>, shown: unknown): string {
  return `${JSON.stringify({ format: 'shelfmark-plan', version: 1, ...saved, plan: shown }, null, 2)}\n`;
}

/** Throws a ShelfmarkError `PLAN_UNREADABLE` for anything that is not a plan file. */
export function parseSavedPlan(text: string, file: string): SavedPlan {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    data = null;
  }
  const parsed = schema.safeParse(data);
  if (parsed.success) {
    const { plan, ...saved } = parsed.data;
    return { ...saved, shown: new Set(plan.operations.map(shownText)), told: plan.operations };
  }
  throw new ShelfmarkError('PLAN_UNREADABLE', {
    message: `${file} is not a plan that this Shelfmark saved. Nothing was changed.`,
    hint: 'Make one with "shelfmark plan --out FILE".',
  });
}

export function boundOf(config: string, { base, local, assetDigests }: PlanInput): SavedPlan['bound'] {
  const files = [
    ...local.articles.flatMap((one) =>
      [...one.locales.values()].map((content) => [content.file, content.digest]),
    ),
    ...local.collections.map((one) => [one.path, one.digest]),
    ...assetDigests,
  ];
  return { config: digest(config), base: digest(printBase(base)), content: digest(JSON.stringify(files)) };
}

/** Everything about an operation but the wave, which depends on what else there is to do. */
export function operationDigest(operation: Operation): string {
  // What readers see is reported, not done: a new domain of the help center makes no plan stale.
  return digest(JSON.stringify({ ...operation, wave: 0, readers: null }));
}

/** Throws a ShelfmarkError `PLAN_UNREADABLE` where something would be done that the file does not show. */
export function checkShown({ shown }: SavedPlan, operations: readonly Operation[]): void {
  const hidden = operations.filter((one) => !shown.has(shownText(operationJson(one))));
  if (hidden.length === 0) return;
  throw new ShelfmarkError('PLAN_UNREADABLE', {
    message: `This plan would do things that it does not show: ${hidden.map((one) => `${one.action} ${one.path}`).join(', ')}. Somebody changed the file after it was saved. Nothing was changed.`,
    hint: 'Make a new one with "shelfmark plan --out FILE" and look at it again.',
  });
}

/** The wave depends on what else there is to do. */
function shownText({ wave: _, ...operation }: object & { readonly wave?: unknown }): string {
  return JSON.stringify(operation);
}

/** Throws a ShelfmarkError `PLAN_STALE` where anything but the remote has changed since; the remote is checked entry by entry. */
export function checkBound(saved: SavedPlan, now: SavedPlan['bound']): void {
  const names = { config: 'the config file', base: 'the lock file', content: 'the content folder' } as const;
  const changed = (['config', 'base', 'content'] as const).filter((one) => saved.bound[one] !== now[one]);
  if (changed.length === 0) return;
  throw new ShelfmarkError('PLAN_STALE', {
    kind: 'refused',
    message: `This plan is stale: ${changed.map((one) => names[one]).join(' and ')} changed since it was made. Nothing was changed.`,
    hint: 'Make a new one with "shelfmark plan --out FILE" and look at it again.',
  });
}

const digest = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 22);
