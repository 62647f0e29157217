/* Asks the web whether addresses still lead somewhere: one host after the other in peace, several hosts at once. */
import { TransportFailure, type Transport, type TransportAnswer } from '../../intercom/http/transport.ts';
import type { Clock } from '../../ports/clock.ts';

export type WebVerdict =
  | { readonly state: 'ok' }
  | { readonly state: 'dead'; readonly why: string }
  | { readonly state: 'moved'; readonly to: string }
  | { readonly state: 'no-anchor' }
  | { readonly state: 'unreachable'; readonly why: string };

export interface WebOptions {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Whether addresses may be asked that are not on the public internet. */
  readonly mayAsk: (hostname: string) => Promise<boolean>;
  readonly tell: (done: number, all: number) => void;
}

/** Milliseconds between two calls to one host, and how many hosts are asked at once. */
const pause = 250;
const hostsAtOnce = 8;
const attempts = 3;
const mostRedirects = 5;

/** What each address answers. */
export async function checkWeb(
  urls: readonly string[],
  options: WebOptions,
): Promise<ReadonlyMap<string, WebVerdict>> {
  const byHost = new Map<string, string[]>();
  for (const url of new Set(urls)) {
    const host = URL.canParse(url) ? new URL(url).host : '';
    byHost.set(host, [...(byHost.get(host) ?? []), url]);
  }
  const found = new Map<string, WebVerdict>();
  const queue = [...byHost.values()];
  const all = new Set(urls).size;
  const work = async (): Promise<void> => {
    for (let some = queue.shift(); some !== undefined; some = queue.shift()) {
      for (const [at, url] of some.entries()) {
        options.signal.throwIfAborted();
        if (at > 0) await options.clock.sleep(pause, options.signal);
        found.set(url, await checkOne(url, options));
        options.tell(found.size, all);
      }
    }
  };
  await Promise.all(Array.from({ length: hostsAtOnce }, work));
  return found;
}

async function checkOne(url: string, options: WebOptions): Promise<WebVerdict> {
  if (!URL.canParse(url)) return { state: 'dead', why: 'it is no address' };
  let place = new URL(url);
  const fragment = decoded(place.hash.slice(1));
  let isLasting = true;
  for (let hops = 0; hops <= mostRedirects; hops += 1) {
    if (!(await options.mayAsk(place.hostname)))
      return { state: 'unreachable', why: 'it is not on the public internet, and was not asked' };
    const answer = await ask(place, fragment !== '', options);
    if (typeof answer === 'string') return { state: 'unreachable', why: answer };
    const { status, headers } = answer;
    const to = headers['location'];
    if (status >= 300 && status < 400 && to !== undefined && URL.canParse(to, place.href)) {
      isLasting &&= status === 301 || status === 308;
      const next = new URL(to, place);
      if (!/^https?:$/.test(next.protocol))
        return { state: 'unreachable', why: `it leads on to ${next.protocol}` };
      if (next.hash === '') next.hash = place.hash;
      place = next;
      continue;
    }
    if (status === 404 || status === 410) return { state: 'dead', why: `the answer is ${status}` };
    if (status < 200 || status >= 300) return { state: 'unreachable', why: `the answer is ${status}` };
    if (fragment !== '' && lacksAnchor(answer, fragment)) return { state: 'no-anchor' };
    return hops > 0 && isLasting ? { state: 'moved', to: place.href } : { state: 'ok' };
  }
  return { state: 'dead', why: 'it leads in circles' };
}

/** The answer, or why there is none. Servers that do not know HEAD are asked with GET. */
async function ask(place: URL, needsText: boolean, options: WebOptions): Promise<TransportAnswer | string> {
  const headers = { 'user-agent': 'shelfmark-audit', accept: '*/*' };
  const url = new URL(place);
  url.hash = '';
  let said = 'there was no answer';
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    if (attempt > 1) await options.clock.sleep(1000 * 2 ** (attempt - 1), options.signal);
    try {
      if (!needsText) {
        const head = await options.transport(
          { method: 'HEAD', url: url.href, headers, body: null },
          options.signal,
        );
        if (head.status < 400) return head;
      }
      const answer = await options.transport(
        { method: 'GET', url: url.href, headers, body: null },
        options.signal,
      );
      if (answer.status !== 429 && answer.status < 500) return answer;
      said = `the answer is ${answer.status}`;
    } catch (error) {
      options.signal.throwIfAborted();
      if (!(error instanceof TransportFailure)) throw error;
      said = error.message;
      if (error.kind === 'oversize' && !needsText)
        return { status: 200, headers: {}, body: new Uint8Array() };
      if (error.kind === 'barred') return said;
    }
  }
  return said;
}

/** Of a page of HTML only; pages that are made in the browser cannot be judged. */
function lacksAnchor({ headers, body }: TransportAnswer, fragment: string): boolean {
  if (!/html/i.test(headers['content-type'] ?? '') || /^(?::~:|!|\/)/.test(fragment)) return false;
  const text = new TextDecoder().decode(body);
  const names = [...text.matchAll(/\s(?:id|name)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/gi)];
  if (names.length === 0) return false;
  return !names.some(
    ([, one, other, bare]) =>
      (one ?? other ?? bare) === fragment || (one ?? other ?? bare) === `user-content-${fragment}`,
  );
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
