import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { runProgram, type ProgramEnd } from '../helpers/program.ts';
import { startSimulator } from '../../src/simulator/server.ts';
import { certificateFor } from '../helpers/certificate.ts';
import { proxyPassword, startFront, startProxy, type ProxyStandIn } from '../helpers/proxy.ts';
import { openWorkplace, withIntercom } from './commanding.ts';

/* Only the proxy knows the way to this name. */
const host = 'api.intercom.test';

interface Network {
  readonly proxy: ProxyStandIn;
  readonly folder: string;
  readonly run: (args: readonly string[], env?: Readonly<Record<string, string>>) => Promise<ProgramEnd>;
}

/** A project whose help center can be reached through a proxy only. */
async function openNetwork(status: number | null = null): Promise<Network> {
  const simulator = await startSimulator({});
  onTestFinished(() => simulator.close());
  const own = certificateFor(host);
  const proxy = await startProxy(await startFront(simulator.url, own), status);
  const place = await openWorkplace({
    'sync.config.yaml': withIntercom,
    'content/install.md': '# Install\n\nText.\n',
    'authority.pem': own.cert,
  });
  const env = {
    INTERCOM_URL: `https://${host}`,
    INTERCOM_TOKEN: simulator.token,
    NODE_EXTRA_CA_CERTS: join(place.folder, 'authority.pem'),
    HTTPS_PROXY: proxy.url,
  };
  return {
    proxy,
    folder: place.folder,
    run: (args, more = {}) => runProgram(args, { folder: place.folder, env: { ...env, ...more } }),
  };
}

const credentials = `Basic ${Buffer.from('us er:pass@word-9f3e').toString('base64')}`;
const isKept = ({ all }: ProgramEnd): boolean =>
  ![proxyPassword, 'pass@word-9f3e', 'us%20er', 'us er', credentials.slice(6)].some((one) =>
    all.includes(one),
  );

describe('where a proxy is the only way out', () => {
  test('calls go through it, encrypted from end to end, and nothing shows its password', async () => {
    const { proxy, run } = await openNetwork();
    const pushed = await run(['push', '--yes', '--verbose']);
    expect(pushed.all).toMatch(/install\.md/);
    expect(pushed.code).toBe(0);
    expect(new Set(proxy.asked.map((one) => one.to))).toEqual(new Set([`${host}:443`]));
    expect(new Set(proxy.asked.map((one) => one.authorization))).toEqual(new Set([credentials]));
    const again = await run(['plan', '--json', '--verbose']);
    expect(JSON.parse(again.out)).toMatchObject({ operations: [] });
    expect([pushed, again].every(isKept)).toBe(true);
  });

  test('doctor names the proxy and the variable', async () => {
    const { proxy, run } = await openNetwork();
    const checked = await run(['doctor', '--json']);
    const { checks } = JSON.parse(checked.out) as { checks: readonly Record<string, unknown>[] };
    const [found] = checks.filter((one) => one['check'] === 'proxy');
    expect(found).toMatchObject({
      status: 'ok',
      message: expect.stringContaining(`${proxy.shown}, from HTTPS_PROXY`),
    });
    expect(checks.find((one) => one['check'] === 'connection')).toMatchObject({ status: 'ok' });
    expect(isKept(checked)).toBe(true);
  });

  test('one that wants another password is named as what stands in the way', async () => {
    const { proxy, run } = await openNetwork(407);
    const ended = await run(['doctor']);
    expect(ended.all).toContain(`at the proxy ${proxy.shown} (HTTPS_PROXY): it wants a name and a password`);
    expect(ended.code).toBe(1);
    expect(isKept(ended)).toBe(true);
  });

  test('one that is not there is named, too', async () => {
    const { run } = await openNetwork();
    const ended = await run(['plan'], { HTTPS_PROXY: `http://me:${proxyPassword}@127.0.0.1:9` });
    expect(ended.all).toContain('at the proxy 127.0.0.1:9 (HTTPS_PROXY): the connection was refused');
    expect(ended.code).toBe(1);
    expect(isKept(ended)).toBe(true);
  });

  test('NO_PROXY keeps calls from it', async () => {
    const { proxy, run } = await openNetwork();
    const ended = await run(['doctor'], { NO_PROXY: host });
    expect(ended.all).toContain('NO_PROXY');
    expect(ended.code).toBe(1);
    expect(proxy.asked).toEqual([]);
  });
});

test('what is on this machine is reached without the proxy', async () => {
  const { proxy, run } = await openNetwork();
  const simulator = await startSimulator({});
  onTestFinished(() => simulator.close());
  const ended = await run(['push', '--yes'], {
    INTERCOM_URL: simulator.url,
    INTERCOM_TOKEN: simulator.token,
  });
  expect(ended.code).toBe(0);
  expect(proxy.asked).toEqual([]);
});
