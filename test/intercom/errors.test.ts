import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { ShelfmarkError, UnknownOutcome } from '../../src/model/error.ts';
import { openIntercom } from '../../src/intercom/open-intercom.ts';
import { TransportFailure } from '../../src/intercom/http/transport.ts';
import { nodeChance } from '../../src/ports/node-chance.ts';
import { nodeClock } from '../../src/ports/node-clock.ts';
import { errorList } from './helpers/server.ts';
import { id, never, scriptedSide, testToken, withUsual } from './helpers/scripted.ts';
import type { Reply } from './helpers/scripted.ts';
import { answerOf, article } from './helpers/wires.ts';

const edit = { locales: new Map([['en', { title: 'Install', body: '<p>x</p>' }]] as const) };
const page = '<html><body>Please log in</body></html>';

async function errorOf(doing: Promise<unknown>): Promise<ShelfmarkError> {
  const error: unknown = await doing.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ShelfmarkError)) throw new Error(`not our error: ${inspect(error)}`);
  return error;
}

const replying = (reply: () => Reply): ReturnType<typeof scriptedSide> => scriptedSide(withUsual(reply));

const refused = (status: number, code: string, message = 'Because'): Reply =>
  answerOf(errorList(code, message), status);

const current = {
  kind: 'article',
  id: id('100'),
  parents: [],
  url: null,
  updatedAt: 0,
  locales: new Map(),
} as const;

describe('reading fails with', () => {
  test.each([
    ['TOKEN_REFUSED', () => refused(401, 'unauthorized', 'Access Token Invalid'), 1],
    ['FORBIDDEN', () => refused(403, 'api_plan_restricted'), 1],
    ['FORBIDDEN', () => refused(403, 'forbidden'), 1],
    ['VERSION_REFUSED', () => refused(400, 'intercom_version_invalid'), 1],
    ['REFUSED_BY_REMOTE', () => refused(400, 'parameter_invalid'), 1],
    ['REFUSED_BY_REMOTE', () => refused(422, 'unprocessable_entity'), 1],
    ['NOT_INTERCOM', () => answerOf({ message: 'no Route matched' }, 404), 1],
    ['NOT_JSON', () => answerOf(page, 404), 1],
    ['NOT_INTERCOM', () => answerOf({ errors: [{ code: 'not_found' }] }, 404), 1],
    ['NOT_JSON', () => answerOf(page), 8],
    ['NOT_JSON', () => answerOf(''), 8],
    ['NOT_JSON', () => answerOf(page, 405), 8],
    ['UNEXPECTED_ANSWER', () => answerOf({ data: [] }), 1],
    ['UNEXPECTED_ANSWER', () => answerOf(null), 1],
    ['UNEXPECTED_ANSWER', () => answerOf(article({ body: undefined })), 1],
    ['REDIRECTED', () => answerOf('', 302, { location: 'https://evil.test' }), 1],
    ['RATE_LIMITED', () => refused(429, 'rate_limit_exceeded'), 6],
    ['SERVER_FAILED', () => refused(500, 'server_error'), 8],
    ['SERVER_FAILED', () => answerOf(page, 502), 8],
    ['UNREACHABLE', () => new TransportFailure('unsent', 'the connection was refused'), 5],
    ['UNREACHABLE', () => new TransportFailure('barred', 'at the proxy: it wants a password'), 1],
    ['NO_ANSWER', () => new TransportFailure('lost', 'no whole answer came in time'), 8],
    ['ANSWER_TOO_LARGE', () => new TransportFailure('oversize', 'the answer is larger than 64 MB'), 1],
  ])('%s', async (code, reply, tries) => {
    const { side, sent } = replying(reply);
    const error = await errorOf(side.retrieveArticle(id('12'), never));
    expect(error.code).toBe(code);
    expect(error.message).toContain('GET /articles/12 (article 12)');
    expect(error.message).toMatch(/Nothing was (changed by it|sent)\.$/);
    expect(error.hint).toMatch(/^[A-Z].*\.$/);
    expect(sent).toHaveLength(tries);
  });

  test('what Intercom answered, with its request id for its support', async () => {
    const { side } = replying(() => refused(400, 'parameter_invalid', 'Body is\n\u001b[31mbad'));
    const error = await errorOf(side.retrieveArticle(id('12'), never));
    expect(error.message).toContain(
      'It answered 400 parameter_invalid: "Body is [31mbad" (request req0000000000000abc1).',
    );
  });

  test('the request id of the header where the answer has none', async () => {
    const { side } = replying(() => answerOf(page, 503, { 'x-request-id': 'abc123' }));
    const error = await errorOf(side.retrieveArticle(id('12'), never));
    expect(error.message).toContain('It answered 503 (request abc123).');
  });
});

