/* Stories that scenarios told first, in a few lines each, so that they stay told whatever the seeds come to mean. */
import { describe, expect, test } from 'vitest';
import { checkNow } from './checks.ts';
import type { Disk } from './disk.ts';
import { playRun, type RunEnd } from './play-run.ts';
import { contentFolder, Stage, type Actor } from './stage.ts';

describe('A run that was cut off', () => {
  test('made a file for a new article: with another title it is still the file of that article', async () => {
    const stage = new Stage(1);
    const disk = stage.newDisk();
    stage.operator.createArticle({
      title: 'w1',
      body: '<p class="no-margin">Some words.</p>',
      state: 'published',
    });
    const actor = stage.newActor(disk);
    dieAfter(stage, actor, `${contentFolder}/w1.md`);
    await playRun(stage, actor, { direction: 'pull' });
    const made = disk.text(`${contentFolder}/w1.md`) ?? '';
    expect(made).toContain('title: w1');
    disk.put(`${contentFolder}/w1.md`, made.replace('title: w1', 'title: w2'));

    for (let round = 0; round < 3; round += 1) await sync(stage, disk);

    expect(stage.operator.articles()).toHaveLength(1);
    expect(disk.paths(contentFolder)).toHaveLength(1);
    const end = await sync(stage, disk);
    expect(end.end === 'ran' ? end.plan.conflicts.map((one) => one.field) : end).toEqual(['title']);
    expect(checkNow(stage, [disk]).filter((one) => one.startsWith('I3'))).toEqual([]);
  });
});

const sync = (stage: Stage, disk: Disk): Promise<RunEnd> =>
  playRun(stage, stage.newActor(disk), { direction: 'sync' });

/** Kills the process right after a file came to stand in its place. */
function dieAfter(stage: Stage, actor: Actor, path: string): void {
  stage.onStep = (who) => {
    if (who === actor && actor.disk.text(path) !== null) actor.die();
  };
}
