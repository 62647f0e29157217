/** The simulator as `shelfmark simulate` gives it, over HTTP. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readFault } from '../../src/simulator/faults/fault-spec.ts';
import { runCommand, startCommand, type Ended } from '../helpers/command.ts';
import { virtualClock } from '../intercom/helpers/virtual-clock.ts';

interface Serving {
  readonly url: string;
  readonly token: string;
  readonly call: (method: string, path: string, body?: unknown) => Promise<Response>;
  /** Ends it as Ctrl-C does; gives the exit code. */
  readonly stop: () => Promise<number>;
}

async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'shelfmark-simulate-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function serve(...args: readonly string[]): Promise<Serving> {
  const running = startCommand(['simulate', '--json', ...args], { folder: await emptyFolder() });
  const stop = async (): Promise<number> => {
    running.interrupt();
    return (await running.ended).code;
  };
  onTestFinished(async () => void (await stop()));
  await running.until('"token"');
  const { url, token } = JSON.parse(running.out()) as { url: string; token: string };
  const call = (method: string, path: string, body?: unknown): Promise<Response> =>
    fetch(`${url}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'intercom-version': '2.11' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  return { url, token, call, stop };
}

async function whoWrites(serving: Serving): Promise<number> {
  const me = (await (await serving.call('GET', '/me')).json()) as { id: string };
  return Number(me.id);
}

describe('faults on the command line', () => {
  test('strike as the help says', async () => {
    const serving = await serve('--fault', 'status=503,nth=2', '--fault', 'drop=after,nth=1,method=POST');
    const author_id = await whoWrites(serving);
    expect((await serving.call('GET', '/me')).status).toBe(503);
    await expect(serving.call('POST', '/articles', { title: 'Once', author_id })).rejects.toThrow();
    const listed = (await (await serving.call('GET', '/articles')).json()) as { total_count: number };
    expect(listed.total_count).toBe(1);
  });

  test('that are not understood are wrong usage, with the grammar', async () => {
    const { code, out, err } = await runCommand(['simulate', '--fault', '500@3'], {
      folder: await emptyFolder(),
    });
    expect([code, out]).toEqual([64, '']);
    expect(err).toContain('The fault "500@3" is not understood');
    expect(err).toContain('KIND[=VALUE][,CONDITION=VALUE]');
  });

  test('are all named by the help, as they are to be written', async () => {
    const { out } = await runCommand(['simulate', '--help'], { folder: await emptyFolder() });
    const [, listed = '', conditions = ''] =
      /Faults:([^.]*)\. Conditions:([^]*?)\. All are explained/.exec(out.replaceAll(/\s+/g, ' ')) ?? [];
    const values = { CODE: '500', MS: '10', BYTES: '10', URL: 'https://example.com/' };
    const kinds = listed.split(',').map((one) => {
      const [spec = ''] = one.trim().split(' ');
      const written = Object.entries(values).reduce((text, [name, value]) => text.replace(name, value), spec);
      return readFault(written).kind;
    });
    // What a slip is answered with names them all.
    const { err } = await runCommand(['simulate', '--fault', 'slip'], { folder: await emptyFolder() });
    const known = /Kinds: ([^.]*)\./.exec(err)?.[1]?.split(', ') ?? [];
    expect(known.length).toBeGreaterThan(10);
    expect([...new Set(kinds)].sort()).toEqual(known.sort());
    for (const one of conditions.replace('(or write)', '').split(', '))
      expect(readFault(`status=500,${one.trim()}`).kind).toBe('status');
    for (const [, spec = ''] of out.matchAll(/--fault ([a-z]\S+)/g)) expect(readFault(spec).spec).toBe(spec);
  });
});

test('a seed on the command line gives the same token again, latency makes calls longer', async () => {
  const [one, two] = [await serve('--seed', '5'), await serve('--seed', '5', '--latency', '300')];
  expect(one.token).toBe(two.token);
  const began = performance.now();
  await two.call('GET', '/me');
  expect(performance.now() - began).toBeGreaterThan(290);
});

test('a state file keeps the help center until the next time', async () => {
  const state = join(await emptyFolder(), 'help-center.json');
  const first = await serve('--state', state);
  const author_id = await whoWrites(first);
  expect((await first.call('POST', '/articles', { title: 'Kept', author_id })).status).toBe(200);
  expect(await first.stop()).toBe(0);
  const second = await serve('--state', state);
  expect(second.token).toBe(first.token);
  expect(await (await second.call('GET', '/articles')).text()).toContain('Kept');
});

test('a limit set through the operator’s door is kept to in each window, and told as Intercom tells it', async () => {
  const { call } = await serve();
  await call('PUT', '/_operator/limits', { perWindow: 3 });
  // From the start of a window on, so that none ends in the middle.
  const now = ((await (await call('GET', '/_operator/clock')).json()) as { now: number }).now;
  await call('POST', '/_operator/clock', { move: 10_000 - (now % 10_000) });
  const replies = [];
  for (let index = 0; index < 5; index += 1) replies.push(await call('GET', '/me'));
  expect(replies.map((one) => one.status)).toEqual([200, 200, 200, 429, 429]);
  const told = replies.map((one) => [
    one.headers.get('x-ratelimit-limit'),
    one.headers.get('x-ratelimit-remaining'),
  ]);
  expect(told).toEqual([
    ['3', '3'],
    ['3', '2'],
    ['3', '1'],
    ['3', '0'],
    ['3', '0'],
  ]);
  const last = replies[4];
  expect(last?.headers.get('retry-after')).toBeNull();
  expect(Number(last?.headers.get('x-ratelimit-reset')) % 10).toBe(6);
  expect(await last?.json()).toMatchObject({
    type: 'error.list',
    errors: [{ code: 'rate_limit_exceeded', message: 'Exceeded rate limit of 3 in 10_seconds' }],
  });
  await call('POST', '/_operator/clock', { move: 10_000 });
  expect((await call('GET', '/me')).status).toBe(200);
});

test('a push through a storm of one call in five ends with every article there once', async () => {
  const faults = [
    'status=500,chance=4%',
    'html=502,chance=4%',
    'drop=before,chance=4%',
    'drop=after,chance=4%',
    'truncate,chance=4%',
  ];
  const serving = await serve('--seed', '3', ...faults.flatMap((one) => ['--fault', one]));
  const folder = await emptyFolder();
  const titles = Array.from({ length: 12 }, (_, index) => `Article ${index}`);
  await writeFile(join(folder, 'sync.config.yaml'), 'remote:\n  provider: intercom\n');
  for (const [index, title] of titles.entries()) {
    const file = join(folder, 'content', `shelf-${index % 3}`, `article-${index}.md`);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, `# ${title}\n\nText ${index}.\n`);
  }
  const env = { INTERCOM_URL: serving.url, INTERCOM_TOKEN: serving.token };
  const push = (): Promise<Ended> =>
    runCommand(['push', '--yes', '--quiet'], { folder, env, clock: virtualClock() });
  let last = await push();
  for (let tries = 1; last.code !== 0 && tries < 6; tries += 1) last = await push();
  expect(last).toMatchObject({ code: 0, err: '' });
  await serving.call('DELETE', '/_operator/faults');
  const stored = (await (await serving.call('GET', '/articles?per_page=100')).json()) as {
    data: { title: string }[];
  };
  expect(stored.data.map((one) => one.title).sort()).toEqual(titles.toSorted());
  const shelves = (await (await serving.call('GET', '/help_center/collections')).json()) as {
    total_count: number;
  };
  expect(shelves.total_count).toBe(3);
  expect((await runCommand(['plan', '--detailed-exitcode'], { folder, env })).code).toBe(0);
});
