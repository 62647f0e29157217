/* Questions to whoever sits at a terminal. Arrows, defaults and editing are the library's; how a question ends is ours. */
import { Writable, type Readable } from 'node:stream';
import type { Outside } from '../../ports/outside.ts';
import { safeLine } from '../../report/safe.ts';
import { hasColor } from './output.ts';

/** Whether there is a person to ask. */
export function isInteractive({ stdin, stdout, env }: Outside, isJson: boolean): boolean {
  return !isJson && stdin.isTTY === true && stdout.isTTY === true && (env['CI'] ?? '') === '';
}

/** Somebody pressed Ctrl-C or Ctrl-D at a question. */
export class StoppedAtQuestion extends DOMException {
  constructor() {
    super('Stopped at a question', 'AbortError');
  }
}

/** Asks a yes-or-no question; the Escape key is a no. */
export function ask(
  question: string,
  outside: Outside,
  { standard = false, signal = outside.signal }: { standard?: boolean; signal?: AbortSignal } = {},
): Promise<boolean> {
  return prompted<boolean>(outside, signal, false, async (common) => {
    const { confirm } = await import('@clack/prompts');
    return confirm({ ...common, message: safeLine(question), initialValue: standard });
  });
}

/** Asks for a text; an empty answer gives the standard one. `fault` says what is wrong with an answer, in a sentence. */
export function askText(
  question: string,
  standard: string,
  outside: Outside,
  fault: (text: string) => string | undefined = () => undefined,
): Promise<string> {
  const answerOf = (typed: string | undefined): string =>
    (typed ?? '').trim() === '' ? standard : (typed ?? '').trim();
  return prompted<string>(outside, outside.signal, null, async (common) => {
    const { isCancel, text } = await import('@clack/prompts');
    const typed = await text({
      ...common,
      message: safeLine(question),
      ...(standard === '' ? {} : { placeholder: safeLine(standard), defaultValue: standard }),
      validate: (given) => fault(answerOf(given)),
    });
    return isCancel(typed) ? typed : answerOf(typed);
  });
}

/** Asks for what nobody else shall read; nothing of it is shown. An empty answer is one. */
export function askSecret(question: string, outside: Outside): Promise<string> {
  return prompted<string>(outside, outside.signal, null, async (common) => {
    const { isCancel, password } = await import('@clack/prompts');
    const typed = await password({ ...common, message: safeLine(question) });
    return isCancel(typed) ? typed : (typed ?? '').trim();
  });
}

export interface Choice<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly hint?: string;
}

/** Asks for one of several, the standard one first under the cursor. */
export function askOne<Value extends string>(
  question: string,
  choices: readonly Choice<Value>[],
  standard: Value,
  outside: Outside,
): Promise<Value> {
  return prompted<Value>(outside, outside.signal, null, async (common) => {
    const { isCancel, select } = await import('@clack/prompts');
    const options = choices.map(({ value, label, hint }) => ({
      value: value as string,
      label: safeLine(label),
      ...(hint === undefined ? {} : { hint: safeLine(hint) }),
    }));
    const chosen = await select({
      ...common,
      message: safeLine(question),
      options,
      initialValue: standard,
    });
    return isCancel(chosen) ? chosen : (choices.find((one) => one.value === chosen)?.value ?? standard);
  });
}

interface Common {
  readonly input: Readable;
  readonly output: Writable;
  readonly signal: AbortSignal;
}

/**
 * Shows a question until it is answered. Ctrl-C means what it means everywhere, and at Ctrl-D nobody is left to answer:
 * both stop the command.
 *
 * @param escaped the answer that the Escape key gives; null where it stops as well
 */
async function prompted<Value extends string | boolean>(
  outside: Outside,
  until: AbortSignal,
  escaped: Value | null,
  show: (common: Common) => Promise<Value | symbol>,
): Promise<Value> {
  const { stdin } = outside;
  const left = new AbortController();
  const leave = (): void => left.abort(new StoppedAtQuestion());
  let isEscape = false;
  const onKey = (_: unknown, key: { readonly name?: string; readonly ctrl?: boolean } | undefined): void => {
    isEscape = key?.name === 'escape';
    if (key?.ctrl === true && key.name === 'd') leave();
  };
  stdin.on('keypress', onKey);
  stdin.once('end', leave);
  const signal = AbortSignal.any([until, left.signal]);
  try {
    signal.throwIfAborted();
    const answer = await show({ input: stdin as Readable, output: screenOf(outside), signal });
    if (typeof answer !== 'symbol') return answer;
    signal.throwIfAborted();
    if (isEscape && escaped !== null) return escaped;
    outside.process.interrupt(true);
    throw new StoppedAtQuestion();
  } finally {
    stdin.off('keypress', onKey);
    stdin.off('end', leave);
  }
}

/** The terminal as a question draws on it: without colour where there is to be none. */
function screenOf({ stdout, env }: Outside): Writable {
  const isPlain = !hasColor(undefined, env, stdout);
  const screen = new Writable({
    decodeStrings: false,
    write(chunk: string | Buffer, _, done) {
      const text = String(chunk);
      stdout.write(isPlain ? text.replaceAll(colors, '') : text);
      done();
    },
  });
  return Object.assign(screen, { isTTY: true, columns: stdout.columns || 80 });
}

const colors = /\u001b\[[\d;]*m/g;
