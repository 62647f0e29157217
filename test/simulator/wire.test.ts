import { connect } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { startSimulator } from '../../src/simulator/server.ts';
import type { Simulator, SimulatorOptions } from '../../src/simulator/server.ts';
import { fields } from './workspace.ts';
import type { Json } from './workspace.ts';

const open: Simulator[] = [];

afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function start(options: SimulatorOptions = {}): Promise<Simulator> {
  const simulator = await startSimulator(options);
  open.push(simulator);
  return simulator;
}

function send(simulator: Simulator, method: string, path: string, input?: Json): Promise<Response> {
  return fetch(simulator.url + path, {
    method,
    redirect: 'manual',
    headers: { authorization: `Bearer ${simulator.token}`, 'intercom-version': '2.11' },
    ...(input === undefined ? {} : { body: JSON.stringify(input) }),
  });
}

const create = (simulator: Simulator) =>
  send(simulator, 'POST', '/articles', { title: 'Install', author_id: 7_310_001 });

describe('a fault on the wire', () => {
  test('status answers like Intercom, with its headers, and nothing happens', async () => {
    const simulator = await start({ faults: ['status=503,nth=1'] });
    const reply = await create(simulator);
    expect(reply.status).toBe(503);
    expect(reply.headers.get('x-ratelimit-limit')).toBe('1667');
    expect(fields(await reply.json())).toMatchObject({
      type: 'error.list',
      errors: [{ code: 'service_unavailable' }],
    });
    expect(simulator.operator.articles()).toHaveLength(0);
    expect((await create(simulator)).status).toBe(200);
  });

  test('status after the write took effect', async () => {
    const simulator = await start({ faults: ['status=500,applied=yes'] });
    expect((await create(simulator)).status).toBe(500);
    expect(simulator.operator.articles()).toHaveLength(1);
  });

  test.each([
    ['before', 0],
    ['after', 1],
  ])('drop %s the write', async (when, articles) => {
    const simulator = await start({ faults: [`drop=${when}`] });
    await expect(create(simulator)).rejects.toThrow('fetch failed');
    expect(simulator.operator.articles()).toHaveLength(articles);
    expect(simulator.operator.calls()).toMatchObject([
      { status: null, fault: `drop=${when}`, method: 'POST' },
    ]);
  });

  test('late carries the write out when nobody waits any more', async () => {
    const simulator = await start({ faults: ['late=60'] });
    await expect(create(simulator)).rejects.toThrow('fetch failed');
    expect(simulator.operator.articles()).toHaveLength(0);
    await expect.poll(() => simulator.operator.articles().length).toBe(1);
  });

  test('truncate ends the answer in its middle', async () => {
    const simulator = await start({ faults: ['truncate'] });
    const reply = await create(simulator);
    expect(reply.status).toBe(200);
    await expect(reply.text()).rejects.toThrow();
    expect(simulator.operator.articles()).toHaveLength(1);
  });

  test.each([
    ['nonjson', 200, 'text/plain', 'upstream request timeout'],
    ['empty', 200, 'application/json', ''],
    ['html=502', 502, 'text/html', '502 Gateway error'],
    ['html=405', 405, 'text/html', 'Human Verification'],
    ['redirect=https://example.com/login', 302, 'text/html', ''],
  ])('%s', async (fault, status, type, text) => {
    const simulator = await start({ faults: [fault] });
    const reply = await send(simulator, 'GET', '/me');
    expect(reply.status).toBe(status);
    expect(reply.headers.get('content-type')).toContain(type);
    expect(await reply.text()).toContain(text);
  });

  test('huge sends more than anybody wants', async () => {
    const simulator = await start({ faults: ['huge=3000000'] });
    expect(await (await send(simulator, 'GET', '/me')).text()).toHaveLength(3_000_009);
  });

  test('delay and slow take their time', async () => {
    const simulator = await start({ faults: ['delay=80,nth=1', 'slow=4000,nth=2'] });
    for (const least of [80, 80]) {
      const before = performance.now();
      await (await send(simulator, 'GET', '/me')).text();
      expect(performance.now() - before).toBeGreaterThan(least - 5);
    }
  });

  test('edit lets a teammate in just before the call', async () => {
    const simulator = await start();
    const { id } = simulator.operator.createArticle({ title: 'a', body: '<p>a</p>' });
    simulator.operator.setFaults(['edit,nth=2']);
    await send(simulator, 'GET', `/articles/${id}`);
    const after = fields(await (await send(simulator, 'PUT', `/articles/${id}`, { title: 'b' })).json());
    expect(after['body']).toContain('A teammate was here');
  });
});

