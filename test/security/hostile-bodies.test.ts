import { afterEach, expect, test } from 'vitest';
import { openProject, type Project } from '../helpers/project.ts';

let project: Project;
afterEach(async () => {
  await project.close();
});

const pieces: readonly string[] = [
  '<h1>',
  '<h1 ',
  '<img ',
  '<img src=',
  '<a href=',
  '<a href="',
  '[',
  '](',
  '[a]: ',
  'https://x.intercomcdn.com',
];
const body = (piece: string): string => piece.repeat(60_000 / piece.length);
const article = (title: string, text: string): string =>
  `---\ntitle: ${title}\nstate: published\n---\n\n${text}\n`;

test('a body that would take for ever holds up no command, whichever side it is on and whatever links to it', async () => {
  project = await openProject();
  const addresses: string[] = [];
  for (const [index, piece] of pieces.entries()) {
    const made = project.simulator.operator.createArticle({ title: `There ${index}`, state: 'published' });
    project.simulator.operator.editArticle(made.id, { storedBody: `${body(piece)}signature=` });
    addresses.push(`${project.simulator.site}/en/articles/${made.id}#h_1`);
  }
  project.simulator.operator.createArticle({
    title: 'From',
    state: 'published',
    body: addresses.map((address) => `<p><a href="${address}">to</a></p>`).join(''),
  });
  await project.write({
    ...Object.fromEntries(
      pieces.map((piece, index) => [`content/here-${index}.md`, article(`Here ${index}`, body(piece))]),
    ),
    'content/here.md': article('Here', pieces.map((_, index) => `[a](here-${index}.md#b)`).join(' ')),
  });
  const { problems } = await project.validate();
  expect(problems.filter((one) => one.code.startsWith('BODY_TOO_')).length).toBeGreaterThan(1);
  await project.plan('sync');
  await project.pull();
  await project.push();
  await project.write({ 'content/guides/here.md': article('Here', 'Moved.'), 'content/here.md': null });
  await project.sync();
  expect(Object.keys(await project.files('content'))).toContain('from.md');
}, 60_000);
