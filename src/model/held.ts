/* What a plan leaves alone on both sides until a problem is solved. */
import type { LocalPath } from './identity.ts';
import type { Plan } from './plan.ts';

export interface Held {
  /** The entry, or the file where it could not be read as one: below the content folder, as plans name it. */
  readonly path: string;
  /** What `path` is: named from the content folder, from the folder of the config file as problems do, or a mere title. */
  readonly named: 'entry' | 'file' | 'title';
  /** In a few words. */
  readonly reason: string;
}

/** One for each entry that is held, in the order of their paths: those with an error, and those that wait for them. */
export function heldIn({ problems, statuses }: Pick<Plan, 'problems' | 'statuses'>): readonly Held[] {
  const errors = problems.filter((one) => one.severity === 'error');
  const held = new Map<string, Held>();
  for (const { path, details, standing, title } of statuses) {
    if (standing !== 'held') continue;
    const shown = path ?? title;
    const own = path === null ? undefined : errors.find(({ place }) => isFileOf(place.file, path));
    held.set(shown, {
      path: shown,
      named: path === null ? 'title' : 'entry',
      reason: own === undefined ? details.join('; ') : reasonOf(own),
    });
  }
  for (const error of errors) {
    const { file } = error.place;
    if ([...held.keys()].some((path) => isFileOf(file, path))) continue;
    held.set(file, { path: file, named: 'file', reason: reasonOf(error) });
  }
  return [...held.values()].toSorted((left, right) => (left.path < right.path ? -1 : 1));
}

const reasonOf = ({ place: { line }, code }: Plan['problems'][number]): string =>
  `${line === 0 ? 'has an error' : `has an error in line ${line}`} (${code})`;

/** Messages name files with the content folder, and an article has a file for each language. */
function isFileOf(file: string, path: LocalPath | string): boolean {
  const [one, other] = [stemOf(file), stemOf(path)];
  return one === other || one.endsWith(`/${other}`);
}

const stemOf = (path: string): string =>
  path.replace(/\/collection\.yaml$/, '').replace(/(\.[A-Za-z-]+)?\.md$/, '');
