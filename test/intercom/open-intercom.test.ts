import { describe, expect, test } from 'vitest';
import type { RemoteArticle, RemoteCollection } from '../../src/model/entry.ts';
import type { ArticleEdit } from '../../src/model/remote-side.ts';
import { checkUrl, regionUrl, regions } from '../../src/intercom/http/region.ts';
import { TransportFailure } from '../../src/intercom/http/transport.ts';
import { emptyList, id, never, scriptedSide, withUsual } from './helpers/scripted.ts';
import type { Reply, ScriptedSide } from './helpers/scripted.ts';
import { errorList } from './helpers/server.ts';
import { answerOf, article, collection, helpCenter, listOf, me } from './helpers/wires.ts';

/** A remote that holds what is listed. */
function holding(
  articles: readonly unknown[],
  collections: readonly unknown[],
  helpCenters: readonly unknown[] = [helpCenter()],
  options: Parameters<typeof scriptedSide>[1] = {},
): ScriptedSide {
  return scriptedSide((_, path): Reply => {
    if (path === '/me') return answerOf(me());
    if (path === '/help_center/help_centers') return answerOf({ type: 'list', data: helpCenters });
    if (path === '/articles') return answerOf(listOf(articles));
    return answerOf(listOf(collections));
  }, options);
}

/** A remote that answers every write and look-up with the same entry. */
const answering = (wire: unknown, options: Parameters<typeof scriptedSide>[1] = {}): ScriptedSide =>
  scriptedSide(
    withUsual((_, path) => {
      if (path === '/admins') {
        const admins = [
          { id: '5', name: 'Bob', email: 'Bob@Example.com' },
          { id: '6', name: 'Fin' },
        ];
        return answerOf({ type: 'admin.list', admins });
      }
      return answerOf(wire);
    }),
    options,
  );

const anArticle = (more: Partial<RemoteArticle> = {}): RemoteArticle => ({
  kind: 'article',
  id: id('100'),
  parents: [],
  url: null,
  updatedAt: 0,
  locales: new Map([
    ['en', { title: 'Install', description: 'How', state: 'draft', author: id('5'), body: '<p>a</p>' }],
    ['fr', { title: 'Installer', description: '', state: 'draft', author: id('6'), body: '<p>b</p>' }],
  ]),
  ...more,
});

const aCollection = (more: Partial<RemoteCollection> = {}): RemoteCollection => ({
  kind: 'collection',
  id: id('200'),
  parent: null,
  name: 'Guides',
  description: '',
  icon: 'bookmark',
  updatedAt: 0,
  translations: new Map(),
  ...more,
});

