import { agreedCollectionFields, translatedNames } from '../../fields/collection-fields.ts';
import { labelsOf } from '../../fields/fields.ts';
import type { BaseCollection } from '../../model/base.ts';
import type { CollectionField, LocalCollection, RemoteCollection } from '../../model/entry.ts';
import type { FieldChange, FileStep } from '../../model/plan.ts';
import { fileSteps, writeOf } from './collection-operations.ts';
import { conflictOf, type Decision, type DecisionContext } from './decision.ts';
import { decideWeighed, nothingWeighed, weighParent, type Weighed } from './either-kind.ts';
import { answerFor } from '../terms/input.ts';
import { localOperation, remoteOperation } from './operations.ts';
import { reconcileCollection } from '../compare/reconcile-collection.ts';
import { unsaidValues } from './unsaid.ts';
import { agreedCollection } from '../compare/rows.ts';
import { isPutBackCollection } from '../compare/put-back.ts';
import type { CollectionTriple } from '../terms/triple.ts';
import type { CollectionVerdict, FieldStanding, ParentVerdict } from '../terms/verdict.ts';

/** Decides about a collection that is there on both sides: value by value, and its place. */
export function weighCollection(
  triple: CollectionTriple,
  local: LocalCollection,
  remote: RemoteCollection,
  parent: ParentVerdict,
  context: DecisionContext,
): Decision {
  const { base } = triple;
  const isBack = isPutBackCollection(base, local, context.input.policy);
  const verdicts = reconcileCollection(
    triple,
    local,
    remote,
    answerFor(context.input, triple.key),
    context.input.remote.defaultLocale,
    isBack,
  );
  const those = (standing: FieldStanding): Verdicts => verdicts.filter((one) => one.standing === standing);
  const [ahead, behind, converged] = [those('ahead'), those('behind'), those('converged')];
  const work = nothingWeighed(base === null || base.gone || base.path !== local.path || converged.length > 0);
  for (const { field, locale, local: here, remote: there } of those('conflict')) {
    const reason =
      base === null
        ? `linked by its name for the first time, but the ${field} differs`
        : `the ${field} was changed on both sides`;
    const what = { field, locale, local: here, remote: there, reason };
    work.conflicts.push(conflictOf(triple, local.file ?? local.path, what));
  }
  if (ahead.length > 0) work.ahead.push(`${labelsOf(ahead)} changed here`);
  if (behind.length > 0) {
    const why = isBack ? 'put back to what it was before a pull' : 'changed in the help center';
    work.behind.push(`${labelsOf(behind)} ${why}`);
    if (isBack) work.putBack.push(local.file ?? local.path);
  }
  work.writeFields.push(...ahead.map((one) => change(one, one.remote, one.local)));
  work.fileFields.push(...behind.map((one) => change(one, one.local, one.remote)));
  weighParent(triple, parent, work, context);
  const write = { ...(work.isMovedHere ? { parent: parent.local } : {}), ...writeOf(ahead, local) };
  const moves = context.layout.folderMoves.filter((one) => one.key === triple.key);
  const steps: FileStep[] = [
    ...(behind.length === 0 ? [] : fileSteps(behind, local, remote)),
    ...moves.map(({ from, to }) => ({ step: 'move-folder', path: from, to }) as const),
  ];
  const { writeFields, fileFields } = work;
  const actionOf = ({ length }: Verdicts) => (length === 0 ? 'move' : 'update');
  const made = {
    likeness: 'same name in the same place',
    agreed: () => agreedCollection(local, remote, remote.parent),
    agreedPart: () => (base === null ? null : agreedPart(base, converged, local, remote, work)),
    there: (reason: string) =>
      remoteOperation(triple, { action: actionOf(ahead), write, fields: writeFields, reason }, context),
    here: (reason: string) =>
      localOperation(triple, { action: actionOf(behind), steps, fields: fileFields, reason }, context),
  };
  const decision = decideWeighed(triple, local, remote, work, made, context);
  const unsaid = unsaidValues(triple, local, remote, context.input.policy.contentName);
  return unsaid.length === 0 ? decision : { ...decision, problems: [...decision.problems, ...unsaid] };
}

type Verdicts = readonly CollectionVerdict[];

/** The row with only what both sides agree on moved; null where the base says so already. */
function agreedPart(
  base: BaseCollection,
  converged: Verdicts,
  local: LocalCollection,
  remote: RemoteCollection,
  { isParentAgreed }: Weighed,
): BaseCollection | null {
  if (converged.length === 0 && !isParentAgreed && !base.gone) return null;
  const all = agreedCollection(local, remote, remote.parent);
  const isAgreed = (field: CollectionField): boolean =>
    converged.some((one) => one.locale === null && one.field === field);
  const fields = agreedCollectionFields((name) => (isAgreed(name) ? all : base)[name]);
  const translations = new Map(base.translations);
  for (const locale of new Set(converged.map((one) => one.locale))) {
    const texts = locale === null ? undefined : remote.translations.get(locale);
    const isWhole = converged.filter((one) => one.locale === locale).length === translatedNames.length;
    if (locale !== null && texts !== undefined && isWhole) translations.set(locale, texts);
  }
  return {
    ...base,
    path: local.path,
    parent: isParentAgreed ? remote.parent : base.parent,
    ...fields,
    translations,
    gone: false,
  };
}

const change = (verdict: CollectionVerdict, before: string | null, after: string | null): FieldChange => ({
  field: verdict.field,
  locale: verdict.locale,
  before,
  after,
});
