/* What a pull request changes about where, and by which rules, its project is published. */
import { basename } from 'node:path';
import { parseBase } from '../../base/codec.ts';
import { readConfig, type Config } from '../../config/read-config.ts';
import type { Base } from '../../model/base.ts';
import { ShelfmarkError } from '../../model/error.ts';
import type { ActionContext } from '../event/context.ts';
import { lockHere } from './lock-branch.ts';

export interface PlaceChange {
  /** What changes, in words of ours. */
  readonly what: string;
  readonly before: string;
  readonly after: string;
}

/** What a pull request does to the place of its project: null where what it is compared with could not be fetched. */
export interface PlaceChanges {
  readonly settings: readonly PlaceChange[];
  /** How many entries the lock file ties to another article than before, or to none any more. */
  readonly untied: number;
}

/**
 * Compares the config file and the lock file of a pull request with those of the branch that it is for. Nothing changes
 * where the run is for no pull request.
 */
export async function placeChanges(context: ActionContext): Promise<PlaceChanges | null> {
  const { config, event, git } = context;
  const base = event.pullRequest?.baseSha ?? '';
  if (base === '') return { settings: [], untied: 0 };
  if (!(await git.fetchCommit(base).catch(() => false))) return null;
  const source = await git.fileAt(base, basename(config.file));
  const before = source === null ? null : configOf(source, config);
  const lockName = before?.lockName ?? config.lockName;
  const lockBefore = lockOf(await git.fileAt(base, lockName), lockName);
  const lockAfter = await lockHere(context);
  const pinned = lockBefore?.pinned ?? null;
  return {
    settings: [
      ...rows.flatMap(([what, of]) => changeOf(what, before === null ? none : of(before), of(config))),
      ...(pinned === null
        ? []
        : [
            ...changeOf('workspace in the lock file', pinned.workspace, lockAfter?.pinned?.workspace ?? none),
            ...changeOf(
              'help center in the lock file',
              pinned.helpCenter,
              lockAfter?.pinned?.helpCenter ?? none,
            ),
          ]),
    ],
    untied: lockBefore === null || lockAfter === null ? 0 : untiedBetween(lockBefore, lockAfter),
  };
}

const none = 'none';

const rows: readonly (readonly [what: string, of: (config: Config) => string])[] = [
  ['provider', (config) => config.provider],
  ['region', (config) => (config.provider === 'simulator' ? none : config.region)],
  ['help center', (config) => config.helpCenter ?? 'the only one of the workspace'],
  ['content folder', (config) => config.contentName],
  ['lock file', (config) => config.lockName],
  ['variable of the token', (config) => config.tokenVariable],
  ['default locale', (config) => config.defaultLocale],
  ['deletions', (config) => config.deletions],
  [
    'maxDeletes',
    ({ maxDeletes }) => (maxDeletes.percent === null ? String(maxDeletes.count) : `${maxDeletes.percent}%`),
  ],
  ['conflicts', (config) => config.conflicts],
];

const changeOf = (what: string, before: string, after: string): readonly PlaceChange[] =>
  before === after ? [] : [{ what, before, after }];

/** Null where the config file of before cannot be read, or had no such target. */
function configOf(source: Uint8Array, { file, target }: Config): Config | null {
  try {
    return readConfig(new TextDecoder().decode(source), file, basename(file), target);
  } catch (error) {
    if (error instanceof ShelfmarkError) return null;
    throw error;
  }
}

function lockOf(source: Uint8Array | null, name: string): Base | null {
  if (source === null) return null;
  try {
    return parseBase(new TextDecoder().decode(source), name);
  } catch (error) {
    if (error instanceof ShelfmarkError) return null;
    throw error;
  }
}

function untiedBetween(before: Base, after: Base): number {
  const ids = new Set(after.entries.map((row) => `${row.kind} ${row.id}`));
  const paths = new Map(after.entries.map((row) => [`${row.kind} ${row.path}`, row.id] as const));
  return before.entries.filter((row) => {
    const now = paths.get(`${row.kind} ${row.path}`);
    return !ids.has(`${row.kind} ${row.id}`) || (now !== undefined && now !== row.id);
  }).length;
}