describe('reading', () => {
  test('takes one call each for who we are, the help centers, the articles and the collections', async () => {
    const { side, lines } = holding([article()], [collection()]);
    await side.read(never);
    expect(lines()[0]).toBe('GET /me');
    expect(lines().slice(1).sort()).toEqual([
      'GET /articles?page=1&per_page=250',
      'GET /help_center/collections?page=1&per_page=250',
      'GET /help_center/help_centers',
    ]);
    expect(side.calls()).toEqual({ total: 4, byMethod: { GET: 4 } });
  });

  test('again asks only for what may have changed', async () => {
    const { side } = holding([article()], []);
    await side.read(never);
    await side.read(never);
    expect(side.calls().total).toBe(6);
  });

  test('stops at once when the token is refused', async () => {
    const { side } = scriptedSide(() => answerOf(errorList('unauthorized'), 401));
    await expect(side.read(never)).rejects.toMatchObject({ code: 'TOKEN_REFUSED' });
    expect(side.calls().total).toBe(1);
  });

  test('gives the workspace, the help center, its addresses and its entries by id', async () => {
    const { side } = holding(
      [article({ id: '1000' }), article({ id: '999', url: 'https://help.acme.test/en/articles/999' })],
      [collection()],
    );
    expect(await side.read(never)).toMatchObject({
      workspace: 'ws1',
      helpCenter: '71',
      sites: ['https://help.acme.test', 'https://intercom.help/acme'],
      defaultLocale: null,
      articles: [
        { id: '999', url: 'https://help.acme.test/en/articles/999' },
        { id: '1000', url: null },
      ],
      collections: [{ id: '200', name: 'Guides', icon: 'bookmark', parent: null }],
    });
  });

  test('takes ids as text or numbers, and passes over what is new', async () => {
    const { side } = holding(
      [article({ id: 77, parent_id: '200', parent_ids: ['200'], author_id: '9001', sparkle: { new: 1 } })],
      [collection({ id: 200, parent_id: null, help_center_id: '71' })],
    );
    const { articles } = await side.read(never);
    expect(articles).toMatchObject([{ id: '77', parents: ['200'] }]);
    expect(articles[0]?.locales.get('en')?.author).toBe('9001');
  });

  test.each([
    ['an id beyond what a number holds', article({ id: 2 ** 53 })],
    ['an id that is no id', article({ id: '../me' })],
    ['a body that is missing', article({ body: undefined })],
    ['a title that is missing', article({ title: undefined })],
    ['parents that are missing', article({ parent_id: undefined, parent_ids: undefined })],
  ])('refuses %s instead of guessing', async (_, wire) => {
    const { side } = holding([wire], []);
    await expect(side.read(never)).rejects.toMatchObject({
      code: 'UNEXPECTED_ANSWER',
      message: expect.stringContaining('GET /articles (page 1 of the articles)'),
    });
  });

  test('refuses an empty answer that does not say how many there are', async () => {
    const { side } = scriptedSide(withUsual(() => answerOf({ type: 'list', data: [] })));
    await expect(side.read(never)).rejects.toMatchObject({ code: 'UNEXPECTED_ANSWER' });
  });

  test('takes the parent from parent_ids, and from parent_id where those are empty', async () => {
    const { side } = holding(
      [
        article({ id: '1', parent_id: 200, parent_ids: [] }),
        article({ id: '2', parent_id: 200, parent_ids: [200, 201] }),
        article({ id: '3', parent_id: undefined, parent_ids: [201] }),
      ],
      [collection(), collection({ id: '201' })],
    );
    const { articles } = await side.read(never);
    expect(articles.map((one) => one.parents)).toEqual([['200'], ['200', '201'], ['201']]);
  });

  test('takes each locale with its own texts, state and author; null ones and the repeated default are none', async () => {
    const { side } = holding(
      [
        article({
          default_locale: 'en',
          translated_content: {
            type: 'article_translated_content',
            en: { type: 'article_content', title: 'Stale', body: 'x', state: 'draft', author_id: 1 },
            fr: { type: 'article_content', title: 'Installer', body: null, state: 'published', author_id: 5 },
            de: null,
            'xx-YY': { title: 'of a language we do not know' },
          },
        }),
      ],
      [
        collection({
          default_locale: 'en',
          translated_content: { fr: { type: 'group_content', name: 'Guides (fr)', description: null } },
        }),
      ],
    );
    const { articles, collections, defaultLocale } = await side.read(never);
    expect(defaultLocale).toBe('en');
    expect([...(articles[0]?.locales ?? [])]).toEqual([
      ['en', expect.objectContaining({ title: 'Install', author: '9001' })],
      ['fr', { title: 'Installer', description: '', body: '', state: 'published', author: '5' }],
    ]);
    expect([...(collections[0]?.translations ?? [])]).toEqual([
      ['fr', { name: 'Guides (fr)', description: '' }],
    ]);
  });

  test('files the top level under the default locale that Intercom tells', async () => {
    const { side } = holding([article({ default_locale: 'fr', translated_content: null })], []);
    const { articles, defaultLocale } = await side.read(never);
    expect(defaultLocale).toBe('fr');
    expect([...(articles[0]?.locales.keys() ?? [])]).toEqual(['fr']);
  });

  test('refuses a translation of unknown form rather than to lose it', async () => {
    const { side } = holding([article({ translated_content: { fr: { title: 'no body' } } })], []);
    await expect(side.read(never)).rejects.toMatchObject({ code: 'UNEXPECTED_ANSWER' });
  });

  test('replaces halves of a character, which no file can hold', async () => {
    const { side } = holding([article({ title: 'a\ud800b' })], []);
    expect((await side.read(never)).articles[0]?.locales.get('en')?.title).toBe('a\u{fffd}b');
  });

  test('looks at the collections again when an article stands in one that is new', async () => {
    let listings = 0;
    const { side } = scriptedSide(
      withUsual((_, path) => {
        if (path === '/articles') return answerOf(listOf([article({ parent_id: 201, parent_ids: [201] })]));
        listings += 1;
        return answerOf(listOf(listings === 1 ? [] : [collection({ id: '201' })]));
      }),
    );
    expect((await side.read(never)).collections).toMatchObject([{ id: '201' }]);
    expect(listings).toBe(2);
  });

  test('tells how far it is', async () => {
    const { side, events } = holding([article()], []);
    await side.read(never);
    expect(events).toContainEqual({ event: 'listed', kind: 'article', count: 1, total: 1 });
    expect(events).toContainEqual({ event: 'call', method: 'GET', path: '/me', status: 200, ms: 0 });
  });

  test('asks for smaller pages when one is too large to take', async () => {
    const { side, lines } = scriptedSide(
      withUsual((request, path) => {
        if (path !== '/articles') return emptyList();
        if (request.url.includes('per_page=250')) return new TransportFailure('oversize', 'too large');
        return answerOf(listOf([article()]));
      }),
    );
    expect((await side.read(never)).articles).toHaveLength(1);
    expect(lines()).toContain('GET /articles?page=1&per_page=50');
  });
});

