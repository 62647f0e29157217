import { describe, expect, test } from 'vitest';
import { proxiesOf } from '../../../src/app/adapters/proxy.ts';

const api = 'https://api.intercom.io/articles';
const shownFor = (url: string, env: Record<string, string>): string | null => {
  const proxy = proxiesOf(env)(url);
  return proxy === null ? null : `${proxy.shown} of ${proxy.variable}`;
};

test.each([
  [{}, null],
  [{ HTTPS_PROXY: '' }, null],
  [{ HTTPS_PROXY: 'http://proxy.test:3128' }, 'proxy.test:3128 of HTTPS_PROXY'],
  [{ https_proxy: 'http://proxy.test:3128/' }, 'proxy.test:3128 of https_proxy'],
  [{ HTTPS_PROXY: 'proxy.test:3128' }, 'proxy.test:3128 of HTTPS_PROXY'],
  [{ HTTPS_PROXY: 'https://proxy.test' }, 'proxy.test:443 of HTTPS_PROXY'],
  [{ HTTPS_PROXY: 'http://proxy.test' }, 'proxy.test:80 of HTTPS_PROXY'],
  [{ HTTPS_PROXY: 'http://me:secret@proxy.test:3128' }, 'proxy.test:3128 of HTTPS_PROXY'],
  [{ HTTP_PROXY: 'http://proxy.test:3128' }, 'proxy.test:3128 of HTTP_PROXY'],
  [{ HTTP_PROXY: 'http://a.test:1', HTTPS_PROXY: 'http://b.test:2' }, 'b.test:2 of HTTPS_PROXY'],
  [{ HTTPS_PROXY: 'http://a.test:1', https_proxy: 'http://b.test:2' }, 'b.test:2 of https_proxy'],
])('with %j Intercom is reached through %s', (env, through) => {
  expect(shownFor(api, env)).toBe(through);
});

test.each([
  ['*', true],
  ['api.intercom.io', true],
  ['intercom.io', true],
  ['.intercom.io', true],
  ['*.intercom.io', true],
  ['API.Intercom.IO', true],
  ['localhost, other.test ,intercom.io', true],
  ['localhost other.test intercom.io', true],
  ['intercom.io:443', true],
  ['intercom.io:8443', false],
  ['tercom.io', false],
  ['com.io', false],
  ['intercom.io.test', false],
  [' , ', false],
])('NO_PROXY=%s keeps Intercom from the proxy: %s', (list, isDirect) => {
  const env = { HTTPS_PROXY: 'http://proxy.test:3128' };
  expect(shownFor(api, { ...env, NO_PROXY: list }) === null).toBe(isDirect);
  expect(shownFor(api, { ...env, no_proxy: list }) === null).toBe(isDirect);
});

test.each([
  'http://127.0.0.1:4010/me',
  'http://localhost:1/',
  'http://127.8.9.1/',
  'http://[::1]:4010/',
  'http://a.localhost/',
])('%s is on this machine and never reached through a proxy', (url) => {
  expect(
    shownFor(url, { HTTPS_PROXY: 'http://proxy.test:3128', HTTP_PROXY: 'http://proxy.test:3128' }),
  ).toBeNull();
});

describe('a value that is no address of an HTTP proxy', () => {
  test.each([
    'socks5://me:hidden@proxy.test:1080',
    'ftp://hidden',
    'http://',
    'http://me:hidden@',
    'http://%',
    'http://a:hid%den@proxy.test',
  ])('%s is refused by the name of its variable, and not shown', (value) => {
    const choose = (): unknown => proxiesOf({ HTTPS_PROXY: value })(api);
    expect(choose).toThrow(
      expect.objectContaining({ code: 'PROXY_REFUSED', message: expect.stringContaining('HTTPS_PROXY') }),
    );
    expect(choose).not.toThrow(/hid/);
  });

  test('stops nothing that does not go through it', () => {
    expect(proxiesOf({ HTTPS_PROXY: 'socks5://proxy.test', NO_PROXY: '*' })(api)).toBeNull();
  });
});
