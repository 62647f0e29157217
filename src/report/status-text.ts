import { elsewhereOf } from '../model/elsewhere.ts';
import type { Conflict, EntryStatus, Plan, Refusal, Standing } from '../model/plan.ts';
import type { Problem } from '../model/problem.ts';
import { conflictsText } from './conflict-text.ts';
import { counted, refusalsText } from './plan-text.ts';
import { problemsText } from './problems-text.ts';
import { withoutKey } from './plan-json.ts';
import { safeLine } from './safe.ts';
import { plainSight, type Sight } from './sight/sight.ts';
import type { Style } from './style.ts';

const headings: readonly (readonly [Standing, string])[] = [
  ['conflict', 'In conflict: changed differently on both sides'],
  ['both', 'Both: changed on both sides, and it fits together'],
  ['ahead', 'Ahead: changed here'],
  ['behind', 'Behind: changed in the help center'],
  ['adopt', 'To link: the same on both sides, not linked yet'],
  ['unmanaged', 'Unmanaged: only in the help center; a pull writes it into the folder'],
  ['held', 'Held: cannot be decided yet'],
];

/** Every entry that is not in step, grouped by its state. */
export function statusText(plan: Plan, style: Style, sight: Sight = plainSight): string {
  const parts = [problemsText(plan.problems, { style, sight })];
  for (const [standing, heading] of headings) {
    const found = plan.statuses.filter((one) => one.standing === standing);
    if (standing === 'conflict' && plan.conflicts.length > 0)
      parts.push(conflictsText(plan.conflicts, style, sight));
    else if (found.length > 0)
      parts.push(`${style.strong(heading)}\n${found.map((one) => line(one, style, sight)).join('')}`);
  }
  if (plan.refusals.length > 0) parts.push(refusalsText(plan, style));
  if (elsewhereOf(plan) !== null) return parts.filter((part) => part !== '').join('\n');
  const inStep = plan.summary.unchanged;
  const rest = counted(inStep, 'entry');
  parts.push(
    plan.statuses.length === 0
      ? `Everything is in step: ${rest}.\n`
      : `${plan.statuses.length} not in step, ${rest} in step.\n`,
  );
  return parts.filter((part) => part !== '').join('\n');
}

/** How things stand, as machines read it. Stable; documented in docs/json.md. */
export interface JsonStatus {
  readonly version: 1;
  /** Only entries that are not in step. */
  readonly entries: readonly Omit<EntryStatus, 'key'>[];
  /** How many are in step. */
  readonly unchanged: number;
  readonly conflicts: readonly Omit<Conflict, 'key'>[];
  readonly problems: readonly Problem[];
  readonly refusals: readonly Refusal[];
}

export function statusJson(plan: Plan): JsonStatus {
  return {
    version: plan.version,
    entries: plan.statuses.map(withoutKey),
    unchanged: plan.summary.unchanged,
    conflicts: plan.conflicts.map(withoutKey),
    problems: plan.problems,
    refusals: plan.refusals,
  };
}

function line(one: EntryStatus, style: Style, sight: Sight): string {
  const name =
    one.path === null
      ? `${one.kind} ${one.id ?? ''} “${one.title}”`
      : `${sight.entry(one.path)}${one.kind === 'collection' ? '/' : ''}`;
  return `  ${safeLine(name)}  ${style.dim(safeLine(one.details.join('; ')))}\n`;
}
