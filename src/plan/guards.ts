import type { Base } from '../model/base.ts';
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

/** Five deletions are always allowed, however small the help center is, unless the config gives a number. */
const leastAllowed = 5;

/** Looks at a plan as a whole and says no where it is more likely a mishap than a wish. */
export function guard(input: GuardInput): readonly Refusal[] {
  // With the wrong help center the other guards would offer flags that make it worse.
  const wrong = wrongWorkspace(input);
  return wrong.length > 0 ? wrong : [...emptied(input), ...tooManyDeletions(input)];
}

function wrongWorkspace({ base, remote, policy }: GuardInput): readonly Refusal[] {
  const { pinned } = base;
  if (pinned === null) {
    const isOther = remote.defaultLocale !== null && remote.defaultLocale !== policy.defaultLocale;
    return isOther ? [otherRemoteLocale(remote.defaultLocale, policy.defaultLocale)] : [];
  }
  if (pinned.workspace !== remote.workspace) {
    return [
      {
        code: 'OTHER_WORKSPACE',
        message: `The lock file belongs to workspace ${pinned.workspace}, help center ${pinned.helpCenter}; this token leads to workspace ${remote.workspace}, help center ${remote.helpCenter}.`,
        hint: 'Use the token of that workspace, or give this one a target (and so a lock file) of its own: --target NAME.',
      },
    ];
  }
  if (pinned.helpCenter !== remote.helpCenter) {
    return [
      {
        code: 'OTHER_WORKSPACE',
        message: `The lock file belongs to help center ${pinned.helpCenter}; this run would work with help center ${remote.helpCenter} of the same workspace.`,
        hint: `Set "helpCenter: ${pinned.helpCenter}" under "remote:" while that one exists, or give this one a target (and so a lock file) of its own: --target NAME.`,
      },
    ];
  }
  if (pinned.defaultLocale !== policy.defaultLocale) {
    return [
      {
        code: 'OTHER_LOCALE',
        message: `The lock file was made with the default locale ${pinned.defaultLocale}, the config file says ${policy.defaultLocale}.`,
        hint: `Set "defaultLocale: ${pinned.defaultLocale}" in the config file.`,
      },
    ];
  }
  if (remote.defaultLocale !== null && remote.defaultLocale !== policy.defaultLocale) {
    return [otherRemoteLocale(remote.defaultLocale, policy.defaultLocale)];
  }
  return [];
}

function otherRemoteLocale(there: string, here: string): Refusal {
  return {
    code: 'OTHER_LOCALE',
    message: `The help center's default locale is ${there}, the config file says ${here}.`,
    hint: `Set "defaultLocale: ${there}" in the config file.`,
  };
}

function emptied({ base, local, remote, policy, operations }: GuardInput): readonly Refusal[] {
  const linked = base.entries.filter((row) =>
    row.kind === 'collection' ? !row.gone : [...row.locales.values()].some((one) => !one.gone),
  );
  if (linked.length < 2 || policy.allowEmptied) return [];
  const refusals: Refusal[] = [];
  if (
    local.articles.length === 0 &&
    local.unreadable.size === 0 &&
    operations.some((one) => one.side === 'remote')
  ) {
    refusals.push({
      code: 'LOCAL_EMPTIED',
      message: `The content folder ${policy.contentName} holds no article any more, but ${linked.length} entries were synced from it.`,
      hint: 'Check that the folder is the right one and fully checked out. If it was emptied on purpose, add --allow-emptied.',
    });
  }
  if (
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

function tooManyDeletions({ base, policy, operations }: GuardInput): readonly Refusal[] {
  const deletions = operations.filter((one) => one.action === 'delete').length;
  const { count, percent } = policy.maxDeletes;
  const allowed = count ?? Math.max(leastAllowed, Math.floor((base.entries.length * (percent ?? 0)) / 100));
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
