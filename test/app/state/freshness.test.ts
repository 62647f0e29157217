/* Which translations are behind: what the lock file remembers of their source, through every way that texts change. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runCommand, type Ended } from '../../helpers/command.ts';
import { openProject, type Project } from '../../helpers/project.ts';

let project: Project;

beforeEach(async () => {
  project = await openProject();
});
afterEach(async () => {
  await project.close();
});

const english = 'content/guide/prices.md';
const french = 'content/guide/prices.fr.md';
const folder = 'content/guide/collection.yaml';
const source = `---
title: Prices
description: What it costs
state: published
---

It costs ten euros a month.

![The till](https://pics.example/till.png)

Taxes are extra. See [the tax office](https://tax.example/2025).

    total = 10
`;
const files = {
  [english]: source,
  [french]:
    '---\ntitle: Prix\ndescription: Combien\nstate: published\n---\n\nDix euros par mois.\n\n![La caisse](https://pics.example/till.png)\n\nLes taxes sont en plus. Voir [le fisc](https://tax.example/2025).\n\n    total = 10\n',
  [folder]: 'name: Guide\ntranslations:\n  fr:\n    name: Guide pratique\n',
};

interface Said {
  readonly translations: readonly {
    readonly path: string;
    readonly locale: string;
    readonly state: string;
    readonly by: string | null;
    readonly behind?: {
      readonly fields: readonly string[];
      readonly blocks: readonly number[];
      readonly words: number;
      readonly since: string | null;
    };
  }[];
}

const command = (...args: readonly string[]): Promise<Ended> =>
  runCommand(args, {
    folder: project.folder,
    env: { INTERCOM_URL: project.simulator.url, INTERCOM_TOKEN: project.simulator.token },
  });

async function standings(): Promise<Said['translations']> {
  const { out, code } = await command('translations', '--json');
  expect(code).toBe(0);
  return (JSON.parse(out) as Said).translations;
}

async function standing(path = 'guide/prices.md') {
  const found = (await standings()).find((one) => one.path === path && one.locale === 'fr');
  if (found === undefined) throw new Error('no translation of it');
  return found;
}

const remote = () => {
  const [article] = project.simulator.operator.articles();
  if (article === undefined) throw new Error('nothing there');
  return article;
};

/** A teammate replaces words in one language in Intercom. */
function edit(locale: string, before: string, after: string): void {
  const { id, contents } = remote();
  const body = contents[locale]?.body ?? '';
  expect(body).toContain(before);
  const changed = { body: body.replace(before, after) };
  project.simulator.operator.editArticle(id, locale === 'en' ? changed : { locales: { [locale]: changed } });
}

