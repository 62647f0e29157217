import { nodeCode } from '../../ports/node-error.ts';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import type { Outside } from '../../ports/outside.ts';
import { openPage } from './browser.ts';
import { nodeChance } from '../../ports/node-chance.ts';
import { nodeClock } from '../../ports/node-clock.ts';
import { nodeFiles } from '../../ports/node-files.ts';
import { nodeGit } from '../../ports/node-git.ts';

/** The real world; `release` lets go of the signals so that the process can end. */
export function nodeOutside(): Outside & { release(): void } {
  const stop = new AbortController();
  let isAsked = false;
  const end = (): void => stop.abort(new DOMException('Stopped by a signal', 'AbortError'));
  const interrupt = (isIdle = false): void => {
    if (isIdle) return end();
    // The second time is an order: the journal covers what is under way.
    if (isAsked) process.exit(130);
    isAsked = true;
    if (process.stderr.isTTY)
      process.stderr.write('\nFinishing what was begun. To stop at once, press Ctrl-C again.\n');
    end();
  };
  const onSignal = (): void => interrupt();
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  // From a terminal that was closed. It often comes twice, and then the second is no order.
  process.on('SIGHUP', end);
  return {
    folder: process.cwd(),
    env: process.env,
    files: nodeFiles,
    git: nodeGit,
    clock: nodeClock,
    chance: nodeChance,
    signal: stop.signal,
    process: { id: process.pid, host: hostname(), place: placeOf(), isAlive, interrupt },
    openPage,
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    release() {
      process.off('SIGINT', onSignal);
      process.off('SIGTERM', onSignal);
      process.off('SIGHUP', end);
    },
  };
}

/** Containers share a host name, or a machine has another one after a restart: on Linux the system tells them apart. */
export function placeOf(): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return hostname();
  }
}

/** @param moment milliseconds since 1970; a process that began later was given the number of one that has ended */
export function isAlive(id: number, moment: number): boolean {
  try {
    process.kill(id, 0);
    return (startOf(id) ?? 0) < moment + startTolerance;
  } catch (error) {
    // Not ours to signal, but there.
    return nodeCode(error) === 'EPERM';
  }
}

/** Both times are rounded, and clocks are set now and then, in milliseconds. */
const startTolerance = 60_000;

/** When a process began, in milliseconds since 1970; null where the system does not tell, as outside of Linux. */
function startOf(id: number): number | null {
  const [ticks, own] = [ticksOf(id), ticksOf(process.pid)];
  // Measured from our own start: inside a container the machine's clocks may tell different stories.
  return ticks === null || own === null ? null : Date.now() - process.uptime() * 1000 + (ticks - own) * 10;
}

/** Hundredths of a second from the start of the machine to that of a process. */
function ticksOf(id: number): number | null {
  try {
    const text = readFileSync(`/proc/${id}/stat`, 'utf8');
    // The name of the program comes second, in parentheses, and may hold anything.
    const ticks = Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[19]);
    return Number.isFinite(ticks) ? ticks : null;
  } catch {
    return null;
  }
}
