import { nodeCode } from '../ports/node-error.ts';
import type { Problem } from '../model/problem.ts';
import { fileProblem } from './problems.ts';

/** A file or folder that the system would not let us read. Throws again what is no error of the disk. */
export function diskProblem(error: unknown, file: string, what: 'file' | 'folder'): Problem {
  const code = diskCode(error);
  if (code === null) throw error;
  const [why, hint] = reasons[code] ?? [`cannot be read (${code})`, 'Check the disk, and run again.'];
  return fileProblem(
    what === 'file' ? 'FILE_UNREADABLE' : 'FOLDER_UNREADABLE',
    file,
    `The ${what} ${why}.`,
    hint,
  );
}

/** The code of an error of the system, such as `ENOENT`; null for any other value. */
export function diskCode(error: unknown): string | null {
  const code = nodeCode(error);
  return code !== null && /^E[A-Z0-9]+$/.test(code) ? code : null;
}

const notAllowed = ['may not be read by this user', 'Give yourself the right to read it.'] as const;
const vanished = [
  'vanished while it was being read',
  'Run again when nothing else changes the folder.',
] as const;

const reasons: Readonly<Record<string, readonly [why: string, hint: string]>> = {
  EACCES: notAllowed,
  EPERM: notAllowed,
  ENOENT: vanished,
  ENOTDIR: vanished,
  ELOOP: ['is a symbolic link, and links are not followed', 'Put the file itself in its place.'],
};
