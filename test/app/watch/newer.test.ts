import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { remoteId } from '../../../src/model/identity.ts';
import { openSimulated } from '../../intercom/helpers/simulated.ts';

const never = new AbortController().signal;

async function filled(count: number) {
  const { side, simulator, clock } = await openSimulated();
  const { operator } = simulator;
  const parentId = operator.createCollection({ name: 'Guides' }).id;
  const ids = Array.from(
    { length: count },
    (_, index) => operator.createArticle({ title: `Article ${index}`, body: '<p>Text</p>', parentId }).id,
  );
  operator.moveClock(5000);
  await side.read(never);
  operator.clearCalls();
  return { side, operator, ids, clock, parentId };
}

describe('looking at what is newer', () => {
  test('takes one call where nothing happened, however many articles there are', async () => {
    const { side, operator } = await filled(300);
    expect(await side.look(never)).toBe(false);
    expect(operator.calls().map((call) => call.path)).toEqual(['/articles?page=1&per_page=10']);
  });

  test('sees edits, new articles and deletions, each once', async () => {
    const { side, operator, ids } = await filled(30);
    const [first = 0, second = 0] = ids;
    operator.editArticle(first, { title: 'Edited' });
    expect([await side.look(never), await side.look(never)]).toEqual([true, false]);
    operator.createArticle({ title: 'New' });
    expect([await side.look(never), await side.look(never)]).toEqual([true, false]);
    operator.deleteArticle(second);
    expect(await side.look(never)).toBe(true);
    await side.readNewer(never);
    expect(await side.look(never)).toBe(false);
  });

  test('sees a second edit within the same second', async () => {
    const { side, operator, ids } = await filled(3);
    operator.editArticle(ids[0] ?? 0, { title: 'Once' });
    expect(await side.look(never)).toBe(true);
    operator.editArticle(ids[0] ?? 0, { title: 'Twice' });
    expect(await side.look(never)).toBe(true);
  });

  test('sees an edit of the very second of the last reading behind a page of others of that second', async () => {
    const { side, operator, ids } = await filled(30);
    for (const id of ids) operator.editArticle(id, { title: `Edited ${id}` });
    await side.readNewer(never);
    operator.editArticle(ids[0] ?? 0, { title: 'Edited once more' });
    expect(await side.look(never)).toBe(true);
    operator.moveClock(5000);
    expect([await side.look(never), await side.look(never)]).toEqual([false, false]);
    operator.clearCalls();
    expect(await side.look(never)).toBe(false);
    expect(operator.calls().length).toBe(1);
  });

  test('reads on where more changed than a page holds', async () => {
    const { side, operator, ids } = await filled(60);
    for (const id of ids.slice(0, 35)) operator.editArticle(id, { title: `Edited ${id}` });
    const snapshot = await side.readNewer(never);
    const titles = snapshot.articles.map((one) => one.locales.get('en')?.title ?? '');
    expect(titles.filter((title) => title.startsWith('Edited')).length).toBe(35);
    expect(operator.calls().filter((call) => call.path.startsWith('/articles')).length).toBeLessThanOrEqual(
      5,
    );
  });

  test('its own writes are no news, and hide nobody else’s', async () => {
    const { side, operator, ids } = await filled(40);
    const snapshot = await side.readNewer(never);
    const [other = 0, ...own] = ids;
    operator.editArticle(other, { title: 'Theirs' });
    operator.moveClock(3000);
    for (const id of own.slice(0, 15)) {
      const current = snapshot.articles.find((one) => one.id === String(id));
      if (current === undefined) throw new Error(`no article ${id}`);
      await side.updateArticle(current, { locales: new Map([['en', { title: `Ours ${id}` }]]) }, never);
    }
    expect([await side.look(never), await side.look(never)]).toEqual([true, false]);
    operator.moveClock(3000);
    operator.clearCalls();
    expect(await side.readNewer(never)).toEqual(await side.read(never));
  });

  test('its own writes make later looks no longer', async () => {
    const { side, operator, ids } = await filled(40);
    const snapshot = await side.readNewer(never);
    for (const id of ids.slice(0, 25)) {
      const current = snapshot.articles.find((one) => one.id === String(id));
      if (current === undefined) throw new Error(`no article ${id}`);
      await side.updateArticle(current, { locales: new Map([['en', { title: `Ours ${id}` }]]) }, never);
      operator.moveClock(600);
    }
    operator.moveClock(3000);
    expect(await side.look(never)).toBe(false);
    operator.clearCalls();
    expect(await side.look(never)).toBe(false);
    expect(operator.calls().length).toBe(1);
  });

  test('a reading built on it is the same as a whole one, whatever happened in between', async () => {
    const step = fc.tuple(
      fc.constantFrom('edit', 'create', 'delete', 'collection', 'move', 'look', 'wait', 'write', 'remove'),
      fc.nat(20),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const { side, operator, parentId } = await filled(12);
        for (const [what, at] of steps) {
          const articles = operator.articles();
          const id = articles[at % Math.max(1, articles.length)]?.id;
          if (what === 'create') operator.createArticle({ title: `New ${at}` });
          if (what === 'collection') operator.createCollection({ name: `More ${at}`, parentId });
          if (what === 'wait') operator.moveClock(at * 300);
          if (what === 'look') await side.look(never);
          if (id === undefined) continue;
          const current = await side.retrieveArticle(remoteId(String(id)), never);
          if (what === 'write' && current !== null)
            await side.updateArticle(
              current,
              { locales: new Map([['en', { title: `Written ${at}` }]]) },
              never,
            );
          if (what === 'remove') await side.deleteArticle(remoteId(String(id)), never);
          if (what === 'edit') operator.editArticle(id, { title: `Edited ${at}` });
          // A move alone leaves the time of the last change as it was, so that it shows in a whole reading only.
          if (what === 'move')
            operator.editArticle(id, { title: `Moved ${at}`, parentId: at % 2 === 0 ? parentId : null });
          if (what === 'delete') operator.deleteArticle(id);
        }
        expect(await side.readNewer(never)).toEqual(await side.read(never));
      }),
      { numRuns: 25 },
    );
  });
});
