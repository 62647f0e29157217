import { heldIn } from '../model/held.ts';
import { keptIn } from '../model/kept.ts';
import type { Behind, Conflict, Direction, Plan, Refusal, Summary } from '../model/plan.ts';
import type { Problem } from '../model/problem.ts';
import { visibilityOf, type SeenByReaders } from '../model/visibility.ts';

/** One step of a plan as machines read it. Stable; documented in docs/json.md. */
export interface JsonOperation {
  readonly side: string;
  readonly action: string;
  readonly kind: string;
  readonly path: string;
  readonly id: string | null;
  readonly fields: readonly {
    readonly field: string;
    readonly locale: string | null;
    readonly before: string | null;
    readonly after: string | null;
  }[];
  readonly reason: string;
  readonly wave: number;
  /** Only deletions on the remote: `unpublish` or `delete`. */
  readonly removal?: string;
  /** Only remote operations: whether readers see each language, before and after. */
  readonly readers?: readonly SeenByReaders[];
  /** Only local moves: where the entry is afterwards. */
  readonly to?: string;
}

/** A plan as machines read it. Stable; documented in docs/json.md. */
export interface JsonPlan {
  readonly version: 1;
  readonly direction: Direction;
  readonly summary: Summary;
  /** In the order in which they are carried out. */
  readonly operations: readonly JsonOperation[];
  /** What both sides changed differently; neither side of it is written until somebody answers. */
  readonly conflicts: readonly Omit<Conflict, 'key'>[];
  /** What the help center changed, and a push therefore leaves alone. */
  readonly behind: readonly Omit<Behind, 'key'>[];
  readonly problems: readonly Problem[];
  /** Why a guard lets nothing of it be carried out; empty for most plans. */
  readonly refusals: readonly Refusal[];
  /** Entries that are the same on both sides and that are linked from now on. */
  readonly links: readonly { readonly kind: string; readonly path: string; readonly id: string }[];
  /** What is left alone on both sides, and why. */
  readonly held: readonly { readonly path: string | null; readonly reason: string }[];
  /** What stays in the help center although its file is gone (`deletions: keep`). */
  readonly kept: readonly {
    readonly kind: string;
    readonly path: string | null;
    readonly id: string | null;
  }[];
}

/** The plan as one JSON value. */
export function planJson(plan: Plan): JsonPlan {
  return {
    version: plan.version,
    direction: plan.direction,
    summary: plan.summary,
    operations: plan.operations.map(operationJson),
    conflicts: plan.conflicts.map(withoutKey),
    behind: plan.behind.map(withoutKey),
    problems: plan.problems,
    refusals: plan.refusals,
    links: plan.baseEdits
      .filter((one) => one.edit === 'adopt')
      .map(({ path, id, key }) => ({ kind: key.slice(0, key.indexOf(':')), path, id })),
    held: heldIn(plan).map(({ path, reason }) => ({ path, reason })),
    kept: keptIn(plan).map(({ kind, path, id }) => ({ kind, path, id })),
  };
}

export function operationJson(operation: Plan['operations'][number]): JsonOperation {
  const { side, action, kind, path, id, fields, reason, wave } = operation;
  return {
    side,
    action,
    kind,
    path,
    id,
    fields,
    reason,
    wave,
    ...(operation.side === 'remote' && operation.removal !== null ? { removal: operation.removal } : {}),
    ...(operation.side === 'remote' ? { readers: visibilityOf(operation) } : {}),
    ...(operation.side === 'local' && operation.to !== path ? { to: operation.to } : {}),
  };
}

/** Keys are the engine's own business; outside, an entry is named by its path and id. */
export function withoutKey<Value extends { readonly key: unknown }>({
  key,
  ...rest
}: Value): Omit<Value, 'key'> {
  return rest;
}
