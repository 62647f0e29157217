/*
 * The plan as Markdown, for pull requests and summaries: grouped as the tree is, one line per entry. Whatever came from
 * files or from the help center stands in code or is escaped, so that it can format, mention and link nothing.
 */
import { labelOf } from '../fields/fields.ts';
import { byText } from '../model/identity.ts';
import { keptIn } from '../model/kept.ts';
import type { Conflict, FieldChange, Operation, Plan } from '../model/plan.ts';
import type { Problem } from '../model/problem.ts';
import { changedLines } from './changed-lines.ts';
import { fitSections, type Piece, type Section } from './fit-markdown.ts';
import { codeBlock, codeSpan, plainWords } from './markdown-safe.ts';
import { changesMore, countsText } from './plan-text.ts';
import { readersText } from './readers.ts';
import { safe } from './safe.ts';
import { styleOf } from './style.ts';

export interface PlanMarkdownOptions {
  /** At most this many characters; what does not fit is left out from the end of each part, and counted. */
  readonly budget: number;
  /** Where the whole plan can be found, as Markdown; told where something was left out. */
  readonly whole?: string;
  /** More about an entry, behind its line, as Markdown. */
  readonly about?: (operation: Operation) => string;
}

/** Prints a whole plan; every line ends with a line feed. */
export function planMarkdown(plan: Plan, options: PlanMarkdownOptions): string {
  const errors = plan.problems.filter((one) => one.severity === 'error');
  const warnings = plan.problems.filter((one) => one.severity === 'warning');
  const head = `${countsMarkdown(plan)}\n`;
  return fitSections(
    head,
    [
      {
        heading: '### Refused',
        note: 'Nothing of this plan is carried out.',
        pieces: plan.refusals.map(refusalPiece),
      },
      {
        heading: '### Errors',
        note: 'What has an error is left alone on both sides; in a strict run, such as a push of the Action, everything is.',
        pieces: errors.map(problemPiece),
      },
      {
        heading: '### In conflict',
        note: 'Changed differently on both sides, and left alone on both until somebody answers.',
        pieces: plan.conflicts.map(conflictPiece),
      },
      operationsSection(plan, 'local', '### In the folder', options),
      operationsSection(plan, 'remote', '### In the help center', options),
      {
        heading: '### Behind',
        note: 'Changed in the help center since the last sync, and left alone until those changes were pulled.',
        pieces: plan.behind.map((one) => piece(`- ${codeSpan(one.path)} ${plainWords(one.reason)}\n`)),
      },
      {
        heading: '### Kept in the help center',
        note: 'Gone here; they stay there, as `deletions: keep` says.',
        pieces: keptIn(plan).map((one) => piece(`- ${codeSpan(one.path ?? one.title)}\n`)),
      },
      {
        heading: '### To link',
        note: 'The same on both sides; linked without a write.',
        pieces: plan.baseEdits
          .filter((one) => one.edit === 'adopt')
          .map((one) => piece(`- ${codeSpan(one.path)}\n`)),
      },
      { heading: '### Warnings', note: '', pieces: warnings.map(problemPiece) },
    ],
    options,
  );
}

/** The figures of a plan in one bold sentence. */
export function countsMarkdown(plan: Plan): string {
  return `**${countsText(plan, styleOf(false)).trim()}**`;
}

/** Findings about files, one line each. */
export function problemPiece({ severity, code, place, message, hint }: Problem): Piece {
  const where = place.line === 0 ? place.file : `${place.file}:${place.line}`;
  const mark = severity === 'error' ? '**Error**' : 'Warning';
  return piece(
    `- ${mark} ${codeSpan(where)} ${plainWords(message)} ${plainWords(hint)} (${codeSpan(code)})\n`,
  );
}

const refusalPiece = ({ code, message, hint }: Plan['refusals'][number]): Piece =>
  piece(`- ${plainWords(message)} ${plainWords(hint)} (${codeSpan(code)})\n`);

function operationsSection(
  plan: Plan,
  side: Operation['side'],
  heading: string,
  options: PlanMarkdownOptions,
): Section {
  const operations = plan.operations
    .filter((one) => one.side === side)
    .toSorted((left, right) => byText(left.path, right.path) || left.wave - right.wave);
  const own = new Set(operations.filter((one) => one.kind === 'collection').map((one) => one.path as string));
  let shown: readonly string[] = [];
  const pieces = operations.map((operation): Piece => {
    const folders = operation.path.split('/').slice(0, -1);
    // The folders above are named once, so that the plan reads as the tree does.
    const lead = folders.flatMap((folder, depth) => {
      const path = folders.slice(0, depth + 1);
      const isShown = path.every((part, index) => shown[index] === part);
      return isShown || own.has(path.join('/')) ? [] : [`${indent(depth)}- ${codeSpan(`${folder}/`)}\n`];
    });
    shown = operation.kind === 'collection' ? operation.path.split('/') : folders;
    const line = operationLine(operation, folders.length, options);
    const details = detailLines(operation, folders.length + 1);
    return { lead: lead.join(''), full: `${line}${details}`, short: details === '' ? null : line };
  });
  return { heading, note: '', pieces };
}

