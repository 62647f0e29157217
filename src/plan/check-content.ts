import type { Base } from '../model/base.ts';
import type { LocalPath, RemoteId } from '../model/identity.ts';
import { byPlace, type Problem } from '../model/problem.ts';
import type { LocalSnapshot, RemoteSnapshot } from '../model/snapshot.ts';
import { openBodies } from './links/bodies.ts';
import { checkBody } from './links/check-body.ts';
import { baseDirectory } from './links/directory.ts';
import { formerPathsOf } from './links/former-paths.ts';
import type { Names, Policy } from './terms/input.ts';
import { folderPages } from './folder-pages.ts';
import { pair } from './make-plan.ts';
import { unlinkedIds } from './unlinked-ids.ts';
import type { Pairing } from './pair/pair.ts';
import type { RefsOptions } from './links/refs.ts';

/** Everything that can be said about the folder without the remote, in the order of files and lines. */
export function checkContent(input: {
  readonly base: Base;
  readonly local: LocalSnapshot;
  readonly assetDigests: ReadonlyMap<LocalPath, string>;
  readonly policy: Policy;
  readonly names: Names;
}): readonly Problem[] {
  const { local, policy } = input;
  const pairing = pair({ ...input, remote: unknown });
  const directory = baseDirectory({ ...input, base: followed(input.base, pairing) }, policy.siteRoot);
  const refs: RefsOptions = { directory, sites: [], assetBaseUrl: policy.assetBaseUrl };
  const context = { bodies: openBodies(refs), refs, contentName: policy.contentName };
  const texts = local.articles.flatMap((article) =>
    [...article.locales].flatMap(([locale, content]) => checkBody(content, locale, context)),
  );
  const pages = folderPages(pairing.articles, policy.contentName);
  const ids = unlinkedIds(input.base, local, policy.contentName);
  return [...local.problems, ...pages, ...ids, ...texts].toSorted(byPlace);
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
