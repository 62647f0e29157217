/* A run that is limited to some paths: which entries it is about, and what they need. */
import { ShelfmarkError } from '../model/error.ts';
import { parentPath, type EntryKey, type LocalPath } from '../model/identity.ts';
import type { Problem } from '../model/problem.ts';
import type { Decision, DecisionContext } from './decide/decision.ts';
import type { Pairing } from './pair/pair.ts';
import type { NamedPath } from './terms/input.ts';
import type { Triple } from './terms/triple.ts';

export interface Selection {
  has(key: EntryKey): boolean;
  /** Findings about files that are not among the paths are not reported. */
  tells(problem: Problem): boolean;
}

/** Everything, for a run that is not limited. */
export const everything: Selection = { has: () => true, tells: () => true };

/**
 * The entries at or below the paths. A collection that is still to be made or moved for them is among them.
 * Throws a ShelfmarkError `PATH_UNKNOWN` where a path names nothing.
 */
export function selectEntries(
  paths: readonly NamedPath[],
  { collections, articles }: Pairing,
  decisions: ReadonlyMap<EntryKey, Decision>,
  context: DecisionContext,
): Selection {
  const { local, policy } = context.input;
  const all: readonly Triple[] = [...collections, ...articles];
  const placesOf = new Map(all.map((one) => [one.key, placesIn(one, context)] as const));
  const known = new Set<string>([...placesOf.values()].flat());
  for (const path of [...local.unreadable, ...local.assets]) known.add(path);
  const chosen = choose(paths, known);
  const selected = new Set<EntryKey>();
  for (const [key, places] of placesOf) if (places.some(chosen)) selected.add(key);
  const parents = new Map(collections.map((one) => [one.key, one] as const));
  const withParents = (key: EntryKey): void => {
    const verdict = context.parents.get(key);
    for (const parent of [verdict?.local, verdict?.remote]) {
      if (parent === undefined || parent === null || selected.has(parent) || !parents.has(parent)) continue;
      const decision = decisions.get(parent);
      const isNeeded = [decision?.local?.action, decision?.remote?.action].some(
        (action) => action === 'create' || action === 'move',
      );
      if (!isNeeded) continue;
      selected.add(parent);
      withParents(parent);
    }
  };
  for (const key of [...selected]) withParents(key);
  return {
    has: (key) => selected.has(key),
    tells: ({ place }) => chosen(inContent(place.file, policy.contentName)),
  };
}

/** Which files are at or below the paths, for a check without a plan, and which of the paths name nothing. */
export function selectFiles(
  paths: readonly NamedPath[],
  known: readonly string[],
  contentName: string,
): { readonly chosen: (file: string) => boolean; readonly unknown: readonly string[] } {
  const { chosen, unknown } = look(paths, new Set(known));
  return { chosen: (file) => chosen(inContent(file, contentName)), unknown };
}

function choose(paths: readonly NamedPath[], known: ReadonlySet<string>): (path: string) => boolean {
  const { chosen, unknown } = look(paths, known);
  for (const typed of unknown) throw unknownPath(typed);
  return chosen;
}

function look(
  paths: readonly NamedPath[],
  known: ReadonlySet<string>,
): { readonly chosen: (path: string) => boolean; readonly unknown: readonly string[] } {
  const below = new Set<string>();
  for (const path of known) for (let at = path; at !== ''; at = parentPath(at as LocalPath)) below.add(at);
  const wanted: string[] = [];
  const unknown: string[] = [];
  for (const { typed, meant } of paths) {
    const found = meant.find((one) => one === '' || below.has(one));
    if (found === undefined) unknown.push(typed);
    else wanted.push(found);
  }
  const isAll = wanted.includes('');
  const chosen = (path: string): boolean =>
    isAll || wanted.some((one) => path === one || path.startsWith(`${one}/`));
  return { chosen, unknown };
}

/** Where an entry is, was and will be; a collection also by its file. */
function placesIn({ key, base, local }: Triple, { layout }: DecisionContext): readonly string[] {
  const own = local?.kind === 'article' ? [...local.locales.values()].map((one) => one.file) : [];
  const file = local?.kind === 'collection' && local.file !== null ? [local.file] : [];
  const places: readonly (string | undefined)[] = [base?.path, local?.path, layout.pathOf(key)];
  return [...new Set([...own, ...file, ...places.filter((one) => one !== undefined)])];
}

const inContent = (file: string, contentName: string): string =>
  file.startsWith(`${contentName}/`) ? file.slice(contentName.length + 1) : file;

export const unknownPath = (typed: string): ShelfmarkError =>
  new ShelfmarkError('PATH_UNKNOWN', {
    kind: 'usage',
    message: `There is no article, collection or file at ${typed} in the content folder. Nothing was changed.`,
    hint: 'Name it as "shelfmark status" does, or as your shell completes it.',
  });
