import { describe, expect, test } from 'vitest';
import { begin, complaint, fields, rows, workspace } from './workspace.ts';
import type { Json, Workspace } from './workspace.ts';

function create(space: Workspace, input: Json = {}): Json {
  const reply = space.call('POST', '/articles', { title: 'Install', author_id: space.author, ...input });
  expect(reply.text).not.toContain('error.list');
  return reply.json;
}

function collection(space: Workspace, input: Json = {}): number {
  return Number(space.call('POST', '/help_center/collections', { name: 'Start', ...input }).json['id']);
}

test('an article comes back with the keys and types of a recorded answer', () => {
  const space = workspace({ multilingual: false });
  const parent = collection(space);
  const article = create(space, { body: '<p>Hi</p>', parent_id: String(parent), state: 'published' });
  expect(Object.keys(article)).toEqual(
    'id type workspace_id parent_id parent_type parent_ids statistics content_id title description body author_id state created_at updated_at url'.split(
      ' ',
    ),
  );
  expect(article).toMatchObject({
    id: expect.stringMatching(/^\d+$/),
    type: 'article',
    parent_id: parent,
    parent_type: 'collection',
    parent_ids: [parent],
    content_id: expect.stringMatching(/^\d+$/),
    description: '',
    body: '<p class="no-margin">Hi</p>',
    author_id: space.author,
    state: 'published',
    created_at: begin,
    updated_at: begin,
    url: `http://simulator.test/help/en/articles/${String(article['id'])}-install`,
  });
  expect(article['statistics']).toMatchObject({ type: 'article_statistics', conversations: 0 });
});

test('lists leave the statistics out', () => {
  const space = workspace();
  create(space);
  const [row] = rows(space.call('GET', '/articles').json['data']);
  expect(row).not.toHaveProperty('statistics');
  expect(Object.keys(space.call('GET', '/articles').json)).toEqual(['type', 'pages', 'total_count', 'data']);
});

test('a new article is a draft without an address', () => {
  const article = create(workspace());
  expect(article).toMatchObject({ state: 'draft', url: null, body: '', parent_id: null, parent_ids: [] });
});

test('the id of the content finds no article', () => {
  const space = workspace();
  const article = create(space);
  expect(space.call('GET', `/articles/${String(article['content_id'])}`).status).toBe(404);
});

describe('an article is refused', () => {
  test.each<[string, Json, number, string]>([
    ['without an author', { author_id: undefined }, 400, 'parameter_not_found'],
    ['without a title', { title: undefined }, 400, 'parameter_not_found'],
    ['with a blank title', { title: ' ' }, 400, 'parameter_invalid'],
    ['with an author who is no admin', { author_id: 1 }, 400, 'parameter_invalid'],
    ['with the bot as its author', { author_id: 7_310_004 }, 400, 'parameter_invalid'],
    ['in a collection that does not exist', { parent_id: 5 }, 404, 'not_found'],
    ['with another state', { state: 'archived' }, 400, 'parameter_invalid'],
    ['with a body that is no text', { body: {} }, 400, 'parameter_invalid'],
    ['with a table in a list', { body: '<ul><li><table><tr><td>a' }, 400, 'parameter_invalid'],
    [
      'with a translation that has no title',
      { translated_content: { fr: { body: 'a' } } },
      400,
      'parameter_not_found',
    ],
  ])('%s', (_, input, status, code) => {
    const space = workspace();
    const reply = space.call('POST', '/articles', { title: 'Install', author_id: space.author, ...input });
    expect([reply.status, complaint(reply).code]).toEqual([status, code]);
    expect(space.world.articles.size).toBe(0);
  });
});

test('the author may stand in the default locale’s object, and so may the title', () => {
  const space = workspace();
  const content = { title: 'Install', author_id: space.author };
  const reply = space.call('POST', '/articles', { translated_content: { en: content } });
  expect(reply.json).toMatchObject({ title: 'Install', author_id: space.author });
  const without = space.call('POST', '/articles', { title: 'Install' });
  expect(complaint(without).message).toBe(
    'author_id must be in the main body or default locale translated_content object',
  );
});

