import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import manifest from '../../../package.json' with { type: 'json' };
import type { Config } from '../../config/read-config.ts';
import type { LocalSide } from '../../engine/ports.ts';
import type { LocalContent } from '../../model/entry.ts';
import { addressesIn, mayNameHeadings, quickOfBody } from '../../model/text-facts.ts';
import type { Outside } from '../../ports/outside.ts';
import { openFolderIndex, type FolderIndex } from '../adapters/folder-index.ts';
import { localSideOf } from './deps.ts';
import { openTokenSearch } from './own-token.ts';
import { suffixOf } from './store-options.ts';

/** The folder as a side that reads only what changed since some command read it. */
export interface IndexedSide {
  readonly side: LocalSide;
  /** Remembers for the next command what was read and found out. */
  save(): Promise<void>;
}

export function indexedSide(config: Config, outside: Outside): IndexedSide {
  const index = indexOf(config, outside);
  const side = localSideOf(config, outside, index);
  return {
    side: {
      ...side,
      async read(signal) {
        await index.load();
        return side.read(signal);
      },
    },
    save: () => index.save(),
  };
}

export function indexOf(config: Config, { files, clock, chance, process, env }: Outside): FolderIndex {
  const { content, contentName, defaultLocale, stateFolder, titles } = config;
  const search = openTokenSearch(env[config.tokenVariable] ?? '');
  // Built files are named after what is in them.
  const program = [manifest.version, basename(fileURLToPath(import.meta.url))];
  return openFolderIndex(files, {
    file: join(stateFolder, `index${suffixOf(config)}.jsonl`),
    root: content,
    owner: JSON.stringify([...program, process.host, content, contentName, defaultLocale, titles]),
    clock,
    chance,
    examine(text: LocalContent) {
      quickOfBody(text);
      addressesIn(text);
      mayNameHeadings(text);
      search?.isWithout(text);
    },
  });
}
