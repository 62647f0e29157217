/*
 * The safety measures, each with a way to do without it. What stands between the engine and the world takes it away,
 * so that the engine is the one that people use.
 */
import { dirname } from 'node:path/posix';
import type { BaseNote, OpenIntent } from '../../src/base/notes.ts';
import type { BaseStore } from '../../src/base/store.ts';
import type { Base } from '../../src/model/base.ts';
import type { RemoteArticle } from '../../src/model/entry.ts';
import { ShelfmarkError, UnknownOutcome } from '../../src/model/error.ts';
import type { LocalPath } from '../../src/model/identity.ts';
import type { ArticleEdit, RemoteSide } from '../../src/model/remote-side.ts';
import type { RemoteSnapshot } from '../../src/model/snapshot.ts';
import type { Files } from '../../src/ports/files.ts';
import type { Sabotage } from './play-run.ts';
import { playScenario, type EventKind } from './scenario.ts';
import {
  createdMeanwhile,
  elsewhere,
  folderPutBack,
  killedAndReset,
  leftOut,
  lockStashed,
  loserKept,
  oldFileFetched,
  savedAtTheEnd,
  switchedAtTheEnd,
  unreadable,
  writtenOver,
  wrongClock,
} from './git-stories.ts';
import { contentFolder, lockFile, stateFolder } from './places.ts';
import {
  arrivedLate,
  draftInTheWay,
  editedBeforeFound,
  mostFilesGone,
  otherWorkspace,
  outdatedReading,
  retitledAfterAnswer,
  retitledAfterPull,
  retitledAfterSending,
  retitledThereAndEditedHere,
  rewrittenAfterMove,
  sleptBeforeSending,
  titleInTheWindow,
  toldToWait,
  unansweredIsNotGone,
  type Story,
} from './stories.ts';

/** How it must come out that a measure is missing. */
export type Measure = {
  /** What is done without. */
  readonly name: string;
  readonly sabotage: Sabotage;
} & (
  | {
      readonly by: 'scenarios';
      /** Scenarios after which somebody must have noticed. */
      readonly within: number;
      readonly only: readonly EventKind[];
    }
  /** Each step of the run of `npm run faults`, failed in these ways. */
  | { readonly by: 'faults'; readonly fails: 'process' | 'power' | 'http' | 'disk' }
  | {
      readonly by: 'story';
      /** Plays it and says what was wrong; nothing is, with the measure. */
      readonly tell: Story;
    }
);

/** Where nobody knows what a pull has replaced, other measures are seen alone. */
function withoutSigns(base: BaseStore): Pick<BaseStore, 'read'> {
  const plain = (one: Base): Base => ({
    ...one,
    entries: one.entries.map((row) => {
      if (row.kind !== 'article') return row;
      const locales = [...row.locales].map(([locale, { was: _, ...content }]) => [locale, content] as const);
      return { ...row, locales: new Map(locales) };
    }),
  });
  return {
    async read() {
      const found = await base.read();
      return { ...found, base: plain(found.base), lock: plain(found.lock ?? found.base) };
    },
  };
}

/** Where nobody knows what the last commit says, other measures are seen alone. */
const withoutCommit: (base: BaseStore) => Partial<BaseStore> = () => ({ readCommitted: async () => null });

/** A pull from staging, a push to the usual help center, and git, which puts the file back in the middle of that. */
const pulledFromStaging: Story = async (sabotage) =>
  (await playScenario(554, { skip: new Set([2, 3, 4, 5, 7]), sabotage })).broken;

const people: readonly EventKind[] = ['author', 'teammate'];

