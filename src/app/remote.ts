import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Config } from '../config/read-config.ts';
import { ShelfmarkError } from '../model/error.ts';
import { localPath } from '../model/identity.ts';
import type { IntercomSide } from '../remotes/intercom/open-intercom.ts';
import type { RemoteListener } from '../remotes/intercom/events.ts';
import { regionUrl } from '../remotes/intercom/region.ts';
import type { Outside } from './world.ts';

/** The remote of a command, opened; disposing of it stops an embedded simulator. */
export interface OpenRemote extends AsyncDisposable {
  readonly side: IntercomSide;
  /** Where an embedded simulator shows the help center; null for Intercom itself. */
  readonly site: string | null;
}

/** Where the embedded simulator's images come from: an address that exists only between it and this folder. */
export const simulatorAssets = 'https://content.shelfmark.invalid/{path}?v={hash}';

/** Opens the remote that the config names; an embedded simulator is started, or joined where one is running. */
export async function openRemote(
  config: Config,
  outside: Outside,
  onEvent: RemoteListener,
  isReadOnly = false,
): Promise<OpenRemote> {
  const { openIntercom } = await import('../remotes/intercom/open-intercom.ts');
  const common = {
    version: config.version,
    helpCenter: config.helpCenter,
    defaultLocale: config.defaultLocale,
    author: config.author,
    clock: outside.clock,
    chance: outside.chance,
    onEvent,
  };
  if (config.provider === 'simulator') {
    const simulator = await openSimulator(config, outside, isReadOnly);
    const side = openIntercom({ ...common, url: simulator.url, token: simulator.token });
    return { side, site: simulator.site, [Symbol.asyncDispose]: () => simulator.close() };
  }
  const url = outside.env['INTERCOM_URL'] || regionUrl(config.region);
  const side = openIntercom({ ...common, url, token: tokenOf(config, outside) });
  return { side, site: null, [Symbol.asyncDispose]: async () => undefined };
}

function tokenOf(config: Config, outside: Outside): string {
  const token = outside.env[config.tokenVariable]?.trim() ?? '';
  if (token !== '') return token;
  throw new ShelfmarkError('TOKEN_MISSING', {
    message: `The environment variable ${config.tokenVariable} holds no token, so Intercom cannot be reached. Nothing was changed.`,
    hint: `Set it to the access token of your Intercom app, for example: export ${config.tokenVariable}=… (never write it into a file under git).`,
  });
}

async function openSimulator(config: Config, outside: Outside, isReadOnly: boolean) {
  const { startSimulator } = await import('../remotes/intercom/simulator/server.ts');
  const { findRunning } = await import('../remotes/intercom/simulator/running.ts');
  const running = await findRunning(config.simulatorFile);
  if (running !== null) return { ...running, close: async () => undefined };
  return startSimulator({
    stateFile: config.simulatorFile,
    isReadOnly,
    defaultLocale: config.defaultLocale,
    siteOrigin: siteOrigin(config),
    clock: outside.clock,
    assets: readAsset(config, outside),
  });
}

/** The same address on every run, so that what was written once stays right: made from where the state lies. */
export function siteOrigin(config: Config): string {
  return `http://127.0.0.1:${sitePort(config)}`;
}

export function sitePort(config: Config): number {
  return 4800 + (createHash('sha256').update(config.simulatorFile).digest().readUInt16BE(0) % 200);
}

/** What the embedded simulator fetches when it is told to copy an image of this folder. */
export function readAsset(config: Config, { files }: Outside): (url: string) => Promise<Uint8Array | null> {
  const [prefix = ''] = simulatorAssets.split('{path}');
  return async (url) => {
    if (!url.startsWith(prefix)) return null;
    try {
      const path = localPath(decodeURIComponent(url.slice(prefix.length).replace(/\?.*$/, '')));
      return await files.read(join(config.content, ...path.split('/')));
    } catch {
      return null;
    }
  };
}
