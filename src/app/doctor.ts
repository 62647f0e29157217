import type { Config } from '../config/read-config.ts';
import type { Check, Finding } from '../model/checkup.ts';
import type { Git } from '../ports/git.ts';
import type { RemoteListener } from '../intercom/http/events.ts';
import {
  checkConfig,
  checkContent,
  checkGit,
  checkIgnored,
  checkLock,
  checkNode,
} from './doctor/doctor-local.ts';
import { checkRemote } from './doctor/doctor-remote.ts';
import { openProbe } from './project/remote.ts';
import type { Outside } from '../ports/outside.ts';

export interface CheckupOptions {
  /** Reads the config file; what it throws becomes a failed check. */
  readonly readConfig: () => Promise<Config>;
  readonly git: Git;
  /** The version of Node at work, and the oldest one that will do; such as `20.19.0`. */
  readonly node: { readonly version: string; readonly least: string };
  readonly onCall: RemoteListener;
}

export interface Checkup {
  readonly checks: readonly Check[];
  /** Null where it could not be read. */
  readonly config: Config | null;
  /** The remote answered and accepts the token. */
  readonly isConnected: boolean;
}

/** Checks everything that a sync needs, in the order in which it needs it; changes nothing anywhere. */
export async function checkUp(options: CheckupOptions, outside: Outside): Promise<Checkup> {
  const machine = [checkNode(options.node), await checkGit(options.git, outside.folder)];
  const { check, config } = await checkConfig(options.readConfig, outside);
  if (config === null) return { checks: [...machine, check], config, isConnected: false };
  const content = await checkContent(config, outside);
  const lock = await checkLock(config, options.git, outside);
  const ignored = await checkIgnored(config, options.git);
  const known = { pinned: lock.base?.pinned ?? null, locales: content.locales };
  const remote = await checkRemote(config, known, options.onCall, outside);
  return {
    checks: [...machine, check, content.check, lock.check, ignored, ...remote.checks],
    config,
    isConnected: remote.isConnected,
  };
}

/**
 * Puts the open questions about Intercom to the remote of a project. The embedded simulator is asked as a copy in
 * memory, so that its state stays as it is; a live workspace gets a scratch collection that is deleted at the end.
 */
export async function* probe(
  config: Config,
  onCall: RemoteListener,
  outside: Outside,
): AsyncGenerator<Finding> {
  const { probeIntercom } = await import('../intercom/probe/probe.ts');
  await using opened = await openProbe(config, outside, onCall);
  yield* probeIntercom(opened.options, outside.signal);
}
