/*
 * The plan as Markdown, for pull requests and summaries: grouped as the tree is, one line per entry. Whatever came from
 * files or from the help center is in code or is escaped, so that it can format, mention and link nothing.
 */
import { labelOf } from '../fields/fields.ts';
import { keptIn } from '../model/kept.ts';
import type { Conflict, Plan } from '../model/plan.ts';
import type { Problem } from '../model/problem.ts';
import { operationsSection, valueOf, type EntryOptions } from './entry-markdown.ts';
import { fitSections, type Piece } from './fit-markdown.ts';
import { codeBlock, codeSpan, plainWords } from './markdown-safe.ts';
import { countsText } from './plan-text.ts';
import { safe } from './safe.ts';
import { styleOf } from './style.ts';

export type PlanMarkdownOptions = {
  /** At most this many characters; what does not fit is left out from the end of each part, and counted. */
  readonly budget: number;
  /** Where the whole plan can be found, as Markdown; told where something was left out. */
  readonly whole?: string;
  /** What is above it in the place of the figures, as Markdown. */
  readonly head?: string;
} & EntryOptions;

/** Prints a whole plan; every line ends with a line feed. */
export function planMarkdown(plan: Plan, options: PlanMarkdownOptions): string {
  const errors = plan.problems.filter((one) => one.severity === 'error');
  const warnings = plan.problems.filter((one) => one.severity === 'warning');
  const head = `${options.head ?? countsMarkdown(plan)}
`;
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

/** More lines than these of one version are counted instead of shown. */
const mostLinesOfVersion = 30;

const upTo = (lines: readonly string[], most: number): readonly string[] =>
  lines.length <= most ? lines : [...lines.slice(0, most), `… ${lines.length - most} more lines`];

const piece = (full: string): Piece => ({ lead: '', full, short: null });
