import { createHash } from 'node:crypto';
import type { RowMemory } from '../../base/codec.ts';
import { applyPlan } from '../../engine/apply-plan.ts';
import type { RunDeps } from '../../engine/ports.ts';
import { planSides } from '../../engine/plan-sides.ts';
import { readSides } from '../../engine/read-sides.ts';
import { keepTexts, withSettledTexts } from '../../engine/settled-texts.ts';
import { isAvalanche, type Slope } from '../../engine/watch/watch-avalanche.ts';
import { withoutPublishing } from '../../engine/watch/watch-draft.ts';
import type { WatchRound } from '../../engine/watch/watch-ports.ts';
import { ShelfmarkError } from '../../model/error.ts';
import type { Plan } from '../../model/plan.ts';
import { runDeps } from '../project/deps.ts';
import { runLockOf } from '../project/store-options.ts';
import type { OpenRemote } from '../project/remote.ts';
import { takeRunLock } from '../adapters/run-lock.ts';
import { operationDigest } from '../project/saved-plan.ts';
import type { WatchOptions } from './watch-options.ts';
import type { RememberingSide } from './watch-local.ts';
import type { WatchedGit } from './watch-git.ts';
import type { Outside } from '../../ports/outside.ts';

export interface Rounds {
  /** What `sync` does, once: the lock on runs is held for just as long. */
  round(approved: string | null, signal: AbortSignal): Promise<WatchRound>;
  /** Whether the next round lists the whole help center: some changes show nowhere else. */
  isWholeDue(): boolean;
}

export function openRounds(
  options: WatchOptions,
  remote: OpenRemote,
  local: RememberingSide,
  git: WatchedGit,
  outside: Outside,
): Rounds {
  const { config } = options;
  const { clock } = outside;
  const rows: RowMemory = new Map();
  let mark: string | null = null;
  let readWholeAt = 0;
  const read: RunDeps['remote']['read'] = async (signal) => {
    if (clock.now() < readWholeAt) return remote.side.readNewer(signal);
    const snapshot = await remote.side.read(signal);
    readWholeAt = clock.now() + wholeEvery(snapshot.articles.length);
    return snapshot;
  };
  const opened = { ...remote, side: { ...remote.side, read } };
  return {
    isWholeDue: () => clock.now() >= readWholeAt,
    async round(approved, signal) {
      const present = await git.mark();
      const lock = await takeRunLock(runLockOf(config), outside);
      try {
        const slope = { isMoved: mark !== null && present !== mark, isFirst: mark === null };
        const made = await oneRound(
          options,
          runDeps(options, opened, outside, local.side(), rows),
          async () => (await git.mark()) === present && (await git.busy()) === null,
          slope,
          approved,
          AbortSignal.any([signal, lock.lost]),
        );
        if (made.outcomes !== null) mark = present;
        return made;
      } finally {
        await lock[Symbol.asyncDispose]();
      }
    },
  };
}

async function oneRound(
  { direction, isDraft, isYes }: WatchOptions,
  deps: RunDeps,
  isStill: () => Promise<boolean>,
  slope: Slope,
  approved: string | null,
  signal: AbortSignal,
): Promise<WatchRound> {
  const { intents, planned, incoming } = await withSettledTexts(async () => {
    const sides = await readSides(deps, direction, signal);
    const found = await planSides(sides.input, deps, signal);
    keepTexts(found.planned);
    return { ...sides, ...found };
  });
  const { planned: meant, drafted } = isDraft ? withoutPublishing(planned) : { planned, drafted: [] };
  const { plan } = meant;
  const name = nameOf(plan);
  const isHeld = plan.refusals.length > 0;
  const avalanche = !isHeld && !isYes && approved !== name && isAvalanche(plan, slope) ? name : null;
  if (isHeld || avalanche !== null) return { plan, outcomes: null, drafted, avalanche };
  if (!(await isStill())) throw movedByGit();
  return { plan, outcomes: await applyPlan(meant, intents, deps, signal, incoming), drafted, avalanche };
}

/** What was read may be half of what was there before and half of what git has put in its place. */
const movedByGit = (): ShelfmarkError =>
  new ShelfmarkError('GIT_BUSY', {
    message: 'Git changed the folder while it was read, so nothing was written.',
    hint: 'It is read again in a moment.',
  });

/** How long a listing is only brought up to date before all is listed again; milliseconds. */
function wholeEvery(articles: number): number {
  const pages = Math.ceil(articles / 250);
  return Math.min(Math.max(pages, 1) * 60_000, 600_000);
}

/** The same for two plans that do the same. */
function nameOf({ operations }: Plan): string {
  return createHash('sha256').update(operations.map(operationDigest).join('\n')).digest('base64url');
}
