import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Direction } from '../../src/model/plan.ts';
import { tries } from '../helpers/long.ts';
import { randomWorlds } from '../helpers/random-worlds.ts';
import { openScene, settle, stateOf, type Scene } from '../helpers/settle.ts';
import type { WorldSpec } from '../helpers/worlds.ts';

/* Laws that need a plan to be carried out. `LAW_RUNS=2000 npx vitest run test/plan/settling` searches for longer. */
const numRuns = Number(process.env['LAW_RUNS'] ?? tries(15, 120));
const timeout = 20_000 + numRuns * 500;

const policies = fc.record({
  conflicts: fc.constantFrom('hold' as const, 'local' as const, 'remote' as const),
  deletions: fc.constantFrom('unpublish' as const, 'delete' as const, 'keep' as const),
});

test(
  'law 7: a sync that was carried out leaves nothing to do, and every round of it creates an entry once',
  { timeout },
  async () => {
    await fc.assert(
      fc.asyncProperty(randomWorlds({ policy: policies }), async (world) => {
        const scene = openScene(world);
        const before = stateOf(scene);
        const { runs, rounds } = await settle(scene);
        const [first] = runs;
        if (first === undefined || first.outcomes === null) {
          expect(stateOf(scene)).toEqual(before);
          return;
        }
        expect(runs.flatMap((run) => run.outcomes ?? []).filter((one) => one.status !== 'done')).toEqual([]);
        expect(rounds ?? 9).toBeLessThanOrEqual(3);
        expect(runs[1]?.plan.operations ?? []).toEqual([]);
        expect(runs.at(-1)?.plan.conflicts.map((one) => one.key)).toEqual(
          first.plan.conflicts.map((one) => one.key),
        );
        const created = first.plan.operations.filter(
          (one) => one.side === 'remote' && one.action === 'create',
        );
        const deleted = first.plan.operations.filter(
          (one) => one.side === 'remote' && one.removal === 'delete',
        );
        const grown = countOf(scene) - Object.keys(world.remote ?? {}).length;
        expect(grown).toBe(created.length - deleted.length);
      }),
      { numRuns },
    );
  },
);

test('law 8: what is in conflict is as it was, on both sides', { timeout }, async () => {
  await fc.assert(
    fc.asyncProperty(randomWorlds(), async (world) => {
      const scene = openScene(world);
      const before = bodiesOf(scene);
      const run = await scene.folder.run('sync');
      const after = bodiesOf(scene);
      for (const conflict of run.plan.conflicts) {
        if (conflict.id !== null)
          expect(after.remote.get(conflict.id)).toEqual(before.remote.get(conflict.id));
        const triple = [...run.planned.pairing.articles].find((one) => one.key === conflict.key);
        for (const content of triple?.local?.locales.values() ?? [])
          expect(after.files).toContain(before.byFile.get(content.file));
      }
    }),
    { numRuns },
  );
});

test('law 9: what anybody wrote is still somewhere', { timeout }, async () => {
  await fc.assert(
    fc.asyncProperty(
      randomWorlds(),
      fc.constantFrom<Direction>('push', 'pull', 'sync'),
      async (world, direction) => {
        const scene = openScene(world);
        const written = authored(scene, world);
        await settle(scene, direction);
        const all = everything(scene);
        expect(written.filter((line) => !all.includes(line))).toEqual([]);
      },
    ),
    { numRuns },
  );
});

test(
  'law 10: a pull and then a push do what a sync does, as far as nothing is in conflict',
  { timeout },
  async () => {
    await fc.assert(
      fc.asyncProperty(randomWorlds(), async (world) => {
        const whole = openScene(world);
        const first = await whole.folder.run('sync');
        fc.pre(first.outcomes !== null && first.plan.conflicts.length === 0);
        const parts = openScene(world);
        await parts.folder.run('pull');
        await parts.folder.run('push');
        expect(parts.folder.texts()).toEqual(whole.folder.texts());
        expect(entriesOf(parts)).toEqual(entriesOf(whole));
        expect((await parts.folder.plan('sync')).plan.operations).toEqual([]);
      }),
      { numRuns },
    );
  },
);

