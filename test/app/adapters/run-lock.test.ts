import { describe, expect, test } from 'vitest';
import { isAlive } from '../../../src/app/adapters/node-outside.ts';
import { beatEvery, takeRunLock } from '../../../src/app/adapters/run-lock.ts';
import { Disk } from '../../simulation/disk.ts';
import { outsideOf } from '../../helpers/outside.ts';

const file = '/project/.shelfmark/run.lock';

const now = 1_800_000_000_000;

/** A machine whose clock moves on while it waits; `meanwhile` is what others do then. */
function machine(options: {
  readonly alive?: readonly number[];
  readonly lock?: string;
  readonly age?: number;
  readonly meanwhile?: (disk: Disk) => void;
}) {
  let time = now;
  const disk = new Disk(() => time - (options.age ?? 0));
  disk.putFolder('/project/.shelfmark');
  if (options.lock !== undefined) disk.put(file, options.lock);
  const waits: number[] = [];
  const sleepers: { readonly at: number; readonly wake: () => void }[] = [];
  const outside = outsideOf('/project', {
    files: disk,
    clock: {
      now: () => time,
      async sleep(milliseconds, signal) {
        if (milliseconds === beatEvery)
          return new Promise((wake, stop) => {
            sleepers.push({ at: time + milliseconds, wake });
            signal?.addEventListener('abort', () => stop(signal.reason));
          });
        time += milliseconds;
        options.meanwhile?.(disk);
      },
    },
    chance: { next: () => 0.5 },
    process: {
      id: 7,
      host: 'laptop',
      place: 'boot 1',
      isAlive: (id) => options.alive?.includes(id) === true,
    },
  });
  return {
    disk,
    waits,
    take: () => takeRunLock(file, outside, (milliseconds) => waits.push(milliseconds)),
    /** Lets ten seconds pass, and whoever waits for that go on. */
    beat: async () => {
      time += beatEvery;
      for (const one of sleepers.splice(0)) one.wake();
      for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
    },
  };
}

const lockOf = (owner: Partial<Record<'process' | 'since' | 'beat', number>> & { place?: string }): string =>
  `${JSON.stringify({ process: 5, host: 'laptop', place: 'boot 1', since: now - 10_000, ...owner })}\n`;

describe('A run', () => {
  test('takes its place and gives it back', async () => {
    const { disk, take } = machine({});
    const lock = await take();
    expect(disk.text(file)).toContain('"process":7,"host":"laptop"');
    await lock[Symbol.asyncDispose]();
    expect(disk.text(file)).toBeNull();
  });

  test('waits for nobody who is dead', async () => {
    const { disk, take, waits } = machine({ lock: lockOf({}) });
    await take();
    expect(disk.text(file)).toContain('"process":7');
    expect(waits).toEqual([]);
  });

  test('does not run beside one that is alive, and says which, however long that one was silent', async () => {
    const { disk, take } = machine({ lock: lockOf({ beat: now - 3_600_000 }), alive: [5] });
    await expect(take()).rejects.toThrow(/^Another run is at work in this folder \(process 5\)/);
    expect(disk.text(file)).toContain('"process":5');
  });

  test('does not run beside one in another container of the same name, whose processes it cannot see', async () => {
    const { take, waits } = machine({ lock: lockOf({ process: 7, place: 'boot 2', beat: now - 11_000 }) });
    await expect(take()).rejects.toThrow(/^Another run is at work in this folder \(process 7\)/);
    expect(waits).toEqual([]);
  });

  test('takes the place of a silent one elsewhere after it has watched it for less than half a minute', async () => {
    for (const lock of [
      lockOf({ place: 'boot 2', beat: now - 130_000 }),
      // As a folder that was copied, or a repository, brings it along; and of an earlier version.
      lockOf({ place: 'boot 2', since: now - 40 * 86_400_000, beat: now - 40 * 86_400_000 }),
      `${JSON.stringify({ process: 5, host: 'runner', since: now - 86_400_000 })}\n`,
      // Of a machine whose clock is hours ahead.
      lockOf({ place: 'boot 2', beat: now + 7_200_000 }),
    ]) {
      const { disk, take, waits } = machine({ lock });
      await take();
      expect(disk.text(file)).toContain('"process":7');
      expect(waits).toEqual([25_000]);
    }
  });

  test('stays away from one whose clock is wrong and that says meanwhile that it is at work', async () => {
    const { disk, take } = machine({
      lock: lockOf({ place: 'boot 2', beat: now - 7_200_000 }),
      meanwhile: (there) => there.put(file, lockOf({ place: 'boot 2', beat: now - 7_190_000 })),
    });
    await expect(take()).rejects.toThrow(/^Another run is at work/);
    expect(disk.text(file)).toContain('"process":5');
  });

  test('says every ten seconds that it is at work', async () => {
    const { disk, take, beat } = machine({});
    const lock = await take();
    await beat();
    expect(disk.text(file)).toContain(`"since":${now},"beat":${now + 10_000}`);
    await beat();
    expect(disk.text(file)).toContain(`"beat":${now + 20_000}`);
    await lock[Symbol.asyncDispose]();
    expect(disk.text(file)).toBeNull();
  });

  test('stops where another has taken its place, and leaves the mark of that one', async () => {
    const { disk, take, beat } = machine({});
    const lock = await take();
    disk.put(file, lockOf({ place: 'boot 2' }));
    expect(lock.lost.aborted).toBe(false);
    await beat();
    expect(lock.lost.aborted).toBe(true);
    await lock[Symbol.asyncDispose]();
    expect(disk.text(file)).toContain('"process":5');
  });

  test('puts its mark back where somebody removed it', async () => {
    const { disk, take, beat } = machine({});
    const lock = await take();
    await disk.remove(file);
    await beat();
    expect(disk.text(file)).toContain('"process":7');
    expect(lock.lost.aborted).toBe(false);
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
