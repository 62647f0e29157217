import type { Config } from '../../config/read-config.ts';
import type { Problem } from '../../model/problem.ts';
import type { Outside } from '../../ports/outside.ts';
import { gateProblems, isOpen, type Gate } from '../../translations/gate.ts';
import type { Standing } from '../../translations/terms.ts';
import { readStandings } from './translations.ts';
import { withFolder } from './with-folder.ts';

export interface Gated {
  readonly standings: readonly Standing[];
  /** What the gate does not let through. */
  readonly problems: readonly Problem[];
}

/** How the translations stand, and what of that a gate has to say; offline. Writes nothing. */
export const gateRun = (config: Config, outside: Outside, gate: Gate): Promise<Gated> =>
  withFolder(config, outside, async (folder) => {
    const standings = await readStandings(folder, config, outside, gate.required);
    return { standings, problems: isOpen(gate) ? [] : gateProblems(standings, gate, folder) };
  });