describe('several help centers', () => {
  const two = [helpCenter(), helpCenter({ id: '72', display_name: null, identifier: 'other' })];

  test('need a choice, and the error names them and the key', async () => {
    const { side } = holding([], [], two);
    await expect(side.read(never)).rejects.toMatchObject({
      code: 'HELP_CENTER_AMBIGUOUS',
      message: expect.stringContaining('71 ("Acme Help"), 72 ("other")'),
      hint: expect.stringContaining('remote.helpCenter'),
    });
  });

  test('are kept apart by the top ancestor of each collection', async () => {
    const { side } = holding(
      [
        article({ id: '1', parent_ids: [301] }),
        article({ id: '2', parent_ids: [401] }),
        article({ id: '3', parent_ids: [401, 300] }),
        article({ id: '4' }),
      ],
      [
        collection({ id: '300', help_center_id: 71 }),
        collection({ id: '301', help_center_id: null, parent_id: '300' }),
        collection({ id: '400', help_center_id: 72 }),
        collection({ id: '401', help_center_id: null, parent_id: '400' }),
      ],
      two,
      { helpCenter: id('71') },
    );
    const snapshot = await side.read(never);
    expect(snapshot.collections.map((one) => one.id)).toEqual(['300', '301']);
    expect(snapshot.articles.map((one) => one.id)).toEqual(['1', '3', '4']);
  });

  test('may have default locales of their own', async () => {
    const { side } = holding(
      [article({ id: '1', parent_ids: [400], default_locale: 'de', translated_content: null })],
      [
        collection({ id: '300', help_center_id: 71, default_locale: 'fr' }),
        collection({ id: '400', help_center_id: 72, default_locale: 'de' }),
      ],
      two,
      { helpCenter: id('72') },
    );
    const snapshot = await side.read(never);
    expect(snapshot.defaultLocale).toBe('de');
    expect([...(snapshot.articles[0]?.locales.keys() ?? [])]).toEqual(['de']);
  });

  test.each([
    ['HELP_CENTER_UNKNOWN', two],
    ['HELP_CENTER_UNKNOWN', []],
  ])('of which none is the one named: %s', async (code, all) => {
    const { side } = holding([], [], all, { helpCenter: id('99') });
    await expect(side.read(never)).rejects.toMatchObject({ code });
  });

  test('or none at all is an error of its own', async () => {
    const { side } = holding([], [], []);
    await expect(side.read(never)).rejects.toMatchObject({ code: 'HELP_CENTER_MISSING' });
  });
});

