import { describe, expect, test } from 'vitest';
import type { RemoteArticle } from '../../src/model/entry.ts';
import { ShelfmarkError, UnknownOutcome } from '../../src/model/error.ts';
import type { ArticleEdit, RemoteSide } from '../../src/model/remote-side.ts';
import type { Clock } from '../../src/ports/clock.ts';
import { never } from './helpers/scripted.ts';
import { openInnerWorld, type Folder } from '../helpers/inner-world.ts';
import { openSimulated } from './helpers/simulated.ts';
import { virtualClock } from './helpers/virtual-clock.ts';

const titled = (title: string): ArticleEdit => ({
  locales: new Map([['en', { title, body: `<p>${title}</p>` }]]),
});

const titleOf = (article: RemoteArticle): string => article.locales.get('en')?.title ?? '';

/** Creates as runs that follow one another do: where nobody knows, the next one looks before it sends again. */
async function createSurely(side: RemoteSide, title: string): Promise<RemoteArticle> {
  for (;;) {
    try {
      return await side.createArticle(titled(title), never);
    } catch (error) {
      if (error instanceof ShelfmarkError && error.code === 'NOT_CREATED') continue;
      if (!(error instanceof UnknownOutcome)) throw error;
      const { articles } = await side.read(never);
      const found = articles.find((one) => titleOf(one) === title);
      if (found !== undefined) return found;
    }
  }
}

/** Each at its own chance, so that one call in five meets one of them. */
const faults = [
  'status=500,chance=2.75%',
  'status=503,chance=2.75%',
  'html=502,chance=2.75%',
  'html=405,chance=2.75%',
  'drop=before,chance=2.75%',
  'drop=after,chance=2.75%',
  'truncate,chance=2.75%',
  'nonjson,chance=2.75%',
];

describe('a storm in which every fifth call fails', () => {
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
    expect(share).toBeGreaterThan(0.16);
    const kept = new Set(numbers.filter((one) => one % 5 !== 0).map((one) => `Better ${one}`));
    const stored = simulator.operator.articles().map((one) => one.contents['en']?.title);
    expect(stored).toHaveLength(kept.size);
    expect(new Set(stored)).toEqual(kept);
    expect(articles).toHaveLength(kept.size);
    expect(new Set(articles.map(titleOf))).toEqual(kept);
  });

  test.each([1, 2, 3, 4])(
    '(%i) ends with a folder gone over, edited and partly withdrawn, each entry right and none twice',
    async (seed) => {
      const clock = virtualClock();
      const world = openInnerWorld({ seed, faults, clock });
      const folder = world.openFolder();
      const names = Array.from({ length: 30 }, (_, index) => `shelf-${index % 3}/inner/article-${index}.md`);
      folder.write(
        Object.fromEntries(names.map((name, index) => [name, `# Article ${index}\n\nText ${index}.\n`])),
      );
      const first = await settle(folder, clock);
      // One run in the middle of the storm brings most of it over; each further one what is left.
      expect(first).toBeLessThan(10);
      folder.write({
        ...Object.fromEntries(
          names.slice(0, 10).map((name, index) => [name, `# Article ${index}\n\nNew.\n`]),
        ),
        ...Object.fromEntries(names.slice(20).map((name) => [name, null])),
      });
      await settle(folder, clock);

      world.operator.setFaults([]);
      const titles = world.operator.articles().map((one) => one.contents['en']?.title ?? '');
      expect(titles.toSorted()).toEqual(names.map((_, index) => `Article ${index}`).toSorted());
      const shown = new Map(
        world.operator.articles().map((one) => [one.contents['en']?.title, one.contents['en']]),
      );
      for (const [index] of names.entries()) {
        const content = shown.get(`Article ${index}`);
        expect(content?.body).toBe(`<p class="no-margin">${index < 10 ? 'New' : `Text ${index}`}.</p>`);
      }
      const shelves = world.operator.collections().map((one) => one.texts['en']?.name ?? '');
      expect(shelves.toSorted()).toEqual(['Inner', 'Inner', 'Inner', 'Shelf 0', 'Shelf 1', 'Shelf 2']);
      expect((await folder.plan('sync')).plan.operations).toEqual([]);
    },
  );
});

/** Pushes until a run leaves nothing to be done; gives the number of runs. */
async function settle(folder: Folder, clock: Clock): Promise<number> {
  for (let runs = 1; ; runs += 1) {
    const outcomes = await folder.run('push', { allowDeletes: 100 }).then(
      (run) => run.outcomes,
      (error: unknown) => {
        // A reading may be given up in a storm; nothing has been done then.
        if (error instanceof ShelfmarkError) return null;
        throw error;
      },
    );
    if (outcomes?.every((one) => one.status === 'done')) return runs;
    // What may still arrive is waited for.
    await clock.sleep(130_000);
  }
}
