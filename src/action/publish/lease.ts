import type { ActionContext } from '../event/context.ts';
import { suffixOf } from '../event/context.ts';
import { unguessable } from '../event/runner.ts';

/** How often whoever holds the lease says that it is still there, in milliseconds. */
const renewedEvery = 60_000;

/** A lease that has not been renewed for so long belongs to a run that died, in milliseconds. */
const deadAfter = 300_000;

export interface Lease extends AsyncDisposable {
  /** Then this run may write to the repository, or it would not have it. */
  readonly isHeld: boolean;
}

/**
 * Makes this run the only one that publishes to this help center from this repository, until disposed of: two at once
 * could both create what neither of them finds. A `concurrency` group does the same; this holds where there is none.
 *
 * The lease is a ref of `origin` beside all branches, set only from what it is known to be. Where the repository does
 * not take it, the run goes on without.
 */
export async function takeLease(context: ActionContext): Promise<Lease> {
  const { event, git, outside, runner } = context;
  const { clock, chance, signal } = outside;
  const ref = `refs/shelfmark/lease${suffixOf(context)}`;
  const name = (): Promise<string> =>
    git.note(`Held by run ${event.runUrl ?? 'somewhere'} ${unguessable(chance)}`);
  let mine = await name();
  let seen: string | null = null;
  let since = clock.now();
  for (let tries = 0; ; tries += 1) {
    const swapped = await git.swap(ref, seen !== null && clock.now() - since > deadAfter ? seen : null, mine);
    if (swapped === 'done') break;
    const holder = swapped === 'taken' ? await git.refAt(ref) : null;
    if (swapped === 'refused' || (holder === null && tries > 20)) {
      runner.log(
        'The repository takes no mark that keeps other runs out; a concurrency group does the same.',
      );
      return { isHeld: false, [Symbol.asyncDispose]: async () => undefined };
    }
    if (holder !== null && seen === null)
      runner.log('Another run is at work on this help center; waiting for it to end.');
    if (holder !== seen) [seen, since] = [holder, clock.now()];
    await clock.sleep(Math.min(5000, 500 + 250 * tries) * (0.5 + chance.next()), signal);
  }
  let last: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    last = last.then(async () => {
      const next = await name();
      if ((await git.swap(ref, mine, next)) === 'done') mine = next;
    });
    last = last.catch(() => undefined);
  }, renewedEvery);
  timer.unref();
  return {
    isHeld: true,
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      await last;
      // One that stays behind is taken for dead after a while.
      await git.swap(ref, mine, null);
    },
  };
}