describe('a create', () => {
  test.each([
    ['the connection breaks', () => new TransportFailure('lost', 'the connection broke')],
    ['the answer is too large', () => new TransportFailure('oversize', 'too large')],
    ['500', () => refused(500, 'server_error')],
    ['502 as a page', () => answerOf(page, 502)],
    ['408', () => refused(408, 'request_timeout')],
    ['405 as a captcha page', () => answerOf(page, 405)],
    ['a 404 that is not of Intercom', () => answerOf(page, 404)],
    ['200 with half an answer', () => answerOf('{"type":"article","id":"1')],
    ['200 with another form', () => answerOf({ ok: true })],
    ['a redirect', () => answerOf('', 303, { location: '/' })],
  ])('that meets "%s" is sent once, and its outcome is not known', async (_, reply) => {
    const { side, sent } = replying(reply);
    const error = await errorOf(side.createArticle(edit, never));
    expect(error).toBeInstanceOf(UnknownOutcome);
    expect(error.code).toBe('UNKNOWN_OUTCOME');
    expect(error.message).toContain('POST /articles (the new article "Install")');
    expect(sent.filter((one) => one.method === 'POST')).toHaveLength(1);
  });

  test.each([
    ['TOKEN_REFUSED', () => refused(401, 'unauthorized')],
    ['REFUSED_BY_REMOTE', () => refused(400, 'parameter_invalid')],
    ['REFUSED_BY_REMOTE', () => refused(404, 'not_found')],
    ['REFUSED_BY_REMOTE', () => refused(422, 'data_invalid')],
    ['UNREACHABLE', () => new TransportFailure('unsent', 'the connection was refused')],
  ])('that is surely not carried out says so: %s', async (code, reply) => {
    const { side, sent } = replying(reply);
    const error = await errorOf(side.createArticle(edit, never));
    expect(error).not.toBeInstanceOf(UnknownOutcome);
    expect(error.code).toBe(code);
    expect(error.message).toMatch(/Nothing was (changed by it|sent)\.$/);
    expect(sent.filter((one) => one.method === 'POST')).toHaveLength(1);
  });

  test('is repeated after a 429, since that was not carried out', async () => {
    let times = 0;
    const { side, sent, clock } = replying(() => {
      times += 1;
      return times < 4 ? refused(429, 'rate_limit_exceeded') : answerOf(article());
    });
    expect((await side.createArticle(edit, never)).id).toBe('100');
    expect(sent.filter((one) => one.method === 'POST')).toHaveLength(4);
    expect(clock.passed()).toBe(3 * 10_500);
  });

  test('that is interrupted on its way may have been carried out', async () => {
    const stop = new AbortController();
    const { side } = replying(() => {
      stop.abort(new Error('Ctrl-C'));
      return new TransportFailure('lost', 'aborted');
    });
    expect(await errorOf(side.createArticle(edit, stop.signal))).toBeInstanceOf(UnknownOutcome);
  });
});

describe('a fault that passes', () => {
  test.each(['updateArticle', 'deleteArticle', 'retrieveArticle'] as const)(
    'is not noticed by %s, and told as an event',
    async (step) => {
      const faults = [
        answerOf(page, 503),
        new TransportFailure('lost', 'the connection broke'),
        answerOf('{"id":'),
        answerOf(page, 405),
      ];
      const good = step === 'deleteArticle' ? { id: '100', deleted: true } : article();
      const { side, events } = replying(() => faults.shift() ?? answerOf(good));
      if (step === 'updateArticle') await side.updateArticle(current, edit, never);
      else await side[step](id('100'), never);
      const retries = events.filter((event) => event.event === 'retry');
      expect(retries.map((event) => event.milliseconds)).toEqual([438, 875, 1750, 3500]);
      expect(side.calls().total).toBe(5);
    },
  );

  test('bytes that are not UTF-8 are taken for a broken answer, never for other text', async () => {
    const broken = { status: 200, headers: {}, body: Uint8Array.from([123, 34, 255, 34, 125]) };
    const faults = [broken];
    const { side, sent } = replying(() => faults.shift() ?? answerOf(article()));
    await side.retrieveArticle(id('100'), never);
    expect(sent).toHaveLength(2);
  });
});

