import { ShelfmarkError } from './error.ts';

/** A text that was left in its file is another one by now, or gone: whoever decides by it has to read the folder again. */
export class TextChanged extends ShelfmarkError {
  constructor(file: string) {
    super('TEXT_CHANGED', {
      message: `${file} was changed while it was being read. Nothing was changed by this run.`,
      hint: 'Run again when nothing else changes the folder.',
    });
  }
}