export const measures: readonly Measure[] = [
  {
    name: 'a create is noted before it is sent',
    sabotage: withBase((base) => ({
      note: (notes) => base.note(notes.filter((one) => !isSending(one))),
      write: (whole, intents, removals) => base.write(whole, intents.filter(isMaking), removals),
    })),
    by: 'story',
    tell: retitledAfterSending,
  },
  {
    name: 'the wait for an answer that is late',
    sabotage: withIntents(({ last: _, ...intent }) => ({ ...intent, at: intent.at - 600_000 })),
    by: 'story',
    tell: arrivedLate,
  },
  {
    name: 'that wait begins when the answer is given up',
    sabotage: withIntents(({ last: _, ...intent }) => intent),
    by: 'story',
    tell: sleptBeforeSending,
  },
  {
    name: 'the look for what a lost create made',
    sabotage: withIntents(({ title: _, parent: __, ...intent }) => intent),
    by: 'story',
    tell: retitledAfterSending,
  },
  {
    name: 'what a lost create made stays known once it was found',
    sabotage: withBase((base) => ({
      note: (notes) => base.note(notes.map((one) => (one.note === 'intent' ? forgetful(one) : one))),
      write: (whole, intents, removals) => base.write(whole, intents.map(forgetful), removals),
    })),
    by: 'story',
    tell: retitledThereAndEditedHere,
  },
  {
    name: 'what was looked up is compared with what was sent',
    sabotage: withRemote((remote) => ({
      createArticle: async (edit, signal) => ({
        ...(await remote.createArticle(edit, signal)),
        wasLookedUp: false,
      }),
    })),
    by: 'story',
    tell: editedBeforeFound,
  },
  {
    name: 'calls wait as long as a 429 asks for',
    sabotage: {
      transport: (transport) => async (request, signal) => {
        const answer = await transport(request, signal);
        return answer.status === 429 ? { ...answer, headers: {} } : answer;
      },
    },
    by: 'story',
    tell: toldToWait,
  },
  {
    name: 'a create is never sent twice',
    sabotage: withRemote((remote) => ({
      createArticle: (edit, signal) =>
        remote.createArticle(edit, signal).catch((error: unknown) => {
          if (error instanceof UnknownOutcome) return remote.createArticle(edit, signal);
          throw error;
        }),
    })),
    by: 'faults',
    fails: 'http',
  },
  {
    name: 'the journal is flushed',
    sabotage: {
      files: (files, disk) => ({
        ...files,
        async append(path, content) {
          await files.append(path, content);
          disk.loosen(path, content.length);
        },
      }),
    },
    by: 'faults',
    fails: 'power',
  },
  {
    name: 'each outcome is noted at once',
    sabotage: withBase((base) => ({
      note: (notes) => base.note(notes.filter((one) => one.note !== 'row' && one.note !== 'drop')),
    })),
    by: 'story',
    tell: retitledAfterAnswer,
  },
  {
    name: 'moves are noted before they are made',
    sabotage: withoutNotes('moving'),
    by: 'story',
    tell: rewrittenAfterMove,
  },
  {
    name: 'what goes offline is noted before',
    sabotage: withoutNotes('removing'),
    by: 'faults',
    fails: 'process',
  },
  {
    name: 'files for new entries are noted before they are made',
    sabotage: withBase((base) => ({
      note: (notes) => base.note(notes.filter((one) => one.note !== 'intent' || one.id === undefined)),
    })),
    by: 'story',
    tell: retitledAfterPull,
  },
  {
    name: 'the lock file stands before the journal is emptied',
    sabotage: {
      deps: (deps, files) => ({
        ...deps,
        base: {
          ...deps.base,
          async write(base, intents, removals) {
            await files.remove(`${stateFolder}/journal.jsonl`);
            return deps.base.write(base, intents, removals);
          },
        },
      }),
    },
    by: 'faults',
    fails: 'process',
  },
  {
    name: 'the entry is read again before it is written',
    sabotage: { deps: (deps) => ({ ...deps, remote: { ...deps.remote, ...asListed(deps.remote) } }) },
    by: 'scenarios',
    within: 2000,
    only: people,
  },
  {
    name: 'a write sends nothing but what was changed',
    sabotage: withRemote((remote) => ({
      updateArticle: (current, edit, signal) =>
        remote.updateArticle(current, { ...wholeOf(current, edit) }, signal),
    })),
    by: 'story',
    tell: titleInTheWindow,
  },
  {
    name: 'the answer is compared with what was sent',
    sabotage: withRemote((remote) => ({
      updateArticle: async (current, edit, signal) => {
        await remote.updateArticle(current, edit, signal);
        return meant(current, edit);
      },
    })),
    by: 'story',
    tell: draftInTheWay,
  },
  {
    name: 'the base moves only by what was done',
    sabotage: withRemote((remote) => ({
      updateArticle: (current, edit, signal) =>
        remote.updateArticle(current, edit, signal).catch((error: unknown) => {
          if (error instanceof ShelfmarkError) return meant(current, edit);
          throw error;
        }),
    })),
    by: 'faults',
    fails: 'http',
  },
  {
    name: 'what is missing from a list is asked for',
    sabotage: { deps: (deps) => ({ ...deps, remote: { ...deps.remote, ...trusting(deps.remote) } }) },
    by: 'scenarios',
    within: 2000,
    only: ['author', 'teammate', 'short'],
  },
  {
    name: 'no answer is not the answer "not found"',
    sabotage: withRemote((remote) => ({
      retrieveArticle: (id, signal) =>
        remote.retrieveArticle(id, signal).catch((error: unknown) => {
          if (error instanceof ShelfmarkError) return null;
          throw error;
        }),
    })),
    by: 'story',
    tell: unansweredIsNotGone,
  },
  {
    name: 'a limit to deletions (maxDeletes)',
    sabotage: { policy: { maxDeletes: { count: 1000, percent: null } } },
    by: 'story',
    tell: mostFilesGone,
  },
  {
    name: 'the guard before a folder that was emptied',
    sabotage: { policy: { allowEmptied: true } },
    by: 'scenarios',
    within: 1000,
    only: people,
  },
  {
    name: 'the lock file belongs to one workspace',
    sabotage: {
      deps: (deps) => ({
        ...deps,
        remote: {
          ...deps.remote,
          async read(signal) {
            const { base } = await deps.base.read();
            return { ...(await deps.remote.read(signal)), ...base.pinned };
          },
        },
      }),
    },
    by: 'story',
    tell: otherWorkspace,
  },
  {
    name: 'one run at a time (the run lock)',
    sabotage: { isUnlocked: true },
    by: 'scenarios',
    within: 3000,
    only: ['author', 'teammate', 'second'],
  },
  {
    name: 'the folder is read again after another run',
    // Else it is known as old what the other run has replaced.
    sabotage: { isOutdated: true, ...withBase(withoutSigns) },
    by: 'story',
    tell: outdatedReading,
  },
  {
    name: 'a file is replaced in one step',
    sabotage: {
      files: (files) => ({
        ...files,
        async replace(from, to, isExpected) {
          const there = (await files.stat(to)) === null ? null : await files.read(to);
          if (!isExpected(there)) return 'stale';
          await this.rename(from, to);
          return 'done';
        },
        async rename(from, to) {
          if (!isTemporary(from) || (await files.stat(to)) === null) return files.rename(from, to);
          const bytes = await files.read(from);
          const half = Math.floor(bytes.length / 2);
          if (!to.startsWith(contentFolder)) await files.remove(to);
          else await files.rename(to, `${stateFolder}/half`);
          await files.writeNew(to, bytes.slice(0, half));
          await files.append(to, bytes.slice(half));
          await files.remove(from);
        },
      }),
    },
    by: 'faults',
    fails: 'process',
  },
  {
    name: 'a file is flushed before it takes its name',
    sabotage: {
      files: (files, disk) => ({
        ...files,
        async writeNew(path, content, mode) {
          await files.writeNew(path, content, mode);
          if (isTemporary(path)) disk.loosen(path, content.length);
        },
      }),
    },
    by: 'faults',
    fails: 'power',
  },
  {
    name: 'names in a folder are flushed',
    sabotage: { files: (files) => ({ ...files, syncFolder: async () => undefined }) },
    by: 'faults',
    fails: 'power',
  },
  {
    name: 'temporary files are cleared away',
    sabotage: {
      files: (files) => ({
        ...files,
        remove: async (path) => (isTemporary(path) ? undefined : files.remove(path)),
      }),
    },
    by: 'faults',
    fails: 'process',
  },
  {
    name: 'a file is compared before it is replaced',
    sabotage: {
      deps: (deps, files) => ({
        ...deps,
        local: {
          ...deps.local,
          async carryOut(step) {
            if (!('digest' in step)) return deps.local.carryOut(step);
            const digest = await digestAt(files, step.path, (bytes) => deps.local.digestOf(bytes));
            return deps.local.carryOut(digest === null ? step : { ...step, digest });
          },
        },
      }),
    },
    by: 'scenarios',
    within: 2000,
    only: people,
  },
  {
    name: 'a copy in the trash before a deletion',
    sabotage: { deps: (deps) => ({ ...deps, trash: { keep: async () => undefined } }) },
    by: 'scenarios',
    within: 1000,
    only: people,
  },
  {
    name: 'what a killed run noted counts where the files show it',
    sabotage: withBase((base) => ({
      ...withoutCommit(base),
      async read() {
        const found = await withoutSigns(base).read();
        return { ...found, lock: found.base, notes: [] };
      },
    })),
    by: 'story',
    tell: killedAndReset,
  },
  {
    name: 'a file that says what a pull replaced is known',
    sabotage: withBase((base) => ({ ...withoutCommit(base), ...withoutSigns(base) })),
    by: 'story',
    tell: oldFileFetched,
  },
  {
    name: 'a file that says what the last commit agreed on is known',
    sabotage: withBase(withoutCommit),
    by: 'story',
    tell: folderPutBack,
  },
  {
    name: 'what a pull from one target replaced is known to the runs for another',
    sabotage: withBase(() => ({ readElsewhere: async () => [] })),
    by: 'story',
    tell: pulledFromStaging,
  },
  {
    name: 'what was made stays known until it is committed',
    sabotage: withBase((base) => ({
      write: (whole, intents, removals) =>
        base.write(
          whole,
          intents.filter((one) => !isMaking(one)),
          removals,
        ),
    })),
    by: 'story',
    tell: lockStashed,
  },
  {
    name: 'the lock file is replaced only if it says what was read',
    sabotage: {
      ...withBase((base) => ({ ...withoutCommit(base), ...withoutSigns(base) })),
      files: (files) => {
        let first: Uint8Array | null = null;
        return {
          ...files,
          async read(path) {
            if (path !== lockFile) return files.read(path);
            return (first ??= await files.read(path));
          },
          async replace(from, to, isExpected) {
            if (to !== lockFile) return files.replace(from, to, isExpected);
            await files.rename(from, to);
            return 'done';
          },
        };
      },
    },
    by: 'story',
    tell: switchedAtTheEnd,
  },
  {
    name: 'absence counts only where git agrees',
    sabotage: { isWithoutGit: true },
    by: 'story',
    tell: leftOut,
  },
  {
    name: 'what cannot be read is there',
    sabotage: {
      deps: (deps) => ({
        ...deps,
        local: {
          ...deps.local,
          read: async (signal) => ({
            ...(await deps.local.read(signal)),
            unreadable: new Set(),
            problems: [],
          }),
        },
      }),
    },
    by: 'story',
    tell: unreadable,
  },
  {
    name: 'a file is compared in the moment in which it is replaced',
    sabotage: {
      files: (files) => ({
        ...files,
        async replace(from, to, isExpected) {
          if (!to.startsWith(contentFolder)) return files.replace(from, to, isExpected);
          await files.rename(from, to);
          return 'done';
        },
      }),
    },
    by: 'story',
    tell: savedAtTheEnd,
  },
  {
    name: 'a copy of what a file said before it is replaced',
    sabotage: {
      files: (files) => ({
        ...files,
        writeNew: async (path, content, mode) =>
          path.includes('/.replaced/') ? undefined : files.writeNew(path, content, mode),
      }),
    },
    by: 'story',
    tell: loserKept,
  },
  {
    name: 'the newest are listed once more before a create',
    sabotage: withRemote(() => ({ newest: async () => [] })),
    by: 'story',
    tell: createdMeanwhile,
  },
  {
    name: 'the newest are listed once more after the last write',
    sabotage: withRemote(() => ({ newest: async () => [] })),
    by: 'story',
    tell: writtenOver,
  },
  {
    name: 'the clock is that of the help center',
    sabotage: withRemote(() => ({ clockAhead: () => 0 })),
    by: 'story',
    tell: wrongClock,
  },
  {
    name: 'a run that cannot be seen is at work while it says so',
    sabotage: { isBlind: true },
    by: 'story',
    tell: elsewhere,
  },
];

