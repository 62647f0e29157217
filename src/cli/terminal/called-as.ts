import type { Outside } from '../../ports/outside.ts';

/**
 * How the command is called here, for hints that can be typed as they are: a package manager runs what is installed in a
 * project, where the shell does not find it by its name alone. npm takes flags for its own unless they come after `--`.
 */
export function calledAs({ env }: Pick<Outside, 'env'>): string {
  const agent = env['npm_config_user_agent'] ?? '';
  if (/^(?:pnpm|yarn)\//.test(agent)) return `${agent.slice(0, 4)} exec shelfmark`;
  return (env['npm_command'] ?? '') === '' ? 'shelfmark' : 'npx --no -- shelfmark';
}
