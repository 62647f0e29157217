import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCommand, type Ended } from '../helpers/command.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shelfmark-markdown-'));
  await mkdir(join(folder, 'content'));
  await writeFile(join(folder, 'sync.config.yaml'), 'remote:\n  provider: simulator\n');
  await writeFile(join(folder, 'content/install.md'), '---\ntitle: "Install `it` @all"\n---\n\nText.\n');
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const shelfmark = (...args: readonly string[]): Promise<Ended> => runCommand(args, { folder });

test('"plan --markdown" prints the plan as Markdown, and nothing else on standard output', async () => {
  const { code, out, err } = await shelfmark('plan', '--markdown', '--out', 'saved.json');
  expect(out).toBe(
    '**Plan: 1 to create.**\n\n### In the help center\n\n- **Create** `install.md` ``Install `it` @all`` · draft\n',
  );
  expect(err).toContain('Saved.');
  expect(code).toBe(0);
});

test('"plan --markdown" and "--json" cannot be had at once', async () => {
  const { code, out } = await shelfmark('plan', '--markdown', '--json');
  expect([code, JSON.parse(out)]).toMatchObject([64, { error: { code: 'WRONG_USAGE' } }]);
});
