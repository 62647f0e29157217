import { heldIn } from '../model/held.ts';
import { keptIn } from '../model/kept.ts';
import type { Plan } from '../model/plan.ts';
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

/** The plan as one JSON value. */
export function planJson(
  plan: Plan,
): Record<string, unknown> & { readonly operations: readonly JsonOperation[] } {
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
