/** `shelfmark/simulator`: the simulator of Intercom for the tests of others. */
import type { Simulator, SimulatorOptions } from '../simulator/server.ts';

/**
 * Serves a simulated Intercom workspace on a port of the loopback interface: the API, the public help center, and the
 * operator's door for what a teammate does. Ends with `close`, or with the process.
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const simulator = await import('../simulator/server.ts');
  return simulator.startSimulator(options);
}

export type { Simulator, SimulatorOptions } from '../simulator/server.ts';
export type {
  EditorArticle,
  EditorCollection,
  EditorContent,
  EditorHelpCenter,
  LoggedCall,
  Operator,
} from '../simulator/operator/operator-types.ts';
