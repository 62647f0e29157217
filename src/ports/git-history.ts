/* What git knows of the past of a folder. */
import type { Change, LastChange } from './git.ts';
import { askGit } from './ask-git.ts';

/** See `Git.history`. One call, whatever the number of files. */
export async function historyOf(folder: string): Promise<ReadonlyMap<string, readonly Change[]> | null> {
  const shallow = await askGit(folder, ['rev-parse', '--is-shallow-repository']);
  if (shallow?.code !== 0 || shallow.out.trim() !== 'false') return null;
  const ran = await askGit(folder, [
    'log',
    '--topo-order',
    '--relative',
    '--name-only',
    '--no-renames',
    '--diff-merges=off',
    '-z',
    '--format=%x01%H %cs',
    '--',
    '.',
  ]);
  if (ran?.code !== 0) return null;
  const found = new Map<string, Change[]>();
  for (const [age, part] of ran.out.split('\u0001').slice(1).entries()) {
    const [head = '', ...names] = part.split(/\0\n?/);
    const [commit = '', day = ''] = head.split(' ');
    for (const name of names) {
      if (name === '') continue;
      const changes = found.get(name) ?? [];
      changes.push({ commit, age, day });
      found.set(name, changes);
    }
  }
  return found;
}

/** See `Git.lastChanges`. As many calls for a folder of any size. */
export async function lastChangesOf(folder: string): Promise<ReadonlyMap<string, LastChange | null> | null> {
  const [shallow, log, differing] = await Promise.all([
    askGit(folder, ['rev-parse', '--is-shallow-repository']),
    askGit(folder, [
      'log',
      '--relative',
      '--name-only',
      '--no-renames',
      '--diff-merges=off',
      '-z',
      '--format=%x01%at%x02%aE%x02%aN%x02%P',
      '--',
      '.',
    ]),
    askGit(folder, ['diff-index', '--relative', '--name-only', '--no-renames', '-z', 'HEAD', '--', '.']),
  ]);
  if (shallow?.code !== 0 || log?.code !== 0 || differing?.code !== 0) return null;
  const isShallow = shallow.out.trim() === 'true';
  const found = new Map<string, LastChange | null>();
  for (const part of log.out.split('\u0001').slice(1)) {
    const [head = '', ...names] = part.split(/\0\n?/);
    const [seconds = '', mail = '', name = '', parents = ''] = head.split('\u0002');
    // The oldest commit of a shallow clone looks as if it had made all that it holds.
    const change = isShallow && parents === '' ? null : { at: Number(seconds) * 1000, mail, name };
    for (const file of names) if (file !== '' && !found.has(file)) found.set(file, change);
  }
  for (const file of differing.out.split('\0')) found.delete(file);
  return found;
}

/** See `Git.changedSince`. The commit is the last one that both have in common, as in a pull request. */
export async function changedSince(folder: string, commit: string): Promise<readonly string[] | null> {
  // A name that begins with a dash would be taken for a flag.
  const known = await askGit(folder, [
    'rev-parse',
    '--verify',
    '--quiet',
    '--end-of-options',
    `${commit}^{commit}`,
  ]);
  if (known?.code !== 0) return null;
  const base = await askGit(folder, ['merge-base', known.out.trim(), 'HEAD']);
  const from = base?.code === 0 ? base.out.trim() : known.out.trim();
  const [ran, untracked] = await Promise.all([
    askGit(folder, ['diff-index', '--name-only', '--no-renames', '-z', from]),
    askGit(folder, ['ls-files', '--others', '--exclude-standard', '-z'], true),
  ]);
  if (ran?.code !== 0) return null;
  const names = [...ran.out.split('\0'), ...(untracked?.out ?? '').split('\0')];
  return [...new Set(names.filter((name) => name !== ''))];
}

/** See `Git.repository`; files that nobody has added yet are among them, what git ignores is not. */
export async function filesOfRepository(
  folder: string,
): Promise<{ readonly files: readonly string[]; readonly content: string } | null> {
  const [prefix, ran] = await Promise.all([
    askGit(folder, ['rev-parse', '--show-prefix']),
    askGit(folder, ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], true),
  ]);
  if (prefix?.code !== 0 || ran?.code !== 0) return null;
  return { files: ran.out.split('\0').filter((name) => name !== ''), content: prefix.out.trimEnd() };
}
