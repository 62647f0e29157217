import { resolveRun } from '../../app/resolve.ts';
import { openSight } from '../../app/sight.ts';
import type { Outside } from '../../ports/outside.ts';
import { ShelfmarkError } from '../../model/error.ts';
import { withoutKey } from '../../report/plan-json.ts';
import { outcomesJson } from '../../report/run-text.ts';
import { safeLine } from '../../report/safe.ts';
import { exitCodes } from '../../app/exit-codes.ts';
import { askOne, isInteractive } from '../terminal/ask.ts';
import type { Output } from '../terminal/output.ts';
import type { CommonFlags } from '../terminal/flags.ts';
import { openConfig, runOptions } from './shared.ts';

export interface ResolveFlags extends CommonFlags {
  readonly local?: boolean;
  readonly remote?: boolean;
  readonly markers?: boolean;
}

/** For whoever sits at a terminal and gave no answer with the command. */
const askWhose = (path: string, outside: Outside): Promise<'local' | 'remote' | 'markers'> =>
  askOne(
    `Whose version of ${path} do you keep?`,
    [
      { value: 'local', label: 'Yours', hint: 'the next push sends it' },
      { value: 'remote', label: 'The help center’s', hint: 'it is written into the file' },
      { value: 'markers', label: 'Both', hint: 'in the file, between markers, for you to edit' },
    ],
    'local',
    outside,
  );

export async function resolveCommand(
  path: string,
  outside: Outside,
  output: Output,
  flags: ResolveFlags,
): Promise<number> {
  const sides = (['local', 'remote'] as const).filter((one) => flags[one] === true);
  const [side] = sides;
  const said = flags.markers === true ? 'markers' : side;
  const isAsked = said === undefined && isInteractive(outside, output.options.isJson);
  const answer = isAsked ? await askWhose(path, outside) : said;
  const others = flags.markers === true ? (side ?? null) : null;
  if (answer === undefined || sides.length > 1) {
    throw new ShelfmarkError('WRONG_USAGE', {
      kind: 'usage',
      message: 'Say whose version to keep. Nothing was changed.',
      hint: 'Add --local (yours), --remote (the help center’s) or --markers (both, in the file, for you to edit).',
    });
  }
  const config = await openConfig(outside, flags);
  const { conflicts, outcomes, marked } = await resolveRun(
    { ...runOptions(config, 'sync', { output, clock: outside.clock }, flags), path, answer, others },
    outside,
  );
  const sight = await openSight(config, outside, []);
  const failed = outcomes.filter((one) => one.status !== 'done');
  for (const one of failed)
    output.text(
      `${output.style.remove(one.status)} ${safeLine(sight.entry(one.operation.path))}: ${safeLine(one.message ?? '')}\n`,
    );
  const paths = [...new Set([...conflicts.map((one) => one.path), ...marked])].filter(
    (one) => !failed.some((bad) => bad.operation.path === one),
  );
  for (const one of paths)
    output.text(
      `${output.style.add('✓')} ${safeLine(sight.entry(one))}  ${output.style.dim(others === null ? kept[answer] : `${kept[answer]}; else ${kept[others]}`)}\n`,
    );
  const isTrashed = outcomes.some(
    ({ operation, status }) => operation.action === 'delete' && status === 'done',
  );
  output.text(
    `\n${output.style.said(answer === 'remote' && isTrashed ? trashed : marked.length > 0 ? next.local : next[answer])}\n`,
  );
  output.json({
    version: 1,
    answer,
    others,
    conflicts: conflicts.map(withoutKey),
    outcomes: outcomesJson(outcomes),
    marked,
  });
  return failed.length > 0 ? exitCodes.failed : exitCodes.done;
}

const kept = {
  local: 'your version is kept',
  remote: 'the help center’s version is kept',
  markers: 'both versions are in the file, between <<<<<<< and >>>>>>>',
} as const;

const trashed =
  'Its file went to the trash, since it was deleted in the help center. "shelfmark restore" lists what is there.';

const next = {
  local: 'Run "shelfmark push" or "shelfmark sync" to send it.',
  remote: 'The file holds it now; nothing has to be sent.',
  markers: 'Edit the file until no marker is left, then run "shelfmark push" or "shelfmark sync".',
} as const;
