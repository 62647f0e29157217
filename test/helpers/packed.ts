/* The package as users get it: packed as it would be published, and installed without a network. */
import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a program in a folder, without the tokens and the npm of whoever runs the tests. */
export function run(
  command: string,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  const { INTERCOM_TOKEN: _token, INTERCOM_URL: _url, npm_command: _command, ...inherited } = process.env;
  return new Promise((done) => {
    execFile(command, [...args], { cwd, env: { ...inherited, ...env } }, (error, out, err) => {
      done({ code: error === null ? 0 : Number(error.code ?? 1), out, err });
    });
  });
}

/** Packs what was built last; gives the path of the tarball. */
export async function pack(folder: string): Promise<string> {
  const { out } = await run(
    'npm',
    ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder],
    root,
  );
  return join(folder, out.trim());
}

/** Installs a tarball for all folders, below one that stands for the machine; gives the folder of its commands. */
export async function installGlobally(tarball: string, machine: string): Promise<string> {
  const flags = ['--global', '--offline', '--no-audit', '--no-fund', '--prefix', machine];
  const { code, err } = await run('npm', ['install', ...flags, tarball], machine);
  if (code !== 0) throw new Error(err);
  return join(machine, 'bin');
}
