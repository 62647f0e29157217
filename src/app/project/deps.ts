import { join } from 'node:path';
import { openBaseStore } from '../../base/store.ts';
import type { RowMemory } from '../../base/codec.ts';
import type { Config } from '../../config/read-config.ts';
import type { LocalSide, RunDeps } from '../../engine/ports.ts';
import { foldName } from '../../local/names.ts';
import { slugOfTitle } from '../../local/slug.ts';
import type { Direction } from '../../model/plan.ts';
import type { Names, Policy } from '../../plan/terms/input.ts';
import { openLocalSide, type FolderMemory } from '../adapters/local-side.ts';
import { openBlockMemory } from '../adapters/block-memory.ts';
import { openImageSource } from '../adapters/image-source.ts';
import { openTokenSearch, withTokenProblems } from './own-token.ts';
import { simulatorAssets, type OpenRemote } from './remote.ts';
import { proxiesOf } from '../adapters/proxy.ts';
import { openTrash } from '../adapters/trash.ts';
import { storeOptions, suffixOf } from './store-options.ts';
import type { Outside } from '../../ports/outside.ts';

/** Everything that the engine needs for one run. */
export function runDeps(
  options: PolicyOptions & { readonly direction: Direction; readonly tell: RunDeps['tell'] },
  remote: Pick<OpenRemote, 'side' | 'api'>,
  outside: Outside,
  local: LocalSide = localSideOf(options.config, outside),
  rows?: RowMemory,
): RunDeps {
  const { config } = options;
  const { files, clock } = outside;
  return {
    local,
    remote: remote.side,
    base: openBaseStore(files, {
      ...storeOptions(config, outside),
      ...(rows === undefined ? {} : { memory: rows }),
    }),
    images: config.assetDownload ? openImageSource(remote.api, proxiesOf(outside.env)) : null,
    memory: openBlockMemory(files, join(config.stateFolder, `blocks${suffixOf(config)}.jsonl`)),
    trash: openTrash(files, trashOf(config, outside)),
    clock,
    policy: policyOf(options),
    names,
    tell: options.tell,
  };
}

/** How files and folders are named after titles. */
export const names: Names = { slugOf: slugOfTitle, foldOf: foldName };

export function localSideOf(config: Config, outside: Outside, memory?: FolderMemory): LocalSide {
  const search = openTokenSearch(outside.env[config.tokenVariable] ?? '');
  const side = openLocalSide(outside.files, {
    root: config.content,
    shown: config.contentName,
    defaultLocale: config.defaultLocale,
    titles: config.titles,
    trash: trashOf(config, outside),
    chance: outside.chance,
    ...(memory === undefined ? {} : { memory }),
    committed: async () => (await outside.git?.committed(config.content)) ?? new Set(),
    inGit: async () => {
      const found = (await outside.git?.look(config.content)) ?? null;
      return found === null || config.gitIgnored === 'skip' ? found : { ...found, ignored: [] };
    },
  });
  return {
    ...side,
    read: async (signal) => withTokenProblems(await side.read(signal), search, config.contentName),
  };
}

/** What the config and the flags decide about a plan. */
export interface PolicyOptions {
  readonly config: Config;
  readonly allowDeletes: number | null;
  readonly allowEmptied: boolean;
  readonly takeBack?: boolean;
}

export function policyOf({ config, allowDeletes, allowEmptied, takeBack = false }: PolicyOptions): Policy {
  return {
    defaultLocale: config.defaultLocale,
    conflicts: config.conflicts,
    deletions: config.deletions,
    maxDeletes: config.maxDeletes,
    spacing: config.spacing,
    allowDeletes,
    allowEmptied,
    takeBack,
    assetBaseUrl: config.assetBaseUrl ?? (config.provider === 'simulator' ? simulatorAssets : null),
    contentName: config.contentName,
    siteRoot: config.siteRoot,
    ...(config.author === null ? {} : { author: config.author }),
  };
}

/** Where this run's deletions go: a folder for each moment. */
const trashOf = (config: Config, { clock }: Outside): string =>
  join(config.stateFolder, 'trash', stampOf(clock.now()));

const stampOf = (now: number): string => new Date(now).toISOString().replaceAll(/[:.]/g, '-');
