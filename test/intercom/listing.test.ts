import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ShelfmarkError } from '../../src/model/error.ts';
import type { RemoteId } from '../../src/model/identity.ts';
import { listAll } from '../../src/intercom/listing.ts';
import type { Row } from '../../src/intercom/listing.ts';
import type { WirePage } from '../../src/intercom/wire/wire.ts';
import { seededChance } from './helpers/chance.ts';
import { id } from './helpers/scripted.ts';

interface Version extends Row {
  readonly text: string;
}

/** Rows that others may change between any two pages, listed as Intercom does: the newest change first. */
class Shelf {
  readonly rows = new Map<RemoteId, Version>();
  /** Every row that was ever there, deleted ones too. */
  readonly ever = new Set<RemoteId>();
  readonly deleted = new Set<RemoteId>();
  second = 1_000_000;
  calls = 0;
  #next = 1;

  constructor(count: number, everySecond: boolean) {
    for (let made = 0; made < count; made += 1) {
      this.create();
      if (everySecond) this.second += 1;
    }
    this.second += 1;
  }

  create(): void {
    const made = id(String(this.#next));
    this.#next += 1;
    this.rows.set(made, { id: made, created_at: this.second, updated_at: this.second, text: 'new' });
    this.ever.add(made);
  }

  edit(index: number): void {
    const row = [...this.rows.values()][index % Math.max(1, this.rows.size)];
    if (row === undefined) return;
    this.rows.set(row.id, { ...row, updated_at: this.second, text: `edited in ${this.second}` });
  }

  remove(index: number): void {
    const row = [...this.rows.values()][index % Math.max(1, this.rows.size)];
    if (row === undefined) return;
    this.rows.delete(row.id);
    this.deleted.add(row.id);
  }

  page(number: number, size: number): WirePage<Version> {
    this.calls += 1;
    const sorted = [...this.rows.values()].sort(
      (left, right) => right.updated_at - left.updated_at || Number(right.id) - Number(left.id),
    );
    const totalPages = Math.ceil(sorted.length / size);
    return {
      data: sorted.slice((number - 1) * size, number * size),
      total_count: sorted.length,
      pages: { more: number < totalPages, totalPages },
    };
  }
}

type Act = 'nothing' | 'create' | 'edit' | 'remove' | 'tick';

function list(
  shelf: Shelf,
  size: number,
  between: () => void = () => undefined,
): Promise<readonly Version[]> {
  return listAll<Version>({
    page: async (number) => {
      await Promise.resolve();
      const page = shelf.page(number, size);
      between();
      return page;
    },
    pause: async () => {
      shelf.second += 1;
    },
    progress: () => undefined,
    what: 'articles',
  });
}

describe('a listing that nobody disturbs', () => {
  test.each([
    { rows: 0, calls: 1 },
    { rows: 1, calls: 1 },
    { rows: 10, calls: 1 },
    { rows: 11, calls: 3 },
    { rows: 35, calls: 5 },
  ])('of $rows rows takes $calls calls', async ({ rows, calls }) => {
    const shelf = new Shelf(rows, true);
    expect(await list(shelf, 10)).toHaveLength(rows);
    expect(shelf.calls).toBe(calls);
  });

  test('takes no more when all rows are of the same second', async () => {
    const shelf = new Shelf(35, false);
    expect(await list(shelf, 10)).toHaveLength(35);
    expect(shelf.calls).toBe(5);
  });
});

describe('a listing that others change while it is read', () => {
  const act = fc.oneof(
    { weight: 4, arbitrary: fc.constant<Act>('nothing') },
    { weight: 3, arbitrary: fc.constant<Act>('tick') },
    { weight: 2, arbitrary: fc.constant<Act>('edit') },
    { weight: 1, arbitrary: fc.constantFrom<Act>('create', 'remove') },
  );

  test('has every row that was there all the time, each once, or is given up', async () => {
    let whole = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 40 }),
        fc.boolean(),
        fc.array(fc.array(act, { maxLength: 3 }), { maxLength: 12 }),
        fc.integer(),
        async (count, everySecond, acts, seed) => {
          const shelf = new Shelf(count, everySecond);
          const chance = seededChance(seed);
          const goneBefore = new Set(shelf.deleted);
          const between = (): void => {
            for (const one of acts.shift() ?? []) {
              const index = Math.floor(chance.next() * 1000);
              if (one === 'tick') shelf.second += 1;
              if (one === 'create') shelf.create();
              if (one === 'edit') shelf.edit(index);
              if (one === 'remove') shelf.remove(index);
            }
          };
          const there = [...shelf.rows.keys()];
          const listed = await list(shelf, 5, between).catch((error: unknown) => {
            expect(error).toMatchObject({ code: 'LISTING_INCOMPLETE' });
            return null;
          });
          if (listed === null) return;
          whole += 1;
          const ids = listed.map((row) => row.id);
          expect(new Set(ids).size).toBe(ids.length);
          const stayed = there.filter((one) => !shelf.deleted.has(one));
          expect(stayed.filter((one) => !ids.includes(one))).toEqual([]);
          expect(ids.filter((one) => !shelf.ever.has(one) || goneBefore.has(one))).toEqual([]);
        },
      ),
      { numRuns: 3000 },
    );
    expect(whole).toBeGreaterThan(2500);
  });

  test('brings the newer of two readings of a row, also where more were edited than a page holds', async () => {
    const shelf = new Shelf(20, true);
    let pages = 0;
    const listed = await list(shelf, 5, () => {
      pages += 1;
      if (pages === 4) for (const index of [19, 18, 17, 16, 15, 14, 13]) shelf.edit(index);
    });
    expect(listed.filter((row) => row.text !== 'new').map((row) => row.id)).toHaveLength(7);
  });

  test('is made again after a deletion, which slides a row away unseen', async () => {
    const shelf = new Shelf(12, true);
    let pages = 0;
    const listed = await list(shelf, 5, () => {
      pages += 1;
      if (pages === 1) shelf.remove(11);
    });
    expect(listed).toHaveLength(11);
  });

  test('is given up when it never comes to rest', async () => {
    const shelf = new Shelf(40, true);
    await expect(list(shelf, 5, () => shelf.remove(0))).rejects.toMatchObject({
      code: 'LISTING_INCOMPLETE',
      message: expect.stringContaining('Nothing was changed.'),
    });
  });
});

