import { emitKeypressEvents } from 'node:readline';
import type { Outside } from '../../ports/outside.ts';
import { isInteractive } from './ask.ts';

/** Keys that somebody presses while a command goes on. */
export interface Keys {
  /** Whether anybody can press one. */
  readonly areHeard: boolean;
  /** Leaves the keys to a question until it is answered. */
  during<Value>(question: () => Promise<Value>): Promise<Value>;
  [Symbol.dispose](): void;
}

type Terminal = Outside['stdin'] & { setRawMode?(isRaw: boolean): unknown };

/** Hears single keys at a terminal, without Enter. Ctrl-C means what it means everywhere. */
export function listenForKeys(
  outside: Outside,
  isJson: boolean,
  does: Readonly<Record<string, () => void>>,
): Keys {
  const stdin: Terminal = outside.stdin;
  const areHeard = isInteractive(outside, isJson) && stdin.setRawMode !== undefined;
  const onKey = (_: unknown, key: { readonly name?: string; readonly ctrl?: boolean } | undefined): void => {
    if (key?.ctrl === true && (key.name === 'c' || key.name === 'd')) outside.process.interrupt();
    else if (key?.ctrl !== true) does[key?.name ?? '']?.();
  };
  const begin = (): void => {
    if (!areHeard) return;
    emitKeypressEvents(stdin);
    stdin.on('keypress', onKey);
    stdin.setRawMode?.(true);
    stdin.resume();
  };
  const end = (): void => {
    if (!areHeard) return;
    stdin.off('keypress', onKey);
    stdin.setRawMode?.(false);
    stdin.pause();
  };
  begin();
  return {
    areHeard,
    async during(question) {
      end();
      try {
        return await question();
      } finally {
        if (!outside.signal.aborted) begin();
      }
    },
    [Symbol.dispose]: end,
  };
}
