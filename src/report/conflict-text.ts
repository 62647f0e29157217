/* Conflicts so that they can be understood, and settled, without opening a file. */
import type { Conflict } from '../model/plan.ts';
import { safe, safeLine } from './safe.ts';
import { plainSight, type Sight } from './sight/sight.ts';
import type { Style } from './style.ts';
import { diffWords, type WordRun } from './words.ts';

/** Both versions of every field, one under the other with the words that differ set off, and how to answer. */
export function conflictsText(
  conflicts: readonly Conflict[],
  style: Style,
  sight: Sight = plainSight,
): string {
  const [first] = conflicts;
  if (first === undefined) return '';
  const lines: string[] = [`${style.strong('In conflict')} ${style.dim('(left alone on both sides)')}`];
  let shown: string | null = null;
  for (const one of conflicts) {
    if (one.path !== shown) lines.push(`  ${style.warn('!')} ${style.warn(safeLine(sight.entry(one.path)))}`);
    shown = one.path;
    const locale = one.locale === null ? '' : ` (${one.locale})`;
    lines.push(
      `      ${style.dim(`${safeLine(one.reason)}${locale}`)}`,
      ...versionLines('here', localRuns(one), style),
      ...versionLines('there', remoteRuns(one), style),
    );
  }
  lines.push(
    style.dim(
      `  ${style.said('To settle it: shelfmark resolve')} ${quoted(sight.entry(first.path))} ${answersTo(conflicts.filter((one) => one.path === first.path))}`,
    ),
  );
  return `${lines.join('\n')}\n`;
}

/** Only texts that both sides have can be shown between markers; the rest is answered beside them. */
function answersTo(conflicts: readonly Conflict[]): string {
  const marked = conflicts.filter((one) => one.field === 'body' && one.local !== null && one.remote !== null);
  if (marked.length === 0) return '--local (yours) or --remote (theirs)';
  return marked.length === conflicts.length
    ? '--local (yours), --remote (theirs) or --markers (both, for you to edit)'
    : '--local (yours) or --remote (theirs); with --markers before it, both texts go into the file for you to edit';
}

/** More than these of one version would push the rest off the screen. */
const mostLines = 12;

function versionLines(label: string, runs: readonly WordRun[] | null, style: Style): readonly string[] {
  const indent = ' '.repeat(8);
  if (runs === null) return [`${indent}${style.dim(`${label}:`.padEnd(7))}${style.dim('gone')}`];
  const lines = painted(runs, style);
  const shown = lines.slice(0, mostLines);
  const more = lines.length > shown.length ? [style.dim(`… ${lines.length - shown.length} more lines`)] : [];
  return [...shown, ...more].map(
    (line, index) => `${indent}${style.dim(index === 0 ? `${label}:`.padEnd(7) : '       ')}${line}`,
  );
}

/** Line by line, since a colour must not reach over the indentation of the next. */
function painted(runs: readonly WordRun[], style: Style): readonly string[] {
  const lines = [''];
  for (const run of runs)
    for (const [index, piece] of safe(run.text).split('\n').entries()) {
      if (index > 0) lines.push('');
      const text = run.kind === 'same' || piece.trim() === '' ? piece : style.strong(piece);
      lines.push(`${lines.pop() ?? ''}${text}`);
    }
  while (lines.length > 1 && lines.at(-1)?.trim() === '') lines.pop();
  return lines;
}

function localRuns(conflict: Conflict): readonly WordRun[] | null {
  const { local, remote } = versions(conflict);
  if (local === null) return null;
  return remote === null ? [whole(local)] : diffWords(local, remote).filter((run) => run.kind !== 'added');
}

function remoteRuns(conflict: Conflict): readonly WordRun[] | null {
  const { local, remote } = versions(conflict);
  if (remote === null) return null;
  return local === null ? [whole(remote)] : diffWords(local, remote).filter((run) => run.kind !== 'removed');
}

function versions({ field, local, remote }: Conflict): { local: string | null; remote: string | null } {
  const named = (value: string | null): string | null => (value === '' ? 'the top level' : value);
  return field === 'parent' ? { local: named(local), remote: named(remote) } : { local, remote };
}

const whole = (text: string): WordRun => ({ kind: 'same', text });

const quoted = (path: string): string =>
  /^[\w./-]+$/.test(path) ? path : `"${safeLine(path).replaceAll('"', '\\"')}"`;
