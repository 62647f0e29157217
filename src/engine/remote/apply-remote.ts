/* Writing to the remote, wave by wave. */
import { ShelfmarkError, UnknownOutcome } from '../../model/error.ts';
import type { EntryKey } from '../../model/identity.ts';
import type { Outcome } from '../../model/outcome.ts';
import type { RemoteOperation } from '../../model/plan.ts';
import { remoteDigest } from '../../plan/compare/digest.ts';
import { isFollowUp, parentId, unlinkedLocales } from './edits.ts';
import { inLanes } from './lanes.ts';
import type { LeftOut, Progress, RemotePhase } from './phase.ts';
import { lookAround, writeEntry } from './write-entry.ts';

export async function applyRemote(
  operations: readonly RemoteOperation[],
  leftOut: LeftOut,
  phase: RemotePhase,
  signal: AbortSignal,
): Promise<readonly Outcome[]> {
  const outcomes = new Map<RemoteOperation, Outcome>();
  const failed = new Set<EntryKey>();
  const progress: Progress = {
    leftOut,
    failed,
    answers: new Map(),
    isStopped: false,
    hasTwins: false,
    newest: new Map(),
  };
  for (const wave of wavesOf(operations)) {
    if (wave.some((one) => one.kind === 'article' && one.action === 'create' && !leftOut.has(one.key)))
      await lookAround(progress, phase, signal);
    const run = async (operation: RemoteOperation): Promise<void> => {
      const outcome = await applyOne(operation, progress, phase, signal);
      if (outcome.status !== 'done') failed.add(operation.key);
      outcomes.set(operation, outcome);
      phase.tell(outcome);
    };
    // Intercom orders siblings as they were created, so collections are created one by one, in the order of the folder.
    const isOrdered = (one: RemoteOperation): boolean => one.kind === 'collection' && one.action === 'create';
    for (const operation of wave.filter(isOrdered)) await run(operation);
    // Begun when there is a place for its call, so that a run that dies leaves few creates of which nobody knows.
    await inLanes(
      wave.filter((one) => !isOrdered(one)),
      () => phase.side.atOnce(),
      run,
    );
  }
  return operations.map((operation) => outcomes.get(operation) ?? skip(operation, 'It was not reached.'));
}

async function applyOne(
  operation: RemoteOperation,
  progress: Progress,
  phase: RemotePhase,
  signal: AbortSignal,
): Promise<Outcome> {
  const reason = progress.leftOut.get(operation.key);
  if (reason !== undefined) return { ...skip(operation, reason.message), hint: reason.hint };
  if (progress.failed.has(operation.key))
    return skip(operation, 'An earlier step for this entry was not carried out.');
  if (signal.aborted || progress.isStopped) return skip(operation, 'The run was stopped before it.');
  // It was to be empty by now; what was to leave it may still be in there.
  if (operation.kind === 'collection' && operation.removal === 'delete' && progress.failed.size > 0)
    return skip(operation, 'Something before it was not carried out, so it may not be empty.');
  const parent = operation.write.parent;
  if (
    parent !== undefined &&
    parent !== null &&
    (progress.failed.has(parent) || parentId(parent, phase) === null)
  ) {
    return skip(operation, 'Its collection was not created.');
  }
  // It has nothing to say but addresses, and they are not known yet.
  if (isFollowUp(operation) && unlinkedLocales(operation, phase).length > 0) {
    return skip(operation, 'What it links to was not created.');
  }
  try {
    const result = await writeEntry(operation, progress, phase, signal);
    if (result === 'stale') return stale(operation, 'changed');
    if ('twin' in result) {
      const message = `Somebody else has created the same article (${result.twin}) since the plan was made, so it was not created a second time.`;
      return { ...leave(operation, 'stale', message), hint: 'Run the command again: it links the two.' };
    }
    if ('changed' in result) {
      const { changed, made } = result;
      phase.created.set(operation.key, made);
      await phase.onChangedSince(operation, made.id);
      const message = `It was created, but the answer was lost, and when it was found, somebody had changed ${changed} in the help center.`;
      return { ...leave(operation, 'stale', message), id: made.id };
    }
    if (result.after !== null) {
      if (operation.action === 'create') phase.created.set(operation.key, result.after);
      progress.answers.set(operation.key, remoteDigest(result.after));
    }
    await phase.onWritten(result);
    return { operation, status: 'done', message: null, hint: null, id: result.after?.id ?? operation.id };
  } catch (error) {
    if (signal.aborted && !(error instanceof ShelfmarkError)) {
      // What had been sent is in an UnknownOutcome.
      if (operation.action === 'create') await phase.onNotCreated(operation);
      return skip(operation, 'The run was stopped during it.');
    }
    // Without the journal nothing more may be sent, and what was just done is not to be called undone.
    if (!(error instanceof ShelfmarkError) || error.code === journalCode) throw error;
    if (error.code === 'ENTRY_GONE' && operation.action !== 'create') return stale(operation, 'deleted');
    if (operation.action === 'create')
      await (error instanceof UnknownOutcome ? phase.onUnknown(operation) : phase.onNotCreated(operation));
    progress.isStopped ||= fatalCodes.has(error.code);
    return { operation, status: 'failed', message: error.message, hint: error.hint, id: operation.id };
  }
}

function wavesOf(operations: readonly RemoteOperation[]): readonly (readonly RemoteOperation[])[] {
  const waves = new Map<number, RemoteOperation[]>();
  for (const one of operations) waves.set(one.wave, [...(waves.get(one.wave) ?? []), one]);
  return [...waves].toSorted(([left], [right]) => left - right).map(([, wave]) => wave);
}

/** What the base store throws when it cannot note things down. */
const journalCode = 'JOURNAL_UNWRITABLE';

/** After these every further call would fail alike. */
const fatalCodes: ReadonlySet<string> = new Set([
  'TOKEN_REFUSED',
  'FORBIDDEN',
  'UNREACHABLE',
  'RATE_LIMITED',
]);

const leave = (operation: RemoteOperation, status: 'skipped' | 'stale', message: string): Outcome => ({
  operation,
  status,
  message,
  hint: 'Run the command again.',
  id: operation.id,
});

const skip = (operation: RemoteOperation, message: string): Outcome => leave(operation, 'skipped', message);

/** What happened to it in the help center since the plan was made. */
const stale = (operation: RemoteOperation, what: 'changed' | 'deleted'): Outcome => {
  const message = `It was ${what} in the help center since the plan was made, so nothing was written.`;
  return leave(operation, 'stale', message);
};