test('what breaks inside is answered as Intercom answers it', async () => {
  const clock = { now: () => Date.now(), sleep: () => Promise.reject(new Error('broken clock')) };
  const simulator = await start({ clock, latency: 1 });
  const reply = await send(simulator, 'GET', '/me');
  expect([reply.status, await reply.json()]).toEqual([
    500,
    { type: 'error.list', request_id: null, errors: [{ code: 'server_error', message: 'Server error' }] },
  ]);
});

test('a limit that is played shows as one', async () => {
  const simulator = await start({ faults: ['status=429'] });
  const reply = await send(simulator, 'GET', '/me');
  expect([reply.status, reply.headers.get('x-ratelimit-remaining')]).toEqual([429, '0']);
});

test('pages can be asked for without their content', async () => {
  const simulator = await start();
  const reply = await fetch(`${simulator.site}/en`, { method: 'HEAD' });
  expect([reply.status, await reply.text()]).toEqual([200, '']);
});

test('latency is added to every call', async () => {
  const simulator = await start({ latency: 60 });
  const before = performance.now();
  await send(simulator, 'GET', '/me');
  expect(performance.now() - before).toBeGreaterThan(55);
});

test('images are asked for once, kept, and served without their signature', async () => {
  const asked: string[] = [];
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>';
  const simulator = await start({
    assets: (url) => {
      asked.push(url);
      return Promise.resolve(
        url.endsWith('a.svg') ? Buffer.from(svg) : url.endsWith('web.png') ? undefined : null,
      );
    },
  });
  const put = (source: string) =>
    send(simulator, 'POST', '/articles', {
      title: 'a',
      author_id: 7_310_001,
      translated_content: { fr: { title: 'b', body: `<img src="${source}">` } },
    });
  expect((await put('https://x.test/gone.png')).status).toBe(400);
  expect((await put('https://x.test/web.png')).status).toBe(200);
  expect((await put('https://x.test/a.svg')).status).toBe(200);
  const body = await (await put('https://x.test/a.svg')).text();
  expect(asked).toEqual(['https://x.test/gone.png', 'https://x.test/web.png', 'https://x.test/a.svg']);
  const path = /downloads\.intercomcdn\.com(\/[^?]+)/.exec(body)?.[1] ?? '';
  const picture = await fetch(simulator.url + path);
  expect([picture.status, picture.headers.get('content-type'), await picture.text()]).toEqual([
    200,
    'image/svg+xml',
    svg,
  ]);
});

