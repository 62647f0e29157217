import { nodeCode } from '../../ports/node-error.ts';
import { resolve } from 'node:path';
import { nearestConfig } from '../../config/find-config.ts';
import { readAsset, sitePort } from '../../app/project/remote.ts';
import { siteLookOf } from '../../app/project/site-look.ts';
import { ignoreStateFolder } from '../../app/project/state-folder.ts';
import type { Config } from '../../config/read-config.ts';
import type { Outside } from '../../ports/outside.ts';
import { ShelfmarkError } from '../../model/error.ts';
import { startSimulator } from '../../simulator/server.ts';
import { findRunning } from '../../simulator/running.ts';
import { exitCodes } from '../../app/exit-codes.ts';
import type { Output } from '../terminal/output.ts';
import type { CommonFlags } from '../terminal/flags.ts';
import { openConfig } from './shared.ts';

export interface SimulateFlags extends CommonFlags {
  readonly port?: number;
  readonly state?: string;
  readonly seed?: number;
  readonly fault: readonly string[];
  readonly latency?: number;
}

/** Serves the simulator until it is stopped; in a project with the simulator as its remote, the project's own. */
export async function simulateCommand(
  outside: Outside,
  output: Output,
  flags: SimulateFlags,
): Promise<number> {
  const config = flags.state === undefined ? await projectConfig(outside, flags) : null;
  const stateFile = flags.state === undefined ? config?.simulatorFile : resolve(outside.folder, flags.state);
  if (stateFile !== undefined) await refuseSecond(stateFile);
  if (config !== null) await ignoreStateFolder(config, outside);
  const simulator = await startAt(
    flags.port ?? (config === null ? 0 : sitePort(config)),
    flags.port === undefined,
    {
      ...(stateFile === undefined ? {} : { stateFile }),
      ...(flags.seed === undefined ? {} : { seed: flags.seed }),
      ...(flags.latency === undefined ? {} : { latency: flags.latency }),
      ...(config === null
        ? {}
        : {
            assets: readAsset(config, outside),
            defaultLocale: config.defaultLocale,
            look: await siteLookOf(config, outside),
          }),
      faults: flags.fault,
      clock: outside.clock,
    },
  );
  const { url, site, token } = simulator;
  // One line, so that whoever started this can read it and go on.
  if (output.options.isJson) outside.stdout.write(`${JSON.stringify({ url, site, token })}\n`);
  // Its own token, for this machine only, is what this command is there to print; so it goes past what hides tokens.
  else
    outside.stdout.write(
      `The help center:  ${output.style.strong(site)}\nThe API:          ${url}\nThe token:        ${token}\n\n`,
    );
  output.text(
    output.style.dim(
      `${stateFile === undefined ? 'Kept in memory only.' : `Kept in ${stateFile}.`} Ctrl-C stops it.\n`,
    ),
  );
  await stopped(outside.signal);
  await simulator.close();
  return exitCodes.done;
}

async function projectConfig(outside: Outside, flags: CommonFlags): Promise<Config | null> {
  const isNamed = flags.config !== undefined || flags.target !== undefined;
  if (!isNamed && (await nearestConfig(outside.files, outside.folder)) === null) return null;
  const config = await openConfig(outside, flags);
  return config.provider === 'simulator' ? config : null;
}

async function refuseSecond(stateFile: string): Promise<void> {
  const running = await findRunning(stateFile);
  if (running === null) return;
  throw new ShelfmarkError('ALREADY_SIMULATING', {
    message: `A simulator with this help center is running already, at ${running.url}; its pages are at ${running.site}.`,
    hint: 'Use that one, or give this one a state of its own with --state FILE.',
  });
}

async function startAt(
  port: number,
  mayChoose: boolean,
  options: Parameters<typeof startSimulator>[0],
): ReturnType<typeof startSimulator> {
  try {
    return await startSimulator({ ...options, port });
  } catch (error) {
    if (!mayChoose || port === 0 || !(error instanceof ShelfmarkError || nodeCode(error) !== null))
      throw error;
    return startSimulator({ ...options, port: 0 });
  }
}

function stopped(signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    if (signal.aborted) done();
    else signal.addEventListener('abort', () => done(), { once: true });
  });
}