test(
  'law 11: what failed to be written does not enter the lock, and is done by the next run',
  { timeout },
  async () => {
    await fc.assert(
      fc.asyncProperty(randomWorlds({ policy: policies }), fc.nat(6), async (world, failing) => {
        const calm = openScene(world);
        await settle(calm);
        const scene = openScene(world);
        const rowsBefore = new Map((await scene.folder.base()).entries.map((row) => [row.id, row]));
        // The same call is refused for good, whatever is tried.
        scene.inner.operator.setFaults([`status=422,method=write,nth=${failing + 1}`]);
        const run = await scene.folder.run('sync');
        const rows = new Map((await scene.folder.base()).entries.map((row) => [row.id, row]));
        for (const { operation, status } of run.outcomes ?? []) {
          if (status === 'done' || operation.side === 'local' || operation.id === null) continue;
          if (run.plan.operations.some((one) => one.side === 'local' && one.key === operation.key)) continue;
          const was = rowsBefore.get(operation.id);
          const is = rows.get(operation.id);
          if (run.plan.baseEdits.some((one) => one.id === operation.id)) continue;
          expect({ ...is, path: '' }).toEqual({ ...was, path: '' });
        }
        scene.inner.operator.setFaults([]);
        await scene.inner.clock.sleep(200_000);
        await settle(scene);
        expect(scene.folder.texts()).toEqual(calm.folder.texts());
        expect(entriesOf(scene)).toEqual(entriesOf(calm));
      }),
      { numRuns },
    );
  },
);

const countOf = ({ inner }: Scene): number =>
  inner.operator.articles().length + inner.operator.collections().length;

function bodiesOf({ inner, folder }: Scene) {
  const byFile = new Map(Object.entries(folder.texts()));
  const remote = new Map(
    [...inner.operator.articles(), ...inner.operator.collections()].map((one) => [String(one.id), one]),
  );
  return { byFile, files: [...byFile.values()], remote };
}

/** Everything in the help center by names instead of ids, which depend on the order of creation. */
function entriesOf({ inner }: Scene): readonly unknown[] {
  const names = new Map(inner.operator.collections().map((one) => [one.id, one.texts['en']?.name]));
  return [
    ...inner.operator
      .collections()
      .map((one) => ({ ...one.texts, in: names.get(one.parentId ?? 0), icon: one.icon })),
    ...inner.operator.articles().map((one) => ({
      in: one.parentIds.map((id) => names.get(id)),
      texts: Object.entries(one.contents).map(([locale, { title, description, body, state, authorId }]) => ({
        locale,
        title,
        description,
        body,
        state,
        authorId,
      })),
    })),
  ]
    .map((one) => JSON.stringify(one))
    .toSorted();
}

const paragraphs = (text: string): readonly string[] =>
  text.match(/(?:First|Second|Third|Line|Ligne)[^<\n]*\./g) ?? [];

/** Paragraphs that stand on a side now and did not when both sides agreed. */
function authored({ folder, inner }: Scene, world: WorldSpec): readonly string[] {
  const agreed = everything(openScene({ ...world, local: world.base ?? {}, remote: {} }));
  const here = Object.values(folder.texts()).flatMap(paragraphs);
  const there = inner.operator
    .articles()
    .flatMap((one) => Object.values(one.contents).flatMap(({ body }) => paragraphs(body)));
  return [...here, ...there].filter((line) => !agreed.includes(line));
}

/** Everything that a person could still find: files, help center and trash. */
function everything({ folder, inner }: Scene): string {
  return JSON.stringify([folder.memory.texts('/project'), inner.workspace.content().articles]);
}
