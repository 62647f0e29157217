/* What somebody who writes sees of a watch: a line for everything that happened, and below them how things stand. */
import type { WatchEvent, WatchRound } from '../../app/watch.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Outcome } from '../../model/outcome.ts';
import type { Direction } from '../../model/plan.ts';
import { counted } from '../../report/plan-text.ts';
import { problemsText } from '../../report/problems-text.ts';
import { inWatch } from '../../report/in-watch.ts';
import { safeLine } from '../../report/safe.ts';
import type { Sight } from '../../report/sight/sight.ts';
import type { Output } from '../terminal/output.ts';

export interface WatchView {
  /** `areKeysHeard`: whether somebody can press them. */
  begin(content: string, direction: Direction, areKeysHeard: boolean): void;
  /** Says what the keys do. */
  help(): void;
  show(event: WatchEvent): void;
  end(): void;
}

/** More lines than these of one kind would hide what matters. */
const mostLines = 20;

export function openWatchView(output: Output, clock: Clock, sight: Sight): WatchView {
  const { style } = output;
  // What was said last of each kind: only what is new is worth a line.
  const said = new Map<string, ReadonlySet<string>>();
  let standing = 'starting';
  let ending = 'Ctrl-C ends';
  let lookedAt: number | null = null;

  const time = (at = clock.now()): string => new Date(at).toTimeString().slice(0, 8);
  const line = (text: string): void => output.text(`${style.dim(time())}  ${text}\n`);
  const say = (kind: string, lines: readonly string[], ended: string): void => {
    const before = said.get(kind) ?? new Set();
    said.set(kind, new Set(lines));
    const fresh = lines.filter((one) => !before.has(one));
    for (const one of fresh.slice(0, mostLines)) line(one);
    if (fresh.length > mostLines) line(style.dim(`… and ${fresh.length - mostLines} more`));
    if (lines.length === 0 && before.size > 0) line(ended);
  };
  const status = (): void => {
    const looked = lookedAt === null ? '' : `  ·  looked at ${time(lookedAt)}`;
    output.progress(`${standing}${looked}  ·  ${ending}`);
  };

  const showRound = ({ plan, outcomes, drafted, avalanche }: WatchRound): void => {
    for (const one of (outcomes ?? []).filter((found) => found.status === 'done').slice(0, mostLines))
      line(doneText(one, style, sight));
    const done = (outcomes ?? []).filter((one) => one.status === 'done').length;
    if (done > mostLines) line(style.dim(`… and ${done - mostLines} more`));
    say(
      'failed',
      (outcomes ?? []).filter((one) => one.status !== 'done').map((one) => failedText(one, style, sight)),
      style.add('everything is written now'),
    );
    say(
      'conflicts',
      plan.conflicts.map((one) => {
        const path = safeLine(sight.entry(one.path));
        const hint = style.dim(`${style.said('shelfmark resolve')} ${path} --local or --remote`);
        return `${style.warn('conflict')}  ${style.strong(path)}: ${safeLine(one.reason)}  ${hint}`;
      }),
      style.add('no conflict is left'),
    );
    say(
      'behind',
      plan.behind.map(
        (one) =>
          `${style.warn('behind')}  ${style.strong(safeLine(sight.entry(one.path)))}: ${safeLine(one.reason)}`,
      ),
      style.add('nothing is behind any more'),
    );
    say(
      'problems',
      problemsText(plan.problems, { style, sight, isShort: true })
        .split('\n')
        .filter((one) => one !== ''),
      style.add('no problem is left'),
    );
    say(
      'refusals',
      plan.refusals.map(
        (one) =>
          `${style.remove('refused')}  ${safeLine(one.message)} ${style.dim(style.said(safeLine(one.hint)))}`,
      ),
      style.add('no guard refuses anything now'),
    );
    say(
      'drafted',
      drafted.map(
        (one) =>
          `${style.dim('held')}  ${style.strong(safeLine(one))}: ${style.said('what readers would see waits for "shelfmark sync"')}`,
      ),
      style.dim('nothing is held back any more'),
    );
    say(
      'avalanche',
      avalanche === null
        ? []
        : [
            `${style.warn('paused')}  ${plan.operations.length} entries would change at once. ${style.dim(style.said('Nothing was written. The next change makes a new plan. "shelfmark plan" shows it, and --yes carries such plans out.'))}`,
          ],
      style.dim('going on'),
    );
    standing = standingOf(plan, outcomes);
  };

  return {
    begin(content, direction, areKeysHeard) {
      ending = areKeysHeard ? 'h for help' : 'Ctrl-C ends';
      output.note(
        style.dim(`Watching ${safeLine(content)} and the help center (${direction}). Ctrl-C ends it.`),
      );
      status();
    },
    help() {
      for (const [key, what] of helpLines) output.text(`  ${style.strong(key)}  ${what}\n`);
      status();
    },
    show(event) {
      switch (event.event) {
        case 'opened':
          if (event.site !== null) output.text(`The help center:  ${style.strong(event.site)}\n`);
          break;
        case 'looking':
          lookedAt = clock.now();
          break;
        case 'paused':
          standing = 'paused';
          line(`${style.warn('paused')}  ${safeLine(event.pause.message)}`);
          line(`        ${style.dim(style.said(safeLine(inWatch(event.pause.hint))))}`);
          break;
        case 'resumed':
          standing = 'in step';
          line(style.add('going on'));
          break;
        case 'round':
          lookedAt = clock.now();
          showRound(event.round);
          break;
      }
      status();
    },
    end() {
      output.note(style.dim('Stopped. Everything that was written is in the lock file.'));
    },
  };
}

