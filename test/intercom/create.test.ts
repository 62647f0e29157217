import { describe, expect, test } from 'vitest';
import { ShelfmarkError, UnknownOutcome } from '../../src/model/error.ts';
import type { ArticleEdit } from '../../src/model/remote-side.ts';
import { never } from './helpers/scripted.ts';
import { openSimulated } from './helpers/simulated.ts';
import type { Simulated } from './helpers/simulated.ts';

const titled = (title: string, more: Partial<ArticleEdit> = {}): ArticleEdit => ({
  locales: new Map([['en', { title, body: `<p>${title}</p>` }]]),
  ...more,
});

const titles = ({ simulator }: Simulated): readonly string[] =>
  simulator.operator.articles().map((one) => one.contents['en']?.title ?? '');

const posts = ({ simulator }: Simulated): number =>
  simulator.operator.calls().filter((call) => call.method === 'POST').length;

async function errorOf(doing: Promise<unknown>): Promise<ShelfmarkError> {
  const error: unknown = await doing.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof ShelfmarkError) return error;
  throw new TypeError(`Not refused: ${String(error)}`);
}

describe('a create whose answer got lost', () => {
  test.each([
    'drop=after,method=POST',
    'truncate,method=POST',
    'nonjson,method=POST',
    'empty,method=POST',
    'huge=70000000,method=POST',
    'late=5000,method=POST',
    'status=500,method=POST,applied=yes',
    'html=504,method=POST,applied=yes',
  ])('is looked for, found and not sent again: %s', async (fault) => {
    const opened = await openSimulated({ faults: [fault] });
    const shelf = opened.simulator.operator.createCollection({ name: 'Shelf' });
    const { collections } = await opened.side.read(never);
    const made = await opened.side.createArticle(
      titled('Install', { parent: collections[0]?.id ?? null }),
      never,
    );
    expect(made.parents).toEqual([String(shelf.id)]);
    expect(made.locales.get('en')).toMatchObject({ title: 'Install', state: 'draft' });
    expect([titles(opened), posts(opened)]).toEqual([['Install'], 1]);
    const inner = await opened.side.createCollection(
      { name: 'Inner', parent: made.parents[0] ?? null },
      never,
    );
    expect(inner).toMatchObject({ name: 'Inner', parent: String(shelf.id) });
    expect([opened.simulator.operator.collections().length, posts(opened)]).toEqual([2, 2]);
  });

  test.each(['status=503,method=POST', 'status=500,method=POST'])(
    'and that had no effect is told as not carried out, and not sent again: %s',
    async (fault) => {
      const opened = await openSimulated({ faults: [fault] });
      const error = await errorOf(opened.side.createArticle(titled('Install'), never));
      expect(error).not.toBeInstanceOf(UnknownOutcome);
      expect(error.code).toBe('NOT_CREATED');
      expect(error.message).toMatch(/^POST \/articles \(the new article "Install"\): .* not carried out/);
      expect([titles(opened), posts(opened)]).toEqual([[], 1]);
      opened.simulator.operator.setFaults([]);
      expect((await opened.side.createArticle(titled('Install'), never)).id).toMatch(/^\d+$/);
    },
  );

  test.each(['drop=before,method=POST', 'html=502,method=POST'])(
    'stays unknown where nobody at Intercom has answered and nothing shows, since it may still arrive: %s',
    async (fault) => {
      const opened = await openSimulated({ faults: [fault] });
      const error = await errorOf(opened.side.createArticle(titled('Install'), never));
      expect(error).toBeInstanceOf(UnknownOutcome);
      expect([titles(opened), posts(opened)]).toEqual([[], 1]);
    },
  );

  test('stays unknown where looking fails, too', async () => {
    const opened = await openSimulated({ faults: ['drop=after,method=POST', 'status=500,method=GET'] });
    const create = opened.side.createCollection({ name: 'Shelf', parent: null }, never);
    expect((await errorOf(create)).code).not.toBe('NOT_CREATED');
    opened.simulator.operator.setFaults(['status=500,method=GET,path=/articles', 'drop=after,method=POST']);
    const error = await errorOf(opened.side.createArticle(titled('Install'), never));
    expect(error).toBeInstanceOf(UnknownOutcome);
  });

  test('stays unknown where the run is stopped while it is looked for', async () => {
    const opened = await openSimulated({ faults: ['late=5000,method=POST'] });
    await opened.side.read(never);
    const stop = new AbortController();
    const create = errorOf(opened.side.createArticle(titled('Install'), stop.signal));
    await opened.clock.sleep(1500);
    stop.abort(new Error('Ctrl-C'));
    expect(await create).toBeInstanceOf(UnknownOutcome);
  });

  test('is never taken for an older one, one elsewhere or the other one of two that are alike', async () => {
    const opened = await openSimulated();
    const { operator } = opened.simulator;
    const shelf = operator.createCollection({ name: 'Shelf' });
    operator.createArticle({ title: 'Install', body: '<p>older</p>' });
    operator.moveClock(60_000);
    await opened.side.read(never);
    operator.createArticle({ title: 'Install', body: '<p>elsewhere</p>', parentId: shelf.id });
    // The first of the twins is carried out, the second one never.
    operator.setFaults(['drop=after,method=POST,nth=1', 'status=500,method=POST,nth=2']);
    const twins = await Promise.all([
      opened.side.createArticle(titled('Install'), never),
      errorOf(opened.side.createArticle(titled('Install'), never)),
    ]);
    expect(twins[0].locales.get('en')?.body).toContain('Install');
    expect(twins[1].code).toBe('NOT_CREATED');
    expect(operator.articles()).toHaveLength(3);
  });

  test('is found behind hundreds of newer ones', async () => {
    const opened = await openSimulated({ faults: ['drop=after,method=POST,nth=1'] });
    const { operator } = opened.simulator;
    await opened.side.read(never);
    const create = opened.side.createArticle(titled('Install'), never);
    while (operator.articles().length === 0) await new Promise((done) => setTimeout(done, 5));
    for (let index = 0; index < 600; index += 1)
      operator.createArticle({ title: `Newer ${index}`, body: '<p>x</p>' });
    expect((await create).locales.get('en')?.title).toBe('Install');
  });
});
