import { describe, expect, test } from 'vitest';
import { isAlive } from '../../../src/app/adapters/node-outside.ts';
import { takeRunLock } from '../../../src/app/adapters/run-lock.ts';
import { Disk } from '../../simulation/disk.ts';
import { outsideOf } from '../../helpers/outside.ts';

const file = '/project/.shelfmark/run.lock';

function machine(options: {
  readonly alive?: readonly number[];
  readonly lock?: string;
  readonly age?: number;
}) {
  const now = 1_800_000_000_000;
  const disk = new Disk(() => now - (options.age ?? 0));
  disk.putFolder('/project/.shelfmark');
  if (options.lock !== undefined) disk.put(file, options.lock);
  const outside = outsideOf('/project', {
    files: disk,
    clock: { now: () => now, sleep: async () => undefined },
    chance: { next: () => 0.5 },
    process: { id: 7, host: 'laptop', isAlive: (id) => options.alive?.includes(id) === true },
  });
  return { disk, take: () => takeRunLock(file, outside) };
}

const lockOf = (process: number, host: string): string =>
  `${JSON.stringify({ process, host, since: 1_799_999_990_000 })}\n`;

describe('A run', () => {
  test('takes its place and gives it back', async () => {
    const { disk, take } = machine({});
    const lock = await take();
    expect(disk.text(file)).toContain('"process":7,"host":"laptop"');
    await lock[Symbol.asyncDispose]();
    expect(disk.text(file)).toBeNull();
  });

  test('waits for nobody who is dead', async () => {
    const { disk, take } = machine({ lock: lockOf(5, 'laptop') });
    await take();
    expect(disk.text(file)).toContain('"process":7');
  });

  test('does not run beside one that is alive, and says which', async () => {
    const { disk, take } = machine({ lock: lockOf(5, 'laptop'), alive: [5] });
    await expect(take()).rejects.toThrow(/^Another run is at work in this folder \(process 5\)/);
    expect(disk.text(file)).toContain('"process":5');
  });

  test('does not run beside one in a container or on another machine, whose processes it cannot see', async () => {
    const { take } = machine({ lock: lockOf(7, 'container') });
    await expect(take()).rejects.toThrow(/\(process 7 on container\)/);
  });

  test('waits no longer for another machine than any run takes', async () => {
    const { disk, take } = machine({ lock: lockOf(5, 'container'), age: 25 * 3_600_000 });
    await take();
    expect(disk.text(file)).toContain('"process":7');
  });

  test('waits a moment for a lock that is being written, and no longer for what is no lock', async () => {
    await expect(machine({ lock: '' }).take()).rejects.toThrow(/^Another run is at work/);
    const { disk, take } = machine({ lock: '{"process":"rm -rf"', age: 11_000 });
    await take();
    expect(disk.text(file)).toContain('"process":7');
  });
});

describe('Whether a process is alive', () => {
  test('is known of this one and of one that there is not', () => {
    expect(isAlive(process.pid, Date.now())).toBe(true);
    expect(isAlive(2 ** 22 + 1, Date.now())).toBe(false);
  });

  test('is not taken from another one with the same number, where the system tells when it began', () => {
    const anHourBefore = Date.now() - process.uptime() * 1000 - 3_600_000;
    expect(isAlive(process.pid, anHourBefore)).toBe(process.platform !== 'linux');
  });
});
