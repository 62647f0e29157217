/* A short form of `npm run crash`. */
import { expect, test } from 'vitest';
import { survive } from './real-process.ts';
import { makeScene } from './systematic.ts';

test('The real command survives being killed, and killed again while it mends that', async () => {
  const scene = await makeScene();
  const wholes = new Set(scene.content.wholes);
  const plain = await survive(scene, { direction: 'sync', at: [0] }, wholes, true);
  expect(plain.broken).toEqual([]);
  const count = plain.steps.length;
  expect(count).toBeGreaterThan(100);
  for (const share of [0.3, 0.55, 0.75, 0.95]) {
    const at = [Math.round(count * share), Math.round((count * share) / 2)];
    const after = await survive(scene, { direction: 'sync', at }, wholes);
    expect(after.killed[0]).toBe(true);
    expect(after.broken, after.story.join('\n')).toEqual([]);
    expect(after.outcome).toBe(plain.outcome);
  }
}, 120_000);
