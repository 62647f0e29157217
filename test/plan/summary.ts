/* A plan in the words of the decision table. */
import type { FieldChange, LocalOperation, Operation, RemoteOperation } from '../../src/model/plan.ts';
import type { Planned } from '../../src/plan/make-plan.ts';
import { labelOfId, pathOfLabel, type WorldSpec } from '../helpers/worlds.ts';

/** What a plan does, the subject first and without its name, then the other entries by name. */
export function summaryOf(planned: Planned, world: WorldSpec, subject: string): string {
  const said = new Map<string, string[]>();
  const labelOf = (key: string): string => labelOfKey(key, world);
  const say = (key: string, word: string): void => {
    const label = labelOf(key);
    said.set(label, [...(said.get(label) ?? []), word]);
  };
  const { plan } = planned;
  for (const one of plan.operations) say(one.key, wordOf(one));
  for (const one of plan.conflicts) say(one.key, `conflict (${fieldName(one)})`);
  for (const one of plan.behind) say(one.key, 'behind');
  for (const one of plan.baseEdits) {
    const word = one.edit === 'adopt' ? 'link' : one.edit === 'drop' ? 'forget' : 'note';
    // That a file is called otherwise is told only where nothing else is.
    if (one.edit !== 'path' || !said.has(labelOf(one.key))) say(one.key, word);
  }
  for (const { key, standing } of plan.statuses)
    if (standing === 'held' || (standing === 'unmanaged' && !said.has(labelOf(key)))) say(key, standing);
  // Nothing of a refused plan is carried out.
  if (plan.refusals.length > 0) return unique(plan.refusals.map((one) => `refused ${one.code}`)).join('; ');
  const own = said.get(subject) ?? [];
  const others = [...said]
    .filter(([label]) => label !== subject)
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([label, words]) => `${label}: ${unique(words).join(', ')}`);
  const codes = plan.problems.filter((one) => one.severity === 'error').map((one) => `problem ${one.code}`);
  const parts = [...(own.length === 0 ? [] : [unique(own).join(', ')]), ...others, ...unique(codes)];
  return parts.length === 0 ? 'nothing' : parts.join('; ');
}

function wordOf(operation: Operation): string {
  return operation.side === 'remote' ? remoteWord(operation) : localWord(operation);
}

function remoteWord(operation: RemoteOperation): string {
  if (operation.action === 'create') return 'create there';
  if (operation.removal === 'delete') return 'delete there';
  const fields = namesOf(operation.fields);
  if (operation.removal === 'unpublish') {
    const sent = fields.filter((one) => !one.endsWith('state'));
    const hidden = fields.filter((one) => one.endsWith('state')).map((one) => one.replace(/ ?state$/, ''));
    return [
      ...(sent.length === 0 ? [] : [`send ${sent.join(', ')}`]),
      ['unpublish', ...hidden].join(' ').trim(),
    ].join(', ');
  }
  if (operation.fields.length === 0) return 'park there';
  return fields.join() === 'parent' ? 'move there' : `send ${fields.join(', ')}`;
}

function localWord(operation: LocalOperation): string {
  if (operation.action === 'create') return 'create here';
  if (operation.action === 'delete') return 'trash';
  const trashed = operation.steps.flatMap((step) =>
    step.step === 'trash' ? [`trash ${/\.([A-Za-z-]+)\.md$/.exec(step.path)?.[1] ?? ''}`.trim()] : [],
  );
  const fields = namesOf(operation.fields);
  const written =
    fields.length === 0 ? [] : fields.join() === 'parent' ? ['move here'] : [`write ${fields.join(', ')}`];
  const isKept = fields.length === 0 && operation.steps.some((step) => step.step === 'create-collection');
  return [...written, ...trashed, ...(isKept ? ['keep folder'] : [])].join(', ') || 'write links';
}

/** A language that is new as a whole is named alone. */
function namesOf(fields: readonly FieldChange[]): readonly string[] {
  const names: string[] = [];
  for (const one of fields) {
    const { locale } = one;
    const isWhole = fields.some(
      (other) => other.locale === locale && other.field === 'body' && other.before === null,
    );
    names.push(locale !== null && isWhole ? locale : fieldName(one));
  }
  return unique(names);
}

const fieldName = ({ field, locale }: Pick<FieldChange, 'field' | 'locale'>): string =>
  `${locale === null ? '' : `${locale} `}${field === 'body' ? 'text' : field}`;

function labelOfKey(key: string, world: WorldSpec): string {
  const local = /^(?:article|collection):@(.*)$/.exec(key)?.[1];
  if (local === undefined) return labelOfId(key.replace(/^\w+:/, ''), world) ?? key;
  const side = world.local ?? {};
  return Object.keys(side).find((label) => pathOfLabel(label, side) === local) ?? key;
}

const unique = (words: readonly string[]): readonly string[] => [...new Set(words)];
