/* Problems as a good compiler tells them: where, what, the line itself with a mark under the place, and the way out. */
import type { Problem } from '../model/problem.ts';
import { safeLine } from './safe.ts';
import { plainSight, type Sight } from './sight/sight.ts';
import type { Style } from './style.ts';
import { widthOf, wrapped } from './sight/wrap.ts';

export interface ProblemsTextOptions {
  readonly style: Style;
  readonly sight?: Sight;
  /** Warnings beyond these are counted only. */
  readonly most?: number;
  /** Whether the lines of warnings are shown as well; those of errors always are. */
  readonly isWhole?: boolean;
  /** One line each, as among the events of a watch. */
  readonly isShort?: boolean;
}

/** More than these would push the plan itself off the screen. */
const mostWarnings = 15;

export function problemsText(problems: readonly Problem[], options: ProblemsTextOptions): string {
  const { style, most = mostWarnings } = options;
  const shown = shownOf(problems, most);
  const more = problems.length - shown.length;
  const rest =
    more === 0
      ? ''
      : `${style.dim(style.said(`… and ${more} more warnings; "shelfmark validate" shows them all`))}\n`;
  return shown.map((one) => problemText(one, options)).join('') + rest;
}

/** Those that are shown: every error, and warnings up to a number. */
export function shownOf(problems: readonly Problem[], most = mostWarnings): readonly Problem[] {
  const warnings = problems.filter((one) => one.severity === 'warning');
  if (warnings.length <= most) return problems;
  return [...problems.filter((one) => one.severity === 'error'), ...warnings.slice(0, most)];
}

function problemText(problem: Problem, options: ProblemsTextOptions): string {
  const { style, sight = plainSight, isWhole = false, isShort = false } = options;
  const { severity } = problem;
  const paint = severity === 'error' ? style.remove : style.warn;
  const place = safeLine(placeText(problem, sight));
  const hint = style.said(safeLine(problem.hint));
  if (isShort)
    return `${style.strong(place)}: ${paint(severity)}: ${safeLine(problem.message)} ${style.dim(hint)}\n`;
  const head = `${place}: ${severity}: ${safeLine(problem.message)} [${problem.code}]`;
  const [first = '', ...others] = wrapped(head, sight.width, '  ', '');
  // A place that is longer than a line itself is left without colour rather than cut.
  const said = first.startsWith(`${place}: ${severity}: `)
    ? `${style.strong(place)}: ${paint(severity)}${first.slice(place.length + 2 + severity.length)}`
    : first;
  const lines = [
    said,
    ...others,
    ...(severity === 'error' || isWhole ? excerpt(problem, sight, style) : []),
    ...(hint === '' ? [] : wrapped(hint, sight.width, '  ').map((one) => style.dim(one))),
  ];
  return `${lines.join('\n')}\n`;
}

function placeText({ place: { file, line, column } }: Problem, sight: Sight): string {
  const name = sight.name(file);
  return line === 0 ? name : column === undefined ? `${name}:${line}` : `${name}:${line}:${column}`;
}

/** Long lines are paragraphs; as much of one is shown as helps to find the place. */
const mostWidth = 100;

function excerpt(problem: Problem, sight: Sight, style: Style): readonly string[] {
  const gutter = `${String(problem.place.line).padStart(6)} | `;
  const room = Math.max(20, Math.min(sight.width, mostWidth) - gutter.length);
  const found = excerptOf(problem, sight.sources, room);
  if (found === null) return [];
  const shown = `${style.dim(gutter)}${found.text}`;
  if (found.caret === null) return [shown];
  return [shown, `${style.dim(`${' '.repeat(7)}| `)}${' '.repeat(found.caret)}${style.remove('^')}`];
}

/** The line that a problem is about, and how far in the mark under it stands; null where there is none to show. */
export function excerptOf(
  { place: { file, line, column } }: Problem,
  sources: Sight['sources'],
  room: number,
): { readonly text: string; readonly caret: number | null } | null {
  const source = line === 0 ? undefined : lineOf(sources.get(file) ?? '', line);
  if (source === undefined || source.trim() === '') return null;
  const at = Math.min((column ?? 1) - 1, source.length);
  const { text, before } = windowOf(source, at, room);
  return { text, caret: column === undefined ? null : widthOf(before) };
}

/** The part of a line around a place, and what of it is before the place. */
function windowOf(line: string, at: number, room: number): { text: string; before: string } {
  const isLong = widthOf(safeLine(line)) > room;
  const start = isLong ? Math.max(0, Math.min(at - Math.floor(room / 3), line.length - room)) : 0;
  const before = `${start === 0 ? '' : '…'}${safeLine(line.slice(start, at))}`;
  const rest = safeLine(line.slice(at));
  const left = Math.max(2, room - widthOf(before));
  return { text: before + (isLong && rest.length > left ? `${rest.slice(0, left - 1)}…` : rest), before };
}

function lineOf(source: string, line: number): string | undefined {
  return source
    .split('\n', line)
    .at(line - 1)
    ?.replace(/^\ufeff/, '')
    .replace(/\r$/, '');
}
