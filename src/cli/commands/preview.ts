import { openPreview } from '../../app/preview.ts';
import type { Outside } from '../../ports/outside.ts';
import { exitCodes } from '../../app/exit-codes.ts';
import type { Output } from '../terminal/output.ts';
import type { CommonFlags } from '../terminal/flags.ts';
import { openConfig } from './shared.ts';

export interface PreviewFlags extends CommonFlags {
  readonly port: number;
  readonly editor: string;
}

/** Shows the folder as a help center until Ctrl-C. */
export async function previewCommand(outside: Outside, output: Output, flags: PreviewFlags): Promise<number> {
  const config = await openConfig(outside, flags);
  const { port, editor } = flags;
  await using preview = await openPreview({ config, port, editor, rest: 60 }, outside);
  // One line, so that whoever started this can read it and go on.
  output.jsonLine({ url: preview.url });
  output.text(`The preview:  ${output.style.strong(preview.url)}\n`);
  output.text(output.style.dim('It follows the files. Ctrl-C stops it.\n'));
  await new Promise<void>((done) => {
    if (outside.signal.aborted) done();
    else outside.signal.addEventListener('abort', () => done(), { once: true });
  });
  return exitCodes.done;
}
