/* What the help center keeps of a collection although its file does not say it (any more). */
import { collectionFields, collectionName } from '../../fields/collection-fields.ts';
import type { LocalCollection, RemoteCollection } from '../../model/entry.ts';
import type { Problem } from '../../model/problem.ts';
import type { CollectionTriple } from '../terms/triple.ts';

/**
 * A key that is missing leaves the value as it is, so taking a line out changes nothing in the help center. That is reported,
 * since nobody would notice. Empty for a folder without a file of its own, which says nothing on purpose.
 */
export function unsaidValues(
  { base }: CollectionTriple,
  local: LocalCollection,
  remote: RemoteCollection,
  contentName: string,
): readonly Problem[] {
  const { file } = local;
  if (base === null || file === null) return [];
  const kept = [
    local.name === null && remote.name !== collectionName(local) ? `name ("${remote.name}")` : '',
    local.description === null && remote.description !== '' ? `description ("${remote.description}")` : '',
    local.icon === null && collectionFields.icon.written(remote) !== null && remote.icon !== 'folder'
      ? `icon ("${remote.icon ?? ''}")`
      : '',
    ...[...remote.translations.keys()]
      .filter((locale) => base.translations.has(locale) && !local.translations.has(locale))
      .map((locale) => `translation (${locale})`),
  ].filter((one) => one !== '');
  if (kept.length === 0) return [];
  return [
    {
      severity: 'warning',
      code: 'VALUE_KEPT',
      place: { file: `${contentName}/${file}`, line: 0 },
      message: `The help center keeps what this file does not say: ${kept.join(', ')}.`,
      hint: 'Put it back into the file, or remove it in Intercom. An empty description is written as description: "".',
    },
  ];
}
