import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runCommand } from '../helpers/command.ts';

type Kept = Readonly<Record<string, string | { readonly base64: string }>>;

/** A folder, its lock and its help center as version 0.1.0 left them, with texts of every kind. Never made anew. */
const kept = JSON.parse(
  readFileSync(join(import.meta.dirname, '../fixtures/made-by-0.1.0.json'), 'utf8'),
) as Kept;

async function madeBefore(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'shelfmark-upgrade-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(kept)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(
      join(folder, name),
      typeof content === 'string' ? content : Buffer.from(content.base64, 'base64'),
    );
  }
  return folder;
}

test('what an older version has brought in step stays in step: an upgrade disturbs nobody', async () => {
  const folder = await madeBefore();
  const ended = await runCommand(['sync', '--yes', '--json'], { folder });
  const { operations, conflicts, summary } = JSON.parse(ended.out) as {
    operations: unknown[];
    conflicts: unknown[];
    summary: { unchanged: number };
  };
  expect([ended.code, operations, conflicts]).toEqual([0, [], []]);
  expect(summary.unchanged).toBeGreaterThan(70);
  for (const [name, content] of Object.entries(kept))
    if (name.startsWith('content/') && typeof content === 'string')
      expect(await readFile(join(folder, name), 'utf8')).toBe(content);
});

test('and a word changed afterwards is all that is planned', async () => {
  const folder = await madeBefore();
  const file = join(folder, 'content/texts/01.md');
  await writeFile(file, (await readFile(file, 'utf8')).replace('WORD', 'CHANGED'));
  const ended = await runCommand(['plan', '--direction', 'sync', '--json'], { folder });
  const { operations } = JSON.parse(ended.out) as {
    operations: { path: string; fields: { field: string }[] }[];
  };
  expect(operations.map(({ path, fields }) => [path, fields.map(({ field }) => field)])).toEqual([
    ['texts/01.md', ['body']],
  ]);
});

test('so it does where nothing but the fingerprints of blocks tells that nobody touched a text', async () => {
  const folder = await madeBefore();
  const lock = join(folder, '.shelfmark/sync.lock.json');
  const text = await readFile(lock, 'utf8');
  const bare = text.replaceAll(/"body":"[\w~-]*\.[\w-]*\./g, '"body":"..');
  expect(bare.length).toBeLessThan(text.length - 1500);
  await writeFile(lock, bare);
  const ended = await runCommand(['plan', '--direction', 'sync', '--json'], { folder });
  const { operations, conflicts } = JSON.parse(ended.out) as {
    operations: { path: string }[];
    conflicts: unknown[];
  };
  // The links of one lead to the address that the simulator had then; it has another one here.
  const others = operations.filter(({ path }) => path !== 'texts/deep/er/linked.md');
  expect([others, conflicts]).toEqual([[], []]);
});
