/**
 * How much of Intercom's limit is used: 10,000 articles are created, updated and listed through the client under
 * a limit of 1,667 calls per window of ten seconds, on a clock of its own, so that it takes seconds to run.
 */
import { argv } from 'node:process';
import { pathToFileURL } from 'node:url';
import { openIntercom } from '../src/remotes/intercom/open-intercom.ts';
import { seededChance } from '../test/remotes/intercom/helpers/chance.ts';
import { inProcessIntercom } from '../test/remotes/intercom/helpers/in-process.ts';
import { limiter } from '../test/remotes/intercom/helpers/limiter.ts';
import { virtualClock } from '../test/remotes/intercom/helpers/virtual-clock.ts';

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
  const limited = limiter(clock, limit, { aheadMs: 2000 });
  const chance = seededChance(1);
  const latency = (): number => 15 + chance.next() * 25;
  const side = openIntercom({
    url: 'https://api.intercom.io',
    token: 'bench',
    version: '2.11',
    helpCenter: null,
    defaultLocale: 'en',
    author: null,
    clock,
    chance,
    transport: inProcessIntercom({ clock, limiter: limited, latency, articles: 0 }),
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

  const windows = limited.windows();
  // The first was entered late and the last left early.
  const full = windows.slice(1, -1);
  return {
    articles,
    limit,
    calls: side.calls().total,
    refused: windows.reduce((sum, one) => sum + one.refused, 0),
    fullWindows: full.length,
    leastUsed: Math.min(...full.map((one) => one.taken / limit)),
    virtualSeconds: clock.passed() / 1000,
    realSeconds: (performance.now() - started) / 1000,
  };
}

if (argv[1] !== undefined && import.meta.url === pathToFileURL(argv[1]).href) {
  const figures = await measurePace();
  console.log(JSON.stringify(figures, null, 2));
}
