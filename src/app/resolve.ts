import { planWithMemory } from '../engine/plan-sides.ts';
import { resolveConflicts } from '../engine/resolve-conflicts.ts';
import { refuseElsewhere } from '../model/elsewhere.ts';
import { ShelfmarkError } from '../model/error.ts';
import type { LocalPath } from '../model/identity.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Conflict } from '../model/plan.ts';
import type { Answer } from '../plan/terms/input.ts';
import { makePlan, type Planned } from '../plan/make-plan.ts';
import { settleMarked } from './markers-side.ts';
import { checkMarkable, withMarkers } from './markers.ts';
import { namedPaths } from './project/named-path.ts';
import { openWriting, type RunOptions } from './run.ts';
import type { Outside } from '../ports/outside.ts';

export interface Resolved {
  readonly conflicts: readonly Conflict[];
  readonly outcomes: readonly Outcome[];
  /** Files whose markers, of an earlier answer or of git, gave way to one side. */
  readonly marked: readonly LocalPath[];
}

/**
 * Answers the conflicts of one entry, or of all below a folder. Writes files and the lock, never to the remote:
 * the next push sends what the answer leaves to be sent.
 */
export async function resolveRun(
  options: RunOptions & {
    readonly path: string;
    readonly answer: Answer | 'markers';
    /** With markers: whose version to keep of what they cannot show. */
    readonly others: Answer | null;
  },
  outside: Outside,
): Promise<Resolved> {
  await using run = await openWriting({ ...options, direction: 'sync' }, outside);
  const { input, intents } = await run.readSides();
  const first = await planWithMemory(input, run.deps);
  refuseElsewhere(first.plan);
  const conflicts =
    namedPaths(options.path, options.config, outside)
      .map((wanted) => first.plan.conflicts.filter((one) => isAt(one, wanted, first)))
      .find((found) => found.length > 0) ?? [];
  if (conflicts.length === 0) {
    const { answer } = options;
    const marked =
      answer === 'markers'
        ? []
        : await settleMarked(
            (path) =>
              namedPaths(options.path, options.config, outside).some(
                (wanted) => wanted === '' || path === wanted || path.startsWith(`${wanted}/`),
              ),
            answer,
            input.local,
            { config: options.config, outside },
          );
    if (marked.length > 0) return { conflicts: [], outcomes: [], marked };
    throw nothingThere(options.path, first.plan.conflicts);
  }
  const keys = new Set(conflicts.map((one) => one.key));
  if (options.answer === 'markers' && options.others === null) checkMarkable(conflicts, options.path);
  const answer = options.answer === 'markers' ? (options.others ?? 'local') : options.answer;
  const planned = makePlan({
    ...first.context.input,
    answers: new Map([...keys].map((key) => [key, answer] as const)),
  });
  const held = answer === 'remote' ? planned.plan.conflicts.filter((one) => keys.has(one.key)) : [];
  if (held.length > 0) throw unanswerable(held);
  const answered = options.answer === 'markers' ? withMarkers(planned, conflicts) : planned;
  const outcomes = await resolveConflicts({ planned: answered, keys, intents }, run.deps, run.outside.signal);
  return { conflicts, outcomes, marked: [] };
}

function isAt(conflict: Conflict, wanted: string, { pairing }: Planned): boolean {
  const entry = [...pairing.collections, ...pairing.articles].find((one) => one.key === conflict.key);
  const paths: readonly (LocalPath | undefined)[] = [conflict.path, entry?.local?.path, entry?.base?.path];
  return (
    paths.some((path) => path !== undefined && (path === wanted || path.startsWith(`${wanted}/`))) ||
    wanted === ''
  );
}

function nothingThere(path: string, conflicts: readonly Conflict[]): ShelfmarkError {
  const known = [...new Set(conflicts.map((one) => one.path))];
  return new ShelfmarkError('NO_CONFLICT', {
    message: `Nothing at ${path} is in conflict. Nothing was changed.`,
    hint: known.length === 0 ? 'There is no conflict at all.' : `In conflict: ${known.join(', ')}.`,
  });
}

function unanswerable(conflicts: readonly Conflict[]): ShelfmarkError {
  return new ShelfmarkError('CONFLICT_STAYS', {
    message: `The conflict at ${conflicts[0]?.path ?? ''} cannot be answered that way: ${conflicts[0]?.reason ?? ''}. Nothing was changed.`,
    hint: 'Change the files so that it goes away.',
  });
}
