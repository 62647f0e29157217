import { createHash } from 'node:crypto';
import { configName } from './find-config.ts';

/**
 * What tells one project of a repository from another in the names of branches, groups and files: its config file and
 * its target, nothing else. Empty for `sync.config.yaml` at the root without a target; else it begins with a hyphen
 * and holds small letters, digits, hyphens and full stops. No two projects share one.
 *
 * @param configFile from the root of the repository, with `/` between folders
 */
export function projectKey(configFile: string, target: string | null): string {
  if (configFile === configName) return target === null ? '' : `-${target}`;
  const slug = projectPlace(configFile)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 40);
  const digest = createHash('sha256').update(configFile).digest('hex').slice(0, 8);
  // Names of targets hold no full stop, so nothing here is one.
  return `-${[slug === '' ? 'project' : slug, digest, ...(target === null ? [] : [target])].join('.')}`;
}

/** How people name a project of a repository: the folder of its config file, or the file where that has another name. */
export const projectPlace = (configFile: string): string =>
  configFile === configName
    ? ''
    : configFile.replace(new RegExp(`/${configName.replaceAll('.', '\\.')}$`), '');
