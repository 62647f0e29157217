/* Translations as a condition of a change. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCommand, type Ended } from '../../helpers/command.ts';
import { openProject, type Project } from '../../helpers/project.ts';

let project: Project;

const article = (title: string, text: string): string =>
  `---\ntitle: ${title}\nstate: published\n---\n\n${text}\n`;

beforeEach(async () => {
  project = await openProject();
  await project.write({
    'content/a.md': article('One', 'First.\n\nSecond.'),
    'content/a.fr.md': article('Un', 'Premier.\n\nDeuxième.'),
    'content/a.de.md': article('Eins', 'Erstes.\n\nZweites.'),
    'content/b.md': article('Two', 'More.'),
    'content/b.fr.md': article('Deux', 'Plus.'),
    'content/draft.md': '---\ntitle: Later\nstate: draft\n---\n\nNot yet.\n',
  });
  await project.push();
  await project.write({ 'content/a.md': article('One', 'First.\n\nSecond, and changed.') });
});
afterEach(async () => {
  await project.close();
});

const validate = (...args: readonly string[]): Promise<Ended> =>
  runCommand(['validate', ...args], { folder: project.folder });

test('what is missing or behind in a required language fails, at the line of the source', async () => {
  const { code, out } = await validate('--require-locale', 'fr,de');
  expect(code).toBe(1);
  expect(out).toContain(
    'content/a.md:8: error: The French translation does not say this yet: 1 block (3 words). [TRANSLATION_BEHIND]',
  );
  expect(out).toContain('The German translation does not say this yet');
  expect(out).toContain('content/b.md: error: There is no German translation. [TRANSLATION_MISSING]');
  expect(out).toContain('Write content/b.de.md.');
  expect(out).not.toContain('draft.md');
  expect(out).toContain('Checked 3 articles in 0 collections: 3 errors, 0 warnings.');
});

test('as many may be behind as are allowed, and are told all the same', async () => {
  expect((await validate('--max-behind', '0')).code).toBe(1);
  const { code, out } = await validate('--max-behind', '1');
  expect([code, out.match(/warning: The (?:French|German) translation/g)?.length]).toEqual([0, 2]);
  expect((await validate('--require-locale', 'fr', '--max-behind', '1')).code).toBe(0);
  expect((await validate()).out).toContain('no problem');
});

test('paths limit it, and languages that do not exist are wrong usage', async () => {
  expect((await validate('--require-locale', 'de', 'content/b.md')).out).toContain('1 error, 0 warnings');
  const wrong = await validate('--require-locale', 'fr,xx');
  expect([wrong.code, wrong.err]).toEqual([64, expect.stringContaining('"xx" is not a language')]);
});

test('GitHub shows it at the lines of a pull request', async () => {
  const { out } = await validate('--require-locale', 'fr', '--format', 'github');
  expect(out).toMatch(
    /^::error title=TRANSLATION_BEHIND,file=content\/a\.md,line=8::The French translation/m,
  );
});
