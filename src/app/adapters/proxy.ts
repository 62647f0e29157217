import type { Agent } from 'node:https';
import { ShelfmarkError } from '../../model/error.ts';
import { tunnelAgent, type Proxy, type ProxyOf } from '../../intercom/http/proxy.ts';
import type { Outside } from '../../ports/outside.ts';

const variables = ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY'];

/** Tells whether the environment names a proxy for anything at all. */
export const namesProxy = (env: Outside['env']): boolean => variables.some((name) => isSet(env[name]));

/**
 * The proxies that the environment names, as curl reads it: `HTTPS_PROXY`, else `HTTP_PROXY`, and `NO_PROXY`, each in
 * lower case first. What is on this machine is never reached through one.
 */
export function proxiesOf(env: Outside['env']): ProxyOf {
  const variable = variables.find((name) => isSet(env[name]));
  if (variable === undefined) return () => null;
  const list = isSet(env['no_proxy']) ? env['no_proxy'] : env['NO_PROXY'];
  const spared = (list ?? '').split(/[\s,]+/).filter((one) => one !== '');
  return (address) => {
    const url = new URL(address);
    if (isLoopback(url.hostname) || spared.some((one) => isSpared(url, one))) return null;
    return proxyIn(variable, env[variable] ?? '');
  };
}

/** What calls to an address go through; null: nothing, it is reached directly. `patience` is in milliseconds. */
export async function tunnelTo(
  address: string,
  env: Outside['env'],
  patience: number,
): Promise<Agent | null> {
  const proxy = proxiesOf(env)(address);
  return proxy === null ? null : tunnelAgent(proxy, patience);
}

/** Tells whether a name is one of this machine's own. */
export const isLoopback = (hostname: string): boolean =>
  /^(?:127\.\d+\.\d+\.\d+|localhost|.+\.localhost|\[::1\])$/.test(hostname);

const isSet = (value: string | undefined): value is string => value !== undefined && value.trim() !== '';

/** `example.com` and `.example.com` both stand for the name and for all below it. */
function isSpared({ hostname, port, protocol }: URL, entry: string): boolean {
  if (entry === '*') return true;
  const [, name = '', wanted] = /^(.+?)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? [];
  const own = port === '' ? (protocol === 'https:' ? '443' : '80') : port;
  if (wanted !== undefined && wanted !== own) return false;
  const suffix = name.replace(/^\*?\./, '');
  return hostname === suffix || hostname.endsWith(`.${suffix}`);
}

function proxyIn(variable: string, value: string): Proxy {
  const text = value.trim();
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  const url = URL.canParse(address) ? new URL(address) : null;
  const usual = url?.protocol === 'http:' ? '80' : url?.protocol === 'https:' ? '443' : null;
  if (url === null || usual === null || url.hostname === '' || !isReadable(url)) {
    throw new ShelfmarkError('PROXY_REFUSED', {
      message: `The environment variable ${variable} does not hold the address of an HTTP proxy. Nothing was changed.`,
      hint: 'Write it as http://host:port, or http://name:password@host:port with everything but letters and digits percent-encoded; or unset it.',
    });
  }
  return { url, shown: `${url.hostname}:${url.port === '' ? usual : url.port}`, variable };
}

function isReadable({ username, password }: URL): boolean {
  try {
    return decodeURIComponent(username + password) !== null;
  } catch {
    return false;
  }
}
