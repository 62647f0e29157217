import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { isInteractive } from '../../src/cli/terminal/ask.ts';
import { hasColor } from '../../src/cli/terminal/output.ts';
import { fitted, widthOf } from '../../src/report/sight/wrap.ts';
import { runCommand } from '../helpers/command.ts';
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

test('lines that are too long for a terminal are cut between words, with their colours', () => {
  const dim = (text: string): string => `\u001b[2m${text}\u001b[22m`;
  expect(fitted('  ! to settle it: say whose\nshort\n', 18)).toBe(
    '  ! to settle it:\n    say whose\nshort\n',
  );
  expect(fitted(dim('one two three'), 9)).toBe(`\u001b[2mone two\n  three\u001b[22m`);
  expect(fitted(dim('one two'), 7)).toBe(dim('one two'));
  expect(fitted('a-word-without-any-space', 10)).toBe('a-word-without-any-space');
  expect(fitted('one two three', Number.POSITIVE_INFINITY)).toBe('one two three');
});

test('what ends a command fits the terminal', async () => {
  const long = `content/${'a-long-name/'.repeat(8)}`;
  const { err } = await runCommand(['status', '--config', `${long} x`], { folder: '/', typed: [] });
  expect(err.split('\n').filter((line) => widthOf(line) > 100 && /\S \S/.test(line))).toEqual([]);
});
