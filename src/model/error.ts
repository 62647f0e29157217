/** Why a run stopped, in terms of the exit code that it leads to. */
export type ErrorKind = 'failed' | 'refused' | 'usage';

/**
 * A failure that ends the run: what happened and in what state things are (`message`), what to do (`hint`).
 * The doors print both and never a stack trace.
 */
export class ShelfmarkError extends Error {
  override readonly name = 'ShelfmarkError';
  /** Fixed, in capitals, such as `BASE_UNREADABLE`. */
  readonly code: string;
  readonly hint: string;
  readonly kind: ErrorKind;

  constructor(code: string, text: { message: string; hint: string; cause?: unknown; kind?: ErrorKind }) {
    super(text.message, text.cause === undefined ? undefined : { cause: text.cause });
    this.code = code;
    this.hint = text.hint;
    this.kind = text.kind ?? 'failed';
  }
}

/**
 * A call that may or may not have been carried out: it was sent, and no answer that can be trusted came back.
 * Whoever gets one must look before sending again, or there may be two.
 */
export class UnknownOutcome extends ShelfmarkError {}
