export { findRunning } from './owner.ts';
export { startSimulator } from './server.ts';
export type { Simulator, SimulatorOptions } from './server.ts';
export type { LoggedCall, Operator } from './operator-types.ts';
export type { Switches } from './switches.ts';
