/* The plan for people: one line per entry, grouped as the tree is, with what changes in it below. */
import type { BaseEdit, FieldChange, Operation, Plan } from '../model/plan.ts';
import { elsewhereOf } from '../model/elsewhere.ts';
import { byText } from '../model/identity.ts';
import { heldIn, type Held } from '../model/held.ts';
import { keptIn } from '../model/kept.ts';
import { labelOf } from '../fields/fields.ts';
import { conflictsText } from './conflict-text.ts';
import { problemsText } from './problems-text.ts';
import { draftsHint, readersSum, readersText } from './readers.ts';
import { removalOf } from './removal.ts';
import { safeLine } from './safe.ts';
import { plainSight, type Sight } from './sight/sight.ts';
import type { Style } from './style.ts';
import { diffWords } from './words.ts';

export interface PlanTextOptions {
  readonly style: Style;
  /** Show the text of everything that changes, also of new entries. */
  readonly isVerbose: boolean;
  readonly sight?: Sight;
}

/** Prints a whole plan; every line ends with a line feed. */
export function planText(plan: Plan, options: PlanTextOptions): string {
  const { style, sight = plainSight } = options;
  const hint = draftsHint(plan.operations);
  const parts = [
    problemsText(plan.problems, options),
    operationsText(plan, 'local', 'In the folder', options),
    operationsText(plan, 'remote', 'In the help center', options),
    adoptedText(plan.baseEdits, style, sight),
    conflictsText(plan.conflicts, style, sight),
    behindText(plan, style, sight),
    keptText(plan, style, sight),
    heldText(plan, style, sight),
    refusalsText(plan, style),
    `${countsText(plan, style)}\n${hint === '' ? '' : `${style.dim(hint)}\n`}`,
  ];
  return parts.filter((part) => part !== '').join('\n');
}

/** What a run leaves to be done by somebody: errors, conflicts, what is behind or held, and what a guard refuses. */
export function leftText(plan: Plan, style: Style, sight: Sight): string {
  const parts = [
    problemsText(
      plan.problems.filter((one) => one.severity === 'error'),
      { style, sight },
    ),
    conflictsText(plan.conflicts, style, sight),
    behindText(plan, style, sight),
    heldText(plan, style, sight),
    refusalsText(plan, style),
  ];
  return parts.filter((part) => part !== '').join('\n');
}

/** One sentence with the figures, or that there is nothing to do. */
export function countsText(plan: Plan, style: Style): string {
  if (elsewhereOf(plan) !== null) return style.warn('Nothing was planned.');
  const { summary } = plan;
  const removed = plan.operations.filter((one) => one.action === 'delete');
  const parts = [
    summary.create > 0 ? style.add(`${summary.create} to create`) : '',
    summary.update > 0 ? style.change(`${summary.update} to update`) : '',
    summary.move > 0 ? style.change(`${summary.move} to move`) : '',
    ...removals.map(([words, how]) => {
      const count = removed.filter((one) => removalOf(one) === how).length;
      return count === 0 ? '' : style.remove(`${count} ${words}`);
    }),
    summary.adopt > 0 ? `${summary.adopt} to link` : '',
    summary.conflict > 0 ? style.warn(`${summary.conflict} in conflict`) : '',
    summary.behind > 0 ? style.warn(`${summary.behind} behind`) : '',
  ].filter((part) => part !== '');
  const rest = summary.unchanged > 0 ? `, ${summary.unchanged} in step` : '';
  const errors = plan.problems.filter((one) => one.severity === 'error').length;
  const broken = errors === 0 ? '' : `, ${style.remove(counted(errors, 'error'))}`;
  if (parts.length === 0) return `Nothing to do${rest}${broken}.`;
  const readers = readersSum(plan.operations);
  const seen = readers === '' ? '' : ` For readers: ${readers}.`;
  return `Plan: ${parts.join(', ')}${rest}${broken}.${seen}`;
}

const removals = [
  ['to unpublish', 'unpublish'],
  ['to delete', 'delete'],
  ['to move to the trash', 'trash'],
] as const;

