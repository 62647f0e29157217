import { createHash } from 'node:crypto';
import { openBaseStore } from '../../base/store.ts';
import type { Config } from '../../config/read-config.ts';
import { ShelfmarkError } from '../../model/error.ts';
import { localPath } from '../../model/identity.ts';
import type { LinkedHelpCenter } from '../../intercom/help-center.ts';
import type { IntercomOptions, IntercomSide } from '../../intercom/open-intercom.ts';
import type { RemoteListener } from '../../intercom/http/events.ts';
import { regionUrl } from '../../intercom/http/region.ts';
import type { Simulator } from '../../simulator/server.ts';
import type { Clock } from '../../ports/clock.ts';
import { proxiesOf } from '../adapters/proxy.ts';
import { readOwnFile } from '../adapters/own-file.ts';
import { siteLookOf } from './site-look.ts';
import { storeOptions } from './store-options.ts';
import type { Outside } from '../../ports/outside.ts';

/** The remote of a command, opened; disposing of it stops an embedded simulator. */
export interface OpenRemote extends AsyncDisposable {
  readonly side: IntercomSide;
  /** Where an embedded simulator shows the help center; null for Intercom itself. */
  readonly site: string | null;
  /** Where the API is reached. */
  readonly api: string;
}

/** Where the embedded simulator's images come from: an address that exists only between it and this folder. */
export const simulatorAssets = 'https://content.shelfmark.invalid/{path}?v={hash}';

/** Opens the remote that the config names; an embedded simulator is started, or joined where one is running. */
export async function openRemote(
  config: Config,
  outside: Outside,
  onEvent: RemoteListener,
  isReadOnly = false,
  isLasting = false,
): Promise<OpenRemote> {
  const { openIntercom } = await import('../../intercom/open-intercom.ts');
  const common = { ...connection(config, outside, onEvent), isLasting };
  if (config.provider === 'simulator') {
    const simulator = await openSimulator(config, outside, isReadOnly);
    const side = openIntercom({ ...common, url: simulator.url, token: simulator.token });
    return { side, site: simulator.site, api: simulator.url, [Symbol.asyncDispose]: () => simulator.close() };
  }
  const address = addressOf(config, outside);
  const side = openIntercom({ ...common, ...address });
  return { side, site: null, api: address.url, [Symbol.asyncDispose]: async () => undefined };
}

/** A remote to be written to for a trial. */
export interface OpenProbe extends AsyncDisposable {
  readonly options: IntercomOptions;
}

/**
 * Opens the remote for questions that write and clean up behind themselves. Of the embedded simulator that is a copy
 * in memory, also where it is running, on a clock whose waits pass at once.
 */
export async function openProbe(
  config: Config,
  outside: Outside,
  onEvent: RemoteListener,
): Promise<OpenProbe> {
  const common = connection(config, outside, onEvent);
  if (config.provider === 'intercom') {
    const options = { ...common, ...addressOf(config, outside) };
    return { options, [Symbol.asyncDispose]: async () => undefined };
  }
  const clock = hurried(outside.clock);
  const simulator = await startEmbedded(config, { ...outside, clock }, true);
  const options = { ...common, clock, url: simulator.url, token: simulator.token };
  return { options, [Symbol.asyncDispose]: () => simulator.close() };
}

function connection(
  config: Config,
  outside: Outside,
  onEvent: RemoteListener,
): Omit<IntercomOptions, 'url' | 'token'> {
  const { version, helpCenter, defaultLocale, author } = config;
  const { clock, chance } = outside;
  const store = openBaseStore(outside.files, storeOptions(config, outside));
  const linked = async (): Promise<LinkedHelpCenter | null> => {
    const { pinned } = (await store.read()).base;
    return pinned === null ? null : { id: pinned.helpCenter, lockName: config.lockName };
  };
  const proxyOf = proxiesOf(outside.env);
  return { version, helpCenter, linked, defaultLocale, author, clock, chance, proxyOf, onEvent };
}

function addressOf(config: Config, outside: Outside): { readonly url: string; readonly token: string } {
  return { url: apiOf(config, outside), token: tokenOf(config, outside) };
}

/** Where Intercom's API is reached, as the environment or else the config says. */
export const apiOf = ({ region }: Pick<Config, 'region'>, { env }: Pick<Outside, 'env'>): string =>
  env['INTERCOM_URL'] || regionUrl(region);

/** A clock that jumps where another one would be waited for. */
function hurried(clock: Clock): Clock {
  let jumped = 0;
  return {
    now: () => clock.now() + jumped,
    sleep: async (milliseconds, signal) => {
      signal?.throwIfAborted();
      jumped += milliseconds;
    },
  };
}

function tokenOf(config: Config, outside: Outside): string {
  const token = outside.env[config.tokenVariable]?.trim() ?? '';
  if (token !== '') return token;
  // Somebody may have put the token itself in the place of the name.
  const isName = /^[A-Z_][A-Z0-9_]*$/.test(config.tokenVariable);
  const named = isName ? config.tokenVariable : 'that "tokenVariable" names in the config file';
  throw new ShelfmarkError('TOKEN_MISSING', {
    message: `The environment variable ${named} holds no token, so Intercom cannot be reached. Nothing was changed.`,
    hint: isName
      ? `Set it to the access token of your Intercom app, for example: export ${named}=… (never write it into a file under git).`
      : 'Write the name of a variable there, in capitals such as STAGING_TOKEN; the token itself belongs into the variable, never into a file.',
  });
}

async function openSimulator(config: Config, outside: Outside, isReadOnly: boolean) {
  const { findRunning } = await import('../../simulator/running.ts');
  const running = await findRunning(config.simulatorFile);
  if (running !== null) return { ...running, close: async () => undefined };
  return startEmbedded(config, outside, isReadOnly);
}

async function startEmbedded(config: Config, outside: Outside, isReadOnly: boolean): Promise<Simulator> {
  const { startSimulator } = await import('../../simulator/server.ts');
  return startSimulator({
    stateFile: config.simulatorFile,
    isReadOnly,
    defaultLocale: config.defaultLocale,
    siteOrigin: siteOrigin(config),
    clock: outside.clock,
    assets: readAsset(config, outside),
    look: await siteLookOf(config, outside),
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
export function readAsset(
  config: Config,
  { files }: Outside,
): (url: string) => Promise<Uint8Array | null | undefined> {
  const [prefix = ''] = simulatorAssets.split('{path}');
  return async (url) => {
    // Elsewhere on the web: taken to be there, although nobody looks.
    if (!url.startsWith(prefix)) return undefined;
    try {
      const path = localPath(decodeURIComponent(url.slice(prefix.length).replace(/\?.*$/, '')));
      // What is fetched becomes public.
      return await readOwnFile(files, config.content, path);
    } catch {
      return null;
    }
  };
}