describe('a listing that lies', () => {
  const page = (rows: number, total: number, more = false): WirePage<Row> => ({
    data: Array.from({ length: rows }, (_, index) => ({
      id: id(String(index + 1)),
      created_at: 5,
      updated_at: 5,
    })),
    total_count: total,
    pages: { more, totalPages: null },
  });

  const listing = (
    answer: (number: number) => WirePage<Row>,
  ): { calls: () => number; run: Promise<unknown> } => {
    let calls = 0;
    const run = listAll<Row>({
      page: async (number) => {
        calls += 1;
        if (calls > 500) throw new Error('it never ends');
        return answer(number);
      },
      pause: async () => undefined,
      progress: () => undefined,
      what: 'articles',
    });
    return { calls: () => calls, run };
  };

  test.each([
    ['that it has more rows than come', () => page(0, 7)],
    ['that it has fewer rows than come', () => page(3, 2)],
    ['that there is always one more page', () => page(3, 9, true)],
    ['that it is empty from the second page on', (number: number) => page(number === 1 ? 5 : 0, 50, true)],
  ])('%s is given up with an error, not taken for the whole', async (_, answer) => {
    const { run, calls } = listing(answer);
    await expect(run).rejects.toBeInstanceOf(ShelfmarkError);
    expect(calls()).toBeLessThan(200);
  });

  test('about how many rows a page holds is read to its end all the same', async () => {
    const all = page(30, 30).data;
    const answer = (number: number): WirePage<Row> => ({
      data: all.slice((number - 1) * 7, number * 7),
      total_count: 30,
      pages: { more: number < 5, totalPages: null },
    });
    expect(await listing(answer).run).toHaveLength(30);
  });
});
