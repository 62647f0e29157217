/* The folder as far as it can be known without the remote. */
import type { Bodies } from '../fields/reading.ts';
import type { Base } from '../model/base.ts';
import type { LocalPath, RemoteId } from '../model/identity.ts';
import type { LocalSnapshot, RemoteSnapshot } from '../model/snapshot.ts';
import { openBodies } from './links/bodies.ts';
import { baseDirectory } from './links/directory.ts';
import { formerPathsOf } from './links/former-paths.ts';
import type { RefsOptions } from './links/refs.ts';
import { pair } from './make-plan.ts';
import type { Pairing } from './pair/pair.ts';
import type { Names, Policy } from './terms/input.ts';

export interface OfflineInput {
  readonly base: Base;
  readonly local: LocalSnapshot;
  readonly assetDigests: ReadonlyMap<LocalPath, string>;
  readonly policy: Policy;
  readonly names: Names;
}

export interface OfflineFolder extends OfflineInput {
  readonly pairing: Pairing;
  readonly refs: RefsOptions;
  readonly bodies: Bodies;
}

/** Finds out which files are which entries of the base, and what the links of the folder mean. */
export function openOffline(input: OfflineInput): OfflineFolder {
  const pairing = pair({ ...input, remote: unknown });
  const directory = baseDirectory({ ...input, base: followed(input.base, pairing) }, input.policy.siteRoot);
  const refs: RefsOptions = { directory, sites: [], assetBaseUrl: input.policy.assetBaseUrl };
  return { ...input, pairing, refs, bodies: openBodies(refs) };
}

/** The base with the paths that entries have come to since, as far as that can be told without the remote. */
function followed(base: Base, { articles, collections }: Pairing): Base {
  const entries = [...collections, ...articles].flatMap(({ base: row, local }) => {
    if (row === null) return [];
    return [local === null ? row : { ...row, path: local.path, formerly: formerPathsOf(row, local.path) }];
  });
  return { ...base, entries };
}

const unknown: RemoteSnapshot = {
  workspace: '',
  helpCenter: '' as RemoteId,
  sites: [],
  defaultLocale: null,
  articles: [],
  collections: [],
  problems: [],
};
