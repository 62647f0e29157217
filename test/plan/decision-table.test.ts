import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Direction } from '../../src/model/plan.ts';
import { openScene, settle, stateOf } from '../helpers/settle.ts';
import { summaryOf } from './summary.ts';
import { rows } from './table/all.ts';
import type { Row } from './table/row.ts';

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

describe.each(written)('row $id of the decision table', ({ id, expected }) => {
  const row = rows[id];
  test('push, pull and sync plan what the page says', async () => {
    const scene = sceneOf(row);
    const before = stateOf(scene);
    const planned: Record<string, string> = {};
    for (const direction of directions)
      planned[direction] = summaryOf(await scene.folder.plan(direction), scene.row, scene.row.subject);
    expect(planned).toEqual(expected);
    expect(stateOf(scene)).toEqual(before);
  });

  test.each(directions)('%s does it and then rests', async (direction) => {
    const scene = sceneOf(row);
    const before = stateOf(scene);
    const { runs, rounds } = await settle(scene, direction);
    const [first] = runs;
    if (first === undefined) throw new Error('nothing ran');
    if (direction === 'push') expect(stateOf(scene).files).toEqual(before.files);
    if (direction === 'pull') expect(stateOf(scene).workspace).toEqual(before.workspace);
    if (first.outcomes === null) {
      expect(stateOf(scene)).toEqual(before);
      return;
    }
    const outcomes = scene.row.outcomes ?? [];
    expect(first.outcomes.map((one) => one.status).filter((one) => one !== 'done')).toEqual(
      direction === 'pull' ? [] : outcomes,
    );
    if (outcomes.length === 0) expect(rounds ?? 9).toBeLessThanOrEqual(2);
    const last = runs.at(-1)?.plan;
    expect(last?.conflicts).toEqual(first.plan.conflicts);
    if (direction === 'sync') await scene.row.check?.(scene, first);
  });
});

function sceneOf(row: Row | undefined) {
  if (row === undefined) throw new RangeError('The page has a row that has no world');
  const scene = openScene(row);
  row.prepare?.(scene);
  return { ...scene, row };
}
