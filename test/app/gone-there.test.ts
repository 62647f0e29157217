/* What only the help center can hold: kept where it can be, told before it goes, and a copy kept. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runCommand, type Ended } from '../helpers/command.ts';
import { openProject, type Project } from '../helpers/project.ts';

let project: Project;

beforeEach(async () => {
  project = await openProject();
});
afterEach(async () => {
  await project.close();
});

const picture = 'https://downloads.intercomcdn.com/i/o/workspace/123456789/0a1b2c3d4e5f/shot.png';
const sized = `<div class="intercom-container"><img src="${picture}" alt="Shot" width="326" height="196" style="height: auto;"></div>`;
const table =
  '<div class="intercom-interblocks-table-container"><table role="presentation"><tbody><tr><td style="width: 155px;"><p class="no-margin">Plan</p></td><td style="width: 300px;"><p class="no-margin">Price</p></td></tr><tr><td><p class="no-margin">Free</p></td><td><p class="no-margin">Nothing</p></td></tr></tbody></table></div>';
const stored = `<h2 id="h_0f1e2d3c4b">Before you begin</h2><p class="intercom-align-left no-margin">Look at the picture.</p>${sized}${table}<h3 id="h_0f1e2d3c4c">Then</h3><p class="no-margin">Go on.</p>`;
const file = 'content/guide.md';

async function pulled(): Promise<void> {
  project.simulator.operator.createArticle({ title: 'Guide', body: stored, state: 'published' });
  await project.pull();
}
const body = (at = project): string => at.simulator.operator.articles()[0]?.contents['en']?.body ?? '';
const told = async (): Promise<readonly (readonly [string, string])[]> =>
  (await project.plan('push')).problems
    .filter(({ code }) => code.startsWith('GONE') || code === 'HEADINGS_RAISED')
    .map(({ code, message }) => [code, message] as const);

describe('what only the help center can hold', () => {
  test('stays where the words around it are edited, and nothing but the words is told', async () => {
    await pulled();
    await project.write({ [file]: (await project.read(file)).replace('Go on', 'Carry on') });
    expect((await told()).map(([code]) => code)).toEqual(['HEADINGS_RAISED']);
    await project.push();
    const levels = (html: string): string =>
      html.replace(/(?<=<\/?)h2/gu, 'h1').replace(/(?<=<\/?)h3/gu, 'h2');
    expect(body()).toBe(levels(stored).replace('Go on', 'Carry on'));
    expect((await project.plan('sync')).operations).toEqual([]);
  });

  test('is told before it goes with its words, and a copy of it is kept', async () => {
    await pulled();
    const text = await project.read(file);
    await project.write({
      [file]: text.replace(/!\[Shot\][^\n]*\n\n/u, '').replace(/\| Plan[^]*?Nothing \|\n\n/u, ''),
    });
    expect(await told()).toEqual([
      [
        'GONE_IN_HELP_CENTER',
        'What is sent takes this away, which only the help center holds: the picture "shot.png" at 326 × 196, a column 155px wide, a column 300px wide.',
      ],
      [
        'HEADINGS_RAISED',
        'In the help center this text begins with headings of level 2. Intercom raises what is sent to level 1, and all below it as well.',
      ],
    ]);
    await project.push();
    expect(body()).not.toContain('326');
    const kept = Object.values(await project.files('.shelfmark/trash')).join('\n');
    expect(kept).toContain('width=\\"326\\"');
    expect(await project.trash()).toMatchObject([{ what: 'remote', path: 'guide.md' }]);
  });

  test('so it is with alignment to the left, classes, widths of any spelling, and empty paragraphs', async () => {
    const cell = (text: string, width: string): string =>
      `<td ${width}><p class="no-margin">${text}</p></td>`;
    const other = (width: string): string =>
      `<table role="presentation"><tbody><tr>${cell('One', width)}</tr><tr>${cell('Two', width)}</tr></tbody></table>`;
    const body = `<h1>Begin</h1><p class="intercom-align-left no-margin">To the left</p><ul class="lead"><li><p class="no-margin">In a class</p></li></ul>${other('width="90"')}<p class="no-margin">Between</p><p class="no-margin"></p><p class="no-margin"></p>${other('width="90"')}<p class="no-margin">End</p>`;
    project.simulator.operator.createArticle({ title: 'Guide', storedBody: body, state: 'published' });
    await project.pull();
    const text = await project.read(file);
    const toldOf = async (edit: (text: string) => string): Promise<string> => {
      await project.write({ [file]: edit(text) });
      return (await told())
        .map(([, message]) => message.replace(/^.*only the help center holds: /u, ''))
        .join();
    };
    expect(await toldOf((one) => one.replace('To the left\n\n', ''))).toBe('alignment to the left.');
    expect(await toldOf((one) => one.replace('- In a class\n\n', ''))).toBe('the class "lead".');
    // One of two tables alike, with all that makes it wide.
    expect(await toldOf((one) => one.replace(/\| One[^]*?Two \|\n\n/u, ''))).toBe('a column 90 wide.');
    expect(await toldOf((one) => one.replace('Between\n\n', ''))).toBe('');
    expect(await toldOf((one) => one.replace(/Between\n\n[^]*?Two \|\n\n/u, ''))).toBe('a column 90 wide.');
    expect(await toldOf((one) => one.replace('In a class', 'In this class'))).toBe('');
    expect(await toldOf((one) => one.replace('Between', 'In between'))).toBe('');
  });

  test('headings are not raised twice, and an article that begins with the first level is not warned of', async () => {
    await pulled();
    await project.write({ [file]: (await project.read(file)).replace('Go on', 'Carry on') });
    await project.push();
    await project.write({ [file]: (await project.read(file)).replace('Carry on', 'Move on') });
    expect(await told()).toEqual([]);
    await project.push();
    expect(body()).toContain('<h1 id="h_0f1e2d3c4b">Before you begin</h1>');
  });
});

describe('between staging and production', () => {
  test('an edit from one arrives in the other as that edit; what only the other holds stays, or is told', async () => {
    const production = await openProject();
    const { operator } = production.simulator;
    const { folder } = project;
    const live = { INTERCOM_URL: production.simulator.url, INTERCOM_TOKEN: production.simulator.token };
    const staging = { INTERCOM_URL: project.simulator.url, STAGING_TOKEN: project.simulator.token };
    const onStaging = (...args: readonly string[]): Promise<Ended> =>
      runCommand([...args, '--target', 'staging'], { folder, env: staging });
    const onLive = (...args: readonly string[]): Promise<Ended> => runCommand(args, { folder, env: live });
    await project.write({
      'sync.config.yaml':
        'remote:\n  provider: intercom\ntargets:\n  staging: { tokenVariable: STAGING_TOKEN }\n',
      [file]:
        '---\ntitle: Guide\nstate: published\n---\n\n# Begin\n\nLook at the words.\n\n| Plan | Price |\n| --- | --- |\n| Free | Nothing |\n',
    });
    for (const run of [onStaging, onLive]) expect((await run('push', '--yes')).code).toBe(0);
    // Somebody sets widths and shades in production, and somebody else edits a word in staging.
    const [there] = operator.articles();
    const styled = body(production)
      .replace(
        '<td style="background-color: #e8e8e880;">',
        '<td style="background-color: #e8e8e880; width: 155px;">',
      )
      .replace('<p class="no-margin">Look', '<p class="intercom-align-left no-margin">Look');
    operator.editArticle(there?.id ?? 0, { body: styled });
    const [here] = project.simulator.operator.articles();
    project.simulator.operator.editArticle(here?.id ?? 0, {
      body: body().replace('the words', 'these words'),
    });
    expect((await onStaging('pull', '--yes')).code).toBe(0);
    expect((await onLive('sync', '--yes')).code).toBe(0);
    expect(body(production)).toBe(styled.replace('the words', 'these words'));
    // The table goes in staging: production says what goes with it before it does.
    project.simulator.operator.editArticle(here?.id ?? 0, {
      body: body().replace(/<div class="intercom-interblocks-table[^]*?<\/div>/u, ''),
    });
    expect((await onStaging('pull', '--yes')).code).toBe(0);
    expect((await onLive('plan')).out).toContain('a column 155px wide');
    await onLive('push', '--yes');
    expect(Object.values(await project.files('.shelfmark/trash')).join('\n')).toContain('width: 155px');
    await production.close();
  });
});
