import type { App } from './entities.ts';
import type { World } from './world.ts';

/** A window of the rate limit, in seconds; windows begin at multiples of it. */
const windowSeconds = 10;

/** The reset that answers name lies this many seconds behind the end of the window, as recorded. */
const resetDelay = 6;

export interface Allowance {
  readonly allowed: boolean;
  readonly headers: Readonly<Record<string, string>>;
  /** What a 429 says. */
  readonly message: string;
}

/** Counts calls by app and for the whole workspace, in windows of the workspace's clock. */
export class Limits {
  readonly #world: World;
  #window = -1;
  readonly #used = new Map<string, number>();
  #usedByAll = 0;

  constructor(world: World) {
    this.#world = world;
  }

  /** Counts one call of an app and tells whether it is still allowed. */
  count(app: App): Allowance {
    this.#turn();
    const { workspacePerWindow, switches } = this.#world.settings;
    const used = this.#used.get(app.token) ?? 0;
    const shared = this.#usedByAll >= workspacePerWindow;
    const allowed = used < app.perWindow && !shared;
    if (allowed) {
      this.#used.set(app.token, used + 1);
      this.#usedByAll += 1;
    }
    const reset = (this.#window + 1) * windowSeconds + resetDelay;
    const limit = shared && used < app.perWindow ? workspacePerWindow : app.perWindow;
    const headers: Record<string, string> = {
      'X-RateLimit-Limit': String(app.perWindow),
      // The call itself is not counted yet in its own answer.
      'X-RateLimit-Remaining': String(allowed ? app.perWindow - used : 0),
      'X-RateLimit-Reset': String(reset),
    };
    if (!allowed && switches.retryAfter) headers['Retry-After'] = String(reset - this.#world.seconds());
    return { allowed, headers, message: `Exceeded rate limit of ${limit} in ${windowSeconds}_seconds` };
  }

  /** Calls of other apps of the workspace, in the present window. */
  spend(calls: number): void {
    this.#turn();
    this.#usedByAll += calls;
  }

  #turn(): void {
    const window = Math.floor(this.#world.seconds() / windowSeconds);
    if (window === this.#window) return;
    this.#window = window;
    this.#used.clear();
    this.#usedByAll = 0;
  }
}
