/** Every call that Shelfmark makes and every answer it gets, held against Intercom's own description of its API. */
import { expect, test } from 'vitest';
import { openIntercom } from '../../src/intercom/open-intercom.ts';
import type { Transport } from '../../src/intercom/http/transport.ts';
import { contentFolder, openInnerWorld } from '../helpers/inner-world.ts';
import { Description, knownErrors } from '../simulator/description.ts';
import { never } from './helpers/scripted.ts';

interface Exchange {
  readonly method: string;
  readonly target: string;
  readonly request: unknown;
  readonly status: number;
  readonly answer: unknown;
}

function listening(to: Exchange[]): (transport: Transport) => Transport {
  return (transport) => async (request, signal) => {
    const answer = await transport(request, signal);
    const { pathname, search } = new URL(request.url);
    to.push({
      method: request.method,
      target: `${pathname}${search}`,
      request: request.body === null ? undefined : JSON.parse(request.body),
      status: answer.status,
      answer: JSON.parse(new TextDecoder().decode(answer.body)),
    });
    return answer;
  };
}

/** A help center's life: made from a folder, edited on both sides, moved about, translated, and taken apart again. */
async function life(multilingual: boolean): Promise<readonly Exchange[]> {
  const exchanges: Exchange[] = [];
  const world = openInnerWorld({ switches: { multilingual } });
  const through = listening(exchanges);
  const folder = world.openFolder({ through, policy: { deletions: 'delete' } });
  const all = { allowDeletes: 100, allowEmptied: true };
  folder.write({
    'guides/collection.yaml':
      'name: Guides\ndescription: How to\nicon: star\ntranslations:\n  fr:\n    name: Guides en français\n',
    'guides/deep/collection.yaml': 'name: Deep\n',
    'guides/deep/deeper/install.md':
      '---\ntitle: Install\nstate: published\nauthor: support@example.com\n---\n\nRead [more](../more.md).\n',
    'guides/deep/deeper/install.fr.md': '# Installer\n\nTexte.\n',
    'guides/deep/more.md': '# More\n\n| A | B |\n| - | - |\n| 1 | 2 |\n\nSee [install](deeper/install.md).\n',
    'news.md': '# News\n\nText.\n',
  });
  await folder.run('push');
  const news = world.operator.articles().find((one) => one.contents['en']?.title === 'News');
  world.operator.editArticle(news?.id ?? 0, { body: '<p>Edited there.</p>' });
  folder.write({
    'guides/collection.yaml': 'name: Manuals\ndescription: How to do it\nicon: star\n',
    'guides/deep/more.md': '---\ntitle: More\nstate: published\ndescription: Even more\n---\n\nOther text.\n',
    'guides/deep/deeper/install.fr.md': '# Installer\n\nAutre texte.\n',
  });
  await folder.run('sync');
  folder.memory.drop(`${contentFolder}/guides/deep/more.md`);
  folder.write({
    'guides/more.md': '---\ntitle: More\nstate: published\ndescription: Even more\n---\n\nOther text.\n',
    'other/collection.yaml': 'name: Other\n',
  });
  await folder.run('push', all);
  folder.write({
    'guides/more.md': null,
    'guides/deep/deeper/install.md': null,
    'guides/deep/deeper/install.fr.md': null,
    'guides/deep/collection.yaml': null,
    'other/collection.yaml': null,
  });
  await folder.run('push', all);
  // Whom a run or a check-up asks only now and then.
  const side = openIntercom({
    url: 'http://127.0.0.1',
    token: world.token,
    version: '2.11',
    helpCenter: null,
    defaultLocale: 'en',
    author: null,
    clock: world.clock,
    chance: { next: () => 0.5 },
    transport: through(world.transport),
  });
  await side.admins(never);
  await side.glance(never);
  await side.mayWrite(never);
  const made = await side.createCollection({ name: 'Last' }, never);
  await side.retrieveCollection(made.id, never);
  await side.deleteCollection(made.id, never);
  return exchanges;
}

const exchanges = [...(await life(true)), ...(await life(false))];

function faults(description: Description): readonly string[] {
  return exchanges.flatMap(({ method, target, request, status, answer }) =>
    [
      ...description.faultsOfQuery(method, target),
      ...(method === 'GET' ? [] : description.faultsOfRequest(method, target, request)),
      ...(method === 'GET' ? [] : description.strangersInRequest(method, target, request)),
      ...description.faultsOfAnswer(method, target, status, answer),
    ].map((one) => `${method} ${target}: ${one}`),
  );
}

test('every call that Shelfmark makes, and every answer that it gets, is as Intercom describes it', () => {
  expect(faults(new Description())).toEqual([]);
});

test('that covers every call that Shelfmark knows', () => {
  const kinds = new Set(
    exchanges.map(({ method, target }) => `${method} ${target.replace(/\?.*/, '').replace(/\d+$/, 'ID')}`),
  );
  expect([...kinds].sort()).toEqual([
    'DELETE /articles/ID',
    'DELETE /help_center/collections/ID',
    'GET /admins',
    'GET /articles',
    'GET /articles/ID',
    'GET /help_center/collections',
    'GET /help_center/collections/ID',
    'GET /help_center/help_centers',
    'GET /me',
    'POST /articles',
    'POST /help_center/collections',
    'PUT /articles/ID',
    'PUT /help_center/collections/ID',
  ]);
});

test('of its requests, one only needs the description to be put right: how a parent is named', () => {
  const needed = knownErrors.filter((error) => {
    const description = new Description(error);
    return exchanges.some(
      ({ method, target, request }) =>
        method !== 'GET' && description.faultsOfRequest(method, target, request).length > 0,
    );
  });
  expect(needed.map((one) => one.says)).toEqual([
    'a new article names its parent by a number, a new collection by a string, an update by a string',
  ]);
});
