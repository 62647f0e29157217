import type { Outside } from '../../ports/outside.ts';

/**
 * How the command is called here, for hints that can be typed as they stand: npm runs what is installed in a project,
 * where the shell does not find it by its name alone.
 */
export const calledAs = ({ env }: Pick<Outside, 'env'>): string =>
  (env['npm_command'] ?? '') === '' ? 'shelfmark' : 'npx --no shelfmark';

/** A hint of ours with the command as it is called here. */
export const asCalled = (hint: string, outside: Pick<Outside, 'env'>): string =>
  hint.replaceAll('"shelfmark ', `"${calledAs(outside)} `);
