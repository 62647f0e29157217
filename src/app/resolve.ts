import { planWithMemory } from '../engine/plan-world.ts';
import { resolveConflicts } from '../engine/resolve-conflicts.ts';
import { refuseElsewhere } from '../model/elsewhere.ts';
import { ShelfmarkError } from '../model/error.ts';
import type { EntryKey, LocalPath } from '../model/identity.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Conflict, FileStep } from '../model/plan.ts';
import type { Answer } from '../plan/input.ts';
import { makePlan, type Planned } from '../plan/make-plan.ts';
import { markedText } from '../plan/marked-text.ts';
import { namedPaths } from './named-path.ts';
import { openWriting, type RunOptions } from './run.ts';
import type { Outside } from './world.ts';

export interface Resolved {
  readonly conflicts: readonly Conflict[];
  readonly outcomes: readonly Outcome[];
}

/**
 * Answers the conflicts of one entry, or of all below a folder. Writes files and the lock, never to the remote:
 * the next push sends what the answer leaves to be sent.
 */
export async function resolveRun(
  options: RunOptions & { readonly path: string; readonly answer: Answer | 'markers' },
  outside: Outside,
): Promise<Resolved> {
  await using run = await openWriting({ ...options, direction: 'sync' }, outside);
  const { input, intents } = await run.readWorld();
  const first = await planWithMemory(input, run.deps);
  refuseElsewhere(first.plan);
  const conflicts =
    namedPaths(options.path, options.config, outside)
      .map((wanted) => first.plan.conflicts.filter((one) => isAt(one, wanted, first)))
      .find((found) => found.length > 0) ?? [];
  if (conflicts.length === 0) throw nothingThere(options.path, first.plan.conflicts);
  const keys = new Set(conflicts.map((one) => one.key));
  const answer = options.answer === 'markers' ? 'local' : options.answer;
  const planned = makePlan({
    ...first.context.input,
    answers: new Map([...keys].map((key) => [key, answer] as const)),
  });
  const held = answer === 'remote' ? planned.plan.conflicts.filter((one) => keys.has(one.key)) : [];
  if (held.length > 0) throw unanswerable(held);
  const steps =
    options.answer === 'markers' ? markerSteps(conflicts, planned) : new Map<EntryKey, readonly FileStep[]>();
  const marked = withMarkers(planned, steps);
  const outcomes = await resolveConflicts(
    { planned: marked, keys, intents, steps },
    run.deps,
    outside.signal,
  );
  return { conflicts, outcomes };
}

function isAt(conflict: Conflict, wanted: string, { pairing }: Planned): boolean {
  const entry = [...pairing.collections, ...pairing.articles].find((one) => one.key === conflict.key);
  const paths: readonly (LocalPath | undefined)[] = [conflict.path, entry?.local?.path, entry?.base?.path];
  return (
    paths.some((path) => path !== undefined && (path === wanted || path.startsWith(`${wanted}/`))) ||
    wanted === ''
  );
}

/** Files with both versions in place; only texts can hold markers. */
function markerSteps(conflicts: readonly Conflict[], planned: Planned): Map<EntryKey, readonly FileStep[]> {
  const other = conflicts.find((one) => one.field !== 'body' || one.local === null || one.remote === null);
  if (other !== undefined) {
    throw new ShelfmarkError('MARKERS_IMPOSSIBLE', {
      message: `${other.path} is in conflict about its ${other.field === 'body' ? 'deletion' : other.field}, which markers in the text cannot show. Nothing was changed.`,
      hint: 'Answer with --local or --remote.',
    });
  }
  const steps = new Map<EntryKey, FileStep[]>();
  for (const triple of planned.pairing.articles) {
    if (!conflicts.some((one) => one.key === triple.key) || triple.local === null || triple.remote === null)
      continue;
    for (const [locale, here] of triple.local.locales) {
      const there = triple.remote.locales.get(locale);
      const body =
        there === undefined
          ? null
          : markedText(triple.base?.locales.get(locale) ?? null, here, there, locale, planned.context);
      if (body === null) continue;
      const step: FileStep = { step: 'edit-article', path: here.file, digest: here.digest, edit: { body } };
      steps.set(triple.key, [...(steps.get(triple.key) ?? []), step]);
    }
  }
  return steps;
}

/** Markers are written even where the answer alone would leave the file as it is. */
function withMarkers(planned: Planned, steps: ReadonlyMap<EntryKey, readonly FileStep[]>): Planned {
  const missing = [...steps].flatMap(([key, some]) => {
    if (planned.plan.operations.some((one) => one.side === 'local' && one.key === key)) return [];
    const triple = planned.pairing.articles.find((one) => one.key === key);
    if (triple?.local === undefined || triple.local === null) return [];
    const { path } = triple.local;
    return [
      {
        side: 'local',
        action: 'update',
        kind: 'article',
        key,
        path,
        to: path,
        id: triple.remote?.id ?? null,
        wave: 1,
        fields: [],
        reason: 'conflict markers',
        steps: some,
      } as const,
    ];
  });
  return { ...planned, plan: { ...planned.plan, operations: [...planned.plan.operations, ...missing] } };
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
