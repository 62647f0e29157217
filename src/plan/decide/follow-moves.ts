/* Files that a plan moves take the relative links with them: their own, and those of others that lead to them. */
import type { EntryKey, LocalPath } from '../../model/identity.ts';
import type { Locale } from '../../model/locale.ts';
import type { FieldChange, FileStep, LocalOperation } from '../../model/plan.ts';
import { localOperation } from './operations.ts';
import { writesLocal, type Decision, type DecisionContext } from './decision.ts';
import { fileOfLocale } from '../terms/locale-file.ts';
import type { Pairing } from '../pair/pair.ts';
import { respellLinks } from '../links/respell.ts';

/** Adds to the decisions what keeps relative links right after the moves in them. */
export function followMoves(
  pairing: Pairing,
  decisions: ReadonlyMap<EntryKey, Decision>,
  context: DecisionContext,
): ReadonlyMap<EntryKey, Decision> {
  if (!writesLocal(context)) return decisions;
  const moves = movedFiles(decisions, context);
  if (moves.size === 0 && context.layout.folderMoves.length === 0) return decisions;
  const relocate = (path: LocalPath): LocalPath | null => {
    const moved = moves.get(path);
    if (moved !== undefined) return moved;
    const isKnown =
      context.directory.keyOfPath(path) !== null || context.directory.digestOfAsset(path) !== null;
    return isKnown ? context.layout.relocate(path) : null;
  };
  const followed = new Map(decisions);
  for (const triple of pairing.articles) {
    const decision = decisions.get(triple.key);
    if (triple.local === null || triple.remote === null || triple.held || decision === undefined) continue;
    const { defaultLocale } = context.input.policy;
    const path = context.layout.pathOf(triple.key);
    const steps: FileStep[] = decision.local === null ? [] : [...decision.local.steps];
    let fields = decision.local?.fields ?? [];
    let isChanged = false;
    for (const [locale, content] of triple.local.locales) {
      const index = steps.findIndex((step) => step.step === 'edit-article' && step.path === content.file);
      const edit = steps[index];
      const before = edit?.step === 'edit-article' ? (edit.edit.body ?? content.body) : content.body;
      // A body that this plan prints again has its new links spelled from where the file will be; old ones are not.
      const body = respellLinks(
        before,
        content.file,
        fileOfLocale(path, locale, defaultLocale),
        relocate,
        context.directory.siteRoot,
      );
      if (body === before) continue;
      isChanged = true;
      fields = withBody(fields, locale === defaultLocale ? null : locale, content.body, body);
      if (edit?.step === 'edit-article') steps[index] = { ...edit, edit: { ...edit.edit, body } };
      else steps.push({ step: 'edit-article', path: content.file, digest: content.digest, edit: { body } });
    }
    if (isChanged)
      followed.set(triple.key, {
        ...decision,
        local: withSteps(decision.local, steps, fields, triple, context),
      });
  }
  return followed;
}

function movedFiles(
  decisions: ReadonlyMap<EntryKey, Decision>,
  { layout }: DecisionContext,
): ReadonlyMap<LocalPath, LocalPath> {
  const moved = new Map<LocalPath, LocalPath>();
  const origins = new Map<LocalPath, LocalPath>();
  for (const { local } of decisions.values()) {
    for (const step of local?.steps ?? []) if (step.step === 'move-file') origins.set(step.path, step.to);
  }
  for (const { local } of decisions.values()) {
    if (local?.kind !== 'article') continue;
    const to = origins.get(layout.relocate(local.path));
    if (to !== undefined) moved.set(local.path, to);
  }
  return moved;
}

/** The changes that a plan shows, with the text as it will be once its links have followed. */
function withBody(
  fields: readonly FieldChange[],
  locale: Locale | null,
  before: string,
  after: string,
): readonly FieldChange[] {
  const isOther = (one: FieldChange): boolean => one.field !== 'body' || one.locale !== locale;
  return [...fields.filter(isOther), { field: 'body', locale, before, after }];
}

function withSteps(
  operation: LocalOperation | null,
  steps: readonly FileStep[],
  fields: readonly FieldChange[],
  triple: Parameters<typeof localOperation>[0],
  context: DecisionContext,
): LocalOperation {
  if (operation !== null) return { ...operation, steps, fields };
  return localOperation(
    triple,
    { action: 'update', steps, fields, reason: 'its links follow what was moved' },
    context,
  );
}
