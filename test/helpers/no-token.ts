/*
 * The token in no output of the whole suite. Every command that a test starts is listened to, and every file that it
 * leaves in its folder is read: a token that it was given may be in neither, in any spelling. Tests do not have to ask
 * for it, so none can forget.
 */
import childProcess, { type ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve, sep } from 'node:path';
import { afterAll, afterEach, expect } from 'vitest';
import { spellingsOf } from '../../src/model/secret.ts';

const command = resolve(import.meta.dirname, '../../dist/shelfmark.js');
const found: string[] = [];
let heard = 0;

type Environment = Readonly<Record<string, string | undefined>>;

/** What a command was given that is a token. */
function tokensOf(env: Environment): readonly string[] {
  return Object.entries(env).flatMap(([name, value = '']) =>
    name.endsWith('TOKEN') && value.length >= 12 ? [value] : [],
  );
}

function listen(child: ChildProcess, args: readonly string[], cwd: string, env: Environment): void {
  const at = args.indexOf(command);
  if (at === -1) return;
  const check = hearCommand(args.slice(at + 1), cwd, env);
  const parts: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    if (stream === null) continue;
    // Listening for data would take it from the test; so what comes in is looked at on its way.
    const push = stream.push.bind(stream);
    stream.push = (chunk: unknown, encoding?: BufferEncoding) => {
      if (chunk instanceof Uint8Array) parts.push(Buffer.from(chunk));
      return push(chunk, encoding);
    };
  }
  child.once('close', () => {
    check(Buffer.concat(parts).toString());
  });
}

/** Begins to listen to a command; the result is to be called at its end, with all that it printed. */
export function hearCommand(args: readonly string[], cwd: string, env: Environment): (said: string) => void {
  const spellings = tokensOf(env).flatMap(spellingsOf);
  // The simulator's own token is what `simulate` is there to tell.
  if (spellings.length === 0 || args[0] === 'simulate') return () => undefined;
  // What a test put there itself is its own business.
  const before = new Set(filesWith(cwd, spellings));
  return (said) => {
    heard += 1;
    const told = args.join(' ');
    if (spellings.some((one) => said.includes(one))) found.push(`"shelfmark ${told}" printed the token`);
    for (const file of filesWith(cwd, spellings).filter((one) => !before.has(one)))
      found.push(`"shelfmark ${told}" left the token in ${file}`);
  };
}

/** Files of a test's folder that hold a token, but for those whose business that is. */
export function filesWith(folder: string, spellings: readonly string[]): readonly string[] {
  if (!resolve(folder).startsWith(resolve(tmpdir()) + sep)) return [];
  const holding: string[] = [];
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    // Config files and .env are written by tests; the simulator keeps its own token beside its state.
    if (
      !entry.isFile() ||
      /^(?:\.env|sync\.config\.yaml)$|^(?:simulator|help-center)[\w.]*\.json/.test(entry.name)
    )
      continue;
    try {
      if (statSync(path).size > 20_000_000) continue;
      const text = readFileSync(path, 'latin1');
      if (spellings.some((one) => text.includes(one))) holding.push(path);
    } catch {
      // It went while it was looked for.
    }
  }
  return holding;
}

const { spawn, execFile } = childProcess;

interface Options {
  readonly cwd?: string | URL;
  readonly env?: Environment;
}

const listening =
  (start: (...all: never[]) => ChildProcess) =>
  (...all: readonly unknown[]): ChildProcess => {
    const child = start(...(all as never[]));
    const args = Array.isArray(all[1]) ? (all[1] as readonly string[]) : [];
    const options = (all.find((one) => typeof one === 'object' && !Array.isArray(one)) ?? {}) as Options;
    listen(child, args, String(options.cwd ?? process.cwd()), options.env ?? process.env);
    return child;
  };

Object.assign(childProcess, { spawn: listening(spawn), execFile: listening(execFile) });
syncBuiltinESMExports();

/** Lets each test of a file fail that told a token. */
export function refuseTold(): void {
  afterEach(() => {
    expect(found.splice(0)).toEqual([]);
  });
  afterAll(() => {
    expect(found.splice(0)).toEqual([]);
  });
}

/** The same for a command that a test calls as a function: what it gave back or threw, and the files that it left. */
export function hearCalled(token: string, said: unknown): void {
  heard += 1;
  const text =
    said instanceof Error
      ? `${said.message} ${JSON.stringify(said)} ${String(said.cause)}`
      : JSON.stringify(said);
  if (spellingsOf(token).some((one) => text.includes(one))) found.push('a run told the token');
}

export function searchCalled(token: string, folder: string): void {
  // What a test writes into its content is its own business.
  const left = filesWith(folder, spellingsOf(token)).filter((one) => !one.includes(`${sep}content${sep}`));
  for (const file of left) found.push(`a run left the token in ${file}`);
}

/** For the test of this file: how many commands were listened to, and what was found since the last time. */
export const listened = (): { readonly heard: number; readonly found: readonly string[] } => ({
  heard,
  found: found.splice(0),
});