const helpLines = [
  ['h', 'this help'],
  ['o', 'open the preview, or the help center of the simulator, in your browser'],
  ['r', 'look at the help center now'],
  ['q', 'quit, as Ctrl-C does'],
] as const;

function doneText({ operation }: Outcome, style: Output['style'], { entry }: Sight): string {
  const arrow = operation.side === 'remote' ? '↑' : '↓';
  const path =
    operation.side === 'local' && operation.to !== operation.path
      ? `${entry(operation.path)} → ${entry(operation.to)}`
      : entry(operation.path);
  const removal = operation.side === 'remote' ? operation.removal : 'delete';
  const paint = { create: style.add, update: style.change, move: style.change, delete: style.remove }[
    operation.action
  ];
  const word =
    operation.action === 'delete'
      ? removal === 'unpublish'
        ? 'unpublished'
        : 'deleted'
      : past[operation.action];
  return `${paint(`${arrow} ${word}`)}  ${safeLine(path)}`;
}

const past = { create: 'created', update: 'updated', move: 'moved' } as const;

function failedText(outcome: Outcome, style: Output['style'], sight: Sight): string {
  const hint = outcome.hint === null ? '' : ` ${style.dim(style.said(safeLine(inWatch(outcome.hint))))}`;
  return `${style.remove(outcome.status)}  ${style.strong(safeLine(sight.entry(outcome.operation.path)))}: ${safeLine(outcome.message ?? '')}${hint}`;
}

function standingOf(plan: WatchRound['plan'], outcomes: WatchRound['outcomes']): string {
  const { summary } = plan;
  const written = (outcomes ?? []).filter((one) => one.status === 'done').length;
  const waiting = plan.operations.length - written;
  const errors = plan.problems.filter((one) => one.severity === 'error').length;
  const parts = [
    waiting > 0 ? `${waiting} waiting` : '',
    summary.conflict > 0 ? `${summary.conflict} in conflict` : '',
    errors === 0 ? '' : counted(errors, 'error'),
    plan.refusals.length > 0 ? 'refused by a guard' : '',
  ].filter((one) => one !== '');
  return parts.length === 0 ? `in step, ${summary.unchanged + written} entries` : parts.join(', ');
}
