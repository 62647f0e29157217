import { join } from 'node:path';
import { expect, test } from 'vitest';
import { namedPaths } from '../../../src/app/project/named-path.ts';

const project = join('/', 'work', 'help');
const config = { content: join(project, 'content'), contentName: 'content' };
const from = (folder: string, text: string): readonly string[] => namedPaths(text, config, { folder });

test('a path is taken as the plan names it, and as it stands in the project', () => {
  expect(from(project, 'guides/a.md')).toEqual(['guides/a.md']);
  expect(from(project, 'content/guides/a.md')).toEqual(['guides/a.md']);
  expect(from(project, './content/guides/')).toEqual(['guides']);
  expect(from(project, 'content')).toContain('');
});

test('a path is taken as the shell completes it in a folder of the project, or as a whole one', () => {
  const guides = join(project, 'content', 'guides');
  expect(from(guides, 'a.md')).toEqual(['a.md', 'guides/a.md']);
  expect(from(guides, '../more/b.md')).toContain('more/b.md');
  expect(from(join('/', 'elsewhere'), join(guides, 'a.md'))).toContain('guides/a.md');
});

test('a path outside the content folder means nothing but what it says', () => {
  expect(from(project, '../other/a.md')).toEqual(['../other/a.md']);
  expect(from(join('/', 'elsewhere'), 'guides/a.md')).toEqual(['guides/a.md']);
});
