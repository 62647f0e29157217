import { resolve } from 'node:path';
import { exitCodes } from '../../app/exit-codes.ts';
import { openSight } from '../../app/sight.ts';
import { exportRun, importRun, type Imported } from '../../app/state/exchange.ts';
import { localesIn } from '../../app/state/translations.ts';
import { ShelfmarkError } from '../../model/error.ts';
import { replaceFile } from '../../ports/atomic.ts';
import { nodeCode } from '../../ports/node-error.ts';
import type { Outside } from '../../ports/outside.ts';
import { counted } from '../../report/plan-text.ts';
import { safeLine } from '../../report/safe.ts';
import type { Sight } from '../../report/sight/sight.ts';
import { openConfig } from '../commands/shared.ts';
import { ask, isInteractive } from '../terminal/ask.ts';
import type { CommonFlags } from '../terminal/flags.ts';
import type { Output } from '../terminal/output.ts';

export interface ExportFlags extends CommonFlags {
  readonly locale: string;
  readonly behind?: boolean;
  readonly format: 'xliff' | 'json';
  readonly out?: string;
}

export async function exportCommand(
  paths: readonly string[],
  format: ExportFlags['format'],
  outside: Outside,
  output: Output,
  flags: ExportFlags,
): Promise<number> {
  const config = await openConfig(outside, flags);
  const [locale, ...others] = localesIn([flags.locale], config);
  if (locale === undefined || others.length > 0) {
    throw new ShelfmarkError('WRONG_USAGE', {
      kind: 'usage',
      message: 'A file for a translator is in one language. Nothing was written.',
      hint: 'Export each language by itself, such as --locale fr.',
    });
  }
  output.progress('Looking for what is to be translated …');
  const { text, entries, units } = await exportRun(config, outside, {
    locale,
    paths,
    isBehindOnly: flags.behind === true,
    format,
  });
  const { out } = flags;
  const said = `${counted(units, 'text')} of ${counted(entries, 'entry')}`.replace('entrys', 'entries');
  if (out === undefined) {
    output.document(text);
    output.note(`${said} to translate.`);
  } else {
    await replaceFile(outside.files, resolve(outside.folder, out), new TextEncoder().encode(text), {
      chance: outside.chance,
      mode: 0o644,
    });
    output.text(`Wrote ${said} into ${safeLine(out)}.\n`);
    output.json({ version: 1, file: out, locale, entries, units });
  }
  return exitCodes.done;
}

export async function importCommand(
  file: string,
  outside: Outside,
  output: Output,
  flags: CommonFlags,
): Promise<number> {
  const config = await openConfig(outside, flags);
  const text = await read(file, outside);
  const sight = await openSight(config, outside, []);
  const { written, incoming, locale } = await importRun(text, config, outside, async (found) => {
    output.text(previewText(found, sight, output));
    if (!found.incoming.some((one) => 'step' in one)) return false;
    if (flags.yes === true) return true;
    if (!isInteractive(outside, flags.json === true)) {
      output.note('Nothing was written: run it with --yes to write.');
      return false;
    }
    return ask('Write this into the folder?', outside);
  });
  output.json({
    version: 1,
    locale,
    entries: (written ?? incoming).map((one) =>
      'why' in one
        ? { path: one.path, status: 'refused', reason: one.why }
        : {
            path: one.path,
            file: one.standing.file,
            status: written === null ? 'planned' : 'written',
            units: one.units,
          },
    ),
  });
  const done = (written ?? []).filter((one) => 'step' in one).length;
  const late = (written ?? []).filter((one) => 'why' in one);
  for (const one of late) if ('why' in one) output.text(refusedText(one, sight, output));
  if (written !== null) output.text(`Wrote ${counted(done, 'translation')}.\n`);
  const isRefused = late.length > 0 || incoming.some((one) => 'why' in one);
  return isRefused ? exitCodes.remaining : exitCodes.done;
}

function previewText({ incoming }: Omit<Imported, 'written'>, sight: Sight, output: Output): string {
  const { style } = output;
  return incoming
    .map((one) => {
      if ('why' in one) return refusedText(one, sight, output);
      const isNew = one.step.step === 'create-article';
      const mark = isNew ? style.add('+') : style.change('~');
      return `  ${mark} ${safeLine(sight.entry(one.standing.file))}: ${counted(one.units, 'text')}${isNew ? ', a new file' : ''}\n`;
    })
    .join('');
}

const refusedText = (
  { path, why }: { readonly path: string; readonly why: string },
  sight: Sight,
  { style }: Output,
): string => `  ${style.remove('!')} ${safeLine(sight.entry(path))}: left alone, ${safeLine(why)}\n`;

async function read(file: string, { files, folder }: Outside): Promise<string> {
  try {
    return new TextDecoder().decode(await files.read(resolve(folder, file)));
  } catch (cause) {
    const code = nodeCode(cause);
    if (code === null) throw cause;
    throw new ShelfmarkError('IMPORT_UNREADABLE', {
      message: `The file ${file} cannot be read (${code}). Nothing was changed.`,
      hint: 'Check its name, and that you may read it.',
      cause,
    });
  }
}