describe('an update', () => {
  test('changes what is sent, and the time of the edit', () => {
    const space = workspace();
    const article = create(space, { body: '<p>a</p>', description: 'd' });
    space.wait(5);
    const after = space.call('PUT', `/articles/${String(article['id'])}`, { title: 'Set up' }).json;
    expect(after).toMatchObject({
      title: 'Set up',
      description: 'd',
      body: '<p class="no-margin">a</p>',
      created_at: begin,
      updated_at: begin + 5,
    });
  });

  test('that changes nothing moves the time too, unless the switch says otherwise', () => {
    for (const [idleUpdate, moved] of [
      ['touch', 5],
      ['leave', 0],
    ] as const) {
      const space = workspace({ idleUpdate });
      const article = create(space);
      space.wait(5);
      const after = space.call('PUT', `/articles/${String(article['id'])}`, { title: 'Install' }).json;
      expect(after['updated_at']).toBe(begin + moved);
    }
  });

  test('publishes at once and takes back', () => {
    const space = workspace();
    const path = `/articles/${String(create(space)['id'])}`;
    expect(space.call('PUT', path, { state: 'published' }).json['url']).toContain('/articles/');
    expect(space.call('PUT', path, { state: 'draft' }).json).toMatchObject({ state: 'draft', url: null });
  });

  test('moves by parent_id, and null takes out', () => {
    const space = workspace();
    const [one, other] = [collection(space), collection(space)];
    const path = `/articles/${String(create(space, { parent_id: one })['id'])}`;
    expect(space.call('PUT', path, { parent_id: String(other) }).json['parent_ids']).toEqual([other]);
    expect(space.call('PUT', path, { parent_id: null }).json).toMatchObject({
      parent_id: null,
      parent_ids: [],
    });
  });

  test('into an unpublished draft of the web editor is not seen', () => {
    const space = workspace();
    const id = Number(create(space, { body: '<p>a</p>', state: 'published' })['id']);
    space.operator.editArticle(id, { body: '<p>half a thought</p>', draft: true });
    const after = space.call('PUT', `/articles/${id}`, { body: '<p>b</p>' }).json;
    expect(after['body']).toBe('<p class="no-margin">a</p>');
    expect(space.operator.publishDraft(id).contents['en']?.body).toBe('<p class="no-margin">b</p>');
  });

  test('of an article that is gone answers like an unknown one', () => {
    const space = workspace();
    const path = `/articles/${String(create(space)['id'])}`;
    expect(space.call('DELETE', path).json).toEqual({ id: path.slice(10), object: 'article', deleted: true });
    for (const method of ['GET', 'PUT', 'DELETE']) {
      const reply = space.call(method, path);
      expect([reply.status, complaint(reply)]).toEqual([
        404,
        { code: 'not_found', message: 'Resource Not Found' },
      ]);
    }
  });
});

