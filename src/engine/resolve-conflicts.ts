/* Answers conflicts: what the answer changes in the folder is written there, and the base moves to the remote's present. */
import type { OpenIntent } from '../base/notes.ts';
import type { EntryKey } from '../model/identity.ts';
import type { Outcome } from '../model/outcome.ts';
import type { LocalOperation } from '../model/plan.ts';
import type { Planned } from '../plan/make-plan.ts';
import { isOpen } from './intents.ts';
import { applyLocal } from './local-phase.ts';
import { remoteTime, type RunDeps } from './ports.ts';
import { openRun } from './run-book.ts';

export interface Answered {
  /** The plan as it is with the answers in it; only local operations of `keys` are carried out. */
  readonly planned: Planned;
  readonly keys: ReadonlySet<EntryKey>;
  readonly intents: readonly OpenIntent[];
}

/** Writes nothing to the remote; afterwards the entries are ahead, or in step. */
export async function resolveConflicts(
  answered: Answered,
  deps: RunDeps,
  signal: AbortSignal,
): Promise<readonly Outcome[]> {
  const { planned, keys } = answered;
  const run = openRun(planned, deps);
  const { pinned } = planned.context.input.base;
  const { workspace, helpCenter } = planned.context.input.remote;
  const { defaultLocale } = planned.context.input.policy;
  if (pinned === null) await run.note([{ note: 'pinned', pinned: { workspace, helpCenter, defaultLocale } }]);
  const operations = planned.plan.operations.filter(
    (one): one is LocalOperation => one.side === 'local' && keys.has(one.key),
  );
  const done = await applyLocal(operations, deps.local, () => undefined, signal);
  const { outcomes } = done;
  if (operations.length > 0) await run.afterLocal(done, signal);
  const failed = new Set(outcomes.filter((one) => one.status !== 'done').map((one) => one.operation.key));
  const deleted = new Set(operations.filter((one) => one.action === 'delete').map((one) => one.key));
  // A file with markers in it cannot be read as an entry, so where it went is known from the operation alone.
  const places = new Map(operations.map((one) => [one.key, one.to]));
  const answeredKeys = [...keys].filter((key) => !failed.has(key) && !deleted.has(key));
  await run.incorporate(new Set(answeredKeys), places);
  const kept = await deps.base.write(
    run.base(),
    answered.intents.filter((intent) => isOpen(intent, planned, run, remoteTime(deps))),
  );
  if (kept === 'moved') deps.tell({ event: 'lock-left' });
  return outcomes;
}