function operationsText(
  plan: Plan,
  side: Operation['side'],
  heading: string,
  options: PlanTextOptions,
): string {
  const operations = plan.operations
    .filter((one) => one.side === side)
    .toSorted((left, right) => byText(left.path, right.path) || left.wave - right.wave);
  if (operations.length === 0) return '';
  const { style, sight = plainSight } = options;
  const lines = [style.strong(heading)];
  let shown: readonly string[] = [];
  for (const operation of operations) {
    const folders = operation.path.split('/').slice(0, -1);
    // The folders above are named once, so that the plan reads as the tree does.
    for (const [depth, folder] of folders.entries()) {
      const path = folders.slice(0, depth + 1);
      const isShown = path.every((part, index) => shown[index] === part);
      const isOwn = operations.some((one) => one.kind === 'collection' && one.path === path.join('/'));
      const name = depth === 0 ? sight.entry(folder) : folder;
      if (!isShown && !isOwn) lines.push(`${indent(depth)}  ${style.dim(`${safeLine(name)}/`)}`);
    }
    shown = operation.kind === 'collection' ? operation.path.split('/') : folders;
    lines.push(
      operationLine(operation, folders.length, style, sight),
      ...detailLines(operation, folders.length + 2, options),
    );
  }
  return `${lines.join('\n')}\n`;
}

function operationLine(operation: Operation, depth: number, style: Style, sight: Sight): string {
  // The tree begins where one is, so that its names are those of the diagnostics.
  const name =
    depth === 0 ? sight.entry(operation.path) : operation.path.slice(operation.path.lastIndexOf('/') + 1);
  const [mark, paint] = markOf(operation, style);
  const title = operation.fields.find(
    (one) => (one.field === 'title' || one.field === 'name') && one.locale === null,
  )?.after;
  const where = safeLine(operation.kind === 'collection' ? `${name}/` : name);
  const said =
    operation.action === 'create' && title !== undefined && title !== null
      ? `  ${style.dim(safeLine(`“${title}”`))}`
      : '';
  const why =
    operation.action === 'create' && operation.reason.startsWith('new')
      ? ''
      : `  ${style.dim(safeLine(operation.reason))}`;
  const readers = readersText(operation);
  const seen = readers === '' ? '' : `  ${paintOf(readers, style)(readers)}`;
  return `${indent(depth)}${paint(mark)} ${paint(where)}${said}${why}${seen}`;
}

const paintOf = (readers: string, style: Style): ((text: string) => string) =>
  readers.includes('offline') ? style.remove : readers.includes('public') ? style.strong : style.dim;

function markOf(operation: Operation, style: Style): readonly [string, (text: string) => string] {
  switch (operation.action) {
    case 'create':
      return ['+', style.add];
    case 'update':
      return ['~', style.change];
    case 'move':
      return ['>', style.change];
    case 'delete':
      return ['-', style.remove];
  }
}

function detailLines(operation: Operation, depth: number, options: PlanTextOptions): readonly string[] {
  if (operation.action === 'delete' && !changesMore(operation)) return [];
  if (operation.action === 'create' && !options.isVerbose) {
    const locales = [...new Set(operation.fields.map((one) => one.locale))].filter((one) => one !== null);
    return locales.length === 0
      ? []
      : [`${indent(depth)}${options.style.dim(`also in ${locales.join(', ')}`)}`];
  }
  return operation.fields.flatMap((change) => changeLines(change, depth, options));
}

/** Whether an operation that hides a language sends other changes of the article along with it. */
export const changesMore = (operation: Operation): boolean =>
  operation.side === 'remote' &&
  operation.removal === 'unpublish' &&
  operation.fields.some((one) => one.field !== 'state');

function changeLines(change: FieldChange, depth: number, { style }: PlanTextOptions): readonly string[] {
  const label = labelOf(change);
  if (change.field === 'body') {
    if (change.before === change.after) return [];
    return [
      `${indent(depth)}${style.dim(`${label}:`)}`,
      ...textChange(change.before ?? '', change.after ?? '', depth + 1, style),
    ];
  }
  const shown = (value: string | null): string =>
    value === null ? 'none' : change.field === 'parent' ? placeName(value) : `“${safeLine(value)}”`;
  return [
    `${indent(depth)}${style.dim(`${label}:`)} ${style.remove(shown(change.before))} → ${style.add(shown(change.after))}`,
  ];
}

