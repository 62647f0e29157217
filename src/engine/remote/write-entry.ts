/*
 * One write. Before it the entry is read again; only if it is still what the plan was made from is it written, since the
 * API has no way to make a write conditional.
 */
import type { RemoteArticle, RemoteCollection } from '../../model/entry.ts';
import { ShelfmarkError } from '../../model/error.ts';
import type { RemoteId } from '../../model/identity.ts';
import type { RemoteOperation } from '../../model/plan.ts';
import type { ArticleEdit } from '../../model/remote-side.ts';
import { remoteDigest } from '../../plan/compare/digest.ts';
import { changedSince } from './as-sent.ts';
import { articleEdit, collectionEdit, isFollowUp, unlinkedLocales } from './edits.ts';
import { keepEntry, replacesText, replacesTexts } from './kept-entry.ts';
import { twinOf } from './overtaken.ts';
import type { Progress, RemotePhase, Written } from './phase.ts';

/** What somebody else made that says all that is to be created, in the same place. */
export interface Twin {
  readonly twin: RemoteId;
}

/** What was made, and what of it somebody has changed before it was found. */
export interface ChangedSince {
  readonly changed: string;
  readonly made: RemoteArticle;
}

/** Reads an entry again and writes it, if it is still what the plan was made from. */
export async function writeEntry(
  operation: RemoteOperation,
  progress: Progress,
  phase: RemotePhase,
  signal: AbortSignal,
): Promise<Written | 'stale' | ChangedSince | Twin> {
  const { side } = phase;
  if (operation.action === 'create') {
    if (operation.kind === 'article') {
      // Whoever creates the same ones goes on doing so.
      if (progress.hasTwins) await lookAround(progress, phase, signal);
      const twin = twinOf(articleEdit(operation, phase), progress.newest.values());
      if (twin !== null) {
        progress.hasTwins = true;
        return { twin };
      }
    }
    await phase.beforeCreate(operation);
    const unlinked = unlinkedLocales(operation, phase);
    if (operation.kind === 'collection') {
      const after = await side.createCollection(collectionEdit(operation, phase), signal);
      return { operation, before: null, after, unlinked };
    }
    const sent = articleEdit(operation, phase);
    const { wasLookedUp, ...after } = await side.createArticle(sent, signal);
    const changed = wasLookedUp ? changedSince(sent, after) : null;
    return changed === null ? { operation, before: null, after, unlinked, sent } : { changed, made: after };
  }
  const id = phase.created.get(operation.key)?.id ?? operation.id;
  if (id === null) return 'stale';
  if (operation.kind === 'article') {
    const before = await side.retrieveArticle(id, signal);
    if (before === null)
      return operation.action === 'delete' && operation.removal === 'delete'
        ? { operation, before, after: null, unlinked: [] }
        : 'stale';
    if (!isExpected(operation, before, progress)) return 'stale';
    const keep = (): Promise<void> => keepEntry(before, operation.path, phase.fallbackAddress, phase.trash);
    if (operation.removal === 'delete') {
      await keep();
      await side.deleteArticle(id, signal);
      return { operation, before, after: null, unlinked: [] };
    }
    const sent = articleEdit(operation, phase, before);
    const unlinked = unlinkedLocales(operation, phase);
    // Whoever was created last knew all the addresses already.
    const isNeeded = !isFollowUp(operation) || !isStored(sent, before);
    // The second update of a run only fills in addresses.
    if (isNeeded && !isFollowUp(operation) && replacesText(before, sent)) await keep();
    if (isNeeded) await phase.beforeUpdate(operation);
    const after = isNeeded ? await side.updateArticle(before, sent, signal) : before;
    return { operation, before, after, unlinked, sent };
  }
  const before = await side.retrieveCollection(id, signal);
  if (before === null)
    return operation.action === 'delete' ? { operation, before, after: null, unlinked: [] } : 'stale';
  if (!isExpected(operation, before, progress)) return 'stale';
  const keep = (): Promise<void> => keepEntry(before, operation.path, phase.fallbackAddress, phase.trash);
  if (operation.removal === 'delete') {
    await keep();
    await side.deleteCollection(id, signal);
    return { operation, before, after: null, unlinked: [] };
  }
  const sent = collectionEdit(operation, phase);
  if (replacesTexts(before, sent)) await keep();
  const after = await side.updateCollection(before, sent, signal);
  return { operation, before, after, unlinked: [] };
}

function isExpected(
  operation: RemoteOperation,
  found: RemoteArticle | RemoteCollection,
  progress: Progress,
): boolean {
  const digest = remoteDigest(found);
  const own = progress.answers.get(operation.key);
  return digest === own || (own === undefined && digest === operation.expected);
}

function isStored(sent: ArticleEdit, { locales }: RemoteArticle): boolean {
  return [...sent.locales].every(([locale, edit]) => edit.body === locales.get(locale)?.body);
}

/** Lists once more what is new, right before something is created. Where that fails, the creates say why. */
export async function lookAround(
  { newest }: Progress,
  { side }: RemotePhase,
  signal: AbortSignal,
): Promise<void> {
  try {
    for (const one of await side.newest(signal)) newest.set(one.id, one);
  } catch (error) {
    if (!(error instanceof ShelfmarkError) && !signal.aborted) throw error;
  }
}
