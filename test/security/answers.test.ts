import { describe, expect, test } from 'vitest';
import { ShelfmarkError } from '../../src/model/error.ts';
import type { Locale } from '../../src/model/locale.ts';
import type { ContentEdit } from '../../src/model/remote-side.ts';
import { remoteId } from '../../src/model/identity.ts';
import { nodeChance } from '../../src/ports/node-chance.ts';
import { openIntercom, type IntercomSide } from '../../src/intercom/open-intercom.ts';
import { openWorkplace, secret, trace, withIntercom } from './commanding.ts';
import {
  articleRow,
  collectionRow,
  json,
  listOf,
  startHostile,
  type Asked,
  type Holdings,
  type HostileIntercom,
  type Row,
} from './hostile-intercom.ts';

const never = new AbortController().signal;

/** Nobody waits for what only a wait would show. */
function hurriedClock(): { now: () => number; sleep: (milliseconds: number) => Promise<void> } {
  let now = Date.now();
  return { now: () => now, sleep: async (milliseconds) => void (now += milliseconds) };
}

async function openSide(holdings: Holdings): Promise<{ side: IntercomSide; server: HostileIntercom }> {
  const server = await startHostile(holdings);
  const side = openIntercom({
    url: server.url,
    token: secret,
    version: '2.11',
    helpCenter: null,
    defaultLocale: 'en',
    author: null,
    clock: hurriedClock(),
    chance: nodeChance,
  });
  return { side, server };
}

async function codeOf(doing: Promise<unknown>): Promise<string> {
  try {
    await doing;
    return 'none';
  } catch (error) {
    if (error instanceof ShelfmarkError) return error.code;
    throw error;
  }
}

const text: ReadonlyMap<Locale, ContentEdit> = new Map([['en', { title: 'Lost', body: '<p>x</p>' }]]);

const pageOf = (asked: Asked): number => Number(/[?&]page=(\d+)/.exec(asked.path)?.[1] ?? 1);
const isList = (asked: Asked): boolean => asked.method === 'GET' && asked.path.startsWith('/articles?');

describe('a listing without end is given up', () => {
  /** What a page holds and says, by its number. */
  const lying = (page: (number: number) => Row): Holdings => ({
    answer(asked, response) {
      if (!isList(asked)) return false;
      json(response, page(pageOf(asked)));
      return true;
    },
  });
  const pages = (more: Row = {}): Row => ({
    type: 'pages',
    next: 'https://evil.test/next',
    page: 1,
    ...more,
  });

  test.each([
    ['that counts more rows than there are atoms', () => ({ total_count: Number.MAX_SAFE_INTEGER })],
    ['that counts more rows than anybody has', () => ({ total_count: 2_000_000_000 })],
    [
      'of a billion pages',
      () => ({ pages: pages({ total_pages: 1_000_000_000 }), total_count: 1_000_000_000 }),
    ],
  ])('%s', async (_name, said) => {
    const { side, server } = await openSide(
      lying((number) => ({ ...listOf([articleRow(number)]), pages: pages({ total_pages: 1e9 }), ...said() })),
    );
    expect(await codeOf(side.read(never))).toMatch(/^(?:LISTING_INCOMPLETE|UNEXPECTED_ANSWER)$/);
    expect(server.asked.length).toBeLessThan(60);
  });

  test('that always has another page, with rows that are always newer', async () => {
    let count = 0;
    const { side, server } = await openSide(
      lying(() => {
        count += 1;
        return {
          ...listOf([articleRow(count, { updated_at: 1_900_000_000 + count })]),
          pages: pages(),
          total_count: 5,
        };
      }),
    );
    expect(await codeOf(side.read(never))).toBe('LISTING_INCOMPLETE');
    expect(server.asked.length).toBeLessThan(400);
  });

  test('that has another page whenever it is looked at again, as a watch does', async () => {
    let count = 0;
    let isCalm = true;
    const { side, server } = await openSide(
      lying(() => {
        if (isCalm) return listOf([articleRow(1)]);
        count += 1;
        return {
          ...listOf([articleRow(count + 1, { updated_at: 1_900_000_000 + count })]),
          pages: pages(),
          total_count: 1,
        };
      }),
    );
    await side.read(never);
    isCalm = false;
    const before = server.asked.length;
    await side.look(never);
    expect(server.asked.length - before).toBeLessThan(400);
  });

  test('in which a create is looked for whose answer got lost', async () => {
    let count = 0;
    const { side, server } = await openSide({
      answer(asked, response) {
        if (asked.method === 'POST') {
          response.destroy();
          return true;
        }
        if (!isList(asked)) return false;
        count += 1;
        json(response, {
          ...listOf([articleRow(count, { created_at: 4e9, updated_at: 4e9 + count })]),
          pages: pages(),
          total_count: 1e9,
        });
        return true;
      },
    });
    expect(await codeOf(side.createArticle({ parent: null, locales: text }, never))).toMatch(
      /^(?:UNKNOWN_OUTCOME|NOT_CREATED)$/,
    );
    expect(server.asked.length).toBeLessThan(2000);
  });
});

