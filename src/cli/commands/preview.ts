import { openPreview, type OpenPreview } from '../../app/preview.ts';
import type { Outside } from '../../ports/outside.ts';
import { exitCodes } from '../../app/exit-codes.ts';
import type { Output } from '../terminal/output.ts';
import type { CommonFlags } from '../terminal/flags.ts';
import { openConfig } from './shared.ts';

export interface PreviewFlags extends CommonFlags {
  readonly port?: number;
  readonly open?: boolean;
  readonly editor: string;
}

/** Shows the folder as a help center until Ctrl-C. */
export async function previewCommand(outside: Outside, output: Output, flags: PreviewFlags): Promise<number> {
  const config = await openConfig(outside, flags);
  const { port = null, editor } = flags;
  await using preview = await openPreview({ config, port, editor, rest: 60 }, outside);
  // One line, so that whoever started this can read it and go on.
  output.jsonLine({ url: preview.url });
  await announcePreview(preview, flags.open === true, outside, output);
  output.text(output.style.dim('It follows the files. Ctrl-C stops it.\n'));
  await new Promise<void>((done) => {
    if (outside.signal.aborted) done();
    else outside.signal.addEventListener('abort', () => done(), { once: true });
  });
  return exitCodes.done;
}

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