const isTemporary = (path: string): boolean => path.includes('/.shelfmark-');
const isMaking = (intent: OpenIntent): boolean => intent.id !== undefined;
const isSending = (note: BaseNote): boolean => note.note === 'intent' && note.id === undefined;

/** A create that was sent, without what it is known to have made. */
function forgetful<Intent extends OpenIntent>(intent: Intent): Intent {
  if (intent.title === undefined) return intent;
  const { id: _, words: __, ...rest } = intent;
  return rest as Intent;
}

function withBase(change: (base: BaseStore) => Partial<BaseStore>): Sabotage {
  return { deps: (deps) => ({ ...deps, base: { ...deps.base, ...change(deps.base) } }) };
}

function withoutNotes(kind: BaseNote['note']): Sabotage {
  return withBase((base) => ({ note: (notes) => base.note(notes.filter((one) => one.note !== kind)) }));
}

function withIntents(change: (intent: OpenIntent) => OpenIntent): Sabotage {
  return withBase((base) => ({
    async read() {
      const found = await base.read();
      return { ...found, intents: found.intents.map((one) => (isMaking(one) ? one : change(one))) };
    },
  }));
}

function withRemote(change: (remote: RemoteSide) => Partial<RemoteSide>): Sabotage {
  return { deps: (deps) => ({ ...deps, remote: { ...deps.remote, ...change(deps.remote) } }) };
}

