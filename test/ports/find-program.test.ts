import { posix, win32 } from 'node:path';
import { expect, test } from 'vitest';
import { findProgram, type Programs } from '../../src/ports/find-program.ts';

const onUnix = (...files: readonly string[]): Programs => ({
  paths: posix,
  isWindows: false,
  canRun: (file) => files.includes(file),
});
const onWindows = (...files: readonly string[]): Programs => ({
  paths: win32,
  isWindows: true,
  canRun: (file) => files.includes(file),
});

test.each([
  ['/opt/bin:/usr/bin', ['/usr/bin/git'], '/usr/bin/git'],
  ['.:bin::../x:/usr/bin', ['git', './git', 'bin/git', '../x/git', '/usr/bin/git'], '/usr/bin/git'],
  ['.:', ['git', './git'], null],
  ['', ['git'], null],
])('with PATH %j no program is found below the folder that it would work in', (path, files, found) => {
  expect(findProgram('git', { PATH: path }, onUnix(...files))).toBe(found);
});

test.each([
  ['C:\\Git\\cmd;C:\\Windows', ['C:\\Windows\\git.exe'], 'C:\\Windows\\git.exe'],
  [
    '.;;tools;\\tools;C:tools;"D:\\a b"',
    ['git.exe', 'tools\\git.exe', '\\tools\\git.exe', 'D:\\a b\\git.exe'],
    'D:\\a b\\git.exe',
  ],
  ['\\\\server\\share', ['\\\\server\\share\\git.exe'], '\\\\server\\share\\git.exe'],
  ['C:\\x', ['C:\\x\\git.bat', 'C:\\x\\git.cmd', 'C:\\x\\git'], null],
])('on Windows neither, where PATH is %j', (path, files, found) => {
  expect(findProgram('git', { Path: path }, onWindows(...files))).toBe(found);
});
