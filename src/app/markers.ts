/* Both versions of a text in its file, between markers, as one of the answers to a conflict. */
import { ShelfmarkError } from '../model/error.ts';
import type { EntryKey, LocalPath } from '../model/identity.ts';
import type { Conflict, FileStep, LocalOperation } from '../model/plan.ts';
import type { Planned } from '../plan/make-plan.ts';
import { markedText } from '../plan/decide/conflict-markers.ts';
import type { ArticleTriple } from '../plan/terms/triple.ts';

/** Throws where a conflict is about something that markers in a text cannot show. */
export function checkMarkable(conflicts: readonly Conflict[], path: string): void {
  const other = conflicts.find((one) => !isMarkable(one));
  if (other === undefined) return;
  const isAlso = conflicts.some((one) => one.key === other.key && isMarkable(one));
  const what = other.field === 'body' ? 'deletion' : other.field;
  throw new ShelfmarkError('MARKERS_IMPOSSIBLE', {
    message: `${other.path} is ${isAlso ? 'also ' : ''}in conflict about its ${what}, which markers in the text cannot show. Nothing was changed.`,
    hint: conflicts.some(isMarkable)
      ? `Say whose version to keep of that: "shelfmark resolve ${path} --markers --local" (yours) or "shelfmark resolve ${path} --markers --remote" (theirs); the texts go between markers all the same.`
      : 'Answer with --local or --remote.',
  });
}

const isMarkable = ({ field, local, remote }: Conflict): boolean =>
  field === 'body' && local !== null && remote !== null;

/** The plan with both versions of each conflicting text in what is written into its file. */
export function withMarkers(planned: Planned, conflicts: readonly Conflict[]): Planned {
  const keys = new Set(conflicts.filter(isMarkable).map((one) => one.key));
  const marked = new Map<EntryKey, readonly MarkedFile[]>();
  const missing: LocalOperation[] = [];
  const written = new Set(planned.plan.operations.flatMap((one) => (one.side === 'local' ? [one.key] : [])));
  for (const triple of planned.pairing.articles) {
    if (!keys.has(triple.key)) continue;
    const files = markedFiles(triple, planned);
    marked.set(triple.key, files);
    // Markers are written even where the answer alone would leave the file as it is.
    if (!written.has(triple.key) && triple.local !== null && files.length > 0)
      missing.push(markingOf(triple, triple.local.path));
  }
  const operations = [...planned.plan.operations, ...missing].map((one) =>
    one.side === 'local' && one.kind === 'article'
      ? { ...one, steps: stepsWith(one.steps, marked.get(one.key) ?? []) }
      : one,
  );
  return { ...planned, plan: { ...planned.plan, operations } };
}

interface MarkedFile {
  readonly path: LocalPath;
  readonly digest: string;
  readonly body: string;
}

function markedFiles({ base, local, remote }: ArticleTriple, { context }: Planned): readonly MarkedFile[] {
  if (local === null || remote === null) return [];
  return [...local.locales].flatMap(([locale, here]) => {
    const there = remote.locales.get(locale);
    const body =
      there === undefined
        ? null
        : markedText(base?.locales.get(locale) ?? null, here, there, locale, context);
    return body === null ? [] : [{ path: here.file, digest: here.digest, body }];
  });
}

/** What else is written into a file stays: only its text is another one. */
function stepsWith(steps: readonly FileStep[], files: readonly MarkedFile[]): readonly FileStep[] {
  const bodies = new Map(files.map((one) => [one.path, one.body]));
  const changed = steps.map((step): FileStep => {
    const body = step.step === 'edit-article' ? bodies.get(step.path) : undefined;
    if (step.step !== 'edit-article' || body === undefined) return step;
    bodies.delete(step.path);
    return { ...step, edit: { ...step.edit, body } };
  });
  const added = files.flatMap(({ path, digest, body }): readonly FileStep[] =>
    bodies.has(path) ? [{ step: 'edit-article', path, digest, edit: { body } }] : [],
  );
  return [...added, ...changed];
}

const markingOf = ({ key, remote }: ArticleTriple, path: LocalPath): LocalOperation => ({
  side: 'local',
  action: 'update',
  kind: 'article',
  key,
  path,
  to: path,
  id: remote?.id ?? null,
  wave: 1,
  fields: [],
  reason: 'conflict markers',
  steps: [],
});
