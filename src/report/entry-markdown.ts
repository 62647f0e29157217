/*
 * The entries of a plan in Markdown: as a list that reads as the tree does, or, for a review, each one by itself to be
 * folded and unfolded, with links to where it is.
 */
import { labelOf } from '../fields/fields.ts';
import { byText } from '../model/identity.ts';
import type { FieldChange, Operation, Plan } from '../model/plan.ts';
import { changedMarkdown } from './changed-markdown.ts';
import type { Piece, Section } from './fit-markdown.ts';
import { codeHtml, codeSpan, plainHtml, plainWords } from './markdown-safe.ts';
import { changesMore } from './plan-text.ts';
import { readersText } from './readers.ts';

export interface EntryOptions {
  /** More about an entry, behind its line: words of ours, and values from outside. */
  readonly about?: (operation: Operation) => readonly Said[];
  /** For a review: every entry folds. Missing: a list. */
  readonly folded?: Folded;
}

/** Words are written as they are and must be ours. */
export type Said = { readonly words: string } | { readonly value: string };

export interface Folded {
  /** How many of the entries that have something to show are open from the start. */
  readonly open: number;
  /** Where an entry is, as names and addresses. */
  readonly links: (operation: Operation) => readonly Link[];
}

export interface Link {
  /** A plain word of ours. */
  readonly name: string;
  readonly url: string;
}

/** The entries that one side is written for, as the tree is. */
export function operationsSection(
  plan: Plan,
  side: Operation['side'],
  heading: string,
  options: EntryOptions,
): Section {
  const operations = plan.operations
    .filter((one) => one.side === side)
    .toSorted((left, right) => byText(left.path, right.path) || left.wave - right.wave);
  if (options.folded !== undefined)
    return { heading, note: '', pieces: foldedPieces(operations, options, options.folded) };
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

function operationLine(operation: Operation, depth: number, options: EntryOptions): string {
  const name = operation.path.split('/').at(-1) ?? operation.path;
  return `${indent(depth)}- ${lineOf(operation, name, options, markdown)}\n`;
}

/** How words and values are written: in Markdown, or as HTML where Markdown is not read. */
interface Spelling {
  readonly bold: (text: string) => string;
  /** What a reviewer must not miss: in a list every line is short enough. */
  readonly strong: (text: string) => string;
  readonly code: (text: string) => string;
  readonly plain: (text: string) => string;
}

const markdown: Spelling = {
  bold: (text) => `**${text}**`,
  strong: plainWords,
  code: codeSpan,
  plain: plainWords,
};
const html: Spelling = {
  bold: (text) => `<b>${text}</b>`,
  strong: (text) => `<b>${plainHtml(text)}</b>`,
  code: codeHtml,
  plain: plainHtml,
};

function lineOf(operation: Operation, name: string, { about }: EntryOptions, to: Spelling): string {
  const title = operation.fields.find(
    (one) => (one.field === 'title' || one.field === 'name') && one.locale === null,
  )?.after;
  const parts = [
    `${to.bold(verbOf(operation))} ${to.code(operation.kind === 'collection' ? `${name}/` : name)}`,
  ];
  if (operation.action === 'create') {
    if (title !== undefined && title !== null) parts.push(to.code(title));
    const locales = new Set(operation.fields.flatMap((one) => (one.locale === null ? [] : [one.locale])));
    if (locales.size > 0) parts.push(`(also in ${[...locales].join(', ')})`);
  }
  if (operation.side === 'local' && operation.to !== operation.path) parts.push(`→ ${to.code(operation.to)}`);
  if (operation.action !== 'create' || !operation.reason.startsWith('new'))
    parts.push(`· ${to.plain(operation.reason)}`);
  const readers = readersText(operation);
  if (readers !== '') parts.push(`· ${/goes|new/.test(readers) ? to.strong(readers) : to.plain(readers)}`);
  const more = about?.(operation) ?? [];
  if (more.length > 0)
    parts.push(`· ${more.map((one) => ('value' in one ? to.code(one.value) : one.words)).join('')}`);
  return parts.join(' ');
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
  const shown = changedMarkdown(change.before ?? '', change.after ?? '', `${indent(depth)}  `);
  return shown === '' ? `${indent(depth)}- ${label}: changed\n` : `${indent(depth)}- ${label}:\n\n${shown}\n`;
}

/** A value on one line, for people. */
export function valueOf({ field }: Pick<FieldChange, 'field'>, value: string | null): string {
  if (value === null) return 'none';
  return field === 'parent' && value === '' ? 'the top level' : codeSpan(value);
}

function foldedPieces(
  operations: readonly Operation[],
  options: EntryOptions,
  { open, links }: Folded,
): readonly Piece[] {
  let shown = 0;
  return operations.map((operation): Piece => {
    const line = `- ${lineOf(operation, operation.path, options, markdown)}\n`;
    const details = foldedDetails(operation);
    const places = links(operation).map(({ name, url }) => `[${name}](${addressOf(url)})`);
    if (details === '' && places.length === 0) return { lead: '', full: `${line}\n`, short: null };
    if (details !== '') shown += 1;
    const state = details !== '' && shown <= open ? ' open' : '';
    const summary = lineOf(operation, operation.path, options, html);
    const body = [details.trimEnd(), places.join(' · ')].filter((part) => part !== '').join('\n\n');
    return {
      lead: '',
      full: `<details${state}>\n<summary>${summary}</summary>\n\n${body}\n\n</details>\n\n`,
      short: details === '' ? null : `${line}\n`,
    };
  });
}

/** The line above says already that the text changed: where nothing else did, it needs no name. */
function foldedDetails(operation: Operation): string {
  const [only, ...others] = operation.fields;
  if (operation.action !== 'update' || only?.field !== 'body' || only.locale !== null || others.length > 0)
    return detailLines(operation, 0);
  return changedMarkdown(only.before ?? '', only.after ?? '', '') || detailLines(operation, 0);
}

/** An address that ends nothing in Markdown before it ends itself. */
const addressOf = (url: string): string =>
  new URL(url).href.replaceAll('(', '%28').replaceAll(')', '%29').replaceAll('\\', '%5C');

const indent = (depth: number): string => '  '.repeat(depth);
