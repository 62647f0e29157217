import type { Outcome } from '../model/outcome.ts';
import type { Plan } from '../model/plan.ts';
import { removalOf } from './removal.ts';
import { safeLine } from './safe.ts';
import { plainSight, type Sight } from './sight/sight.ts';
import type { Style } from './style.ts';

export interface Calls {
  readonly total: number;
  readonly byMethod: Readonly<Record<string, number>>;
}

/** What became of the operations: what failed line by line, the rest as figures; what Ctrl-C left as one figure. */
export function outcomesText(
  outcomes: readonly Outcome[],
  calls: Calls,
  style: Style,
  { isInterrupted = false, sight = plainSight }: { isInterrupted?: boolean; sight?: Sight } = {},
): string {
  const left = isInterrupted ? outcomes.filter((one) => one.status === 'skipped').length : 0;
  const lines = outcomes
    .filter((one) => one.status !== 'done' && !(left > 0 && one.status === 'skipped'))
    .map((one) => {
      const paint = one.status === 'failed' ? style.remove : style.warn;
      const hint = one.hint === null ? '' : ` ${style.dim(style.said(safeLine(one.hint)))}`;
      return `${paint(one.status)} ${style.strong(safeLine(sight.entry(one.operation.path)))}: ${safeLine(one.message ?? '')}${hint}`;
    });
  const done = outcomes.filter((one) => one.status === 'done');
  const count = (action: string): number => done.filter((one) => one.operation.action === action).length;
  const removed = done
    .filter((one) => one.operation.action === 'delete')
    .map((one) => removalOf(one.operation));
  const figures = [
    figure(count('create'), 'created', style.add),
    figure(count('update'), 'updated', style.change),
    figure(count('move'), 'moved', style.change),
    figure(removed.filter((one) => one === 'unpublish').length, 'unpublished', style.remove),
    figure(removed.filter((one) => one === 'delete').length, 'deleted', style.remove),
    figure(removed.filter((one) => one === 'trash').length, 'moved to the trash', style.remove),
    figure(outcomes.length - done.length - left, 'not done', style.warn),
  ].filter((one) => one !== '');
  const methods = Object.entries(calls.byMethod).map(([method, number]) => `${number} ${method}`);
  const used = calls.total === 0 ? '' : style.dim(` (${calls.total} calls: ${methods.join(', ')})`);
  lines.push(`Done: ${figures.length === 0 ? 'nothing had to be written' : figures.join(', ')}.${used}`);
  if (left > 0)
    lines.push(
      style.warn(`Stopped: ${left} of ${outcomes.length} are left. The next run goes on with them.`),
    );
  return `${lines.join('\n')}\n`;
}

/** That a plan was not carried out; in a strict run, how many errors were the reason. */
export function nothingWritten({ problems }: Pick<Plan, 'problems'>, isStrict: boolean): string {
  const errors = problems.filter((one) => one.severity === 'error').length;
  if (errors === 0 || !isStrict) return 'Nothing was written.';
  const what = errors === 1 ? 'the error' : `the ${errors} errors`;
  return `Nothing was written: an error in one file stops a strict run. Correct ${what} above, then run it again.`;
}

/** What became of an operation, as machines read it. Stable; documented in docs/json.md. */
export interface JsonOutcome {
  readonly status: Outcome['status'];
  readonly side: string;
  readonly action: string;
  readonly kind: string;
  readonly path: string;
  readonly id: string | null;
  /** What happened, where it was not done. */
  readonly message: string | null;
  /** What to do about it. */
  readonly hint: string | null;
}

export function outcomesJson(outcomes: readonly Outcome[]): readonly JsonOutcome[] {
  return outcomes.map((one) => {
    const { side, action, kind, path } = one.operation;
    return { status: one.status, side, action, kind, path, id: one.id, message: one.message, hint: one.hint };
  });
}

const figure = (count: number, word: string, paint: (text: string) => string): string =>
  count === 0 ? '' : paint(`${count} ${word}`);
