/*
 * Writing to the remote, wave by wave. Before each write the entry is read again; only if it is still what the plan
 * was made from is it written, since the API has no way to make a write conditional.
 */
import type { CollectionTexts, RemoteArticle, RemoteCollection } from '../../model/entry.ts';
import { ShelfmarkError, UnknownOutcome } from '../../model/error.ts';
import type { EntryKey, RemoteId } from '../../model/identity.ts';
import type { Locale } from '../../model/locale.ts';
import type { RemoteOperation } from '../../model/plan.ts';
import type { ArticleEdit, CollectionEdit, ContentEdit, RemoteSide } from '../../model/remote-side.ts';
import { remoteDigest } from '../../plan/compare/digest.ts';
import { headingsOf } from '../../markup/find/headings.ts';
import { fillPlaceholders, placeholdersIn } from '../../plan/links/placeholders.ts';
import { fragmentOf } from '../../plan/links/refs.ts';
import { changedSince } from './as-sent.ts';
import { twinOf } from './overtaken.ts';
import { keepEntry, replacesText, replacesTexts, type Trash } from './kept-entry.ts';
import { inLanes } from './lanes.ts';
import type { Outcome } from '../../model/outcome.ts';

/** What the remote answered to a write that was carried out; null for an entry that is gone. */
export interface Written {
  readonly operation: RemoteOperation;
  /** As it was read right before the write; null for a create. */
  readonly before: RemoteArticle | RemoteCollection | null;
  readonly after: RemoteArticle | RemoteCollection | null;
  /** Languages whose text was sent without all of its links, since what they lead to did not exist yet. */
  readonly unlinked: readonly Locale[];
  /** What the write of an article carried, addresses filled in. */
  readonly sent?: ArticleEdit;
}

export interface RemotePhase {
  readonly side: RemoteSide;
  readonly trash: Trash;
  /** What was created so far, as it was answered. */
  readonly created: Map<EntryKey, RemoteArticle | RemoteCollection>;
  readonly idOf: (key: EntryKey) => RemoteId | null;
  /** The public address of an entry by its id. */
  readonly addressOf: (key: EntryKey, id: RemoteId, locale: Locale) => string;
  /** The text of an entry as it has to be sent now that more is known; the ids of its headings stay. */
  readonly respell: (key: EntryKey, locale: Locale, before: RemoteArticle) => string | null;
  /** The placeholder for the address of an entry that has none yet. */
  readonly fallbackAddress: string;
  readonly beforeCreate: (operation: RemoteOperation) => Promise<void>;
  /** Called before an article is changed; what it notes down must be safe before it resolves. */
  readonly beforeUpdate: (operation: RemoteOperation) => Promise<void>;
  /** Called as soon as an answer is known; what it notes down must be safe before it resolves. */
  readonly onWritten: (written: Written) => Promise<void>;
  /** Called when nobody knows whether a create was carried out; it may still be, for a while from now on. */
  readonly onUnknown: (operation: RemoteOperation) => Promise<void>;
  /** Called when what a create made was looked up, and says something else by now than what was sent. */
  readonly onChangedSince: (operation: RemoteOperation, id: RemoteId) => Promise<void>;
  /** Called when a create is known not to have been carried out. */
  readonly onNotCreated: (operation: RemoteOperation) => Promise<void>;
  readonly tell: (outcome: Outcome) => void;
}

/** Entries whose operations are left out of this run, and why. */
export type LeftOut = ReadonlyMap<EntryKey, { readonly message: string; readonly hint: string }>;

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

interface Progress {
  readonly leftOut: LeftOut;
  readonly failed: ReadonlySet<EntryKey>;
  /** Every further call would fail as one did. */
  isStopped: boolean;
  /** Somebody else is creating what this run is to create. */
  hasTwins: boolean;
  /** What others created or changed while this run was at work. */
  readonly newest: Map<RemoteId, RemoteArticle>;
  /** Digests of what this run itself was answered, for operations that follow on the same entry. */
  readonly answers: Map<EntryKey, string>;
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
    const result = await write(operation, progress, phase, signal);
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

/** Lists once more what is new, right before something is created. Where that fails, the creates say why. */
async function lookAround({ newest }: Progress, { side }: RemotePhase, signal: AbortSignal): Promise<void> {
  try {
    for (const one of await side.newest(signal)) newest.set(one.id, one);
  } catch (error) {
    if (!(error instanceof ShelfmarkError) && !signal.aborted) throw error;
  }
}

/** What somebody else made that says all that is to be created, in the same place. */
interface Twin {
  readonly twin: RemoteId;
}

/** What was made, and what of it somebody has changed before it was found. */
interface ChangedSince {
  readonly changed: string;
  readonly made: RemoteArticle;
}

async function write(
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

function articleEdit(
  operation: Extract<RemoteOperation, { kind: 'article' }>,
  phase: RemotePhase,
  before: RemoteArticle | null = null,
): ArticleEdit {
  const locales = new Map<Locale, ContentEdit>();
  for (const [name, edit] of Object.entries(operation.write.locales)) {
    const locale = name as Locale;
    if (edit.body === undefined) locales.set(locale, edit);
    else {
      const respelled =
        before !== null && isFollowUp(operation) ? phase.respell(operation.key, locale, before) : null;
      locales.set(locale, { ...edit, body: respelled ?? withAddresses(edit.body, locale, phase) });
    }
  }
  return { locales, ...parentEdit(operation.write.parent, phase) };
}

function collectionEdit(
  operation: Extract<RemoteOperation, { kind: 'collection' }>,
  phase: RemotePhase,
): CollectionEdit {
  const { parent, translations, ...rest } = operation.write;
  return {
    ...rest,
    ...parentEdit(parent, phase),
    ...(translations === undefined
      ? {}
      : { translations: new Map(Object.entries(translations) as [Locale, CollectionTexts][]) }),
  };
}

function parentEdit(parent: EntryKey | null | undefined, phase: RemotePhase): { parent?: RemoteId | null } {
  if (parent === undefined) return {};
  return { parent: parent === null ? null : parentId(parent, phase) };
}

const parentId = (parent: EntryKey, phase: RemotePhase): RemoteId | null =>
  phase.created.get(parent)?.id ?? phase.idOf(parent);

const isFollowUp = (operation: RemoteOperation): boolean =>
  operation.kind === 'article' && operation.action === 'update' && operation.expected === null;

function isStored(sent: ArticleEdit, { locales }: RemoteArticle): boolean {
  return [...sent.locales].every(([locale, edit]) => edit.body === locales.get(locale)?.body);
}

function unlinkedLocales(operation: RemoteOperation, phase: RemotePhase): readonly Locale[] {
  if (operation.kind === 'collection') return [];
  return Object.entries(operation.write.locales).flatMap(([locale, edit]): Locale[] => {
    const keys = edit.body === undefined ? [] : placeholdersIn(edit.body);
    return keys.some((key) => parentId(key, phase) === null) ? [locale as Locale] : [];
  });
}

function withAddresses(html: string, locale: Locale, phase: RemotePhase): string {
  return fillPlaceholders(html, (key, fragment) => {
    const made = phase.created.get(key);
    const id = made?.id ?? phase.idOf(key);
    // An article of the same circle: it gets its address in the update that follows.
    if (id === null) return phase.fallbackAddress;
    const content = made?.kind === 'article' ? made.locales.get(locale) : undefined;
    const headings = content === undefined ? null : headingsOf(content.body);
    return `${phase.addressOf(key, id, locale)}${fragmentOf(fragment, headings)}`;
  });
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
