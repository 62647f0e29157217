import type { LocalPath } from '../model/identity.ts';
import type { Locale } from '../model/locale.ts';
import type { Plan } from '../model/plan.ts';
import { visibilityOf } from '../model/visibility.ts';

export type Mark = 'ahead' | 'behind' | 'conflict' | 'draft' | 'goes public' | 'goes offline' | 'error';

export const markColors: Readonly<Record<Mark, 'yellow' | 'red' | 'blue' | 'green'>> = {
  ahead: 'blue',
  behind: 'yellow',
  conflict: 'red',
  draft: 'yellow',
  'goes public': 'green',
  'goes offline': 'red',
  error: 'red',
};

/** How entries stand, by their places in the folder; what readers will notice also by language, null for the default one. */
export interface Standing {
  readonly entries: ReadonlyMap<LocalPath, ReadonlySet<Mark>>;
  readonly readers: ReadonlyMap<LocalPath, ReadonlyMap<Locale | null, Mark>>;
}

export const noStanding: Standing = { entries: new Map(), readers: new Map() };

/** What a plan says of each entry. */
export function standingOf(plan: Pick<Plan, 'operations' | 'behind' | 'conflicts'>): Standing {
  const entries = new Map<LocalPath, Set<Mark>>();
  const readers = new Map<LocalPath, Map<Locale | null, Mark>>();
  const put = (path: LocalPath, mark: Mark): void => {
    entries.set(path, (entries.get(path) ?? new Set()).add(mark));
  };
  for (const one of plan.operations) {
    if (one.side === 'local') put(one.path, 'behind');
    else if (one.action !== 'delete') put(one.path, 'ahead');
    for (const { locale, visibility } of visibilityOf(one)) {
      if (visibility !== 'goes public' && visibility !== 'goes offline') continue;
      readers.set(
        one.path,
        (readers.get(one.path) ?? new Map<Locale | null, Mark>()).set(locale, visibility),
      );
    }
  }
  for (const one of plan.behind) put(one.path, 'behind');
  for (const one of plan.conflicts) put(one.path, 'conflict');
  return { entries, readers };
}
