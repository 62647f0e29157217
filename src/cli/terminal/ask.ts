import { createInterface } from 'node:readline/promises';
import type { Outside } from '../../ports/outside.ts';

/** Whether there is a person to ask. */
export function isInteractive({ stdin, stdout, env }: Outside, isJson: boolean): boolean {
  return !isJson && stdin.isTTY === true && stdout.isTTY === true && (env['CI'] ?? '') === '';
}

/** Asks a yes-or-no question; anything but a yes is a no. */
export async function ask(question: string, outside: Outside, signal = outside.signal): Promise<boolean> {
  return /^y(es)?$/i.test(await askText(`${question} [y/N]`, '', outside, signal));
}

/** Asks for a text; an empty answer gives the one in brackets. */
export async function askText(
  question: string,
  standard: string,
  { stdin, stdout, process, signal }: Outside,
  until = signal,
): Promise<string> {
  const prompt = createInterface({ input: stdin, output: stdout });
  // The prompt takes Ctrl-C as a key and would keep it to itself; it means here what it means everywhere.
  prompt.on('SIGINT', () => process.interrupt());
  // At Ctrl-D nobody is left to answer.
  const left = new AbortController();
  prompt.on('close', () => left.abort(new DOMException('Nobody answered', 'AbortError')));
  const ending = AbortSignal.any([until, left.signal]);
  try {
    const answer = await prompt.question(`${question} `, { signal: ending });
    return answer.trim() === '' ? standard : answer.trim();
  } catch (error) {
    ending.throwIfAborted();
    throw error;
  } finally {
    prompt.close();
  }
}
