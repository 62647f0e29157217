import { exitCodes } from '../../app/exit-codes.ts';
import { openSight } from '../../app/sight.ts';
import { markFreshRun } from '../../app/state/mark-fresh.ts';
import { localesIn, translationsRun } from '../../app/state/translations.ts';
import { ShelfmarkError } from '../../model/error.ts';
import type { Outside } from '../../ports/outside.ts';
import { counted } from '../../report/plan-text.ts';
import { translationsJson } from '../../report/state/translations-json.ts';
import { translationsMarkdown } from '../../report/state/translations-markdown.ts';
import { comparisonText, translationsText } from '../../report/state/translations-text.ts';
import { openConfig } from '../commands/shared.ts';
import type { CommonFlags } from '../terminal/flags.ts';
import type { Output } from '../terminal/output.ts';

export interface TranslationsFlags extends CommonFlags {
  readonly paths?: readonly string[];
  readonly locale?: readonly string[];
  readonly format: 'text' | 'json' | 'markdown';
  readonly markFresh?: boolean;
}

/** Translations of one state that are listed without --verbose. */
const most = 20;

export async function translationsCommand(
  outside: Outside,
  output: Output,
  flags: TranslationsFlags,
): Promise<number> {
  const config = await openConfig(outside, flags);
  const locales = localesIn(flags.locale ?? [], config);
  const { paths = [] } = flags;
  if (flags.markFresh === true) return markFresh(outside, output, { config, paths, locales });
  output.progress('Comparing the translations with their sources …');
  const found = await translationsRun(config, outside, { paths, locales });
  const sight = await openSight(config, outside, []);
  const { style } = output;
  const limit = flags.verbose === true ? Number.POSITIVE_INFINITY : most;
  output.json(translationsJson(found, found.changes));
  if (flags.format === 'markdown') output.text(translationsMarkdown(found, sight.entry, limit));
  else {
    const [only] = found.standings;
    if (only !== undefined && found.changes !== null)
      output.text(comparisonText(only, found.changes, { style, sight }));
    else output.text(translationsText(found, { style, sight, most: limit }));
  }
  return exitCodes.done;
}

async function markFresh(
  outside: Outside,
  output: Output,
  options: Pick<Parameters<typeof markFreshRun>[2], 'paths' | 'locales'> & {
    readonly config: Parameters<typeof markFreshRun>[0];
  },
): Promise<number> {
  const { config, paths } = options;
  if (paths.length === 0) {
    throw new ShelfmarkError('WRONG_USAGE', {
      kind: 'usage',
      message: 'Nothing says which translations are up to date. Nothing was changed.',
      hint: `Name files or folders; "shelfmark translations --mark-fresh ${config.contentName}" marks them all.`,
    });
  }
  const { marked, unsent } = await markFreshRun(config, outside, options, () =>
    output.note('Another run is at work in this folder; waiting for it …'),
  );
  const sight = await openSight(config, outside, []);
  output.json({
    version: 1,
    marked: marked.map(({ file, locale }) => ({ file, locale })),
    unsent: unsent.map(({ file, locale }) => ({ file, locale })),
  });
  output.text(
    `Marked ${counted(marked.length, 'translation')} as up to date with what the source says now.\n`,
  );
  for (const one of unsent)
    output.note(
      `${sight.entry(one.file)} was never sent, so nothing is known of it yet. Run "shelfmark sync" first.`,
    );
  return marked.length === 0 && unsent.length > 0 ? exitCodes.failed : exitCodes.done;
}
