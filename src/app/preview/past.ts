import { relative } from 'node:path';
import type { Git, LastChange } from '../../ports/git.ts';
import type { Outside } from '../../ports/outside.ts';
import type { Changes } from './read-preview.ts';

/** What the commits say of the files of a folder, where it is in a repository. */
export interface Past {
  readonly changes: () => Changes;
  /** Asks git; false where it does not tell. */
  readonly learn: () => Promise<boolean>;
  /** A file was saved, so that no commit tells of it any more; absolute. */
  readonly touched: (path: string) => void;
}

export function openPast(content: string, { git }: Pick<Outside, 'git'>): Past {
  let last: ReadonlyMap<string, LastChange | null> = new Map();
  let names: ReadonlyMap<string, string> = new Map();
  const saved = new Set<string>();
  return {
    changes: () => ({ lastOf: (file) => (saved.has(file) ? undefined : last.get(file)), names }),
    async learn() {
      const found = (await git?.lastChanges(content)) ?? null;
      if (found === null) return false;
      last = found;
      const people = [...found.values()]
        .filter((one) => one !== null)
        .toSorted((left, right) => left.at - right.at);
      names = new Map(people.map(({ mail, name }) => [mail.toLowerCase(), name]));
      return found.size > 0;
    },
    touched: (path) => saved.add(relative(content, path).split('\\').join('/')),
  };
}

/** What git says of the folder, asked again only when names in it may have changed: a save changes none. */
export function openLooks(git: Git | undefined): { readonly git: Git; readonly again: () => void } | null {
  if (git === undefined) return null;
  const known = new Map<string, ReturnType<Git['look']>>();
  const look = (folder: string): ReturnType<Git['look']> => {
    const found = known.get(folder) ?? git.look(folder);
    known.set(folder, found);
    return found;
  };
  return { git: { ...git, look }, again: () => known.clear() };
}
