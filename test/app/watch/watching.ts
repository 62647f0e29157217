import { onTestFinished } from 'vitest';
import { watchRun, type WatchEvent, type WatchRound } from '../../../src/app/watch.ts';
import type { WatchOptions } from '../../../src/app/watch/watch-options.ts';
import { findConfig } from '../../../src/config/find-config.ts';
import type { Clock } from '../../../src/ports/clock.ts';
import { nodeClock } from '../../../src/ports/node-clock.ts';
import { nodeFiles } from '../../../src/ports/node-files.ts';
import { openProject, type Project } from '../../helpers/project.ts';
import { outsideOf } from '../../helpers/outside.ts';

/** A watch of a real folder with real events, on a simulator over HTTP. */
export interface Watching {
  readonly events: readonly WatchEvent[];
  /** Waits until something holds, and says what happened when it does not in time. */
  until(what: string, holds: () => boolean | Promise<boolean>): Promise<void>;
  /** Rounds that wrote something. */
  writing(): readonly WatchRound[];
  /** Waits for as long as an echo would have taken. */
  quiet(): Promise<void>;
  stop(): Promise<WatchRound | null>;
  /** Resolves with the last round once the watch ends by itself. */
  ended(): Promise<WatchRound | null>;
}

export async function aProject(files: Readonly<Record<string, string>>): Promise<Project> {
  const project = await openProject();
  onTestFinished(() => project.close());
  await project.write(files);
  await project.push();
  project.simulator.operator.clearCalls();
  return project;
}

export async function startWatching(
  project: Project,
  more: Partial<WatchOptions> = {},
  world: { readonly url?: string; readonly clock?: Clock } = {},
): Promise<Watching> {
  const stopper = new AbortController();
  const outside = outsideOf(project.folder, {
    env: { INTERCOM_URL: world.url ?? project.simulator.url, INTERCOM_TOKEN: project.simulator.token },
    clock: world.clock ?? nodeClock,
    signal: stopper.signal,
    process: { isAlive: (id) => id === 1 },
  });
  const events: WatchEvent[] = [];
  const ended = watchRun(
    {
      config: await findConfig(nodeFiles, project.folder, { file: null, target: null }),
      direction: 'sync',
      allowDeletes: null,
      allowEmptied: false,
      isDraft: false,
      isOnce: false,
      isYes: false,
      pace: { rest: 60, interval: 100 },
      tell: () => undefined,
      onCall: () => undefined,
      onEvent: (event) => events.push(event),
      confirm: async () => null,
      ...more,
    },
    outside,
  );
  let failure: unknown = null;
  ended.catch((error: unknown) => {
    failure = error;
  });
  const until: Watching['until'] = async (what, holds) => {
    const end = Date.now() + 30_000;
    while (!(await holds())) {
      if (failure !== null) throw failure;
      if (Date.now() > end)
        throw new Error(
          `${what} did not happen; events: ${JSON.stringify(events.filter((one) => one.event !== 'looking')).slice(0, 3000)}`,
        );
      await nodeClock.sleep(20);
    }
  };
  const stop = async (): Promise<WatchRound | null> => {
    stopper.abort(new DOMException('Stopped', 'AbortError'));
    return ended;
  };
  onTestFinished(async () => {
    await stop().catch(() => undefined);
  });
  if (more.isOnce !== true)
    await until('the first round', () =>
      events.some((one) => one.event === 'round' || one.event === 'paused'),
    );
  return {
    events,
    until,
    writing: () =>
      events.flatMap((one) =>
        one.event === 'round' && (one.round.outcomes ?? []).length > 0 ? [one.round] : [],
      ),
    quiet: () => nodeClock.sleep(700),
    stop,
    ended: () => ended,
  };
}
