/* What is written of a collection, on either side. */
import { collectionFields, collectionNames } from '../../fields/collection-fields.ts';
import { each } from '../../fields/each.ts';
import type {
  CollectionFields,
  CollectionTexts,
  LocalCollection,
  RemoteCollection,
} from '../../model/entry.ts';
import { joinPath, type LocalPath } from '../../model/identity.ts';
import type { Locale } from '../../model/locale.ts';
import type { CollectionFileEdit, CollectionWrite, FileStep, NewCollectionFile } from '../../model/plan.ts';
import { localOperation } from './operations.ts';
import { statusOf, type Decision, type DecisionContext } from './decision.ts';
import type { CollectionTriple } from '../terms/triple.ts';
import type { CollectionVerdict } from '../terms/verdict.ts';

/** What a write sends of the values that are ahead. */
export function writeOf(verdicts: readonly CollectionVerdict[], local: LocalCollection): CollectionWrite {
  let write: CollectionWrite = {};
  const translations: Partial<Record<Locale, CollectionTexts>> = {};
  for (const { field, locale, local: value } of verdicts) {
    if (locale !== null) {
      const texts = local.translations.get(locale);
      if (texts !== undefined) translations[locale] = texts;
    } else write = { ...write, [field]: value };
  }
  return Object.keys(translations).length === 0 ? write : { ...write, translations };
}

/** What a `collection.yaml` gets of the values that the help center changed. */
export function fileSteps(
  verdicts: readonly CollectionVerdict[],
  local: LocalCollection,
  remote: RemoteCollection,
): readonly FileStep[] {
  let edit: CollectionFileEdit = {};
  const translations: Partial<Record<Locale, CollectionTexts | null>> = {};
  for (const { field, locale, remote: value } of verdicts) {
    if (locale !== null) translations[locale] = remote.translations.get(locale) ?? null;
    else edit = { ...edit, [field]: value ?? '' };
  }
  if (Object.keys(translations).length > 0) edit = { ...edit, translations };
  if (local.file !== null && local.digest !== null)
    return [{ step: 'edit-collection', path: local.file, digest: local.digest, edit }];
  return [newFile(local.path, remote)];
}

/** A `collection.yaml` that says what the remote holds. */
export function newFile(folder: LocalPath, remote: RemoteCollection): FileStep {
  const content: NewCollectionFile = {
    ...each<CollectionFields>(collectionNames, (name) => collectionFields[name].written(remote)),
    translations: Object.fromEntries(remote.translations),
  };
  return { step: 'create-collection', path: joinPath(folder, 'collection.yaml'), content };
}

/**
 * Gives a folder that this plan empties a file of its own: git knows no empty folders, and the collection is not
 * gone because nothing is in it.
 */
export function keepFolder(triple: CollectionTriple, decision: Decision, context: DecisionContext): Decision {
  const { local, remote } = triple;
  const before = decision.local?.steps ?? [];
  if (local === null || remote === null || before.some((step) => step.step === 'create-collection'))
    return decision;
  const steps = [newFile(local.path, remote), ...before];
  const reason = 'keeps its folder, in which nothing else is left';
  return {
    ...decision,
    status: decision.status ?? statusOf(triple, 'behind', [reason], context),
    local:
      decision.local === null
        ? localOperation(triple, { action: 'update', steps, fields: [], reason }, context)
        : { ...decision.local, steps },
  };
}