describe('retrieving', () => {
  test("gives null only for Intercom's own word that there is none", async () => {
    const gone = scriptedSide(() => answerOf(errorList('not_found', 'Resource Not Found'), 404));
    expect(await gone.side.retrieveArticle(id('1'), never)).toBeNull();
    expect(await gone.side.retrieveCollection(id('1'), never)).toBeNull();
    const proxy = scriptedSide(() => answerOf({ code: 'not_found' }, 404));
    await expect(proxy.side.retrieveArticle(id('1'), never)).rejects.toMatchObject({ code: 'NOT_INTERCOM' });
    await expect(proxy.side.deleteArticle(id('1'), never)).rejects.toMatchObject({ code: 'NOT_INTERCOM' });
  });

  test('never puts anything but digits into an address', async () => {
    const { side, sent } = answering(article());
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    const evil = '1/../../me' as ReturnType<typeof id>;
    await expect(side.retrieveArticle(evil, never)).rejects.toThrow(RangeError);
    await expect(side.deleteCollection(evil, never)).rejects.toThrow(RangeError);
    expect(sent).toEqual([]);
  });
});

describe('creating an article', () => {
  test("sends what is given, and the token's own admin as author where none is named", async () => {
    const { side, lastBody, lines } = answering(article());
    const made = await side.createArticle(
      {
        parent: id('200'),
        locales: new Map([
          ['en', { title: 'Install', description: 'How', body: '<p>a</p>', state: 'published' }],
        ]),
      },
      never,
    );
    expect(made).toMatchObject({ id: '100' });
    expect(lastBody()).toEqual({
      title: 'Install',
      description: 'How',
      body: '<p>a</p>',
      state: 'published',
      author_id: 9001,
      parent_id: 200,
      parent_type: 'collection',
    });
    expect(lines()).toEqual(['GET /me', 'POST /articles']);
  });

  test('sends each other locale whole, with an author', async () => {
    const { side, lastBody } = answering(article());
    const edit: ArticleEdit = {
      locales: new Map([
        ['fr', { title: 'Installer', body: '<p>b</p>', state: 'draft' }],
        ['en', { title: 'Install', author: id('5') }],
        ['de', { title: 'Einbau', author: id('6') }],
      ]),
    };
    await side.createArticle(edit, never);
    expect(lastBody()).toEqual({
      title: 'Install',
      author_id: 5,
      translated_content: {
        type: 'article_translated_content',
        de: { type: 'article_content', title: 'Einbau', author_id: 6 },
        fr: { type: 'article_content', title: 'Installer', body: '<p>b</p>', state: 'draft', author_id: 5 },
      },
    });
  });

  test('asks once who the configured author is', async () => {
    const { side, lastBody, lines } = answering(article(), { author: 'bob@example.com' });
    const edit: ArticleEdit = { locales: new Map([['en', { title: 'Install' }]]) };
    await side.createArticle(edit, never);
    await side.createArticle(edit, never);
    expect(lastBody()).toEqual({ title: 'Install', author_id: 5 });
    expect(lines()).toEqual(['GET /me', 'GET /admins', 'POST /articles', 'POST /articles']);
  });

  test('creates nothing when the configured author is nobody', async () => {
    const { side, lines } = answering(article(), { author: 'nobody@example.com' });
    const edit: ArticleEdit = { locales: new Map([['en', { title: 'Install' }]]) };
    await expect(side.createArticle(edit, never)).rejects.toMatchObject({ code: 'AUTHOR_UNKNOWN' });
    expect(lines().some((line) => line.startsWith('POST'))).toBe(false);
  });
});

