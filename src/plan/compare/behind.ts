import { alignEqual } from '../../markup/merge/align.ts';
import { noProse, signsIn } from '../../markup/meaning/prose.ts';

/** What has changed in the default locale since a translation was last touched. */
export interface SourceChanges {
  readonly title: boolean;
  readonly description: boolean;
  /** Blocks with words that are new or changed: their places among those with words, from 0. */
  readonly blocks: readonly number[];
  /** Pairs of places that say the same: was, and now. */
  readonly same: readonly (readonly [was: number, now: number])[];
  /** Blocks with words that there were. */
  readonly was: number;
  /** How many of them are gone, beyond those that were replaced. */
  readonly removed: number;
}

/** Compares what the default locale said, as signs, with what it says. */
export function sourceChanges(was: string, now: string): SourceChanges {
  const [titleThen, descriptionThen, ...before] = signsIn(was);
  const [titleNow, descriptionNow, ...after] = signsIn(now);
  const same = alignEqual(before, after);
  const kept = new Set(same.map(([, at]) => at));
  const blocks = after.flatMap((_, at) => (kept.has(at) ? [] : [at]));
  return {
    title: titleThen !== titleNow,
    // A description that is gone needs no translation.
    description: descriptionThen !== descriptionNow && descriptionNow !== noProse,
    blocks,
    same,
    was: before.length,
    removed: Math.max(0, before.length - same.length - blocks.length),
  };
}

/** Whether a translation of what the default locale said does not say what it says now. */
export function isBehind(was: string, now: string): boolean {
  if (was === now) return false;
  const { title, description, blocks, removed } = sourceChanges(was, now);
  return title || description || blocks.length > 0 || removed > 0;
}
