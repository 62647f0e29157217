/* What a run notes before it acts, so that whatever ends it, the next one knows what may have been done. */
import type { OpenIntent, OpenMove, OpenRemoval } from '../base/notes.ts';
import type { EntryKey } from '../model/identity.ts';
import type { Locale } from '../model/locale.ts';
import type { LocalOperation, RemoteOperation } from '../model/plan.ts';
import type { Planned } from '../plan/make-plan.ts';
import { keyOfLocal, keyOfRemote, kindOfKey } from '../plan/terms/keys.ts';
import { settledAt } from './recover.ts';
import { wordsSign } from './remote/as-sent.ts';
import type { LeftOut } from './remote/phase.ts';
import type { Run } from './run-book.ts';

/** What moves in the folder, from where and to where. */
export function movesOf(operations: readonly LocalOperation[], { context }: Planned): readonly OpenMove[] {
  const moving = new Map(operations.filter((one) => one.to !== one.path).map((one) => [one.key, one.to]));
  if (moving.size === 0) return [];
  return context.input.base.entries.flatMap((row): OpenMove[] => {
    const to = moving.get(keyOfRemote(row.kind, row.id)) ?? context.layout.relocate(row.path);
    return to === row.path ? [] : [{ kind: row.kind, id: row.id, from: row.path, to }];
  });
}

/** Entries that the folder is about to get files for; until their rows are written, nothing else ties the two. */
export function makesOf(operations: readonly LocalOperation[], at: number): readonly OpenIntent[] {
  return operations.flatMap(({ kind, id, action, to }): OpenIntent[] =>
    action === 'create' && id !== null ? [{ key: keyOfLocal(kind, to), at, id }] : [],
  );
}

/** Languages that an operation takes offline because their files are gone; null for any other operation. */
export function removalOf(operation: RemoteOperation, { pairing }: Planned): OpenRemoval | null {
  if (operation.kind !== 'article' || operation.id === null) return null;
  const here = pairing.articles.find((one) => one.key === operation.key)?.local ?? null;
  const locales = (Object.keys(operation.write.locales) as Locale[]).filter(
    (locale) => operation.write.locales[locale]?.state === 'draft' && here?.locales.has(locale) !== true,
  );
  return locales.length === 0 ? null : { id: operation.id, locales };
}

/** A write of the help center that is about to be sent. */
export function intentOf(operation: RemoteOperation, run: Run, planned: Planned, at: number): OpenIntent {
  const { context } = planned;
  const title = titleOf(operation, planned);
  const { parent = null } = operation.write;
  const parentId = parent === null ? null : (run.created.get(parent)?.id ?? context.directory.idOf(parent));
  const words = wordsSign(wordsOf(operation, planned) ?? '', 'html');
  return {
    key: operation.key,
    at,
    ...(title === undefined ? {} : { title }),
    parent: parentId,
    ...(words === '' ? {} : { words }),
  };
}

/** How long it takes until a plan can be carried out whole, in milliseconds: see `settledAt`. */
export function settlesIn(planned: Planned, intents: readonly OpenIntent[], now: number): number {
  const remotes = planned.plan.operations.filter((one): one is RemoteOperation => one.side === 'remote');
  return Math.max(0, ...openCreates(remotes, intents, planned, now).map(([, wait]) => wait));
}

/** Creates that an earlier run sent without an answer, each with the time until it may be sent again. */
function openCreates(
  operations: readonly RemoteOperation[],
  intents: readonly OpenIntent[],
  planned: Planned,
  now: number,
): readonly (readonly [RemoteOperation, number])[] {
  return operations.flatMap((one) => {
    if (one.action !== 'create') return [];
    const title = titleOf(one, planned);
    const intent = intents.findLast(
      (open) =>
        open.id === undefined &&
        (open.key === one.key ||
          (open.title !== undefined && open.title === title && kindOfKey(open.key) === one.kind)),
    );
    const wait = intent === undefined ? 0 : settledAt(intent) - now;
    return wait > 0 ? [[one, wait] as const] : [];
  });
}

/**
 * A create whose answer was lost may still arrive. Until enough time has passed nothing is sent again; if it did
 * arrive, it has been found and there is no create any more. The file may have been renamed since.
 */
export function unsettledCreates(
  operations: readonly RemoteOperation[],
  intents: readonly OpenIntent[],
  planned: Planned,
  now: number,
): LeftOut {
  const leftOut = new Map<EntryKey, { message: string; hint: string }>();
  for (const [one, wait] of openCreates(operations, intents, planned, now)) {
    const seconds = Math.ceil(wait / 1000);
    leftOut.set(one.key, {
      message: `An earlier run sent it and never got an answer, so it may still appear by itself.`,
      hint: `Run the command again in ${seconds} seconds; it is created then if it has not appeared.`,
    });
  }
  return leftOut;
}

function titleOf(operation: RemoteOperation, { context }: Planned): string | undefined {
  return operation.kind === 'article'
    ? operation.write.locales[context.input.policy.defaultLocale]?.title
    : operation.write.name;
}

function wordsOf(operation: RemoteOperation, { context }: Planned): string | undefined {
  if (operation.kind !== 'article') return undefined;
  return operation.write.locales[context.input.policy.defaultLocale]?.body;
}

/**
 * Tells whether nobody knows yet what became of a create: its file is there and not linked to anything. Where the file
 * has gone elsewhere, what was sent may still arrive for a while.
 */
export function isOpen(
  intent: OpenIntent,
  { pairing }: Planned,
  run: Pick<Run, 'base' | 'created'>,
  now: number,
): boolean {
  const { key, id } = intent;
  if (id === undefined && run.created.has(key)) return false;
  if (run.base().entries.some((row) => keyOfLocal(row.kind, row.path) === key)) return false;
  const isThere = [...pairing.collections, ...pairing.articles].some(
    (one) => one.local !== null && keyOfLocal(one.kind, one.local.path) === key,
  );
  return isThere || (id === undefined && now < settledAt(intent));
}
