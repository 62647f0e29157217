/* A help center of the stage: the usual one, and in some scenarios the one of a second target, such as staging. */
import type { Office } from '../../src/simulator/handle.ts';
import { Faults } from '../../src/simulator/faults/faults.ts';
import { makeOperator } from '../../src/simulator/operator/operator.ts';
import type { Operator } from '../../src/simulator/operator/operator-types.ts';
import { Tricks } from '../../src/simulator/operator/tricks.ts';
import { seededChance } from '../../src/simulator/state/chance.ts';
import { freshContent } from '../../src/simulator/state/fresh.ts';
import { Limits } from '../../src/simulator/state/limits.ts';
import { defaultSwitches } from '../../src/simulator/state/switches.ts';
import { World, type WorldContent } from '../../src/simulator/state/world.ts';

export interface Site {
  /** Null for the one that is meant where no target is named. */
  readonly target: string | null;
  readonly workspace: World;
  readonly operator: Operator;
  readonly token: string;
  readonly office: Office;
}

/** The target that some scenarios have beside the usual one. */
export const staging = 'staging';

export function openSite(
  target: string | null,
  content: WorldContent,
  seed: number,
  now: () => number,
): Site {
  const workspace = new World(content, now);
  const limits = new Limits(workspace);
  const faults = new Faults(seed, []);
  const tricks = new Tricks(0);
  const requestIds = seededChance(seed, 'requests');
  const changed = (): void => void workspace.takeChanges();
  return {
    target,
    workspace,
    operator: makeOperator({ world: workspace, limits, faults, tricks, changed }),
    token: workspace.settings.apps[0]?.token ?? '',
    office: { desk: { world: workspace, limits, requestIds }, faults, tricks },
  };
}

/** A workspace with nothing in it; each seed gives another one. */
export const freshWorkspace = (seed: number): WorldContent =>
  freshContent({ seed, switches: defaultSwitches, defaultLocale: 'en', now: 1_750_000_000 });
