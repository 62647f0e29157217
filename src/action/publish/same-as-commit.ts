import { basename } from 'node:path';
import { ShelfmarkError } from '../../model/error.ts';
import { wayWithin } from '../../ports/within.ts';
import { safeLine } from '../../report/safe.ts';
import type { ActionContext } from '../event/context.ts';
import type { Difference } from '../git/compare.ts';

/** The content folder, relative to the folder of the config file. */
export const contentPathOf = ({ config }: Pick<ActionContext, 'config'>): string =>
  wayWithin(config.folder, config.content) || '.';

/** The config file, likewise. */
export const configFileOf = ({ config }: Pick<ActionContext, 'config'>): string => basename(config.file);

/**
 * Refuses to go on where what is on the disk is not what the commit says: a commit was reviewed and a disk was not.
 * Throws a ShelfmarkError `CHECKOUT_DIRTY` or `CHECKOUT_INCOMPLETE`; does nothing where there is no repository.
 *
 * @param paths relative to the folder of the config file
 */
export async function refuseDifference(
  context: Pick<ActionContext, 'config' | 'git'>,
  paths: readonly string[],
): Promise<void> {
  const content = contentPathOf(context);
  const start = content === '.' ? '' : `${content}/`;
  const found = await context.git.difference(
    paths,
    (path) => path.startsWith(start) && isRead(path.slice(start.length)),
  );
  if (found !== null) throw refusalOf(found);
}

/** Whether a scan of the content folder reads a file, or a text in it can show it as a picture. */
function isRead(path: string): boolean {
  const names = path.split('/');
  if (names.some((name) => name.startsWith('.') || name === 'node_modules')) return false;
  return /\.(?:md|png|jpe?g|gif|svg|webp)$|^collection\.ya?ml$/i.test(names.at(-1) ?? '');
}

const refusals: Readonly<
  Record<Difference['kind'], readonly [code: string, what: (path: string) => string, hint: string]>
> = {
  changed: [
    'CHECKOUT_DIRTY',
    (path) => `${path} is not as it was committed`,
    'Let no step before this one change it, and let actions/checkout clean up (its default).',
  ],
  added: [
    'CHECKOUT_DIRTY',
    (path) => `${path} is on the disk and in no commit`,
    'Commit it, or remove it: no step before this one may leave files there, and actions/checkout must clean up (its default).',
  ],
  missing: [
    'CHECKOUT_DIRTY',
    (path) => `${path} is in the commit and not on the disk`,
    'Let no step before this one remove it.',
  ],
  sparse: [
    'CHECKOUT_INCOMPLETE',
    (path) => `${path} is not on the disk, because only a part of the repository was checked out`,
    'Remove "sparse-checkout" from the step with actions/checkout.',
  ],
  partial: [
    'CHECKOUT_INCOMPLETE',
    () => 'The checkout left files on the server',
    'Remove "filter" and "sparse-checkout" from the step with actions/checkout.',
  ],
  lfs: [
    'CHECKOUT_INCOMPLETE',
    (path) => `${path} is not the file itself but what Git LFS keeps in its place`,
    'Add "lfs: true" to the step with actions/checkout. If it is there, a newer commit changed the file, and the run of that commit publishes it.',
  ],
  nested: [
    'CHECKOUT_DIRTY',
    (path) =>
      `${path} holds the project and is a repository of its own, within another one that was checked out`,
    'Check the two out beside each other: give each step with actions/checkout a "path" of its own.',
  ],
  submodule: [
    'CHECKOUT_INCOMPLETE',
    (path) => `The submodule ${path} is not checked out as its commit says`,
    'Add "submodules: true" to the step with actions/checkout, and let no step change what is in it.',
  ],
};

function refusalOf({ kind, path }: Difference): ShelfmarkError {
  const [code, what, hint] = refusals[kind];
  return new ShelfmarkError(code, {
    message: `${what(safeLine(path))}. Only what a commit says is published. Nothing was changed.`,
    hint,
  });
}
