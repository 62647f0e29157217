import type { RunEvent } from '../engine/ports.ts';
import type { RemoteEvent } from '../intercom/http/events.ts';

/** What a project tells of what goes on. Holds neither the token nor anybody's text. */
export type ProjectEvent =
  /** Both sides are being read. */
  | { readonly event: 'reading' }
  /** The plan is made. */
  | { readonly event: 'planned'; readonly operations: number }
  /** An operation came to its end; `done` of `total`. */
  | {
      readonly event: 'outcome';
      readonly path: string;
      readonly action: string;
      readonly status: 'done' | 'stale' | 'failed' | 'skipped';
      readonly done: number;
      readonly total: number;
    }
  /** An earlier run was cut off, or may still be at work; so long it is waited for. */
  | { readonly event: 'settling' | 'watching'; readonly milliseconds: number }
  /** The lock file was changed meanwhile, such as by git, and left alone. */
  | { readonly event: 'lock-left' }
  /** Calls, pauses and retries. */
  | RemoteEvent;

export type ProjectListener = (event: ProjectEvent) => void;

export function publicEvent(event: RunEvent): ProjectEvent {
  if (event.event === 'planned') return { event: 'planned', operations: event.plan.operations.length };
  if (event.event !== 'outcome') return event;
  const { outcome, done, total } = event;
  const { path, action } = outcome.operation;
  return { event: 'outcome', path, action, status: outcome.status, done, total };
}
