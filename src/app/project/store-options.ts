import { basename, dirname, join, relative } from 'node:path';
import type { BaseStoreOptions } from '../../base/store.ts';
import type { Config } from '../../config/read-config.ts';
import type { Outside } from '../../ports/outside.ts';

/** Where the base of a project is kept: its lock file, and the journal of the run that is at work. */
export function storeOptions(
  config: Config,
  { folder, chance, git }: Pick<Outside, 'folder' | 'chance' | 'git'>,
): BaseStoreOptions {
  return {
    lockFile: config.lockFile,
    lockName: relative(folder, config.lockFile) || config.lockName,
    journal: join(config.stateFolder, `journal${suffixOf(config)}.jsonl`),
    chance,
    others: config.otherTargets.map((one) => ({
      lockFile: one.lockFile,
      journal: join(config.stateFolder, `journal${suffixOf(one)}.jsonl`),
    })),
    committed: async () => (await git?.textOf(dirname(config.lockFile), basename(config.lockFile))) ?? null,
  };
}

/** What tells the private files of one target from those of another. */
export const suffixOf = ({ target }: Pick<Config, 'target'>): string => (target === null ? '' : `.${target}`);

/** The mark of the one run that may write: all targets share the files, so they share it too. */
export const runLockOf = ({ stateFolder }: Config): string => join(stateFolder, 'run.lock');
