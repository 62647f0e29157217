import type { Base } from '../model/base.ts';
import { byText, type LocalPath } from '../model/identity.ts';
import type { Problem } from '../model/problem.ts';
import type { LocalSnapshot } from '../model/snapshot.ts';
import { openBodies } from './bodies.ts';
import { checkBody } from './check-body.ts';
import { baseDirectory } from './directory.ts';
import type { Policy } from './input.ts';
import type { RefsOptions } from './refs.ts';

/** Everything that can be said about the folder without the remote, in the order of files and lines. */
export function checkContent(input: {
  readonly base: Base;
  readonly local: LocalSnapshot;
  readonly assetDigests: ReadonlyMap<LocalPath, string>;
  readonly policy: Policy;
}): readonly Problem[] {
  const { local, policy } = input;
  const directory = baseDirectory(input);
  const refs: RefsOptions = { directory, sites: [], assetBaseUrl: policy.assetBaseUrl };
  const context = { bodies: openBodies(refs), directory, refs, contentName: policy.contentName };
  const texts = local.articles.flatMap((article) =>
    [...article.locales].flatMap(([locale, content]) => checkBody(content, locale, context)),
  );
  return [...local.problems, ...texts].toSorted(
    (left, right) =>
      byText(left.place.file, right.place.file) ||
      left.place.line - right.place.line ||
      byText(left.code, right.code),
  );
}