describe('updating an article', () => {
  test('writes the default locale that Intercom told at the top, whatever is configured', async () => {
    const { side, lastBody } = answering(article({ default_locale: 'fr', translated_content: null }));
    const current = await side.retrieveArticle(id('100'), never);
    if (current === null) throw new Error('it is there');
    await side.updateArticle(current, { locales: new Map([['fr', { title: 'Mettre' }]]) }, never);
    expect(lastBody()).toEqual({ title: 'Mettre', author_id: 9001 });
  });

  test('sends what changed, and the author as it was', async () => {
    const { side, lastBody, lines } = answering(article());
    await side.updateArticle(anArticle(), { locales: new Map([['en', { title: 'Set up' }]]) }, never);
    expect(lastBody()).toEqual({ title: 'Set up', author_id: 5 });
    expect(lines()).toEqual(['PUT /articles/100']);
  });

  test('sends a changed translation whole, from what is there and the edit', async () => {
    const { side, lastBody } = answering(article());
    await side.updateArticle(anArticle(), { locales: new Map([['fr', { title: 'Mettre' }]]) }, never);
    expect(lastBody()).toEqual({
      author_id: 5,
      translated_content: {
        type: 'article_translated_content',
        fr: {
          type: 'article_content',
          title: 'Mettre',
          description: '',
          body: '<p>b</p>',
          state: 'draft',
          author_id: 6,
        },
      },
    });
  });

  test('moves it, and checks that it went', async () => {
    const moved = answering(article({ parent_id: 200, parent_ids: [200] }));
    await moved.side.updateArticle(anArticle(), { parent: id('200'), locales: new Map() }, never);
    expect(moved.lastBody()).toEqual({ parent_id: 200, parent_type: 'collection', author_id: 5 });
    const stuck = answering(article());
    await expect(
      stuck.side.updateArticle(anArticle(), { parent: id('200'), locales: new Map() }, never),
    ).rejects.toMatchObject({ code: 'NOT_MOVED' });
  });

  test('takes it out of its collection, or says that Intercom did not', async () => {
    const out = answering(article());
    await out.side.updateArticle(
      anArticle({ parents: [id('200')] }),
      { parent: null, locales: new Map() },
      never,
    );
    expect(out.lastBody()).toEqual({ parent_id: null, author_id: 5 });
    const stuck = answering(article({ parent_id: 200, parent_ids: [200] }));
    await expect(
      stuck.side.updateArticle(
        anArticle({ parents: [id('200')] }),
        { parent: null, locales: new Map() },
        never,
      ),
    ).rejects.toMatchObject({
      code: 'NOT_MOVED',
      message: expect.stringContaining('it is in collection 200'),
    });
  });

  test('never moves one that stands in collections of several help centers', async () => {
    const { side, sent, lastBody } = answering(article({ parent_ids: [200, 300] }));
    const current = anArticle({ parents: [id('200'), id('300')] });
    await expect(
      side.updateArticle(current, { parent: id('400'), locales: new Map() }, never),
    ).rejects.toMatchObject({
      code: 'SEVERAL_PARENTS',
    });
    expect(sent).toEqual([]);
    await side.updateArticle(current, { parent: id('300'), locales: new Map() }, never);
    expect(lastBody()).toEqual({ author_id: 5 });
  });
});

describe('collections', () => {
  test('are created in the chosen help center, nested ones where their parent is', async () => {
    const { side, lastBody } = answering(collection());
    await side.createCollection({ name: 'Guides', description: 'All', icon: 'bulb' }, never);
    expect(lastBody()).toEqual({ name: 'Guides', description: 'All', icon: 'bulb', help_center_id: 71 });
    await side.createCollection(
      {
        name: 'Inner',
        parent: id('200'),
        translations: new Map([['fr', { name: 'Dedans', description: '' }]]),
      },
      never,
    );
    expect(lastBody()).toEqual({
      name: 'Inner',
      parent_id: 200,
      translated_content: {
        type: 'group_translated_content',
        fr: { type: 'group_content', name: 'Dedans', description: '' },
      },
    });
  });

  test('keep their icon in every update, which Intercom would else reset', async () => {
    const { side, lastBody } = answering(collection());
    await side.updateCollection(aCollection(), { name: 'Better' }, never);
    expect(lastBody()).toEqual({ name: 'Better', icon: 'bookmark' });
    await side.updateCollection(aCollection(), { icon: 'bulb' }, never);
    expect(lastBody()).toEqual({ icon: 'bulb' });
  });

  test('are lifted to the top by a null parent, and the answer is checked', async () => {
    const lifted = answering(collection());
    await lifted.side.updateCollection(aCollection({ parent: id('300') }), { parent: null }, never);
    expect(lifted.lastBody()).toEqual({ icon: 'bookmark', parent_id: null });
    const stuck = answering(collection({ parent_id: '300' }));
    await expect(
      stuck.side.updateCollection(aCollection({ parent: id('300') }), { parent: null }, never),
    ).rejects.toMatchObject({ code: 'NOT_MOVED' });
  });
});