describe('an update', () => {
  test('of an entry that was deleted meanwhile says so', async () => {
    const { side } = replying(() => refused(404, 'not_found', 'Resource Not Found'));
    const error = await errorOf(side.updateArticle(current, edit, never));
    expect(error.code).toBe('ENTRY_GONE');
    expect(error.message).toContain('PUT /articles/100 (article "Install")');
  });
});

describe('the version', () => {
  test('that answers must be the one that was asked for', async () => {
    const { side } = replying(() => answerOf(article(), 200, { 'intercom-version': '2.15' }));
    const error = await errorOf(side.retrieveArticle(id('100'), never));
    expect(error.code).toBe('VERSION_MISMATCH');
    expect(error.message).toContain('2.15');
  });

  test('need not be told', async () => {
    const { side } = replying(() => answerOf(article()));
    await expect(side.retrieveArticle(id('100'), never)).resolves.toMatchObject({ id: '100' });
  });
});

describe('the token', () => {
  const spellings = [
    testToken,
    encodeURIComponent(testToken),
    Buffer.from(testToken).toString('base64'),
    Buffer.from(testToken).toString('base64url'),
    Buffer.from(testToken).toString('hex'),
    Buffer.from(`Bearer ${testToken}`).toString('base64'),
  ];

  const holdsToken = (value: unknown): boolean => {
    const texts = [
      inspect(value, { depth: 20, showHidden: true, getters: true }),
      JSON.stringify(value),
      value instanceof Error ? `${value.message}${value.stack ?? ''}` : '',
      value instanceof ShelfmarkError ? value.hint : '',
    ];
    return spellings.some((spelling) => texts.some((text) => text.includes(spelling)));
  };

  test('is in no error, event or object, even where the server echoes it', async () => {
    const echo = spellings.join(' ');
    const replies: (() => Reply)[] = [
      () => refused(400, 'parameter_invalid', `you sent ${echo}`),
      () => refused(401, echo, echo),
      () => answerOf({ type: 'error.list', request_id: echo, errors: [{ code: 'x', message: echo }] }, 403),
      () => answerOf(`<html>${echo}</html>`, 500, { 'x-request-id': echo }),
      () => answerOf(echo),
      () => answerOf({ [echo]: echo }),
      () => answerOf('', 302, { location: `https://evil.test/?${echo}` }),
      () => answerOf(article(), 200, { 'intercom-version': echo }),
      () => new TransportFailure('lost', 'the connection broke'),
      () => new TransportFailure('unsent', 'the connection was refused'),
    ];
    for (const reply of replies) {
      const { side, events } = replying(reply);
      expect(holdsToken(await errorOf(side.retrieveArticle(id('1'), never)))).toBe(false);
      const second = await side.createArticle(edit, never).catch((error: unknown) => error);
      expect(holdsToken(second)).toBe(false);
      expect(holdsToken(events)).toBe(false);
      expect(holdsToken(side)).toBe(false);
    }
  });

  test.each(['', 'two words', 'line\nbreak', 'tök', 'tab\t'])(
    'such as %j is refused before anything is sent',
    (token) => {
      const open = (): unknown =>
        openIntercom({
          url: 'https://api.intercom.io',
          token,
          version: '2.11',
          helpCenter: null,
          defaultLocale: 'en',
          author: null,
          clock: nodeClock,
          chance: nodeChance,
        });
      expect(open).toThrow(expect.objectContaining({ code: 'TOKEN_MALFORMED' }));
      try {
        open();
      } catch (error) {
        if (token !== '') expect(String(error)).not.toContain(token);
      }
    },
  );
});
