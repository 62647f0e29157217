import type { Base } from '../model/base.ts';
import type { Problem } from '../model/problem.ts';
import type { LocalSnapshot } from '../model/snapshot.ts';

/**
 * Pinned ids that the lock file has nowhere, as files have that come from another tool or workspace: one finding for all
 * of them. A lock file that was never written says nothing.
 */
export function unlinkedIds(
  { pinned, entries }: Pick<Base, 'pinned' | 'entries'>,
  { articles, collections }: Pick<LocalSnapshot, 'articles' | 'collections'>,
  contentName: string,
): readonly Problem[] {
  if (pinned === null) return [];
  const known = new Set(entries.map((row) => `${row.kind}:${row.id}`));
  const found = [...articles, ...collections].filter(
    (one) => one.pinnedId !== null && !known.has(`${one.kind}:${one.pinnedId}`),
  );
  const [first] = found;
  if (first === undefined) return [];
  const file = first.kind === 'article' ? first.path : (first.file ?? first.path);
  return [
    {
      severity: 'warning',
      code: 'ID_NOT_LINKED',
      place: { file: `${contentName}/${file}`, line: 1 },
      message:
        found.length === 1
          ? `The lock file has no ${first.kind} with the id ${first.pinnedId ?? ''} that this file pins.`
          : `The lock file has none of the ids that ${found.length} files pin, such as ${first.pinnedId ?? ''} here.`,
      hint: 'If they come from another tool or workspace, remove the lines "id:". A push stops at an id that the help center does not have.',
    },
  ];
}