describe('translations', () => {
  const french = { title: 'Installer', body: '<p>b</p>' };

  test('have their own state, times and address; locales without content are null', () => {
    const space = workspace();
    const article = create(space, { state: 'published', translated_content: { fr: french } });
    const path = `/articles/${String(article['id'])}`;
    space.wait(3);
    const after = space.call('PUT', path, { translated_content: { fr: { state: 'published' } } }).json;
    const translated = fields(after['translated_content']);
    expect(after['updated_at']).toBe(begin);
    expect(after['default_locale']).toBe('en');
    expect(translated['type']).toBe('article_translated_content');
    expect(translated['de']).toBeNull();
    expect(Object.keys(translated)).toHaveLength(38);
    expect(fields(translated['en'])['title']).toBe('Install');
    expect(translated['fr']).toMatchObject({
      type: 'article_content',
      title: 'Installer',
      body: '<p class="no-margin">b</p>',
      author_id: space.author,
      state: 'published',
      created_at: begin,
      updated_at: begin + 3,
      url: `http://simulator.test/help/fr${path}-installer`,
    });
  });

  test('leave one another alone, and null takes one out', () => {
    const space = workspace();
    const article = create(space, { translated_content: { fr: french, de: { title: 'Einrichten' } } });
    const path = `/articles/${String(article['id'])}`;
    const after = space.call('PUT', path, { translated_content: { de: null, fr: { title: 'x' } } }).json;
    const translated = fields(after['translated_content']);
    expect([translated['de'], fields(translated['fr'])['body']]).toEqual([
      null,
      '<p class="no-margin">b</p>',
    ]);
  });

  test('are taken and hidden where the help center has one language', () => {
    const space = workspace({ multilingual: false });
    const article = create(space, { translated_content: { fr: french } });
    expect(article).not.toHaveProperty('translated_content');
    expect(space.operator.article(Number(article['id'])).contents['fr']?.title).toBe('Installer');
  });

  test('in a locale that is not switched on are taken and not shown', () => {
    const space = workspace();
    space.operator.editHelpCenter(space.world.defaultHelpCenter.id, { locales: ['en', 'de'] });
    const article = create(space, { translated_content: { fr: french } });
    expect(fields(article['translated_content'])['fr']).toBeNull();
  });

  test.each<['top' | 'locale', string]>([
    ['top', 'At the top'],
    ['locale', 'In the locale'],
  ])('when both are sent, the text of the switch counts: %s', (clash, title) => {
    const article = create(workspace({ clash }), {
      title: 'At the top',
      translated_content: { en: { title: 'In the locale' } },
    });
    expect(article['title']).toBe(title);
  });
});

describe('paging', () => {
  test('counts from the newest edit, twenty-five at a time', () => {
    const space = workspace();
    for (let count = 0; count < 30; count += 1) {
      create(space, { title: `Number ${count}` });
      space.wait(1);
    }
    const first = space.call('GET', '/articles');
    expect(rows(first.json['data'])).toHaveLength(25);
    expect(rows(first.json['data'])[0]?.['title']).toBe('Number 29');
    expect(first.json['total_count']).toBe(30);
    expect(first.json['pages']).toEqual({
      type: 'pages',
      next: 'http://simulator.test/articles?page=2&per_page=25',
      page: 1,
      per_page: 25,
      total_pages: 2,
    });
    const last = space.call('GET', '/articles?page=2');
    expect(rows(last.json['data'])).toHaveLength(5);
    expect(fields(last.json['pages'])).not.toHaveProperty('next');
    expect(rows(space.call('GET', '/articles?page=9').json['data'])).toEqual([]);
    const zero = space.call('GET', '/articles?page=0').json;
    expect(zero['pages']).toMatchObject({
      page: 0,
      next: 'http://simulator.test/articles?page=1&per_page=25',
    });
    expect(fields(space.call('GET', '/articles?per_page=1000').json['pages'])['per_page']).toBe(250);
  });

  test('slides while somebody edits: one is met twice, another one never', () => {
    const space = workspace();
    const ids = Array.from({ length: 4 }, (_, count) => {
      space.wait(1);
      return create(space, { title: `Number ${count}` })['id'];
    });
    const page = (number: number) =>
      rows(space.call('GET', `/articles?per_page=2&page=${number}`).json['data']).map((one) => one['id']);
    const first = page(1);
    space.wait(1);
    space.operator.editArticle(Number(ids[0]), { title: 'Edited' });
    const seen = [...first, ...page(2)];
    expect(seen).not.toContain(ids[0]);
    expect(new Set(seen).size).toBe(3);
  });

  test('shows writes late where lists lag behind', () => {
    const space = workspace({ listLag: 5 });
    create(space);
    expect(space.call('GET', '/articles').json['total_count']).toBe(0);
    space.wait(5);
    expect(space.call('GET', '/articles').json['total_count']).toBe(1);
  });
});

