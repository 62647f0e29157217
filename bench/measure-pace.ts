/**
 * How much of Intercom's limit is used: 10,000 articles are created, updated and listed through the client in the
 * simulator, under a limit of 1,667 calls per window of ten seconds. Both are on one clock on which waiting takes
 * no time, so that it takes seconds to run; each call is some 25 milliseconds long on it, or what is named.
 *
 *     npm run bench -- pace [milliseconds]
 */
import { openIntercom } from '../src/intercom/open-intercom.ts';
import type { Transport } from '../src/intercom/http/transport.ts';
import { openInnerWorld } from '../test/helpers/inner-world.ts';
import { seededChance } from '../test/intercom/helpers/chance.ts';
import { virtualClock } from '../test/intercom/helpers/virtual-clock.ts';

export interface PaceFigures {
  readonly articles: number;
  readonly limit: number;
  readonly calls: number;
  readonly refused: number;
  /** Windows that were worked through from their start to their end. */
  readonly fullWindows: number;
  /** The smallest share of the limit that one of them used. */
  readonly leastUsed: number;
  readonly virtualSeconds: number;
  /** Of client and simulator together. */
  readonly processorSeconds: number;
}

export async function measurePace({
  articles = 10_000,
  limit = 1667,
  latency = 25,
}: {
  readonly articles?: number;
  readonly limit?: number;
  readonly latency?: number;
} = {}): Promise<PaceFigures> {
  const started = process.cpuUsage();
  const signal = new AbortController().signal;
  // A quarter past a window's start by a clock that runs two seconds behind Intercom's.
  const clock = virtualClock(1_750_000_002_500);
  const { operator, token, transport } = openInnerWorld({ clock });
  operator.moveClock(2000);
  operator.setLimits({ perWindow: limit });
  const chance = seededChance(1);
  const distant: Transport = async (request, at) => {
    const way = (latency * (0.6 + chance.next())) / 2;
    await clock.sleep(way, at);
    const answer = await transport(request, at);
    await clock.sleep(way, at);
    return answer;
  };
  const side = openIntercom({
    url: 'https://api.intercom.io',
    token,
    version: '2.11',
    helpCenter: null,
    defaultLocale: 'en',
    author: null,
    clock,
    chance,
    transport: distant,
  });
  const titled = (title: string): Parameters<typeof side.createArticle>[0] => ({
    locales: new Map([['en', { title, body: `<p>${title}</p>` }]]),
  });
  await side.read(signal);
  const created = await Promise.all(
    Array.from({ length: articles }, (_, index) => side.createArticle(titled(`Article ${index}`), signal)),
  );
  await Promise.all(
    created.map((article, index) => side.updateArticle(article, titled(`Better ${index}`), signal)),
  );
  const snapshot = await side.read(signal);
  if (snapshot.articles.length !== articles) throw new Error(`${snapshot.articles.length} came back`);

  const calls = operator.calls();
  const windows = new Map<number, number>();
  for (const { at } of calls) {
    const window = Math.floor(at / 10_000);
    windows.set(window, (windows.get(window) ?? 0) + 1);
  }
  // The first was entered late and the last left early.
  const full = [...windows.values()].slice(1, -1);
  return {
    articles,
    limit,
    calls: calls.length,
    refused: calls.filter((call) => call.status === 429).length,
    fullWindows: full.length,
    leastUsed: Math.min(...full.map((one) => one / limit)),
    virtualSeconds: clock.passed() / 1000,
    processorSeconds: (process.cpuUsage(started).user + process.cpuUsage(started).system) / 1e6,
  };
}
