import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { isInteractive } from '../../src/cli/terminal/ask.ts';
import { hasColor } from '../../src/cli/terminal/output.ts';
import { outsideOf } from '../helpers/outside.ts';

test('colours follow the terminal, and NO_COLOR and FORCE_COLOR say otherwise', () => {
  const terminal = { isTTY: true };
  expect(hasColor(undefined, {}, terminal)).toBe(true);
  expect(hasColor(undefined, {}, {})).toBe(false);
  expect(hasColor(undefined, { FORCE_COLOR: '1' }, {})).toBe(true);
  expect(hasColor(undefined, { FORCE_COLOR: '0' }, terminal)).toBe(false);
  expect(hasColor(undefined, { NO_COLOR: '1', FORCE_COLOR: '1' }, terminal)).toBe(false);
  expect(hasColor(undefined, { NO_COLOR: '', FORCE_COLOR: '' }, terminal)).toBe(true);
  expect(hasColor(false, { FORCE_COLOR: '1' }, terminal)).toBe(false);
});

test('somebody at a terminal is asked, also where CI is set to nothing', () => {
  const terminal = { isTTY: true };
  const at = (env: Record<string, string>) =>
    outsideOf('/project', {
      env,
      stdin: Object.assign(new PassThrough(), terminal),
      stdout: Object.assign(new PassThrough(), terminal),
    });
  expect(isInteractive(at({ CI: '' }), false)).toBe(true);
  expect(isInteractive(at({}), true)).toBe(false);
  expect(isInteractive(at({ CI: 'true' }), false)).toBe(false);
  expect(isInteractive(outsideOf('/project'), false)).toBe(false);
});
