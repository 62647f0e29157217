import { exportPreview, openPreview, type OpenPreview } from '../../app/preview.ts';
import type { Outside } from '../../ports/outside.ts';
import { exitCodes } from '../../app/exit-codes.ts';
import { counted } from '../../report/plan-text.ts';
import { safeLine } from '../../report/safe.ts';
import { listenForKeys } from '../terminal/keys.ts';
import type { Output } from '../terminal/output.ts';
import type { CommonFlags } from '../terminal/flags.ts';
import { openConfig } from './shared.ts';

export interface PreviewFlags extends CommonFlags {
  readonly port?: number;
  readonly open?: boolean;
  readonly export?: string;
  readonly editor: string;
}

/** Shows the folder as a help center until Ctrl-C. */
export async function previewCommand(outside: Outside, output: Output, flags: PreviewFlags): Promise<number> {
  const config = await openConfig(outside, flags);
  const { port = null, editor } = flags;
  if (flags.export !== undefined) {
    output.progress('Writing the preview …');
    const pages = await exportPreview(config, flags.export, outside);
    output.text(`Wrote ${counted(pages, 'page')} into ${safeLine(flags.export)}; open index.html first.\n`);
    output.json({ version: 1, folder: flags.export, pages });
    return exitCodes.done;
  }
  await using preview = await openPreview({ config, port, editor, rest: 60 }, outside);
  // One line, so that whoever started this can read it and go on.
  output.jsonLine({ url: preview.url });
  await announcePreview(preview, flags.open === true, outside, output);
  using keys = listenForKeys(outside, output.options.isJson, {
    h: () => output.text(keysText),
    o: () => void showPage(preview.url, outside, output),
    r: () => void preview.refresh(),
    q: () => outside.process.interrupt(),
  });
  const stop = keys.areHeard ? 'h lists the keys, q stops it.' : 'Ctrl-C stops it.';
  output.text(output.style.dim(`It follows the files. ${stop}\n`));
  await new Promise<void>((done) => {
    if (outside.signal.aborted) done();
    else outside.signal.addEventListener('abort', () => done(), { once: true });
  });
  return exitCodes.done;
}

const keysText =
  '  h  list the keys\n  o  open the page in the browser\n  r  read the folder and the help center now\n  q  quit\n';

/** Says where the preview is, and shows it to whoever wants to see it. */
export async function announcePreview(
  { url, takenPort }: Pick<OpenPreview, 'url' | 'takenPort'>,
  isOpened: boolean,
  outside: Outside,
  output: Output,
): Promise<void> {
  const moved = takenPort === null ? '' : output.style.dim(`  (port ${takenPort} is taken)`);
  output.text(`The preview:  ${output.style.strong(url)}${moved}\n`);
  if (isOpened) await showPage(url, outside, output);
}

export async function showPage(url: string, outside: Outside, output: Output): Promise<void> {
  if ((await outside.openPage?.(url)) !== true)
    output.note(`No browser could be started. Open ${url} yourself.`);
}
