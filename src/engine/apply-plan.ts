/*
 * Carries out a plan: the folder first, then the remote in waves, and the base behind them, moved by nothing but
 * outcomes. Every step is noted in the journal as soon as it is known, so that a crash forgets nothing.
 */
import type { BaseNote, OpenIntent } from '../base/store.ts';
import { referencesOf } from '../markup/references.ts';
import type { Base, BaseArticle, BaseCollection, BaseEntry, BaseImage } from '../model/base.ts';
import type { LocalArticle, LocalCollection, RemoteArticle, RemoteCollection } from '../model/entry.ts';
import type { EntryKey, LocalPath, RemoteId } from '../model/identity.ts';
import type { LocalOperation, Operation, RemoteOperation } from '../model/plan.ts';
import { openBodies, type Bodies } from '../plan/bodies.ts';
import { openDirectory } from '../plan/directory.ts';
import type { Planned } from '../plan/make-plan.ts';
import { assetOfRef, type RefsOptions } from '../plan/refs.ts';
import {
  checkTaken,
  imagesOf,
  movedRows,
  pulledArticle,
  pulledCollection,
  pushedArticle,
  pushedCollection,
} from './advance.ts';
import { applyLocal } from './local-phase.ts';
import type { Outcome } from '../model/outcome.ts';
import type { RunDeps } from './ports.ts';
import { applyRemote, type Held, type Written } from './remote-phase.ts';

/** How long the answer to a create may stay unknown before it is sent again, in milliseconds. */
export const settleTime = 120_000;

