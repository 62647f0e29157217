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

/** What a proxy that opened no tunnel says. */
export interface ProxyRefusal {
  readonly message: string;
  /** It says the same when it is asked again. */
  readonly isLasting: boolean;
}

/** Null where it is not the proxy that failed. */
export function proxyRefusal(error: unknown): ProxyRefusal | null {
  for (let one = error, depth = 0; one instanceof Error && depth < 5; one = one.cause, depth += 1) {
    if (one.message === 'Proxy timeout') return { message: 'it did not answer in time', isLasting: false };
    const status = /^Bad response: (\d{3})$/.exec(one.message)?.[1];
    if (status === '407')
      return { message: 'it wants a name and a password, or other ones (407)', isLasting: true };
    if (status !== undefined)
      return { message: `it does not pass the call on (${status})`, isLasting: status.startsWith('4') };
  }
  return null;
}
