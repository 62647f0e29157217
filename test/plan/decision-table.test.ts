import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Direction } from '../../src/model/plan.ts';
import type { Run } from '../helpers/inner-world.ts';
import { openScene, settle, stateOf } from '../helpers/settle.ts';
import { summaryOf } from './summary.ts';
import { rows } from './table/all.ts';

/* docs/decision-table.md says what is to happen; the worlds in table/ say to what. */
const directions = ['push', 'pull', 'sync'] as const;

interface Written {
  readonly id: string;
  readonly expected: Readonly<Record<Direction, string>>;
}

const page = readFileSync(new URL('../../docs/decision-table.md', import.meta.url), 'utf8');
const written = page.split('\n').flatMap((line): Written[] => {
  const cells = line.split('|').map((cell) => cell.trim());
  const id = /^[A-Z]\d+$/.exec(cells[1] ?? '')?.[0];
  const [push, pull, sync] = cells.slice(-4, -1);
  if (id === undefined || push === undefined || pull === undefined || sync === undefined) return [];
  const plain = (cell: string): string => (cell === '=' ? push : cell).replaceAll('`', '');
  return [{ id, expected: { push: plain(push), pull: plain(pull), sync: plain(sync) } }];
});

test('every row of the page is tested, and every tested row stands on the page, once', () => {
  const ids = written.map((one) => one.id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.toSorted()).toEqual(Object.keys(rows).toSorted());
});

test.each(written)('row $id comes out as written, and rests then', async ({ id, expected }) => {
  const row = rows[id];
  if (row === undefined) throw new RangeError('The page has a row that has no world');
  for (const direction of directions) {
    const scene = openScene(row);
    row.prepare?.(scene);
    const before = stateOf(scene);
    const { runs, rounds } = await settle(scene, direction);
    const [first] = runs;
    if (first === undefined) throw new Error('Nothing ran');
    expect(`${direction}: ${summaryOf(first.planned, row, row.subject)}`).toBe(
      `${direction}: ${expected[direction]}`,
    );
    const after = stateOf(scene);
    if (direction === 'push' || first.outcomes === null) expect(after.files).toEqual(before.files);
    if (direction === 'pull' || first.outcomes === null) expect(after.workspace).toEqual(before.workspace);
    if (first.outcomes === null) continue;
    const failed = first.outcomes.filter((one) => one.status !== 'done').map((one) => one.status);
    const isFailing = row.outcomes !== undefined && direction !== 'pull';
    expect(failed).toEqual(isFailing ? row.outcomes : []);
    if (!isFailing) expect(rounds).toBe(isIdle(first) ? 1 : 2);
    expect(runs.at(-1)?.plan.conflicts).toEqual(first.plan.conflicts);
    if (direction === 'sync') await row.check?.(scene, first);
  }
});

const isIdle = ({ plan }: Run): boolean => plan.operations.length + plan.baseEdits.length === 0;
