import { createInterface } from 'node:readline/promises';

/** Tells whether there is a person to ask. */
export function isInteractive(isJson: boolean): boolean {
  return !isJson && process.stdin.isTTY && process.stdout.isTTY && (process.env['CI'] ?? '') === '';
}

/** Asks a yes-or-no question; anything but a yes is a no. */
export async function ask(question: string, signal: AbortSignal): Promise<boolean> {
  return /^y(es)?$/i.test(await askText(`${question} [y/N]`, '', signal));
}

/** Asks for a text; an empty answer gives the one in brackets. */
export async function askText(question: string, standard: string, signal: AbortSignal): Promise<string> {
  const prompt = createInterface({ input: process.stdin, output: process.stdout });
  // The prompt takes Ctrl-C as a key and would keep it to itself; it means here what it means everywhere.
  prompt.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  try {
    const answer = await prompt.question(`${question} `, { signal });
    return answer.trim() === '' ? standard : answer.trim();
  } finally {
    prompt.close();
  }
}
