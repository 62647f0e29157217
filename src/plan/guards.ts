import type { Base } from '../model/base.ts';
import { otherHelpCenter, otherLocale, otherWorkspace } from '../model/elsewhere.ts';
import type { Operation, Refusal } from '../model/plan.ts';
import type { LocalSnapshot, RemoteSnapshot } from '../model/snapshot.ts';
import type { Policy } from './terms/input.ts';

export interface GuardInput {
  readonly base: Base;
  readonly local: LocalSnapshot;
  readonly remote: RemoteSnapshot;
  readonly policy: Policy;
  readonly operations: readonly Operation[];
}

/**
 * As many deletions are allowed in a small help center, of which a percentage would be none; unless the config gives a
 * number. What readers would miss is never more than half of it: a folder that is only half there is a mishap, too.
 */
function leastAllowed({ base, policy, operations }: GuardInput): number {
  const isPublic = operations.some((one) => one.action === 'delete' && one.side === 'remote');
  return isPublic && !policy.allowEmptied ? Math.min(5, Math.ceil(base.entries.length / 2)) : 5;
}

/** Looks at a plan as a whole and says no where it is more likely a mishap than a wish. */
export function guard(input: GuardInput): readonly Refusal[] {
  // With the wrong help center the other guards would offer flags that make it worse.
  const wrong = wrongWorkspace(input);
  return wrong === null ? [...emptied(input), ...tooManyDeletions(input)] : [wrong];
}

function wrongWorkspace({ base: { pinned }, remote, policy }: GuardInput): Refusal | null {
  const { workspace, helpCenter } = remote;
  if (pinned !== null && pinned.workspace !== workspace)
    return otherWorkspace(pinned, `${workspace}, help center ${helpCenter}`);
  if (pinned !== null && pinned.helpCenter !== helpCenter) return otherHelpCenter(pinned, helpCenter);
  return otherLocale(pinned, remote.defaultLocale, policy.defaultLocale);
}

function emptied({ base, local, remote, policy, operations }: GuardInput): readonly Refusal[] {
  const linked = base.entries.filter((row) =>
    row.kind === 'collection' ? !row.gone : [...row.locales.values()].some((one) => !one.gone),
  );
  if (linked.length === 0 || policy.allowEmptied) return [];
  const refusals: Refusal[] = [];
  const isMissing = local.isMissing === true;
  const isOnly = linked.length === 1;
  if (
    (!isOnly || operations.some((one) => one.side === 'remote' && one.action === 'delete')) &&
    local.articles.length === 0 &&
    local.unreadable.size === 0 &&
    operations.some((one) => one.side === 'remote')
  ) {
    refusals.push({
      code: 'LOCAL_EMPTIED',
      message: `The content folder ${policy.contentName} ${isMissing ? 'is not there' : 'holds no article'} any more, but ${linked.length} ${linked.length === 1 ? 'entry was' : 'entries were'} synced from it.`,
      hint: 'Check that the folder is the right one and fully checked out. If it was emptied on purpose, add --allow-emptied.',
    });
  }
  if (
    !isOnly &&
    remote.articles.length === 0 &&
    remote.collections.length === 0 &&
    operations.some((one) => one.side === 'local')
  ) {
    refusals.push({
      code: 'REMOTE_EMPTIED',
      message: `The help center holds nothing any more, but ${linked.length} entries were synced with it.`,
      hint: 'Check that the token leads to the right workspace. If it was emptied on purpose, add --allow-emptied.',
    });
  }
  return refusals;
}

function tooManyDeletions(input: GuardInput): readonly Refusal[] {
  const { base, policy, operations } = input;
  const deletions = operations.filter((one) => one.action === 'delete').length;
  const { count, percent } = policy.maxDeletes;
  const allowed =
    count ?? Math.max(leastAllowed(input), Math.floor((base.entries.length * (percent ?? 0)) / 100));
  if (deletions <= allowed || policy.allowDeletes === deletions) return [];
  const given =
    policy.allowDeletes === null
      ? ''
      : ` (--allow-deletes ${policy.allowDeletes} was given; the number must be exact)`;
  return [
    {
      code: 'TOO_MANY_DELETIONS',
      message: `This plan deletes or unpublishes ${deletions} of ${base.entries.length} entries; ${allowed} are allowed (maxDeletes)${given}.`,
      hint: `If that is what you want, run it again with --allow-deletes ${deletions}.`,
    },
  ];
}
