import { expect, test } from 'vitest';
import type { RunEvent } from '../../src/engine/ports.ts';
import { settleTime } from '../../src/engine/recover.ts';
import { openProject } from '../helpers/project.ts';

test('a run after one that was killed while it created something waits until that can be told, and then creates it', async () => {
  const project = await openProject();
  await project.write({ 'content/a.md': '# A\n\nText.\n', 'content/b.md': '# B\n\nText.\n' });
  await project.push();
  const intent = {
    note: 'intent',
    key: 'article:@c.md',
    at: Date.now() - settleTime + 900,
    title: 'C',
    parent: null,
  };
  await project.write({
    'content/c.md': '# C\n\nText.\n',
    '.shelfmark/journal.jsonl': `${JSON.stringify(intent)}\n`,
  });
  const events: RunEvent[] = [];
  const { outcomes } = await project.push({ tell: (event) => events.push(event) });
  expect(outcomes?.map((one) => `${one.status} ${one.operation.path}`)).toEqual(['done c.md']);
  expect(events.find((one) => one.event === 'settling')).toMatchObject({ milliseconds: expect.any(Number) });
  expect(project.simulator.operator.articles()).toHaveLength(3);
  expect((await project.plan()).operations).toEqual([]);
  await project.close();
});
