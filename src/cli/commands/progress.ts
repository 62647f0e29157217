/* What is going on while a command reads and writes: a bar on a terminal, a line now and then in a pipe. */
import type { RunOptions } from '../../app/run.ts';
import type { Clock } from '../../ports/clock.ts';
import { safeLine } from '../../report/safe.ts';
import type { Output } from '../terminal/output.ts';

export type Progress = Pick<RunOptions, 'tell' | 'onCall'>;

/** In a pipe there is at most one line in this time, in milliseconds: enough to show that the command is alive. */
const quietTime = 10_000;

const barWidth = 20;

/** Follows one command; `clock` tells the rate and the time that is left. */
export function openProgress(output: Output, clock: Clock): Progress {
  let lineAt = clock.now() + quietTime;
  let began = 0;
  let last: { readonly done: number; readonly total: number; readonly what: string } | null = null;

  const show = (text: string): void => {
    if (output.progress(text) || clock.now() < lineAt) return;
    lineAt = clock.now() + quietTime;
    output.note(text);
  };
  const written = (waiting: string): string => {
    if (last === null) return waiting;
    const { done, total, what } = last;
    const seconds = (clock.now() - began) / 1000;
    // The first answers say little about the rest.
    const isKnown = done > 3 && seconds > 1;
    const perSecond = (done - 1) / seconds;
    const rate = isKnown ? `  ${perSecond.toFixed(1)}/s` : '';
    const left = isKnown && done < total ? `  ${duration((total - done) / perSecond)} left` : '';
    return `${bar(done, total)} ${done}/${total}${rate}${left}  ${waiting === '' ? what : waiting}`;
  };

  return {
    tell(event) {
      if (event.event === 'reading') show('Reading the folder and the help center …');
      if (event.event === 'settling')
        output.note(
          `Waiting ${duration(event.milliseconds / 1000)}: an earlier run was cut off, and what it sent may still appear.`,
        );
      if (event.event === 'watching')
        output.note(
          `Waiting ${duration(event.milliseconds / 1000)}: another run left its mark in this folder, and may still be at work.`,
        );
      if (event.event === 'lock-left')
        output.note(
          'The lock file was changed while this ran, as git does, so it was left as it is. What this run did is noted in .shelfmark, and counts with the next run.',
        );
      if (event.event === 'outcome') {
        const { operation } = event.outcome;
        // Counted from the first answer: before it somebody may have been asked.
        if (event.done === 1) began = clock.now();
        last = {
          done: event.done,
          total: event.total,
          what: `${operation.action} ${safeLine(operation.path)}`,
        };
        show(written(''));
      }
    },
    onCall(event) {
      if (event.event === 'listed')
        show(`Reading the help center: ${event.count} of ${event.total} ${event.kind}s …`);
      if (event.event === 'waiting')
        show(written(`waiting ${duration(event.milliseconds / 1000)} for ${awaited[event.reason]} …`));
      if (event.event === 'retry')
        show(written(`no good answer; trying again in ${duration(event.milliseconds / 1000)} …`));
      if (output.options.isVerbose && event.event === 'call')
        output.note(`${event.method} ${safeLine(event.path)} ${event.status} ${event.ms} ms`);
      if (output.options.isVerbose && event.event === 'retry') output.note(`again: ${JSON.stringify(event)}`);
    },
  };
}

const awaited = {
  pace: 'the rate limit',
  limited: 'Intercom, which is over its rate limit',
} as const;

function bar(done: number, total: number): string {
  const full = total === 0 ? 0 : Math.round((barWidth * done) / total);
  return `${'█'.repeat(full)}${'░'.repeat(barWidth - full)}`;
}

/** `45 s`, `3 min`, `2 h`: as much as somebody who waits wants to know. */
export function duration(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.ceil(seconds))} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}
