import { afterEach, expect, test, vi } from 'vitest';
import { isInteractive } from '../../src/cli/terminal/ask.ts';
import { hasColor } from '../../src/cli/terminal/output.ts';

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

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
  const before = [process.stdin.isTTY, process.stdout.isTTY] as const;
  [process.stdin.isTTY, process.stdout.isTTY] = [true, true];
  try {
    vi.stubEnv('CI', '');
    expect(isInteractive(false)).toBe(true);
    expect(isInteractive(true)).toBe(false);
    vi.stubEnv('CI', 'true');
    expect(isInteractive(false)).toBe(false);
  } finally {
    [process.stdin.isTTY, process.stdout.isTTY] = before;
  }
});
