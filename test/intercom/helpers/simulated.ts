import { onTestFinished } from 'vitest';
import { openIntercom } from '../../../src/intercom/open-intercom.ts';
import type { IntercomOptions, IntercomSide } from '../../../src/intercom/open-intercom.ts';
import { startSimulator } from '../../../src/simulator/server.ts';
import type { Simulator, SimulatorOptions } from '../../../src/simulator/server.ts';
import { seededChance } from './chance.ts';
import { virtualClock } from './virtual-clock.ts';
import type { VirtualClock } from './virtual-clock.ts';

export interface Simulated {
  readonly side: IntercomSide;
  readonly simulator: Simulator;
  /** One for both of them; every wait passes at once. */
  readonly clock: VirtualClock;
  /** What a side of this workspace is opened with. */
  readonly options: IntercomOptions;
  /** Another side of the same workspace. */
  readonly another: (options: Partial<IntercomOptions>) => IntercomSide;
}

/** A side over HTTP on a simulator that ends with the test. */
export async function openSimulated(
  setup: SimulatorOptions = {},
  more: Partial<IntercomOptions> = {},
): Promise<Simulated> {
  const clock = virtualClock();
  const simulator = await startSimulator({ seed: 7, clock, ...setup });
  onTestFinished(() => simulator.close());
  const options: IntercomOptions = {
    url: simulator.url,
    token: simulator.token,
    version: '2.11',
    helpCenter: null,
    defaultLocale: 'en',
    author: null,
    clock,
    chance: seededChance(3),
  };
  const another = (given: Partial<IntercomOptions>): IntercomSide => openIntercom({ ...options, ...given });
  return { side: another(more), simulator, clock, options, another };
}