/** Carries out what the plan says and moves the base; resolves with one outcome per operation, in the plan's order. */
export async function applyPlan(
  planned: Planned,
  intents: readonly OpenIntent[],
  deps: RunDeps,
  signal: AbortSignal,
): Promise<readonly Outcome[]> {
  const { plan, context } = planned;
  const run = openRun(planned, deps);
  const locals = plan.operations.filter((one): one is LocalOperation => one.side === 'local');
  const remotes = plan.operations.filter((one): one is RemoteOperation => one.side === 'remote');
  let done = 0;
  const tell = (outcome: Outcome): void => {
    done += 1;
    deps.tell({ event: 'outcome', outcome, done, total: plan.operations.length });
  };

  await run.note(
    planned.plan.baseEdits.map((edit): BaseNote =>
      edit.row === null
        ? { note: 'drop', kind: kindOf(edit.key), id: edit.id }
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

  const localOutcomes = await applyLocal(locals, deps.local, tell, signal);
  if (locals.length > 0) await run.afterLocal(localOutcomes, new AbortController().signal);

  const held = new Map(heldCreates(remotes, intents, deps.clock.now()));
  for (const outcome of localOutcomes) {
    if (outcome.status !== 'done')
      held.set(outcome.operation.key, {
        message: 'Its file could not be written first.',
        hint: 'Run the command again.',
      });
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
      addressOf: (key, id) => `${site}/${context.input.policy.defaultLocale}/${kindOf(key)}s/${id}`,
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
  const waiting = [...open.values()].filter((intent) =>
    remotes.some((one) => one.key === intent.key && one.action === 'create'),
  );
  await deps.base.write(run.base(), waiting);
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

interface Run {
  readonly created: Map<EntryKey, RemoteId>;
  base(): Base;
  note(notes: readonly BaseNote[]): Promise<void>;
  afterLocal(outcomes: readonly Outcome[], signal: AbortSignal): Promise<void>;
  /** What is to be noted of a write; throws where the remote did not take it. */
  afterWrite(written: Written): readonly BaseNote[];
}

function openRun(planned: Planned, deps: RunDeps): Run {
  const { pairing, context } = planned;
  const created = new Map<EntryKey, RemoteId>();
  const triples = new Map([...pairing.collections, ...pairing.articles].map((one) => [one.key, one]));
  const locals = new Map<EntryKey, LocalArticle | LocalCollection>();
  for (const triple of triples.values()) if (triple.local !== null) locals.set(triple.key, triple.local);
  const directory = openDirectory(context.input, pairing, context.layout, created);
  const rows = new Map<string, BaseEntry>(
    context.input.base.entries.map((row) => [`${row.kind}:${row.id}`, row]),
  );
  const images = new Map<string, BaseImage>(context.input.base.images.map((image) => [image.address, image]));
  let { pinned } = context.input.base;
  let digests = context.input.assetDigests;
  const base = (): Base => ({ pinned, entries: [...rows.values()], images: [...images.values()] });
  // Read anew for every row: what a link means may have changed since, by what was created meanwhile.
  const freshRefs = (): RefsOptions => ({
    ...context.refs,
    directory: {
      ...directory,
      digestOfAsset: (path) => digests.get(path) ?? null,
      ...imageDirectory(images),
    },
  });
  const options = () => ({ bodies: openBodies(freshRefs()), authors: context.input.authors });

  const note = async (notes: readonly BaseNote[]): Promise<void> => {
    await deps.base.note(notes);
    for (const one of notes) {
      if (one.note === 'row') rows.set(`${one.row.kind}:${one.row.id}`, one.row);
      if (one.note === 'drop') rows.delete(`${one.kind}:${one.id}`);
      if (one.note === 'image') images.set(one.image.address, one.image);
      if (one.note === 'pinned') ({ pinned } = one);
    }
  };

  return {
    created,
    base,
    note,
    async afterLocal(outcomes, signal) {
      const snapshot = await deps.local.read(signal);
      digests = await deps.local.digest(snapshot.assets, signal);
      const byPath = new Map(
        [...snapshot.collections, ...snapshot.articles].map((one) => [`${one.kind} ${one.path}`, one]),
      );
      const own = new Set(outcomes.map((one) => one.operation.key));
      await note(movedRows(base(), (path) => context.layout.relocate(path), own));
      const notes = outcomes.flatMap((outcome): BaseNote[] => {
        const operation = outcome.operation as LocalOperation;
        const triple = triples.get(operation.key);
        if (outcome.status !== 'done' || triple === undefined) return [];
        if (operation.action === 'delete')
          return operation.id === null ? [] : [{ note: 'drop', kind: operation.kind, id: operation.id }];
        const here = byPath.get(`${operation.kind} ${operation.to}`);
        if (here === undefined || triple.remote === null) return [];
        locals.set(operation.key, here);
        const before = rows.get(operation.key) ?? null;
        if (here.kind === 'collection' && triple.remote.kind === 'collection') {
          return [
            { note: 'row', row: pulledCollection(before as BaseCollection | null, here, triple.remote) },
          ];
        }
        if (here.kind !== 'article' || triple.remote.kind !== 'article') return [];
        const parent = context.parents.get(operation.key);
        const moved = parent?.standing === 'behind' || before === null ? (parent?.remote ?? null) : undefined;
        const parentId =
          moved === undefined ? before?.parent : moved === null ? null : context.directory.idOf(moved);
        return [
          {
            note: 'row',
            row: pulledArticle(
              before as BaseArticle | null,
              here,
              triple.remote,
              parentId ?? null,
              options(),
            ),
          },
        ];
      });
      await note(notes);
    },
    afterWrite({ operation, before: was, after, unlinked }) {
      if (after === null)
        return operation.id === null ? [] : [{ note: 'drop', kind: operation.kind, id: operation.id }];
      const here = locals.get(operation.key) ?? null;
      const before = rows.get(`${after.kind}:${after.id}`) ?? null;
      if (after.kind === 'collection') {
        if (here?.kind !== 'collection' || operation.kind !== 'collection') return [];
        return [
          { note: 'row', row: pushedCollection(before as BaseCollection | null, operation, here, after) },
        ];
      }
      if (operation.kind !== 'article') return [];
      if (was?.kind === 'article') checkTaken(operation, was, after, options());
      const article = here?.kind === 'article' ? here : null;
      const copies = copiesOf(operation, article, after, freshRefs());
      for (const one of copies) if (one.note === 'image') images.set(one.image.address, one.image);
      const target = operation.write.parent;
      const parent =
        target === undefined || target === null
          ? null
          : (created.get(target) ?? context.directory.idOf(target));
      const row = pushedArticle(
        before as BaseArticle | null,
        operation,
        article,
        { answer: after, unlinked },
        parent,
        options(),
      );
      return row === null ? copies : [...copies, { note: 'row', row }];
    },
  };
}

/** Images of what was just sent, tied to the copies that the answer names. */
function copiesOf(
  operation: Extract<RemoteOperation, { kind: 'article' }>,
  local: LocalArticle | null,
  answer: RemoteArticle | RemoteCollection,
  refs: RefsOptions,
): readonly BaseNote[] {
  if (local === null || answer.kind !== 'article') return [];
  const bodies = openBodies(refs);
  return [...local.locales].flatMap(([locale, content]): BaseNote[] => {
    const there = answer.locales.get(locale);
    if (there === undefined || operation.write.locales[locale]?.body === undefined) return [];
    const images = (body: ReturnType<Bodies['local']>) =>
      referencesOf(body).filter((one) => one.use === 'image');
    const files = images(bodies.local(content, locale)).map((one) => {
      const asset = assetOfRef(one.ref);
      return asset === null ? null : { file: asset.path, digest: asset.digest };
    });
    const copies = images(bodies.remote(there, locale)).map((one) => one.ref);
    const known = copies.map((ref) => (assetOfRef(ref) === null ? ref : ''));
    return imagesOf(files, known)
      .filter((image) => image.address !== '')
      .map((image) => ({ note: 'image', image }));
  });
}

function imageDirectory(
  images: ReadonlyMap<string, BaseImage>,
): Pick<RefsOptions['directory'], 'addressOfAsset' | 'assetOfAddress'> {
  return {
    addressOfAsset(path: LocalPath, digest) {
      for (const one of images.values()) if (one.file === path && one.digest === digest) return one.address;
      return null;
    },
    assetOfAddress(address) {
      const image = images.get(address);
      return image === undefined ? null : { path: image.file, digest: image.digest };
    },
  };
}

const kindOf = (key: EntryKey): 'article' | 'collection' =>
  key.startsWith('article:') ? 'article' : 'collection';
