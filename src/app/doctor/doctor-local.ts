import { relative } from 'node:path';
import { openBaseStore } from '../../base/store.ts';
import type { Config } from '../../config/read-config.ts';
import { scanContent } from '../../local/scan.ts';
import type { Base } from '../../model/base.ts';
import type { Check } from '../../model/checkup.ts';
import type { Locale } from '../../model/locale.ts';
import type { Git } from '../../ports/git.ts';
import { attempt, counted, failed, failedBy, ok, skipped, warning } from './doctor-checks.ts';
import { storeOptions } from '../project/store-options.ts';
import type { Outside } from '../../ports/outside.ts';

export function checkNode({ version, least }: { readonly version: string; readonly least: string }): Check {
  if (!isOlder(version, least)) return ok('node', `Node.js ${version}`);
  return failed(
    'node',
    `Node.js ${version} is too old for Shelfmark.`,
    `Install Node.js ${least} or newer: https://nodejs.org`,
  );
}

export async function checkGit(git: Git, folder: string): Promise<Check> {
  const version = await git.version();
  if (version === null) {
    const hint = 'Install it from https://git-scm.com to keep a history of your content.';
    return warning('git', 'There is no git on this machine. Shelfmark works without it.', hint);
  }
  const place = (await git.isRepository(folder)) ? '' : '; this folder is in no repository';
  return ok('git', `git ${version}${place}`);
}

export async function checkConfig(
  read: () => Promise<Config>,
  { folder }: Outside,
): Promise<{ readonly check: Check; readonly config: Config | null }> {
  try {
    const config = await read();
    const target = config.target === null ? '' : `, target ${config.target}`;
    const shown = relative(folder, config.file).split('\\').join('/');
    return { config, check: ok('config', `${shown}: provider ${config.provider}${target}`) };
  } catch (error) {
    return { config: null, check: failedBy('config', error) };
  }
}

/** The content folder, and the locales that its articles are written in. */
export async function checkContent(
  config: Config,
  outside: Outside,
): Promise<{ readonly check: Check; readonly locales: ReadonlySet<Locale> }> {
  const locales = new Set<Locale>();
  const check = await attempt('content', async () => {
    const { content: root, contentName: shown, defaultLocale } = config;
    const found = await scanContent(outside.files, { root, shown, defaultLocale }, outside.signal);
    for (const article of found.articles) for (const locale of article.locales.keys()) locales.add(locale);
    const figures = `${shown}: ${counted(found.articles.length, 'article')}, ${counted(found.collections.length, 'collection')}`;
    const errors = found.problems.filter((one) => one.severity === 'error');
    const [first] = errors;
    if (first === undefined) return ok('content', figures);
    const more = errors.length === 1 ? '' : ` (and ${counted(errors.length - 1, 'more', 'more')})`;
    return failed('content', `${figures}. ${first.message}${more}`, first.hint);
  });
  return { check, locales };
}

/** The lock file, with the notes of a run that was cut off. */
export async function checkLock(
  config: Config,
  git: Git,
  outside: Outside,
): Promise<{ readonly check: Check; readonly base: Base | null }> {
  const { lockName } = config;
  let base: Base | null = null;
  const check = await attempt('lock', async () => {
    const store = openBaseStore(outside.files, storeOptions(config, outside));
    const read = await store.read();
    base = read.base;
    if (read.intents.length > 0) {
      const message = `An earlier run was cut off in the middle of ${counted(read.intents.length, 'creation')}.`;
      return warning(
        'lock',
        message,
        'Nothing to do: the next run looks for what it created before it goes on.',
      );
    }
    if (base.pinned === null) return ok('lock', `${lockName}: none yet; the first run writes it`);
    const linked = `${lockName}: ${counted(base.entries.length, 'linked entry', 'linked entries')}`;
    if (config.provider === 'simulator' || (await git.ignores(config.folder, lockName)) !== true)
      return ok('lock', linked);
    return warning(
      'lock',
      `${linked}, but git ignores the file.`,
      'Take it out of .gitignore and commit it: elsewhere, nothing tells which file belongs to which article.',
    );
  });
  return { check, base };
}

/** What is private to this machine must not get into a repository. */
export async function checkIgnored({ folder, stateFolder }: Config, git: Git): Promise<Check> {
  const name = relative(folder, stateFolder);
  if (!(await git.isRepository(folder)))
    return skipped('ignored', `${name} is only checked in a git repository`);
  const tracked = await git.tracked(folder, name);
  if (tracked.length > 0) {
    return failed(
      'ignored',
      `git keeps ${counted(tracked.length, 'file')} of ${name}, which is private to this machine.`,
      `Run: git rm -r --cached ${name}, then add the line ${name}/ to .gitignore.`,
    );
  }
  if ((await git.ignores(folder, `${name}/journal.jsonl`)) === true)
    return ok('ignored', `${name} is ignored by git`);
  return warning(
    'ignored',
    `git does not ignore ${name}, which is private to this machine.`,
    `Add the line ${name}/ to .gitignore.`,
  );
}

function isOlder(version: string, least: string): boolean {
  const [left, right] = [version, least].map((text) => text.replace(/^v/, '').split('.').map(Number));
  for (let index = 0; index < 3; index += 1) {
    const difference = (left?.[index] ?? 0) - (right?.[index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
