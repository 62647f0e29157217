import { mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { runCommand, type Ended } from '../helpers/command.ts';

/** As Intercom's look; nothing that a command is given under it may ever be seen again. */
export const secret = 'dG9rOjlmM2U1YjE2XzRhYzFfNDQ3OF9hYjE0OjE6MA==';

/** A real folder, with the command line to be run in it; it goes with the test. */
export interface Workplace {
  /** With every link in it followed. */
  readonly folder: string;
  write(files: Readonly<Record<string, string | Uint8Array>>): Promise<void>;
  read(file: string): Promise<string>;
  /** Every path below the folder, or below a part of it, sorted. */
  names(below?: string): Promise<readonly string[]>;
  run(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Ended>;
}

export async function openWorkplace(
  files: Readonly<Record<string, string | Uint8Array>> = {},
): Promise<Workplace> {
  // A level of its own above the project: what gets out of it is seen.
  const home = await realpath(await mkdtemp(join(tmpdir(), 'shelfmark-security-')));
  onTestFinished(() => rm(home, { recursive: true, force: true }));
  const folder = join(home, 'project');
  await mkdir(folder);
  const workplace: Workplace = {
    folder,
    async write(more) {
      for (const [name, content] of Object.entries(more)) {
        await mkdir(dirname(join(folder, name)), { recursive: true });
        await writeFile(join(folder, name), content);
      }
    },
    read: (file) => readFile(join(folder, file), 'utf8'),
    names: async (below = '.') =>
      (await readdir(join(folder, below), { recursive: true }))
        .map((name) => name.split('\\').join('/'))
        .toSorted(),
    run: (args, env = {}) => runCommand(args, { folder, env }),
  };
  await workplace.write(files);
  return workplace;
}

export const simulated = 'remote:\n  provider: simulator\n';
export const withIntercom = 'remote:\n  provider: intercom\n';

/** A stack trace is for whoever wrote the program, never for whoever uses it. */
export const trace = /\n\s+at .*:\d+:\d+/;
