import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { ShelfmarkError } from '../model/error.ts';
import type { SiteLook } from '../look/site-look.ts';
import type { Clock } from '../ports/clock.ts';
import { helpCenterAddress } from './state/addresses.ts';
import { seededChance } from './state/chance.ts';
import { readFault } from './faults/fault-spec.ts';
import { Faults } from './faults/faults.ts';
import { freshContent } from './state/fresh.ts';
import { Limits } from './state/limits.ts';
import { makeOperator } from './operator/operator.ts';
import type { Operator } from './operator/operator-types.ts';
import { claimState, confirmState, holdsState } from './state/owner.ts';
import { Reception } from './reception.ts';
import type { Assets } from './reception.ts';
import { forgetfulStore, openStore, readState } from './state/store.ts';
import type { Store } from './state/store.ts';
import { SwitchesSchema } from './state/switches.ts';
import type { Switches } from './state/switches.ts';
import { Tricks } from './operator/tricks.ts';
import { usageError } from './state/usage.ts';
import { World } from './state/world.ts';

export interface SimulatorOptions {
  /** 0 or missing: any free one. Only the loopback interface is served. */
  readonly port?: number;
  /** Where the workspace is kept; without it, it ends with the process. */
  readonly stateFile?: string;
  /** Serves the state without claiming it and writes nothing to disk, for whoever only reads. */
  readonly isReadOnly?: boolean;
  /** The token, ids and all chance follow from it. Only used for a state that does not exist yet. */
  readonly seed?: number;
  /** See `readFault` for the grammar. */
  readonly faults?: readonly string[];
  /** Milliseconds added to every call. */
  readonly latency?: number;
  /** Only what is named; a state that exists keeps its other switches. */
  readonly switches?: Partial<Switches>;
  readonly clock?: Clock;
  /**
   * Where an image is found that the simulator is told to fetch: null for one that is not there, undefined for one
   * that is somewhere on the web. Without it every address counts as the latter; nothing is downloaded.
   */
  readonly assets?: Assets;
  /** Begins the addresses of articles, collections and help centers; by default the simulator's own. */
  readonly siteOrigin?: string;
  /** How the public pages look; by default in the usual colour, under the help center's own name. */
  readonly look?: SiteLook;
  /** Default locale of a help center that does not exist yet. */
  readonly defaultLocale?: string;
}

export interface Simulator {
  /** Where the API answers, without a slash at the end. */
  readonly url: string;
  /** The public help center. */
  readonly site: string;
  readonly token: string;
  readonly operator: Operator;
  /** Stops serving, writes the state and lets go of it. */
  close(): Promise<void>;
}

/** Serves the API, the public pages and the operator's door on a port of the loopback interface. */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const clock = options.clock ?? systemClock;
  const faults = (options.faults ?? []).map(readFault);
  const run = randomUUID();
  const reception = new Reception(run, clock, options.assets ?? null);
  const server = createServer((request, response) => {
    reception.receive(request, response).catch(() => reception.fail(response));
  });
  // A connection must outlive the pauses of a client that keeps it, or its next POST meets a closed door.
  server.keepAliveTimeout = 120_000;
  const url = `http://127.0.0.1:${await listen(server, options.port ?? 0)}`;
  let release = (): Promise<void> => Promise.resolve();
  try {
    const { stateFile } = options;
    const isClaimed = stateFile !== undefined && options.isReadOnly !== true;
    if (isClaimed) release = await claim(stateFile, { url, run });
    const { world, store } = await openWorld(options, clock, run);
    world.origin = { api: url, site: options.siteOrigin?.replace(/\/+$/, '') ?? url };
    world.look = options.look ?? null;
    const { seed, apps } = world.settings;
    const limits = new Limits(world);
    const desk = { world, limits, requestIds: seededChance(seed, run) };
    const troubles = new Faults(options.seed ?? seed, faults);
    const tricks = new Tricks(options.latency ?? 0);
    const changed = (): void => {
      store.save(world.takeChanges()).catch(() => null);
    };
    const operator = makeOperator({ world, limits, faults: troubles, tricks, changed });
    const site = helpCenterAddress(world, { ...world.defaultHelpCenter, customDomain: null });
    const token = apps[0]?.token ?? '';
    if (isClaimed) await confirmState(stateFile, { pid: process.pid, url, site, token, run });
    reception.open({ desk, faults: troubles, tricks, operator, store });
    return {
      url,
      site,
      token,
      operator,
      close: async () => {
        await reception.close();
        await stop(server);
        changed();
        await store.close();
        await release();
      },
    };
  } catch (error) {
    await stop(server);
    await release();
    throw error;
  }
}

const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds, signal) => sleep(milliseconds, undefined, signal === undefined ? {} : { signal }),
};

async function openWorld(
  options: SimulatorOptions,
  clock: Clock,
  run: string,
): Promise<{ readonly world: World; readonly store: Store }> {
  const { stateFile } = options;
  const state = stateFile === undefined ? null : await readState(stateFile);
  const before = state?.content.settings.switches ?? {};
  const switches = SwitchesSchema.safeParse({ ...before, ...options.switches });
  if (!switches.success) {
    const issue = switches.error.issues[0];
    throw usageError(
      `The switch "${issue?.path.join('.') ?? ''}" cannot be set: ${issue?.message ?? ''}.`,
      'Nothing was started.',
    );
  }
  const content =
    state?.content ??
    freshContent({
      seed: options.seed ?? 1,
      switches: switches.data,
      defaultLocale: options.defaultLocale ?? 'en',
      now: Math.floor(clock.now() / 1000),
    });
  const settings = { ...content.settings, switches: switches.data };
  const world = new World({ ...content, settings }, () => clock.now());
  if (stateFile === undefined || options.isReadOnly === true) return { world, store: forgetfulStore };
  if (!(await holdsState(stateFile, run))) throw alreadyServed(stateFile);
  return { world, store: await openStore(stateFile, state?.generation ?? 0, () => world.content()) };
}

async function claim(stateFile: string, owner: { url: string; run: string }): Promise<() => Promise<void>> {
  const release = await claimState(stateFile, { pid: process.pid, ...owner, site: '', token: '' });
  if (release !== null) return release;
  throw alreadyServed(stateFile);
}

function alreadyServed(stateFile: string): ShelfmarkError {
  return new ShelfmarkError('SIMULATOR_RUNNING', {
    message: `Another simulator is already serving the state in ${stateFile}. Nothing was started.`,
    hint: 'Use the one that is running, or stop it first.',
  });
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const taken = cause.code === 'EADDRINUSE' || cause.code === 'EACCES';
      reject(taken ? portError(port, cause) : cause);
    });
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

function portError(port: number, cause: Error): ShelfmarkError {
  return new ShelfmarkError('PORT_TAKEN', {
    kind: 'usage',
    message: `The simulator cannot listen on port ${port}: it is taken or not allowed. Nothing was started.`,
    hint: 'Name another port, or 0 for any free one.',
    cause,
  });
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