describe('the operator’s door', () => {
  async function operate(simulator: Simulator, method: string, path: string, input?: unknown) {
    const reply = await fetch(`${simulator.url}/_operator${path}`, {
      method,
      ...(input === undefined ? {} : { body: JSON.stringify(input) }),
    });
    const answer: unknown = await reply.json();
    return { status: reply.status, answer };
  }

  test('edits as a teammate in the web editor does', async () => {
    const simulator = await start();
    const top = fields(
      (await operate(simulator, 'POST', '/collections', { name: 'Start', icon: 'star' })).answer,
    );
    const made = await operate(simulator, 'POST', '/articles', {
      title: 'Install',
      body: '<h2>Kept level</h2>\n<p>a</p>',
      state: 'published',
      parentId: top['id'],
      locales: { fr: { title: 'Installer' } },
    });
    const { id } = fields(made.answer);
    const shown = fields(await (await send(simulator, 'GET', `/articles/${String(id)}`)).json());
    expect(shown['body']).toMatch(/^<h2 id="h_[0-9a-f]{10}">Kept level<\/h2><p class="no-margin">a<\/p>$/);
    expect(fields(fields(shown['translated_content'])['fr'])['title']).toBe('Installer');
    await operate(simulator, 'PUT', `/collections/${String(top['id'])}`, { name: 'Begin', order: 4 });
    expect(simulator.operator.collections()).toMatchObject([
      { icon: 'star', order: 4, texts: { en: { name: 'Begin' } } },
    ]);
    await operate(simulator, 'PATCH', `/articles/${String(id)}`, {
      locales: { fr: null },
      storedBody: '<p>old</p>',
    });
    expect(simulator.operator.article(Number(id)).contents).toMatchObject({ en: { body: '<p>old</p>' } });
    expect((await operate(simulator, 'DELETE', `/articles/${String(id)}`)).answer).toEqual({ done: true });
    expect((await operate(simulator, 'DELETE', `/collections/${String(top['id'])}`)).status).toBe(200);
    expect((await operate(simulator, 'GET', '/collections')).answer).toEqual([]);
  });

  test('moves the clock, sets limits, faults, switches and latency, and reads the calls', async () => {
    const simulator = await start();
    await operate(simulator, 'POST', '/clock', { move: 3_600_000 });
    await operate(simulator, 'PUT', '/limits', { perWindow: 50 });
    const reply = await send(simulator, 'GET', '/me');
    expect(Date.parse(reply.headers.get('date') ?? '') - Date.now()).toBeGreaterThan(3_500_000);
    expect(reply.headers.get('x-ratelimit-limit')).toBe('50');
    await operate(simulator, 'PUT', '/switches', { multilingual: false });
    expect(simulator.operator.switches()).toMatchObject({ multilingual: false, clash: 'top' });
    await operate(simulator, 'PUT', '/faults', { faults: ['status=500'] });
    expect((await send(simulator, 'GET', '/me')).status).toBe(500);
    await operate(simulator, 'DELETE', '/faults');
    expect((await operate(simulator, 'GET', '/calls')).answer).toMatchObject([
      { method: 'GET', path: '/me', status: 200, version: '2.11', fault: null, body: '' },
      { status: 500, fault: 'status=500' },
    ]);
    await operate(simulator, 'DELETE', '/calls');
    expect(simulator.operator.calls()).toEqual([]);
  });

  test('says what is wrong', async () => {
    const simulator = await start();
    const answers = await Promise.all([
      operate(simulator, 'PUT', '/switches', { clash: 'both' }),
      operate(simulator, 'PUT', '/switches', { unknown: 1 }),
      operate(simulator, 'PUT', '/faults', { faults: ['explode'] }),
      operate(simulator, 'GET', '/articles/5'),
      operate(simulator, 'POST', '/articles', { titel: 'a' }),
      operate(simulator, 'POST', '/articles', { parentId: 5 }),
      operate(simulator, 'POST', '/articles', { body: '<dl></dl>' }),
    ]);
    for (const { status, answer } of answers) {
      expect(status).toBe(400);
      expect(fields(fields(answer)['error'])['message']).toMatch(/Nothing was (?:started or )?changed\./);
    }
    expect((await operate(simulator, 'GET', '/nowhere')).status).toBe(404);
  });

  test('stays shut for pages in a browser', async () => {
    const simulator = await start();
    const foreign = await fetch(`${simulator.url}/_operator/articles`, {
      headers: { origin: 'https://evil.test' },
    });
    expect(foreign.status).toBe(403);
    const port = Number(new URL(simulator.url).port);
    const socket = connect(port, '127.0.0.1');
    socket.write('GET /_operator/articles HTTP/1.1\r\nHost: evil.test\r\nConnection: close\r\n\r\n');
    let text = '';
    for await (const chunk of socket) text += String(chunk);
    expect(text).toMatch(/^HTTP\/1\.1 403/);
  });
});
