/* What others did while a run was at work: the same article made twice, and a write that came over ours. */
import type { Body } from '../../markup/meaning/body.ts';
import type { RemoteArticle } from '../../model/entry.ts';
import type { RemoteId } from '../../model/identity.ts';
import type { ArticleEdit } from '../../model/remote-side.ts';
import type { Bodies } from '../../fields/reading.ts';
import { changedSince } from './as-sent.ts';

/** The article among some that says what an edit says, in the same collection; null where there is none. */
export function twinOf(sent: ArticleEdit, others: Iterable<RemoteArticle>): RemoteId | null {
  const parent = sent.parent ?? null;
  for (const one of others) {
    const isThere = parent === null ? one.parents.length === 0 : one.parents.includes(parent);
    if (isThere && changedSince(sent, one) === null) return one.id;
  }
  return null;
}

/**
 * Whether somebody wrote over what this run wrote, from an older state: something of it is as it was before, and what we
 * had put in its place is gone. An edit that builds on ours leaves ours in place.
 */
export function isOverwritten(
  sent: ArticleEdit,
  before: RemoteArticle,
  answer: RemoteArticle,
  now: RemoteArticle,
  bodies: Pick<Bodies, 'remote'>,
): boolean {
  return [...sent.locales].some(([locale, edit]) => {
    const [was, ours, is] = [before, answer, now].map((one) => one.locales.get(locale));
    if (was === undefined || ours === undefined || is === undefined) return false;
    const isBack = (field: 'title' | 'description' | 'state'): boolean =>
      edit[field] !== undefined && ours[field] !== was[field] && is[field] === was[field];
    if (isBack('title') || isBack('description') || isBack('state')) return true;
    if (edit.body === undefined || is.body === ours.body) return false;
    return isTextBack(bodies.remote(was, locale), bodies.remote(ours, locale), bodies.remote(is, locale));
  });
}

function isTextBack(was: Body, ours: Body, is: Body): boolean {
  const [before, written, now] = [was, ours, is].map(
    ({ blocks }) => new Set(blocks.map((one) => one.fingerprint)),
  );
  if (before === undefined || written === undefined || now === undefined) return false;
  const removed = [...before].filter((one) => !written.has(one));
  const added = [...written].filter((one) => !before.has(one));
  if (removed.some((one) => now.has(one))) return true;
  return removed.length === 0 && added.length > 0 && !added.some((one) => now.has(one));
}