describe('search', () => {
  test('finds words, with highlights, and nothing as an empty array', () => {
    const space = workspace();
    const { id } = create(space, { title: 'Reset a password', body: '<p>Use <b>the</b> link</p>' });
    const hit = space.call('GET', '/articles/search?phrase=password%20link&highlight=true').json;
    const data = fields(hit['data']);
    expect(rows(data['articles']).map((one) => one['id'])).toEqual([id]);
    expect(rows(data['highlights'])[0]).toEqual({
      article_id: id,
      highlighted_title: [
        { type: 'plain', text: 'Reset a ' },
        { type: 'highlight', text: 'password' },
      ],
      highlighted_summary: [
        [
          { type: 'plain', text: 'Use the ' },
          { type: 'highlight', text: 'link' },
        ],
      ],
    });
    expect(fields(hit['pages'])['per_page']).toBe(10);
    expect(space.call('GET', '/articles/search?phrase=password&state=published').json['data']).toEqual([]);
    expect(space.call('GET', '/articles/search?phrase=nowhere').json['data']).toEqual([]);
  });
});

describe('images', () => {
  const body = '<p><img src="https://x.test/shot.png?v=1" alt="Shot"></p>';

  test('are signed when the answer is made, the same for a day, and known again when sent back', () => {
    const space = workspace();
    const article = create(space, { body });
    const path = `/articles/${String(article['id'])}`;
    const first = String(space.call('GET', path).json['body']);
    expect(first).toMatch(
      /^<div class="intercom-container"><img src="https:\/\/downloads\.intercomcdn\.com\/i\/o\/\w+\/\d+\/[0-9a-f]+\/shot\.png\?expires=\d+&amp;signature=[0-9a-f]{64}&amp;req=\w+%0A" alt="Shot"><\/div>$/,
    );
    space.wait(60);
    expect(space.call('GET', path).json['body']).toBe(first);
    expect(space.call('PUT', path, { body: first }).json['body']).toBe(first);
    space.wait(86_400);
    const later = String(space.call('GET', path).json['body']);
    expect(later).not.toBe(first);
    expect(later.replace(/\?[^"]*/, '')).toBe(first.replace(/\?[^"]*/, ''));
    expect(space.call('PUT', path, { body: first.replace(/\?[^"]*/, '') }).json['body']).toBe(later);
  });

  test('are not copied twice from one address, but anew from another', () => {
    const space = workspace();
    const [one, two, three] = [body, body, body.replace('v=1', 'v=2')].map((html) =>
      String(create(space, { body: html })['body']),
    );
    expect(one).toBe(two);
    expect(three).not.toBe(one);
  });

  test('that cannot be fetched refuse the whole request, or are stored broken', () => {
    for (const [brokenImages, status] of [
      ['refuse', 400],
      ['accept', 200],
    ] as const) {
      const space = workspace({ brokenImages });
      const input = { title: 'a', author_id: space.author, body };
      const images = new Map([['https://x.test/shot.png?v=1', null]]);
      expect(space.call('POST', '/articles', input, { images }).status).toBe(status);
    }
  });
});

test('an article in several help centers keeps them or not, as the switch says', () => {
  for (const [severalParents, kept] of [
    ['replaceAll', 1],
    ['sameHelpCenter', 2],
  ] as const) {
    const space = workspace({ severalParents });
    const second = space.operator.createHelpCenter({ identifier: 'partners' });
    const one = collection(space);
    const other = collection(space, { help_center_id: second.id });
    const third = collection(space);
    const id = space.operator.createArticle({ title: 'Both', parentIds: [one, other] }).id;
    const after = space.call('PUT', `/articles/${id}`, { parent_id: third }).json;
    expect(after['parent_ids']).toHaveLength(kept);
  }
});
