import type { Agent } from 'node:https';

/** An HTTP proxy that encrypted connections are tunnelled through. */
export interface Proxy {
  /** With name and password, where there are any: never to be shown. */
  readonly url: URL;
  /** `host:port`. */
  readonly shown: string;
  /** The environment variable that names it. */
  readonly variable: string;
}

/** The proxy that an address is reached through; null: none. */
export type ProxyOf = (address: string) => Proxy | null;

/** Tunnels through a proxy. What makes them is loaded only where there is one. */
export async function tunnelAgent({ url }: Proxy, connect: number): Promise<Agent> {
  const { HttpsProxyAgent } = await import('hpagent');
  // The time is also how long the proxy may take to open a tunnel.
  return new HttpsProxyAgent({ keepAlive: true, timeout: connect, proxy: url });
}

/** What a proxy that opened no tunnel is to be told of; null: it is not the proxy that failed. */
export function proxyRefusal(error: unknown): string | null {
  for (let one = error, depth = 0; one instanceof Error && depth < 5; one = one.cause, depth += 1) {
    if (one.message === 'Proxy timeout') return 'it did not answer in time';
    const status = /^Bad response: (\d{3})$/.exec(one.message)?.[1];
    if (status === '407') return 'it wants a name and a password, or other ones (407)';
    if (status !== undefined) return `it does not pass the call on (${status})`;
  }
  return null;
}
