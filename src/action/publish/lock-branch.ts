import { relative } from 'node:path';
import { parseBase, printBase } from '../../base/codec.ts';
import { mergeLocks } from '../../base/merge-locks.ts';
import { emptyBase, type Base } from '../../model/base.ts';
import { ShelfmarkError } from '../../model/error.ts';
import { replaceFile } from '../../ports/atomic.ts';
import { clearPrivateFolder } from '../event/private-folder.ts';
import { isOurs } from './project-mark.ts';
import { suffixOf, type ActionContext } from '../event/context.ts';

/** The branch of the pull request that a protected branch gets its lock file by. */
export const lockBranchOf = (context: ActionContext): string =>
  (context.command === 'pull' ? null : context.inputs.pullRequestBranch) ??
  `shelfmark/lock${suffixOf(context)}`;

/** The lock file, relative to the folder of the config file. */
export const lockPathOf = ({ config }: Pick<ActionContext, 'config'>): string =>
  relative(config.folder, config.lockFile).split('\\').join('/');

/**
 * Brings the checkout to the newest commit of the branch, which is what a run works with: lock file and files of the
 * same moment, and never an older state over a newer one. Gives that commit; throws a ShelfmarkError `BRANCH_MOVED`.
 */
export async function moveToTip(context: ActionContext, branch: string): Promise<string> {
  const { git, outside, runner } = context;
  const [tip, head] = [await git.fetch(branch), await git.head()];
  if (tip === null || head === null) throw branchMoved(`There is no branch ${branch} any more`);
  if (tip === head) return tip;
  if (!(await git.isAncestor(head, tip)))
    throw branchMoved(
      `The branch ${branch} does not hold the commit ${head.slice(0, 10)} that is checked out`,
    );
  if (!(await git.moveForward(tip)))
    throw branchMoved(`The branch ${branch} has moved on, and files that were changed here are in the way`);
  await clearPrivateFolder(context, outside.files, (text) => runner.log(text));
  return tip;
}

/** A lock file that knows something that the one of the branch does not, and the one that it grew from. */
export interface LockInWaiting {
  readonly ours: Base;
  readonly before: Base;
}

/**
 * What an open pull request of an earlier run remembers; null where there is none. Throws a ShelfmarkError `BRANCH_TAKEN`
 * where the branch holds what somebody else did: it would be lost when this run adds to it.
 */
export async function pendingLock(
  context: ActionContext,
  branch: string,
  tip: string,
): Promise<LockInWaiting | null> {
  const { git } = context;
  const head = await git.fetch(lockBranchOf(context));
  if (head === null) return null;
  await git.deepen([branch, lockBranchOf(context)]);
  if (await git.isAncestor(head, tip)) return null;
  if ((await git.written(head, tip)).some((one) => !isOurs(one, context))) throw branchTaken(context);
  const fork = await git.mergeBase(head, tip);
  const ours = await lockAt(context, head);
  const before = fork === null ? emptyBase : await lockAt(context, fork);
  return ours === null || before === null ? null : { ours, before };
}

/** Takes what is waiting into the lock file of the checkout. */
export async function takeIn({ ours, before }: LockInWaiting, context: ActionContext): Promise<void> {
  const { config, outside } = context;
  const { files, chance } = outside;
  const theirs = await lockHere(context);
  if (theirs === null) return;
  const text = printBase(mergeLocks(before, ours, theirs));
  if (text === printBase(theirs)) return;
  await replaceFile(files, config.lockFile, new TextEncoder().encode(text), { chance, mode: 0o644 });
}

/** The lock file as a commit holds it, empty where there is none; null where it cannot be read. */
export async function lockAt(context: ActionContext, commit: string): Promise<Base | null> {
  return readLock(await context.git.fileAt(commit, `./${lockPathOf(context)}`), context);
}

/** The lock file as it is in the checkout. */
export async function lockHere(context: ActionContext): Promise<Base | null> {
  const { config, outside } = context;
  const isThere = (await outside.files.stat(config.lockFile)) !== null;
  return readLock(isThere ? await outside.files.read(config.lockFile) : null, context);
}

function readLock(bytes: Uint8Array | null, { config }: ActionContext): Base | null {
  if (bytes === null) return emptyBase;
  try {
    return parseBase(new TextDecoder().decode(bytes), config.lockName);
  } catch (error) {
    if (error instanceof ShelfmarkError) return null;
    throw error;
  }
}

const branchTaken = (context: ActionContext): ShelfmarkError =>
  new ShelfmarkError('BRANCH_TAKEN', {
    message: `Somebody else has worked on the branch ${lockBranchOf(context)}, on which this project keeps its lock file. Nothing was changed.`,
    hint: 'Merge or delete that branch; where two projects use it, give each its own "pull-request-branch".',
  });

const branchMoved = (message: string): ShelfmarkError =>
  new ShelfmarkError('BRANCH_MOVED', {
    message: `${message}. Nothing was changed.`,
    hint: 'Run the job again for the newest commit, from a checkout that no step before it changed.',
  });
