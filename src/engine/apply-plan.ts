/*
 * Carries out a plan: the folder first, then the remote in waves, and the base behind them, moved by nothing but
 * outcomes. Every step is noted in the journal as soon as it is known, so that a crash forgets nothing.
 */
import type { BaseNote, OpenIntent } from '../base/store.ts';
import type { EntryKey, LocalPath } from '../model/identity.ts';
import type { Outcome } from '../model/outcome.ts';
import type { LocalOperation, Operation, RemoteOperation } from '../model/plan.ts';
import { kindOfKey } from '../plan/keys.ts';
import type { Planned } from '../plan/make-plan.ts';
import { applyLocal } from './local-phase.ts';
import type { RunDeps } from './ports.ts';
import { applyRemote, type Held } from './remote-phase.ts';
import { openRun } from './run-book.ts';

/** How long the answer to a create may stay unknown before it is sent again, in milliseconds. */
export const settleTime = 120_000;

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
  const done = await applyLocal(locals, deps.local, tell, signal);
  const localOutcomes = done.outcomes;
  const disturbed: ReadonlySet<EntryKey> =
    locals.length > 0 ? await run.afterLocal(done, new AbortController().signal) : new Set();

  const held = new Map(heldCreates(remotes, intents, deps.clock.now()));
  for (const outcome of localOutcomes) {
    if (outcome.status !== 'done')
      held.set(outcome.operation.key, {
        message: 'Its file could not be written first.',
        hint: 'Run the command again.',
      });
  }
  for (const key of disturbed) {
    held.set(key, { message: 'Its file was changed while this ran.', hint: 'Run the command again.' });
  }
  const open = new Map(intents.map((intent) => [intent.key, intent]));
  const [site = ''] = context.input.remote.sites;
  const remoteOutcomes = await applyRemote(
    remotes,
    held,
    {
      side: deps.remote,
      trash: deps.trash,
      created: run.created,
      idOf: (key) => context.directory.idOf(key),
      addressOf: (key, id, locale) => `${site}/${locale}/${kindOfKey(key)}s/${id}`,
      respell: (key, locale, before) => run.respell(key, locale, before),
      fallbackAddress: site,
      async beforeCreate(operation) {
        const intent = { key: operation.key, at: deps.clock.now() };
        open.set(operation.key, intent);
        await run.note([{ note: 'intent', ...intent }]);
      },
      async onWritten(written) {
        const { key, action } = written.operation;
        const notes = run.afterWrite(written);
        if (action !== 'create') return run.note(notes);
        open.delete(key);
        return run.note([...notes, { note: 'ended', key }]);
      },
      async onNotCreated(operation) {
        open.delete(operation.key);
        await run.note([{ note: 'ended', key: operation.key }]);
      },
      tell,
    },
    signal,
  );
  // An intent whose entry has been found, or whose file is gone, has found its end.
  const waiting = [...open.values()].filter((intent) => isOpen(intent, planned, run.created));
  await deps.base.write(run.base(), waiting);
  await deps.memory.remember(run.texts);
  const outcomes = new Map<Operation, Outcome>(
    [...localOutcomes, ...remoteOutcomes].map((one) => [one.operation, one]),
  );
  return plan.operations.flatMap((one) => outcomes.get(one) ?? []);
}

/**
 * A create whose answer was lost may still arrive. Until enough time has passed nothing is sent again; if it did
 * arrive, pairing has found the entry by its title and there is no create any more.
 */
function heldCreates(
  operations: readonly RemoteOperation[],
  intents: readonly OpenIntent[],
  now: number,
): Held {
  const held = new Map<EntryKey, { message: string; hint: string }>();
  for (const one of operations) {
    const intent = one.action === 'create' ? intents.find((open) => open.key === one.key) : undefined;
    const wait = intent === undefined ? 0 : intent.at + settleTime - now;
    if (wait <= 0) continue;
    const seconds = Math.ceil(wait / 1000);
    held.set(one.key, {
      message: `An earlier run sent it and never got an answer, so it may still appear by itself.`,
      hint: `Run the command again in ${seconds} seconds; it is created then if it has not appeared.`,
    });
  }
  return held;
}

/** Tells whether nobody knows yet what became of a create: its file is there and not linked to anything. */
export function isOpen(
  intent: OpenIntent,
  { pairing }: Planned,
  created: ReadonlyMap<EntryKey, unknown>,
): boolean {
  const triple = [...pairing.collections, ...pairing.articles].find((one) => one.key === intent.key);
  return triple !== undefined && triple.remote === null && !created.has(triple.key);
}
