import type { Outside } from '../../ports/outside.ts';
import { openPreview } from '../../app/preview.ts';
import { openSight } from '../../app/sight.ts';
import { watchRun } from '../../app/watch.ts';
import { exitCodeOfRun, exitCodes } from '../../app/exit-codes.ts';
import { ask, isInteractive } from '../terminal/ask.ts';
import { listenForKeys } from '../terminal/keys.ts';
import type { Output } from '../terminal/output.ts';
import type { Direction } from '../../model/plan.ts';
import { planText } from '../../report/plan-text.ts';
import { shownOf } from '../../report/problems-text.ts';
import { announcePreview, showPage, type PreviewFlags } from './preview.ts';
import { openConfig, runOptions, type GuardFlags } from './shared.ts';
import { watchJson } from './watch-json.ts';
import { openWatchView } from './watch-view.ts';

export interface WatchFlags extends GuardFlags, Pick<PreviewFlags, 'port' | 'editor' | 'open'> {
  readonly direction: Direction;
  readonly draft?: boolean;
  readonly once?: boolean;
  readonly preview?: boolean;
  /** Seconds. */
  readonly interval: number;
  /** Milliseconds. */
  readonly rest: number;
}

/** Keeps both sides in step until Ctrl-C; that is how it is meant to end, so it ends with 0. */
export async function watchCommand(outside: Outside, output: Output, flags: WatchFlags): Promise<number> {
  const config = await openConfig(outside, flags);
  const { style, options } = output;
  const view = openWatchView(output, outside.clock, await openSight(config, outside, []));
  const pace = { rest: flags.rest, interval: flags.interval * 1000 };
  const emit = (value: Readonly<Record<string, unknown>>): void => {
    output.jsonLine({ version: 1, at: stamp(outside), ...value });
  };
  emit({ event: 'watching', content: config.contentName, direction: flags.direction, ...pace });
  const { port = null, editor, rest } = flags;
  await using preview =
    flags.preview === true ? await openPreview({ config, port, editor, rest }, outside) : null;
  if (preview !== null) {
    emit({ event: 'preview', url: preview.url });
    await announcePreview(preview, flags.open === true, outside, output);
  }
  let page = preview?.url ?? null;
  let look = (): void => undefined;
  using keys = listenForKeys(outside, options.isJson, {
    h: () => view.help(),
    q: () => outside.process.interrupt(),
    r: () => look(),
    o: () => {
      if (page !== null) void showPage(page, outside, output);
    },
  });
  view.begin(config.contentName, flags.direction, keys.areHeard);
  const run = runOptions(config, flags.direction, { output, clock: outside.clock }, flags);
  const last = await watchRun(
    {
      ...run,
      // A round is made often and is mostly nothing: only what is written and waited for is worth a look.
      tell(event) {
        if (event.event === 'outcome' || event.event === 'lock-left') run.tell(event);
      },
      onCall(event) {
        if (event.event !== 'listed') run.onCall(event);
      },
      isDraft: flags.draft === true,
      isOnce: flags.once === true,
      isYes: flags.yes === true,
      pace,
      onEvent(event) {
        view.show(event);
        if (event.event === 'opened') page ??= event.site;
        if (event.event === 'round') preview?.showConflicts(event.round.plan.conflicts);
        const json = watchJson(event);
        if (json !== null) emit(json);
      },
      onAsked(given) {
        look = given;
      },
      async confirm({ plan }, signal) {
        if (!isInteractive(outside, options.isJson)) return null;
        const sight = await openSight(config, outside, shownOf(plan.problems));
        output.text(planText(plan, { style, isVerbose: options.isVerbose, sight }));
        try {
          const question = 'This plan changes many entries at once. Go ahead?';
          return await keys.during(() => ask(question, outside, { signal }));
        } catch (error) {
          if (!signal.aborted) throw error;
          output.text('\n');
          return false;
        }
      },
    },
    outside,
  );
  emit({ event: 'stopped' });
  view.end();
  if (flags.once !== true) return exitCodes.done;
  if (last === null) return exitCodes.interrupted;
  if (last.avalanche !== null) return exitCodes.refused;
  return exitCodeOfRun({
    ...last,
    calls: { total: 0, byMethod: {} },
    site: null,
    isInterrupted: outside.signal.aborted,
  });
}

const stamp = ({ clock }: Outside): string => new Date(clock.now()).toISOString();
