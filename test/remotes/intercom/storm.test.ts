import { describe, expect, test } from 'vitest';
import type { RemoteArticle } from '../../../src/model/entry.ts';
import { UnknownOutcome } from '../../../src/model/error.ts';
import type { ArticleEdit, RemoteSide } from '../../../src/model/remote-side.ts';
import { never } from './helpers/scripted.ts';
import { openSimulated } from './helpers/simulated.ts';

const titled = (title: string): ArticleEdit => ({
  locales: new Map([['en', { title, body: `<p>${title}</p>` }]]),
});

const titleOf = (article: RemoteArticle): string => article.locales.get('en')?.title ?? '';

/** Creates as the engine does: after an unknown outcome it looks before it sends again. */
async function createSurely(side: RemoteSide, title: string): Promise<RemoteArticle> {
  for (;;) {
    try {
      return await side.createArticle(titled(title), never);
    } catch (error) {
      if (!(error instanceof UnknownOutcome)) throw error;
      const { articles } = await side.read(never);
      const found = articles.find((one) => titleOf(one) === title);
      if (found !== undefined) return found;
    }
  }
}

describe('a storm in which every fifth call fails', () => {
  const faults = [
    'status=500,chance=2.5%',
    'status=503,chance=2.5%',
    'html=502,chance=2.5%',
    'html=405,chance=2.5%',
    'drop=before,chance=2.5%',
    'drop=after,chance=2.5%',
    'truncate,chance=2.5%',
    'nonjson,chance=2.5%',
  ];

  test.each([1, 2])('(%i) ends with every entry right and none twice', async (seed) => {
    const { side, simulator } = await openSimulated({ seed, faults });
    simulator.operator.setLimits({ perWindow: 100_000, workspacePerWindow: 100_000 });
    const numbers = Array.from({ length: 40 }, (_, index) => index);
    const created = await Promise.all(numbers.map((one) => createSurely(side, `Article ${one}`)));
    await Promise.all(
      created.map((article, index) => side.updateArticle(article, titled(`Better ${index}`), never)),
    );
    const doomed = created.filter((_, index) => index % 5 === 0);
    await Promise.all(doomed.map((article) => side.deleteArticle(article.id, never)));
    const { articles } = await side.read(never);

    const struck = simulator.operator.calls().filter((call) => call.fault !== null).length;
    const share = struck / simulator.operator.calls().length;
    expect(share).toBeGreaterThan(0.12);
    const kept = new Set(numbers.filter((one) => one % 5 !== 0).map((one) => `Better ${one}`));
    const stored = simulator.operator.articles().map((one) => one.contents['en']?.title);
    expect(stored).toHaveLength(kept.size);
    expect(new Set(stored)).toEqual(kept);
    expect(articles).toHaveLength(kept.size);
    expect(new Set(articles.map(titleOf))).toEqual(kept);
  });
});