function operationLine(operation: Operation, depth: number, { about }: PlanMarkdownOptions): string {
  const name = operation.path.split('/').at(-1) ?? operation.path;
  const where = codeSpan(operation.kind === 'collection' ? `${name}/` : name);
  const title = operation.fields.find(
    (one) => (one.field === 'title' || one.field === 'name') && one.locale === null,
  )?.after;
  const parts = [`**${verbOf(operation)}** ${where}`];
  if (operation.action === 'create') {
    if (title !== undefined && title !== null) parts.push(codeSpan(title));
    const locales = new Set(operation.fields.flatMap((one) => (one.locale === null ? [] : [one.locale])));
    if (locales.size > 0) parts.push(`(also in ${[...locales].join(', ')})`);
  }
  if (operation.side === 'local' && operation.to !== operation.path)
    parts.push(`→ ${codeSpan(operation.to)}`);
  if (operation.action !== 'create' || !operation.reason.startsWith('new'))
    parts.push(`· ${plainWords(operation.reason)}`);
  const readers = readersText(operation);
  if (readers !== '') parts.push(`· ${plainWords(readers)}`);
  const more = about?.(operation) ?? '';
  if (more !== '') parts.push(`· ${more}`);
  return `${indent(depth)}- ${parts.join(' ')}\n`;
}

function verbOf(operation: Operation): string {
  switch (operation.action) {
    case 'create':
      return 'Create';
    case 'update':
      return 'Update';
    case 'move':
      return 'Move';
    case 'delete':
      return operation.side === 'remote' && operation.removal === 'unpublish' ? 'Unpublish' : 'Delete';
  }
}

function detailLines(operation: Operation, depth: number): string {
  if (operation.action === 'create' || (operation.action === 'delete' && !changesMore(operation))) return '';
  return operation.fields.map((change) => changeText(change, depth)).join('');
}

function changeText(change: FieldChange, depth: number): string {
  const label = labelOf(change);
  if (change.field !== 'body')
    return `${indent(depth)}- ${label}: ${valueOf(change, change.before)} → ${valueOf(change, change.after)}\n`;
  // A plan that was made without the help center knows that a text changed, and not from what.
  if (change.before === null && change.after === null) return `${indent(depth)}- ${label}: changed\n`;
  if (change.before === change.after) return '';
  const signs = { before: '-', after: '+', same: ' ', gap: ' ' } as const;
  const lines = changedLines(change.before ?? '', change.after ?? '').map(
    ({ kind, text }) => `${signs[kind]} ${text}`,
  );
  const block = codeBlock(upTo(lines, mostLines), 'diff', `${indent(depth)}  `);
  return `${indent(depth)}- ${label}:\n\n${block}\n`;
}

function valueOf({ field }: Pick<FieldChange, 'field'>, value: string | null): string {
  if (value === null) return 'none';
  return field === 'parent' && value === '' ? 'the top level' : codeSpan(value);
}

function conflictPiece(one: Conflict): Piece {
  const line = `- ${codeSpan(one.path)} ${labelOf(one)}: ${plainWords(one.reason)}\n`;
  const version = (label: string, value: string | null): string => {
    if (value === null) return `  - ${label}: gone\n`;
    const lines = safe(value).trimEnd().split('\n');
    if (one.field !== 'body') return `  - ${label}: ${valueOf(one, value)}\n`;
    return `  - ${label}:\n\n${codeBlock(upTo(lines, mostLinesOfVersion), '', '    ')}\n`;
  };
  const full = `${line}${version('here', one.local)}${version('there', one.remote)}`;
  return { lead: '', full, short: line };
}

/** More lines than these of one text are counted instead of shown. */
const mostLines = 120;
const mostLinesOfVersion = 30;

const upTo = (lines: readonly string[], most: number): readonly string[] =>
  lines.length <= most ? lines : [...lines.slice(0, most), `… ${lines.length - most} more lines`];

const piece = (full: string): Piece => ({ lead: '', full, short: null });

const indent = (depth: number): string => '  '.repeat(depth);