describe('deleting', () => {
  test.each(['deleteArticle', 'deleteCollection'] as const)(
    'by %s is done also when it was gone',
    async (step) => {
      const faults = [new TransportFailure('lost', 'the connection broke')];
      const { side, sent } = scriptedSide(() => faults.shift() ?? answerOf(errorList('not_found'), 404));
      await expect(side[step](id('100'), never)).resolves.toBeUndefined();
      expect(sent.map((one) => one.method)).toEqual(['DELETE', 'DELETE']);
    },
  );

  test('is not believed without its confirmation', async () => {
    const { side } = scriptedSide(() => answerOf({ id: '100' }));
    await expect(side.deleteArticle(id('100'), never)).rejects.toMatchObject({ code: 'UNEXPECTED_ANSWER' });
  });
});

describe('authors', () => {
  test("the token's own admin is known without another call", async () => {
    const { side, lines } = answering(article());
    expect(await side.findAuthor(' ADA@example.com ', never)).toBe('9001');
    expect(await side.findAuthor('9001', never)).toBe('9001');
    expect(await side.nameAuthor(id('9001'), never)).toBe('ada@example.com');
    expect(lines()).toEqual(['GET /me']);
  });

  test('others are looked up in one listing', async () => {
    const { side, lines } = answering(article());
    expect(await side.findAuthor('bob@example.com', never)).toBe('5');
    expect(await side.findAuthor('5', never)).toBe('5');
    expect(await side.findAuthor('555', never)).toBeNull();
    expect(await side.findAuthor('who@example.com', never)).toBeNull();
    expect(await side.findAuthor('', never)).toBeNull();
    expect(await side.nameAuthor(id('5'), never)).toBe('Bob@Example.com');
    expect(await side.nameAuthor(id('6'), never)).toBe('6');
    expect(await side.nameAuthor(id('777'), never)).toBe('777');
    expect(lines()).toEqual(['GET /me', 'GET /admins']);
  });

  test('are asked for again after a failure', async () => {
    const faults = [answerOf(errorList('forbidden'), 403)];
    const { side } = scriptedSide(() => faults.shift() ?? answerOf(me()));
    await expect(side.me(never)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(side.me(never)).resolves.toMatchObject({ id: '9001', app: { region: 'US' } });
  });
});

describe('what a check-up asks', () => {
  test('the limit and how far the clocks are apart', async () => {
    const { side, clock } = scriptedSide(() =>
      answerOf(me(), 200, {
        'x-ratelimit-limit': '1667',
        'x-ratelimit-remaining': '1667',
        'x-ratelimit-reset': '1750000016',
        date: new Date(clock.now() + 90_000).toUTCString(),
      }),
    );
    expect(side.rate()).toBeNull();
    expect(side.clockAhead()).toBeNull();
    await side.me(never);
    expect(side.rate()).toMatchObject({ limit: 1667, remaining: 1667 });
    expect(side.clockAhead()).toBe(90);
  });
});

describe('the address', () => {
  test('of each region is the one that Intercom gives', () => {
    expect(regions.map((region) => regionUrl(region))).toEqual([
      'https://api.intercom.io',
      'https://api.eu.intercom.io',
      'https://api.au.intercom.io',
    ]);
  });

  test.each([
    ['https://api.intercom.io/', 'https://api.intercom.io'],
    ['https://proxy.test/intercom/', 'https://proxy.test/intercom'],
    ['http://127.0.0.1:4010', 'http://127.0.0.1:4010'],
    ['http://localhost:4010/', 'http://localhost:4010'],
    ['http://[::1]:4010', 'http://[::1]:4010'],
  ])('%s is taken', (text, url) => {
    expect(checkUrl(text)).toBe(url);
  });

  test.each([
    'http://api.intercom.io',
    'http://127.0.0.1.evil.test',
    'http://localhost.evil.test',
    'https://user:pass@api.intercom.io',
    'https://api.intercom.io?x=1',
    'https://api.intercom.io#x',
    'ftp://127.0.0.1',
    'file:///etc/passwd',
    'api.intercom.io',
    '',
  ])('%j is refused, and not repeated', (text) => {
    try {
      checkUrl(text);
      throw new Error('it was taken');
    } catch (error) {
      expect(error).toMatchObject({ code: 'URL_REFUSED', kind: 'failed' });
      if (text !== '') expect(String(error)).not.toContain(text);
    }
  });
});
