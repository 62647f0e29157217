/*
 * Carries out a plan: the folder first, then the remote in waves, and the base behind them, moved by nothing but
 * outcomes. Every step is noted in the journal as soon as it is known, so that a crash forgets nothing.
 */
import type { BaseNote, OpenIntent, OpenRemoval } from '../base/notes.ts';
import type { RemoteArticle } from '../model/entry.ts';
import { ShelfmarkError } from '../model/error.ts';
import { youngerOf, type EntryKey, type LocalPath } from '../model/identity.ts';
import type { Outcome } from '../model/outcome.ts';
import type { LocalOperation, Operation, RemoteOperation } from '../model/plan.ts';
import { keyOfRemote, kindOfKey } from '../plan/terms/keys.ts';
import type { Planned } from '../plan/make-plan.ts';
import { applyLocal } from './local-phase.ts';
import { remoteTime, type RunDeps } from './ports.ts';
import { intentOf, isOpen, makesOf, movesOf, removalOf, unsettledCreates } from './intents.ts';
import { uncommitted } from './recover.ts';
import { isOverwritten, twinOf } from './remote/overtaken.ts';
import { applyRemote } from './remote/apply-remote.ts';
import type { Written } from './remote/phase.ts';
import { openRun } from './run-book.ts';

/** Carries out what the plan says and moves the base; resolves with one outcome per operation, in the plan's order. */
export async function applyPlan(
  planned: Planned,
  intents: readonly OpenIntent[],
  deps: RunDeps,
  signal: AbortSignal,
  incoming: ReadonlyMap<LocalPath, Uint8Array> = new Map(),
): Promise<readonly Outcome[]> {
  const { plan, context } = planned;
  const run = openRun(planned, deps);
  const locals = plan.operations.filter((one): one is LocalOperation => one.side === 'local');
  const remotes = plan.operations.filter((one): one is RemoteOperation => one.side === 'remote');
  let told = 0;
  const tell = (outcome: Outcome): void => {
    told += 1;
    deps.tell({ event: 'outcome', outcome, done: told, total: plan.operations.length });
  };

  await run.note(
    planned.plan.baseEdits.map((edit): BaseNote =>
      edit.row === null
        ? { note: 'drop', kind: kindOfKey(edit.key), id: edit.id }
        : { note: 'row', row: edit.row },
    ),
  );
  const { pinned } = context.input.base;
  const { workspace, helpCenter } = context.input.remote;
  if (pinned === null && (plan.operations.length > 0 || plan.baseEdits.length > 0)) {
    await run.note([
      {
        note: 'pinned',
        pinned: { workspace, helpCenter, defaultLocale: context.input.policy.defaultLocale },
      },
    ]);
  }

  // Images first: a text must never refer to a file that is not there yet.
  for (const [path, bytes] of incoming) await deps.local.writeAsset(path, bytes);
  const moves = movesOf(locals, planned);
  if (moves.length > 0) await run.note([{ note: 'moving', moves }]);
  const makes = makesOf(locals, remoteTime(deps));
  await run.note(makes.map((intent) => ({ note: 'intent', ...intent }) as const));
  const done = await applyLocal(locals, deps.local, tell, signal);
  const localOutcomes = done.outcomes;
  const disturbed: ReadonlySet<EntryKey> =
    locals.length > 0 ? await run.afterLocal(done, new AbortController().signal) : new Set();

  const leftOut = new Map(unsettledCreates(remotes, intents, planned, remoteTime(deps)));
  for (const outcome of localOutcomes) {
    if (outcome.status !== 'done')
      leftOut.set(outcome.operation.key, {
        message: 'Its file could not be written first.',
        hint: 'Run the command again.',
      });
  }
  for (const key of disturbed) {
    leftOut.set(key, { message: 'Its file was changed while this ran.', hint: 'Run the command again.' });
  }
  const removals = new Map<EntryKey, OpenRemoval>();
  const open = new Map(intents.map((intent) => [intent.key, intent]));
  const writes: Written[] = [];
  const ended: OpenIntent[] = [];
  const [site = ''] = context.input.remote.sites;
  const remoteOutcomes = await applyRemote(
    remotes,
    leftOut,
    {
      side: deps.remote,
      trash: deps.trash,
      created: run.created,
      idOf: (key) => context.directory.idOf(key),
      addressOf: (key, id, locale) => `${site}/${locale}/${kindOfKey(key)}s/${id}`,
      respell: (key, locale, before) => run.respell(key, locale, before),
      fallbackAddress: site,
      async beforeCreate(operation) {
        const intent = intentOf(operation, run, planned, remoteTime(deps));
        open.set(operation.key, intent);
        await run.note([{ note: 'intent', ...intent }]);
      },
      async beforeUpdate(operation) {
        const removal = removalOf(operation, planned);
        if (removal === null) return;
        removals.set(operation.key, removal);
        await run.note([{ note: 'removing', ...removal }]);
      },
      async onWritten(written) {
        const { key, action } = written.operation;
        removals.delete(key);
        if (written.before?.kind === 'article' || action === 'create') writes.push(written);
        const notes = run.afterWrite(written);
        if (action !== 'create') return run.note(notes);
        open.delete(key);
        if (written.after !== null) ended.push({ key, at: remoteTime(deps), id: written.after.id });
        return run.note([...notes, { note: 'ended', key }]);
      },
      async onChangedSince(operation, id) {
        const now = remoteTime(deps);
        const intent = { ...(open.get(operation.key) ?? intentOf(operation, run, planned, now)), id };
        open.set(operation.key, intent);
        await run.note([{ note: 'intent', ...intent }]);
      },
      async onUnknown(operation) {
        // The machine may have slept since the intent was noted, and what was sent last is what may be late.
        const now = remoteTime(deps);
        const intent = { ...(open.get(operation.key) ?? intentOf(operation, run, planned, now)), last: now };
        open.set(operation.key, intent);
        await run.note([{ note: 'intent', ...intent }]);
      },
      async onNotCreated(operation) {
        open.delete(operation.key);
        await run.note([{ note: 'ended', key: operation.key }]);
      },
      tell,
    },
    signal,
  );
  const overtaken = await overtakenBy(writes, deps, planned, signal);
  await run.note(run.afterOverwritten(new Set(overtaken.keys())));
  // An intent whose entry has been found, or whose file is gone, has found its end.
  const now = remoteTime(deps);
  const rows = new Set<EntryKey>(run.base().entries.map((row) => keyOfRemote(row.kind, row.id)));
  const openIntents = [
    ...[...open.values()].filter((intent) => isOpen(intent, planned, run, now)),
    // A file may be there although the disk failed right after; whether it does, the next run looks.
    ...makes.filter(({ key, id }) => id !== undefined && !rows.has(keyOfRemote(kindOfKey(key), id))),
  ];
  const made = [...intents, ...makes, ...ended].filter(({ id }) => id !== undefined);
  const noted = new Set(openIntents.map((one) => one.key));
  const { unreadable } = planned.context.input.local;
  const unsaved = await uncommitted(made, run.base(), deps.base, unreadable);
  const rest = unsaved.filter((one) => !noted.has(one.key));
  const kept = await deps.base.write(run.base(), [...openIntents, ...rest], [...removals.values()]);
  if (kept === 'moved') deps.tell({ event: 'lock-left' });
  await deps.memory.remember(run.texts);
  const outcomes = new Map<Operation, Outcome>(
    [...localOutcomes, ...remoteOutcomes].map((one) => {
      const message = one.status === 'done' ? overtaken.get(one.operation.key) : undefined;
      const isTold = message !== undefined && one.operation.side === 'remote';
      return [one.operation, isTold ? { ...one, status: 'stale', ...message } : one];
    }),
  );
  return plan.operations.flatMap((one) => outcomes.get(one) ?? []);
}

