import type { Config } from '../../config/read-config.ts';
import type { RunDeps } from '../../engine/ports.ts';
import type { WatchEvent, WatchPace, WatchRound } from '../../engine/watch/watch-ports.ts';
import type { Direction } from '../../model/plan.ts';
import type { RemoteListener } from '../../intercom/http/events.ts';

export interface WatchOptions {
  readonly config: Config;
  readonly direction: Direction;
  readonly allowDeletes: number | null;
  readonly allowEmptied: boolean;
  /** Publishes nothing: what is public stays as it is, what is new comes as a draft. */
  readonly isDraft: boolean;
  /** One round, then the end. */
  readonly isOnce: boolean;
  /** Nobody wants to be asked. */
  readonly isYes: boolean;
  readonly pace: WatchPace;
  readonly tell: RunDeps['tell'];
  readonly onCall: RemoteListener;
  readonly onEvent: (event: WatchEvent) => void;
  /** Takes what makes the watch look at the help center at once. */
  readonly onAsked?: (look: () => void) => void;
  /** Null where there is nobody to ask. */
  readonly confirm: (round: WatchRound, signal: AbortSignal) => Promise<boolean | null>;
}