describe('a translation', () => {
  test('that was pushed with its source is fresh, and one that nobody wrote is missing', async () => {
    await project.write({ ...files, 'content/other.md': '# Other\n\nMore words.\n' });
    await project.sync();
    expect(await standing()).toMatchObject({ state: 'fresh', by: 'lock' });
    expect(await standing('guide')).toMatchObject({ state: 'fresh' });
    expect(await standing('other.md')).toMatchObject({ state: 'missing' });
  });

  test('is behind once its source says something else, before that is sent and after', async () => {
    await project.write(files);
    await project.sync();
    await project.write({ [english]: source.replace('ten euros a month', 'twelve euros a month now') });
    const behind = { fields: [], blocks: [0], words: 7 };
    expect(await standing()).toMatchObject({ state: 'behind', behind: { ...behind, since: null } });
    await project.push();
    expect(await standing()).toMatchObject({ state: 'behind', behind });
    expect((await standing()).behind?.since).toMatch(/^\d{4}-\d\d-\d\d$/);
  });

  test('is behind by a title, a description, and the name of a collection', async () => {
    await project.write(files);
    await project.sync();
    await project.write({
      [english]: source
        .replace('title: Prices', 'title: All prices')
        .replace('What it costs', 'What all of it costs'),
      [folder]: (files[folder] ?? '').replace('name: Guide\n', 'name: Handbook\n'),
    });
    await project.push();
    expect(await standing()).toMatchObject({
      behind: { fields: ['title', 'description'], blocks: [], words: 7 },
    });
    expect(await standing('guide')).toMatchObject({
      state: 'behind',
      behind: { fields: ['name'], words: 1 },
    });
  });

  test('is not behind by what is the same in every language: addresses, pictures, code and numbers', async () => {
    await project.write(files);
    await project.sync();
    await project.write({
      [english]: source
        .replace('tax.example/2025', 'tax.example/2026')
        .replace('![The till](https://pics.example/till.png)', '![The till](https://pics.example/till-2.png)')
        .replace('total = 10', 'total = 11')
        .replace('Taxes are extra.', '**Taxes** are extra.'),
    });
    await project.push();
    expect(await standing()).toMatchObject({ state: 'fresh' });
  });

  test('is fresh again once its own file is edited', async () => {
    await project.write(files);
    await project.sync();
    await project.write({ [english]: source.replace('extra', 'included') });
    await project.push();
    await project.write({ [french]: (files[french] ?? '').replace('en plus', 'comprises') });
    expect(await standing()).toMatchObject({ state: 'fresh', by: 'edit' });
    await project.push();
    expect(await standing()).toMatchObject({ state: 'fresh', by: 'lock' });
  });

  test('stays behind where only the address in it was changed', async () => {
    await project.write(files);
    await project.sync();
    await project.write({ [english]: source.replace('extra', 'included') });
    await project.push();
    await project.write({ [french]: (files[french] ?? '').replace('tax.example/2025', 'tax.example/2026') });
    expect(await standing()).toMatchObject({ state: 'behind' });
    await project.push();
    expect(await standing()).toMatchObject({ state: 'behind' });
  });

  test('is fresh again once a teammate has edited it in Intercom, and behind once they edit the source', async () => {
    await project.write(files);
    await project.sync();
    edit('en', 'extra', 'included');
    await project.pull();
    expect(await standing()).toMatchObject({ state: 'behind', behind: { blocks: [2] } });
    edit('fr', 'en plus', 'comprises');
    await project.pull();
    expect(await standing()).toMatchObject({ state: 'fresh', by: 'lock' });
    edit('en', 'ten euros', 'eleven dollars');
    await project.sync();
    expect(await standing()).toMatchObject({ state: 'behind', behind: { blocks: [0] } });
  });

  test('that a teammate edits does not count as made from an edit that was not sent yet', async () => {
    await project.write(files);
    await project.sync();
    await project.write({ [english]: source.replace('extra', 'included') });
    edit('fr', 'Dix', 'Environ dix');
    await project.pull();
    expect(await standing()).toMatchObject({ state: 'behind', behind: { blocks: [2] } });
    await project.sync();
    expect(await standing()).toMatchObject({ state: 'behind', behind: { blocks: [2] } });
  });

  test('is fresh where both languages were edited together', async () => {
    await project.write(files);
    await project.sync();
    await project.write({
      [english]: source.replace('extra', 'included'),
      [french]: (files[french] ?? '').replace('en plus', 'comprises'),
    });
    expect(await standing()).toMatchObject({ state: 'fresh' });
    await project.sync();
    expect(await standing()).toMatchObject({ state: 'fresh', by: 'lock' });
  });

  test('that came from an existing help center is unknown until somebody says, and behind by what changes afterwards', async () => {
    await project.write(files);
    await project.sync();
    const clone = await project.beside();
    try {
      await clone.pull();
      const said = async () => {
        const { out } = await runCommand(['translations', '--json'], { folder: clone.folder });
        return (JSON.parse(out) as Said).translations.map(({ path, state }) => [path, state]);
      };
      expect(await said()).toEqual([
        ['guide', 'unknown'],
        ['guide/prices.md', 'unknown'],
      ]);
      const marked = await runCommand(['translations', '--mark-fresh', 'content'], { folder: clone.folder });
      expect(marked.out).toBe('Marked 2 translations as up to date with what the source says now.\n');
      expect(await said()).toEqual([
        ['guide', 'fresh'],
        ['guide/prices.md', 'fresh'],
      ]);
      expect((await clone.plan()).operations).toEqual([]);
    } finally {
      await clone.close();
    }
  });
});

describe('a lock file from before this was kept', () => {
  const forget = async (): Promise<string> => {
    const lock = (await project.read('sync.lock.json'))
      .replaceAll(/"translated":\{"own":"[^}]*\},/g, '')
      .replaceAll(/,"translated":\{"fr":\{[^}]*\}\}/g, '');
    expect(lock).not.toContain('translated');
    await project.write({ 'sync.lock.json': lock });
    return lock;
  };

  test('is not written again for it, and its translations are unknown', async () => {
    await project.write(files);
    await project.sync();
    const lock = await forget();
    expect(await standing()).toMatchObject({ state: 'unknown' });
    await project.sync();
    expect(await project.read('sync.lock.json')).toBe(lock);
  });

  test('is no reason to miss what changes from now on', async () => {
    await project.write(files);
    await project.sync();
    await forget();
    await project.write({ [english]: source.replace('extra', 'included') });
    expect(await standing()).toMatchObject({ state: 'behind', behind: { blocks: [2] } });
    await project.push();
    expect(await standing()).toMatchObject({ state: 'behind', behind: { blocks: [2] } });
  });

  test('is helped by the history of git', async () => {
    await project.write(files);
    await project.sync();
    await forget();
    await project.git('add', '.');
    await project.git('commit', '-q', '-m', 'both');
    expect(await standing()).toMatchObject({ state: 'fresh', by: 'git' });
    await project.write({ [english]: source.replace('extra', 'included') });
    expect(await standing()).toMatchObject({ state: 'behind', by: 'git' });
    await project.git('commit', '-q', '-a', '-m', 'only the source', '--date', '2026-03-04T12:00:00Z');
    expect(await standing()).toMatchObject({ state: 'behind', by: 'git', behind: { blocks: [2] } });
    const shown = await command('translations', 'content/guide/prices.md', '--locale', 'fr');
    expect(shown.out).toContain('[-extra-]{+included+}');
    expect(shown.out).toContain('Les taxes sont en plus.');
  });
});