describe('an id is digits or nothing', () => {
  const ids: readonly unknown[] = [
    '../../me', '1/../../me', '1?x=1', '1#x', '%2e%2e', '1%2f2', '..', '', ' 1', '01', '-1', '1e3', '１', '1\n2', '1\u0000',
    '9'.repeat(20), -1, 1.5, 1e300, true, null, [], ['1'], {}, { toString: '1' },
  ]; // prettier-ignore

  test.each(ids.map((id) => ({ id })))('$id is refused before it is asked for or kept', async ({ id }) => {
    for (const holdings of [
      { articles: [articleRow(1, { id })] },
      { collections: [collectionRow(1, { id })] },
      { articles: [articleRow(1, { parent_ids: [id] })] },
    ]) {
      const { side, server } = await openSide(holdings);
      expect(await codeOf(side.read(never))).toBe('UNEXPECTED_ANSWER');
      expect(
        server.asked.filter(
          ({ path }) =>
            !/^\/(?:me|articles|help_center\/(?:collections|help_centers))(?:\?[a-z_=&\d]*)?$/.test(path),
        ),
      ).toEqual([]);
    }
  });

  test('that was made up here never becomes a part of an address', async () => {
    const { side, server } = await openSide({});
    for (const id of ['../me', '1/2', '1?x']) {
      await expect(side.retrieveArticle(id as ReturnType<typeof remoteId>, never)).rejects.toThrow(
        RangeError,
      );
      expect(() => remoteId(id)).toThrow(RangeError);
    }
    expect(server.asked).toEqual([]);
  });
});

describe('an answer of any form changes nothing but what it is about', () => {
  test('keys that reach for the prototype are passed over', async () => {
    const poison = '{"polluted": "yes", "toString": "x", "title": "P", "body": "x", "state": "draft"}';
    const row = JSON.stringify(articleRow(1, { translated_content: 'X' })).replace(
      '"X"',
      `{"__proto__": ${poison}, "constructor": {"prototype": ${poison}}, "fr": null}`,
    );
    const text = `{"__proto__": ${poison}, "type": "list", "total_count": 1, "data": [${row.replace('{', `{"__proto__": ${poison},`)}], "pages": {"__proto__": ${poison}}}`;
    const { side } = await openSide({
      answer(asked, response) {
        if (!isList(asked)) return false;
        json(response, text);
        return true;
      },
    });
    const { articles } = await side.read(never);
    expect([...(articles[0]?.locales.keys() ?? [])]).toEqual(['en']);
    expect(articles[0]?.locales.get('en')?.title).toBe('Article 1');
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  test.each([
    ['deep lists', `${'['.repeat(2_000_000)}${']'.repeat(2_000_000)}`],
    [
      'deep lists in the rows',
      `{"type":"list","total_count":1,"data":${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}}`,
    ],
    ['deep objects', `${'{"a":'.repeat(500_000)}1${'}'.repeat(500_000)}`],
    [
      'a deep unknown key',
      JSON.stringify(listOf([articleRow(1)])).replace(
        '"type"',
        `"deep":${'['.repeat(500_000)}${']'.repeat(500_000)},"type"`,
      ),
    ],
    ['numbers without end', `{"type":"list","total_count":1e999,"data":[]}`],
    [
      'a hundred thousand rows of nothing',
      `{"type":"list","total_count":100000,"data":[${'0,'.repeat(99_999)}0]}`,
    ],
  ])('%s end soon and in a sentence', async (name, text) => {
    const { side } = await openSide({
      answer(asked, response) {
        if (!isList(asked)) return false;
        json(response, text);
        return true;
      },
    });
    const started = performance.now();
    expect(await codeOf(side.read(never))).toMatch(name === 'a deep unknown key' ? /^none$/ : /^[A-Z_]+$/);
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

describe('what is sent goes to one host', () => {
  test.each([301, 302, 303, 307, 308])(
    'a write that is answered with %i takes neither the token nor the text along',
    async (status) => {
      const elsewhere = await startHostile({});
      const { side, server } = await openSide({
        articles: [articleRow(1)],
        answer(asked, response) {
          if (asked.method === 'GET') return false;
          response.writeHead(status, { location: `${elsewhere.url}${asked.path}?token=${secret}` });
          response.end();
          return true;
        },
      });
      const [current] = (await side.read(never)).articles;
      if (current === undefined) throw new Error('there is an article');
      const edit = {
        locales: new Map<Locale, Partial<ContentEdit>>([['en', { body: '<p>Secret plans.</p>' }]]),
      };
      expect(await codeOf(side.updateArticle(current, edit, never))).toBe('REDIRECTED');
      expect(await codeOf(side.deleteArticle(current.id, never))).toBe('REDIRECTED');
      expect(await codeOf(side.createArticle({ parent: null, locales: text }, never))).toMatch(
        /^(?:UNKNOWN_OUTCOME|NOT_CREATED)$/,
      );
      expect(server.asked.filter(({ method }) => method !== 'GET').map(({ method }) => method)).toEqual([
        'PUT',
        'DELETE',
        'POST',
      ]);
      expect(elsewhere.asked).toEqual([]);
    },
  );

  test('an address of the API without protection is refused before anything is sent', async () => {
    const place = await openWorkplace({ 'sync.config.yaml': withIntercom, 'content/a.md': '# A\n' });
    const ended = await place.run(['push'], { INTERCOM_URL: 'http://10.0.0.1', INTERCOM_TOKEN: secret });
    expect([ended.code, ended.err.includes('Nothing was sent')]).toEqual([1, true]);
    expect(ended.all).not.toMatch(trace);
  });

  test('a token with a line break is refused and not repeated', async () => {
    const place = await openWorkplace({ 'sync.config.yaml': withIntercom, 'content/a.md': '# A\n' });
    const ended = await place.run(['push'], { INTERCOM_TOKEN: `${secret}\r\nx-evil: 1` });
    expect(ended.code).toBe(1);
    expect(ended.all).not.toContain('x-evil');
  });
});