/**
 * Looks once more, after the last write, at what others did meanwhile: writes of theirs that came over ours, and articles
 * of ours that they created as well. Gives what is to be said, by entry. Where nobody can tell, there is nothing to say.
 */
async function overtakenBy(
  writes: readonly Written[],
  { remote }: RunDeps,
  { context }: Planned,
  signal: AbortSignal,
): Promise<ReadonlyMap<EntryKey, Pick<Outcome, 'message' | 'hint'>>> {
  const found = new Map<EntryKey, Pick<Outcome, 'message' | 'hint'>>();
  if (writes.length === 0 || signal.aborted) return found;
  let newest: readonly RemoteArticle[];
  try {
    newest = await remote.newest(signal);
  } catch (error) {
    if (error instanceof ShelfmarkError || signal.aborted) return found;
    throw error;
  }
  const byId = new Map(newest.map((one) => [one.id, one]));
  for (const { operation, before, after, sent } of newest.length === 0 ? [] : writes) {
    if (after?.kind !== 'article' || sent === undefined) continue;
    const now = byId.get(after.id);
    if (before?.kind === 'article') {
      if (now === undefined || !isOverwritten(sent, before, after, now, context.bodies)) continue;
      const message =
        'It was written, and then somebody else wrote over it, from an older state. It is still ahead.';
      found.set(operation.key, { message, hint: 'Run "shelfmark sync": it puts both together.' });
    } else {
      const twin = twinOf(
        sent,
        newest.filter((one) => one.id !== after.id),
      );
      if (twin === null) continue;
      const message = `It was created as ${after.id}, and at the same moment somebody else created the same article (${twin}).`;
      found.set(operation.key, {
        message,
        hint: `Delete the younger one, ${youngerOf(twin, after.id)}, in Intercom.`,
      });
    }
  }
  return found;
}