/** Changed words of a text, with the lines around them; unchanged stretches are left out. */
function textChange(before: string, after: string, depth: number, style: Style): readonly string[] {
  const lines: { text: string; isChanged: boolean }[] = [{ text: '', isChanged: false }];
  for (const run of diffWords(before, after)) {
    const paint =
      run.kind === 'added' ? style.add : run.kind === 'removed' ? style.remove : (text: string) => text;
    const [open, close] =
      run.kind === 'added' ? ['{+', '+}'] : run.kind === 'removed' ? ['[-', '-]'] : ['', ''];
    for (const [index, piece] of run.text.split('\n').entries()) {
      if (index > 0) lines.push({ text: '', isChanged: run.kind !== 'same' });
      const last = lines.at(-1);
      if (last === undefined) continue;
      const text = safeLine(piece);
      if (run.kind === 'same') last.text += text;
      else if (text !== '') {
        last.text += paint(`${open}${text}${close}`);
        last.isChanged = true;
      }
    }
  }
  const near = lines.map((_, index) =>
    lines.slice(Math.max(0, index - 1), index + 2).some((line) => line.isChanged),
  );
  const shown: string[] = [];
  for (const [index, line] of lines.entries()) {
    if (near[index] === true && line.text.trim() !== '') shown.push(`${indent(depth)}${line.text}`);
    else if (near[index] !== true && near[index - 1] === true)
      shown.push(`${indent(depth)}${style.dim('…')}`);
  }
  return shown.at(-1)?.trim() === style.dim('…') ? shown.slice(0, -1) : shown;
}

function adoptedText(edits: readonly BaseEdit[], style: Style, sight: Sight): string {
  const adopted = edits.filter((one) => one.edit === 'adopt');
  if (adopted.length === 0) return '';
  const lines = adopted.map(
    (one) =>
      `  = ${safeLine(sight.entry(one.path))}  ${style.dim('the same on both sides; linked without a write')}`,
  );
  return `${style.strong('To link')}\n${lines.join('\n')}\n`;
}

function keptText(plan: Plan, style: Style, sight: Sight): string {
  const kept = keptIn(plan);
  if (kept.length === 0) return '';
  const lines = kept.map(
    (one) =>
      `  ${safeLine(one.path === null ? one.title : sight.entry(one.path))}${one.kind === 'collection' ? '/' : ''}`,
  );
  return `${style.strong('Kept in the help center')} ${style.dim('(gone here; deletions: keep)')}\n${lines.join('\n')}\n`;
}

/** One line for each entry that is left alone since it, or what it depends on, has an error. */
function heldText(plan: Plan, style: Style, sight: Sight): string {
  const held = heldIn(plan);
  if (held.length === 0) return '';
  const lines = held.map(
    (one) => `  ${style.warn('!')} ${safeLine(heldName(one, sight))}  ${style.dim(safeLine(one.reason))}`,
  );
  return `${style.strong('Held')} ${style.dim('(left alone on both sides until their errors are gone)')}\n${lines.join('\n')}\n`;
}

function heldName({ path, named }: Held, sight: Sight): string {
  return named === 'entry' ? sight.entry(path) : named === 'file' ? sight.name(path) : path;
}

function behindText(plan: Plan, style: Style, sight: Sight): string {
  if (plan.behind.length === 0) return '';
  const lines = plan.behind.map(
    (one) => `  ${style.warn('<')} ${safeLine(sight.entry(one.path))}  ${style.dim(safeLine(one.reason))}`,
  );
  return `${style.strong('Behind')} ${style.dim(style.said('(left alone; run "shelfmark pull" or "shelfmark sync" first)'))}\n${lines.join('\n')}\n`;
}

/** What a guard says no to, and the flag or step that allows it. */
export function refusalsText(plan: Pick<Plan, 'refusals'>, style: Style): string {
  return plan.refusals
    .map(
      (one) => `${style.remove('Refused:')} ${safeLine(one.message)}\n  ${style.said(safeLine(one.hint))}\n`,
    )
    .join('');
}

export function counted(count: number, noun: string): string {
  if (count === 1) return `1 ${noun}`;
  return `${count} ${noun.endsWith('y') ? `${noun.slice(0, -1)}ies` : `${noun}s`}`;
}

const indent = (depth: number): string => '  '.repeat(depth + 1);

const placeName = (folder: string): string => (folder === '' ? 'the top level' : safeLine(folder));
