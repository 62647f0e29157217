import { expect, onTestFinished, test } from 'vitest';
import { startCommand } from '../helpers/command.ts';
import { openProject, type Project } from '../helpers/project.ts';

async function projectWith(files: Readonly<Record<string, string>>): Promise<Project> {
  const project = await openProject();
  onTestFinished(() => project.close());
  await project.write(files);
  return project;
}

const files = { 'content/guides/one.md': '---\ntitle: One\nstate: published\n---\n\nText.\n' };

const urlIn = (text: string): string => /http:\/\/127\.0\.0\.1:\d+/.exec(text)?.[0] ?? '';

test('at a terminal single keys list the keys, open the page, read anew and quit', async () => {
  const { folder } = await projectWith(files);
  const started = startCommand(['preview'], { folder, typed: [] });
  await started.until('h lists the keys, q stops it.');
  expect(started.opened).toEqual([]);
  started.press('h');
  await started.until('o  open the page in the browser');
  started.press('o');
  await started.until('quit');
  started.press('r');
  started.press('q');
  const { code, out } = await started.ended;
  expect(code).toBe(0);
  expect(started.opened).toEqual([urlIn(out)]);
});

test('Ctrl-C stops it at a terminal, too, and --open opens the page', async () => {
  const { folder } = await projectWith(files);
  const started = startCommand(['preview', '--open'], { folder, typed: [] });
  await started.until('q stops it.');
  started.press('\u0003');
  const { code, out } = await started.ended;
  expect(code).toBe(0);
  expect(started.opened).toEqual([urlIn(out)]);
});
