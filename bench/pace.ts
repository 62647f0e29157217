/**
 * How much of Intercom's limit is used: 10,000 articles are created, updated and listed through the client in the
 * simulator, under a limit of 1,667 calls per window of ten seconds. Both are on one clock on which waiting takes
 * no time, so that it takes seconds to run; each call is 15 to 40 milliseconds long on it.
 *
 *     node scripts/bench.mjs pace
 */
import { argv } from 'node:process';
import { pathToFileURL } from 'node:url';
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
  readonly realSeconds: number;
}

export async function measurePace(articles = 10_000, limit = 1667): Promise<PaceFigures> {
  const started = performance.now();
  const signal = new AbortController().signal;
  // A quarter past a window's start by a clock that runs two seconds behind Intercom's.
  const clock = virtualClock(1_750_000_002_500);
  const { operator, token, transport } = openInnerWorld({ clock });
  operator.moveClock(2000);
  operator.setLimits({ perWindow: limit });
  const chance = seededChance(1);
  const distant: Transport = async (request, at) => {
    const way = (15 + chance.next() * 25) / 2;
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
    realSeconds: (performance.now() - started) / 1000,
  };
}

if (argv[1] !== undefined && import.meta.url === pathToFileURL(argv[1]).href) {
  const figures = await measurePace();
  console.log(JSON.stringify(figures, null, 2));
}
