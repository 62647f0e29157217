/* Runs the built program at a real terminal: a pseudo-terminal that Python opens, since Node has none. */
import { spawn, spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

const program = resolve(import.meta.dirname, '../../dist/shelfmark.js');

/** Whether this machine has what it takes. */
export const hasTerminal =
  process.platform !== 'win32' && spawnSync('python3', ['-c', 'import pty, fcntl']).status === 0;

const relay = `
import fcntl, os, pty, select, struct, sys, termios
child, terminal = pty.fork()
if child == 0:
    os.execvp(sys.argv[1], sys.argv[1:])
fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
sources = [terminal, 0]
while True:
    ready, _, _ = select.select(sources, [], [])
    if 0 in ready:
        typed = os.read(0, 4096)
        if typed: os.write(terminal, typed)
        else: sources.remove(0)
    if terminal in ready:
        try: shown = os.read(terminal, 4096)
        except OSError: shown = b""
        if not shown: break
        os.write(1, shown)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
`;

export interface AtTerminal {
  /** What the screen was given so far, without colours and movements of the cursor. */
  screen(): string;
  /** Waits for a text that was not there at the last wait. */
  until(text: string): Promise<void>;
  /** Presses keys. */
  type(keys: string): void;
  readonly ended: Promise<{ readonly code: number | null; readonly screen: string }>;
}

export function startAtTerminal(
  args: readonly string[],
  { folder, env = {} }: { readonly folder: string; readonly env?: Readonly<Record<string, string>> },
): AtTerminal {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn('python3', ['-c', relay, process.execPath, program, ...args], {
    cwd: folder,
    env: { PATH, HOME, TERM: 'xterm-256color', LANG: 'C.UTF-8', ...env },
  });
  let heard = '';
  let seen = 0;
  let isOver = false;
  let waiting: (() => void)[] = [];
  const screen = (): string => stripVTControlCharacters(heard).replaceAll('\r', '');
  const wake = (): void => {
    for (const one of waiting.splice(0)) one();
  };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    heard += text;
    wake();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (heard += text));
  const ended = new Promise<{ code: number | null; screen: string }>((done) => {
    child.on('close', (code) => {
      isOver = true;
      wake();
      done({ code, screen: screen() });
    });
  });
  return {
    screen,
    async until(text) {
      for (;;) {
        const at = screen().indexOf(text, seen);
        if (at !== -1) {
          seen = at + text.length;
          return;
        }
        if (isOver) throw new Error(`"${text}" was never shown, but: ${screen()}`);
        await new Promise<void>((done) => waiting.push(done));
      }
    },
    type: (keys) => child.stdin.write(keys),
    ended,
  };
}
