import type { Conflict } from '../model/plan.ts';
import type { LocalPath } from '../model/identity.ts';
import type { Place, Problem } from '../model/problem.ts';
import { excerptOf } from '../report/problems-text.ts';
import { nothing, safe, type Safe } from '../look/safe-html.ts';

/** How a file is opened from the page. */
export interface Editor {
  /** An address with `{path}`, absolute, and `{line}`; null: files are named and not linked. */
  readonly address: string | null;
  /** The folder that places of problems are relative to, absolute, with `/`. */
  readonly folder: string;
  /** The content folder, relative to it. */
  readonly content: string;
}

/** Editors that open a file by an address of their own. */
export const editors: Readonly<Record<string, string | null>> = {
  vscode: 'vscode://file{path}:{line}',
  vscodium: 'vscodium://file{path}:{line}',
  cursor: 'cursor://file{path}:{line}',
  zed: 'zed://file{path}:{line}',
  idea: 'idea://open?file={path}&line={line}',
  none: null,
};

/** A file of the content folder, as a link that opens it. */
export function sourceLink(editor: Editor, file: string, line: number): Safe {
  return placeLink(editor, { file: editor.content === '' ? file : `${editor.content}/${file}`, line });
}

/** What is wrong, for the pages to show. */
export interface Findings {
  readonly problems: readonly Problem[];
  readonly conflicts: readonly Conflict[];
  /** What stands in the files that problems name. */
  readonly sources: ReadonlyMap<string, string>;
  readonly editor: Editor;
}

/** More than these of the rest of the folder are counted only. */
const mostOfRest = 50;

/** Problems and conflicts at the foot of every page, first those of its own files; nothing where there are none. */
export function problemList(findings: Findings, own: readonly LocalPath[]): Safe {
  const { problems, conflicts, editor } = findings;
  if (problems.length + conflicts.length === 0) return nothing;
  const isOwn = ownIn(editor, own);
  const [mine, rest] = [problems.filter(isOwn), problems.filter((one) => !isOwn(one))];
  const ordered = [...rest].toSorted((left, right) => Number(isWarning(left)) - Number(isWarning(right)));
  const more = ordered.length - mostOfRest;
  const list = safe`<summary>${titleOf(findings)}</summary>
    ${group(
      'This page',
      conflicts.filter((one) => own.includes(one.path)),
      mine,
      findings,
    )}
    ${group(
      'The folder',
      conflicts.filter((one) => !own.includes(one.path)),
      ordered.slice(0, mostOfRest),
      findings,
    )}
    ${more <= 0 ? nothing : safe`<p class="hint">… and ${more} more; <code>shelfmark validate</code> shows them all.</p>`}`;
  return problems.some((one) => !isWarning(one)) || conflicts.length > 0
    ? safe`<details class="problems" open>${list}</details>`
    : safe`<details class="problems">${list}</details>`;
}

/** The errors of a page, in the place of what they keep from being shown. */
export function errorsOf(findings: Findings, own: readonly LocalPath[]): readonly Problem[] {
  const isOwn = ownIn(findings.editor, own);
  return findings.problems.filter((one) => !isWarning(one) && isOwn(one));
}

const ownIn = ({ content }: Editor, own: readonly LocalPath[]): ((problem: Problem) => boolean) => {
  const files = new Set(own.map((one) => (content === '' ? one : `${content}/${one}`)));
  return ({ place }) => files.has(place.file);
};

const isWarning = (problem: Problem): boolean => problem.severity === 'warning';

/** In the figures of `validate`. */
function titleOf({ problems, conflicts }: Findings): string {
  const warnings = problems.filter(isWarning).length;
  return [
    [conflicts.length, 'conflict'] as const,
    [problems.length - warnings, 'error'] as const,
    [warnings, 'warning'] as const,
  ]
    .flatMap(([count, word]) => (count === 0 ? [] : [countOf(count, word)]))
    .join(', ');
}

function group(
  title: string,
  conflicts: readonly Conflict[],
  problems: readonly Problem[],
  findings: Findings,
): Safe {
  if (conflicts.length + problems.length === 0) return nothing;
  const items = [
    ...conflicts.map(
      (one) =>
        safe`<li>${sourceLink(findings.editor, one.path, 1)}: <strong class="error">conflict</strong>: ${one.reason}. <span class="hint">Answer it with <code>shelfmark resolve ${one.path}</code>.</span></li>`,
    ),
    ...problems.map((one) => safe`<li>${finding(one, findings)}</li>`),
  ];
  return safe`<h2>${title}</h2><ul>${items}</ul>`;
}

/** As the command line tells it: the place, what is wrong, its code, the line with a mark, and the way out. */
export function finding(problem: Problem, { editor, sources }: Findings): Safe {
  const { place, severity, message, code, hint } = problem;
  const found = excerptOf(problem, sources, 100);
  const gutter = `${place.line} | `;
  const mark = found === null || found.caret === null ? '' : `\n${' '.repeat(gutter.length + found.caret)}^`;
  const line = found === null ? nothing : safe`<pre>${gutter}${found.text}<b>${mark}</b></pre>`;
  return safe`${placeLink(editor, place)}: <strong class="${severity}">${severity}</strong>: ${message} [${code}]${line}<span class="hint">${hint}</span>`;
}

function placeLink({ address, folder }: Editor, { file, line, column }: Place): Safe {
  const shown = line === 0 ? file : column === undefined ? `${file}:${line}` : `${file}:${line}:${column}`;
  if (address === null) return safe`<code>${shown}</code>`;
  const path = `${folder}/${file}`.split('/').map(encodeURIComponent).join('/');
  const link = address
    .replace('{path}', path.startsWith('/') ? path : `/${path}`)
    .replace('{line}', String(Math.max(1, line)));
  return safe`<a href="${link}">${shown}</a>`;
}

const countOf = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;
