import { basename, join } from 'node:path';
import type { Config } from '../config/read-config.ts';
import { watch } from '../engine/watch/watch.ts';
import type { WatchPause, WatchRound } from '../engine/watch/watch-ports.ts';
import { digestOf } from '../local/text-file.ts';
import { pruneTrash } from './adapters/trash.ts';
import { openRemote } from './project/remote.ts';
import { ignoreStateFolder } from './project/state-folder.ts';
import { watchFolder } from './watch/watch-folder.ts';
import { watchGit } from './watch/watch-git.ts';
import { rememberingSide } from './watch/watch-local.ts';
import { growSlowly, openTidying } from './watch/watch-memory.ts';
import type { WatchOptions } from './watch/watch-options.ts';
import { openRounds } from './watch/watch-round.ts';
import type { Outside } from '../ports/outside.ts';

export type { WatchEvent, WatchRound } from '../engine/watch/watch-ports.ts';

/** Keeps the folder and the help center in step until it is stopped; resolves with the last round. */
export async function watchRun(options: WatchOptions, outside: Outside): Promise<WatchRound | null> {
  const { config, direction, pace } = options;
  const { files, clock, signal } = outside;
  growSlowly();
  await ignoreStateFolder(config, outside);
  await pruneTrash(join(config.stateFolder, 'trash'), outside);
  // Git keeps no empty folders, so a clone of a fresh project has none. What was synced before is waited for.
  if ((await files.stat(config.content)) === null && (await files.stat(config.lockFile)) === null)
    await files.makeFolder(config.content);
  const git = await watchGit(files, clock, outside.folder);
  await using remote = await openRemote(config, outside, options.onCall, false, true);
  await using local = rememberingSide(config, outside);
  await using folder = await watchFolder({
    root: config.content,
    besides: [config.lockFile, config.file],
    isNews: (path) => local.touched(path),
  });
  const settings = await digestOfFile(config.file, files);
  const rounds = openRounds(options, remote, local, git, outside);
  const tidying = openTidying(clock);
  options.onEvent({ event: 'opened', site: remote.site });
  // Awaited here: what is opened above is closed when this function returns.
  return await watch(
    {
      clock,
      folder,
      async busy() {
        if ((await digestOfFile(config.file, files)) !== settings) return settingsChanged(config);
        return (await files.stat(config.content)) === null ? folderGone(config) : git.busy();
      },
      look: async (until) => rounds.isWholeDue() || remote.side.look(until),
      async round(approved, until) {
        try {
          return await rounds.round(approved, until);
        } finally {
          await folder.settle();
          tidying.worked();
        }
      },
      idle: () => tidying.idle(),
      ...(options.onAsked === undefined ? {} : { onAsked: options.onAsked }),
      confirm: options.confirm,
      tell: options.onEvent,
    },
    direction === 'push' ? { ...pace, interval: null } : pace,
    options.isOnce,
    signal,
  );
}

/** Empty for a file that is not there. */
async function digestOfFile(path: string, files: Outside['files']): Promise<string> {
  try {
    return digestOf(await files.read(path));
  } catch {
    return '';
  }
}

/** Both sides were opened by the old settings, and to go on by them would be against what somebody has just written. */
const settingsChanged = ({ file }: Config): WatchPause => ({
  code: 'CONFIG_CHANGED',
  message: `${basename(file)} was changed, so nothing is done for now.`,
  hint: 'Press Ctrl-C and start the watch again, which then goes by the new settings.',
});

const folderGone = ({ contentName }: Config): WatchPause => ({
  code: 'CONTENT_MISSING',
  message: `The content folder "${contentName}" is not there, so nothing is done for now.`,
  hint: 'Watching goes on once it is back; nothing is taken for deleted meanwhile.',
});
