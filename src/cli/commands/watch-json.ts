import type { WatchEvent } from '../../app/watch.ts';
import { planJson } from '../../report/plan-json.ts';
import { outcomesJson } from '../../report/run-text.ts';

/** An event as machines read it, one line each; null for what only a person at a terminal wants. Documented in docs/watch.md. */
export function watchJson(event: WatchEvent): Readonly<Record<string, unknown>> | null {
  switch (event.event) {
    case 'opened':
    case 'looking':
      return null;
    case 'resumed':
      return { event: 'resumed' };
    case 'paused':
      return { event: 'paused', ...event.pause };
    case 'round': {
      const { plan, outcomes, drafted, avalanche } = event.round;
      const { summary, operations, conflicts, behind, problems, refusals } = planJson(plan);
      return {
        event: 'round',
        cause: event.cause,
        ms: event.ms,
        applied: outcomes !== null,
        asks: avalanche !== null,
        summary,
        outcomes: outcomesJson(outcomes ?? []),
        ...(outcomes === null ? { operations } : {}),
        conflicts,
        behind,
        problems,
        refusals,
        drafted,
      };
    }
  }
}
