import type { Clock } from '../../ports/clock.ts';
import type { Outcome } from '../../model/outcome.ts';
import type { Plan } from '../../model/plan.ts';

/** Why a round is made. */
export type WatchCause = 'start' | 'folder' | 'help center' | 'again';

/** One run as watching sees it. */
export interface WatchRound {
  readonly plan: Plan;
  /** Null where nothing was carried out. */
  readonly outcomes: readonly Outcome[] | null;
  /** Articles whose texts are public and which a watch that never publishes leaves for a sync. */
  readonly drafted: readonly string[];
  /** Set where so much would change in the help center that a person should say yes first; names exactly this plan. */
  readonly avalanche: string | null;
}

/** Why nothing is done for the moment. */
export interface WatchPause {
  /** Fixed, in capitals. */
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

/** Things worth telling while a watch goes on; only the doors print them. */
export type WatchEvent =
  /** Both sides are open; `site` is where an embedded simulator shows the help center. */
  | { readonly event: 'opened'; readonly site: string | null }
  | { readonly event: 'looking' }
  | { readonly event: 'round'; readonly cause: WatchCause; readonly round: WatchRound; readonly ms: number }
  | { readonly event: 'paused'; readonly pause: WatchPause }
  | { readonly event: 'resumed' };

/** The folder, as events tell of it. */
export interface WatchedFolder {
  /** Sets what is called at every touch. */
  onTouch(call: () => void): void;
  /** Looks after the watching itself: a folder that was deleted and made again, a lock file from elsewhere. */
  tend(signal: AbortSignal): Promise<void>;
}

export interface WatchPorts {
  readonly clock: Clock;
  readonly folder: WatchedFolder;
  /** Why this is no moment to touch the folder, such as a rebase that is under way; null for none. */
  busy(): Promise<WatchPause | null>;
  /** Whether the help center is otherwise than the last round found it; cheap. */
  look(signal: AbortSignal): Promise<boolean>;
  /** `approved` is an avalanche that a person agreed to. */
  round(approved: string | null, signal: AbortSignal): Promise<WatchRound>;
  /** Null where there is nobody to ask. The signal aborts when what was asked is out of date. */
  confirm(round: WatchRound, signal: AbortSignal): Promise<boolean | null>;
  tell(event: WatchEvent): void;
  /** Takes what makes the watch look at the help center at once; missing where nobody asks for it. */
  onAsked?(look: () => void): void;
  /** Called about once a second while there is nothing to do. */
  idle(): void;
}

/** How a watch goes about it; milliseconds. */
export interface WatchPace {
  /** For how long nothing may change in the folder before it is acted upon. */
  readonly rest: number;
  /** Between two looks at the help center; null: it is never looked at by itself. */
  readonly interval: number | null;
}
