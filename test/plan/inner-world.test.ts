import { expect, test } from 'vitest';
import { openInnerWorld } from '../helpers/inner-world.ts';

test('a folder, the engine and a workspace get in step inside one process, and stay so', async () => {
  const inner = openInnerWorld();
  const folder = inner.openFolder({
    content: {
      'guides/collection.yaml': 'name: Guides\n',
      'guides/install.md': '---\nstate: published\n---\n# Install\n\nTake the box.\n',
      'guides/install.fr.md': '# Installer\n\nPrenez la boîte.\n',
    },
  });
  const first = await folder.run('sync');
  expect(first.outcomes?.map((one) => one.status)).toEqual(['done', 'done']);
  expect(inner.operator.articles()).toHaveLength(1);
  const second = await folder.run('sync');
  expect(second.plan.operations).toEqual([]);
  const other = inner.openFolder();
  await other.run('pull');
  expect(Object.keys(other.texts())).toEqual([
    'guides/collection.yaml',
    'guides/install.fr.md',
    'guides/install.md',
  ]);
});
