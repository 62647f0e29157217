import { accessSync, constants, statSync } from 'node:fs';
import nodePath from 'node:path';

type Env = Readonly<Record<string, string | undefined>>;

/** What differs between systems; that of another one for a test. */
export interface Programs {
  readonly paths: Pick<typeof nodePath, 'delimiter' | 'isAbsolute' | 'join'>;
  readonly isWindows: boolean;
  readonly canRun: (file: string) => boolean;
}

/**
 * Where a program is, absolute; null where it is nowhere. Left to itself, the system looks in the folder that the
 * program is to work in as well, which on Windows comes first, and elsewhere wherever PATH says `.` or `bin`: there
 * somebody may have committed another one of that name.
 */
export function findProgram(
  name: string,
  env: Env,
  { paths, isWindows, canRun }: Programs = here,
): string | null {
  const names = isWindows ? [`${name}.exe`, `${name}.com`] : [name];
  const found = ownFolders(env, paths)
    .flatMap((folder) => names.map((one) => paths.join(folder, one)))
    .find(canRun);
  return found ?? null;
}

/** The folders of PATH that are the same wherever a program works. */
export const ownFolders = (env: Env, paths: Programs['paths'] = nodePath): readonly string[] =>
  (Object.entries(env).find(([name]) => name.toUpperCase() === 'PATH')?.[1] ?? '')
    .split(paths.delimiter)
    .map((one) => one.replace(/^"(.*)"$/, '$1'))
    .filter((one) => isFixed(one, paths));

/** A path of Windows that begins with one backslash is on whichever drive one is. */
const isFixed = (folder: string, paths: Programs['paths']): boolean =>
  paths.isAbsolute(folder) && (paths.delimiter === ':' || /^(?:[A-Za-z]:[\\/]|[\\/]{2})/.test(folder));

const here: Programs = {
  paths: nodePath,
  isWindows: process.platform === 'win32',
  canRun(file) {
    try {
      accessSync(file, constants.X_OK);
      return statSync(file).isFile();
    } catch {
      return false;
    }
  },
};