/** Believes what was listed at the start for as long as the run goes on. */
function asListed(remote: RemoteSide): Partial<RemoteSide> {
  let listed: RemoteSnapshot | null = null;
  return {
    async read(signal) {
      listed = await remote.read(signal);
      return listed;
    },
    retrieveArticle: async (id, signal) =>
      listed?.articles.find((one) => one.id === id) ?? remote.retrieveArticle(id, signal),
    retrieveCollection: async (id, signal) =>
      listed?.collections.find((one) => one.id === id) ?? remote.retrieveCollection(id, signal),
  };
}

/** Takes for gone whatever a list lacks. */
function trusting(remote: RemoteSide): Partial<RemoteSide> {
  let listed: RemoteSnapshot | null = null;
  return {
    async read(signal) {
      listed = await remote.read(signal);
      return listed;
    },
    retrieveArticle: async (id, signal) =>
      listed === null || listed.articles.some((one) => one.id === id)
        ? remote.retrieveArticle(id, signal)
        : null,
  };
}

/** The article as it would be had the edit been taken whole. */
function meant(current: RemoteArticle, edit: ArticleEdit): RemoteArticle {
  const locales = new Map(current.locales);
  for (const [locale, one] of edit.locales) {
    const before = locales.get(locale);
    if (before !== undefined) locales.set(locale, { ...before, ...one });
  }
  return {
    ...current,
    locales,
    ...(edit.parent === undefined ? {} : { parents: edit.parent === null ? [] : [edit.parent] }),
  };
}

/** An edit that names every field of the languages that it concerns. */
function wholeOf(current: RemoteArticle, edit: ArticleEdit): ArticleEdit {
  const locales = new Map(edit.locales);
  for (const [locale, one] of edit.locales) {
    const before = current.locales.get(locale);
    if (before !== undefined) locales.set(locale, { title: before.title, body: before.body, ...one });
  }
  return { ...edit, locales };
}

async function digestAt(
  files: Files,
  path: LocalPath,
  digestOf: (bytes: Uint8Array) => string,
): Promise<string | null> {
  const place = `${contentFolder}/${path}`;
  if ((await files.stat(dirname(place))) === null || (await files.stat(place))?.kind !== 'file') return null;
  return digestOf(await files.read(place));
}
