import type { Conflict } from '../model/plan.ts';
import type { Problem } from '../model/problem.ts';
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
  return placeLink(editor, editor.content === '' ? file : `${editor.content}/${file}`, line);
}

/** Problems and conflicts at the foot of every page; nothing where there are none. */
export function problemList({
  problems,
  conflicts,
  editor,
}: {
  readonly problems: readonly Problem[];
  readonly conflicts: readonly Conflict[];
  readonly editor: Editor;
}): Safe {
  if (problems.length + conflicts.length === 0) return nothing;
  const errors = problems.filter((one) => one.severity === 'error').length;
  const warnings = problems.length - errors;
  const title = [
    ...(conflicts.length === 0 ? [] : [countOf(conflicts.length, 'conflict')]),
    ...(errors === 0 ? [] : [countOf(errors, 'problem')]),
    ...(warnings === 0 ? [] : [countOf(warnings, 'warning')]),
  ].join(', ');
  const items = [
    ...conflicts.map(
      (one) =>
        safe`<li>${sourceLink(editor, one.path, 1)} <strong>Conflict:</strong> ${one.reason}. <span class="hint">Answer it with <code>shelfmark resolve ${one.path}</code>.</span></li>`,
    ),
    ...problems.map(
      (one) =>
        safe`<li>${placeLink(editor, one.place.file, one.place.line)} ${one.severity === 'error' ? safe`<strong>Problem:</strong> ` : nothing}${one.message} <span class="hint">${one.hint}</span></li>`,
    ),
  ];
  const list = safe`<summary>${title}</summary><ul>${items}</ul>`;
  return errors + conflicts.length > 0
    ? safe`<details class="problems" open>${list}</details>`
    : safe`<details class="problems">${list}</details>`;
}

function placeLink({ address, folder }: Editor, file: string, line: number): Safe {
  const shown = line > 0 ? `${file}:${line}` : file;
  if (address === null) return safe`<code>${shown}</code>`;
  const path = `${folder}/${file}`.split('/').map(encodeURIComponent).join('/');
  const link = address
    .replace('{path}', path.startsWith('/') ? path : `/${path}`)
    .replace('{line}', String(Math.max(1, line)));
  return safe`<a href="${link}">${shown}</a>`;
}

const countOf = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;
