/*
 * The repository that everybody pushes to. To start a program takes longer than what git then does, so people's commits
 * are made in the repository itself, and a checkout is put together from its objects as they lie on the disk.
 */
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { inflateSync } from 'node:zlib';

type Files = Readonly<Record<string, string | null>>;

export interface Origin {
  /** Bare. */
  readonly folder: string;
  git(...args: readonly string[]): Promise<string>;
  /** The newest commit of a branch, or of a ref by its whole name. */
  tip(ref: string): string;
  /** Commits files on a branch, which begins at main where it is new; null removes one. Gives the commit. */
  change(files: Files, branch: string): Promise<string>;
  /** Makes a ref of the merge of two commits, as a button of GitHub does; gives the commit. */
  merge(into: string, from: string, ref: string, message: string): Promise<string>;
  /** A clone of one commit and nothing of its history, as actions/checkout leaves it; `branch` null leaves HEAD detached. */
  checkout(place: string, commit: string, branch: string | null): Promise<void>;
}

/** Makes it where it is not there yet. */
export async function openOrigin(folder: string, env: Readonly<Record<string, string>>): Promise<Origin> {
  // Each push of a few objects leaves them as files of their own, and nothing tidies up behind it.
  await layRepository(folder, {
    core: { bare: 'true' },
    uploadpack: { allowAnySHA1InWant: 'true' },
    transfer: { unpackLimit: '1000000' },
    receive: { autogc: 'false' },
  });
  const git = (args: readonly string[], stdin = ''): Promise<string> => runGit(folder, args, env, stdin);
  const has = (ref: string): boolean => existsSync(join(folder, ref));
  const tip = (ref: string): string => {
    const whole = ref.startsWith('refs/') ? ref : `refs/heads/${ref}`;
    return readFileSync(join(folder, whole), 'utf8').trim();
  };
  return {
    folder,
    git: (...args) => git(args),
    tip,
    async change(files, branch) {
      const ref = `refs/heads/${branch}`;
      const from = [ref, 'refs/heads/main'].find(has);
      await git(
        ['fast-import', '--quiet', '--date-format=now'],
        commitOf(files, ref, from === undefined ? null : tip(from)),
      );
      return tip(ref);
    },
    async merge(into, from, ref, message) {
      const tree = await git(['merge-tree', '--write-tree', into, from]);
      const commit = await git(['commit-tree', tree, '-p', into, '-p', from, '-m', message]);
      await mkdir(dirname(join(folder, ref)), { recursive: true });
      await writeFile(join(folder, ref), `${commit}\n`);
      return commit;
    },
    async checkout(place, commit, branch) {
      const own = join(place, '.git');
      await layRepository(own, {
        core: { bare: 'false', logallrefupdates: 'true' },
        'remote "origin"': { url: `file://${folder}`, fetch: '+refs/heads/*:refs/remotes/origin/*' },
      });
      for (const name of objectsOf(folder, commit)) {
        await mkdir(dirname(join(own, name)), { recursive: true });
        await copyFile(join(folder, name), join(own, name));
      }
      await writeFile(join(own, 'shallow'), `${commit}\n`);
      if (branch === null) await writeFile(join(own, 'HEAD'), `${commit}\n`);
      else {
        const ref = `refs/heads/${branch}`;
        await mkdir(dirname(join(own, ref)), { recursive: true });
        await writeFile(join(own, ref), `${commit}\n`);
        await writeFile(join(own, 'HEAD'), `ref: ${ref}\n`);
      }
      await runGit(place, ['reset', '--quiet', '--hard'], env);
    },
  };
}

export function runGit(
  cwd: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  stdin = '',
): Promise<string> {
  return new Promise((done, fail) => {
    const child = execFile('git', [...args], { cwd, env }, (error, out, err) => {
      if (error === null) done(out.trim());
      else fail(new Error(`git ${args.join(' ')}: ${err}${out}`));
    });
    if (stdin !== '') child.stdin?.end(stdin);
  });
}

/** The commit that the HEAD of a checkout is at. */
export async function headOf(workspace: string): Promise<string> {
  const said = (await readFile(join(workspace, '.git/HEAD'), 'utf8')).trim();
  return said.startsWith('ref: ')
    ? (await readFile(join(workspace, '.git', said.slice(5)), 'utf8')).trim()
    : said;
}

/** As `git init` makes one. */
async function layRepository(
  folder: string,
  settings: Readonly<Record<string, Readonly<Record<string, string>>>>,
): Promise<void> {
  for (const name of ['objects/info', 'refs/heads', 'hooks', 'info'])
    await mkdir(join(folder, name), { recursive: true });
  const config = Object.entries({
    ...settings,
    core: { repositoryformatversion: '0', filemode: 'true', ...settings['core'] },
  }).map(
    ([section, values]) =>
      `[${section}]\n${Object.entries(values)
        .map(([key, value]) => `\t${key} = ${value}\n`)
        .join('')}`,
  );
  await writeFile(join(folder, 'config'), config.join(''));
  await writeFile(join(folder, 'HEAD'), 'ref: refs/heads/main\n');
}

/** What `git fast-import` makes a commit from. */
function commitOf(files: Files, ref: string, from: string | null): string {
  const data = (text: string): string => `data ${Buffer.byteLength(text)}\n${text}\n`;
  const changes = Object.entries(files).map(([path, text]) =>
    text === null ? `D ${path}\n` : `M 100644 inline ${path}\n${data(text)}`,
  );
  return `commit ${ref}\ncommitter A person <person@example.com> now\n${data('A change')}${from === null ? '' : `from ${from}\n`}${changes.join('')}\n`;
}

/** The files of a commit's objects: the commit, its folders and its texts. */
function objectsOf(folder: string, commit: string): readonly string[] {
  const found = new Set<string>();
  const look = (id: string): void => {
    const name = `objects/${id.slice(0, 2)}/${id.slice(2)}`;
    if (found.has(name)) return;
    found.add(name);
    const bytes = inflateSync(readFileSync(join(folder, name)));
    const start = bytes.indexOf(0) + 1;
    const kind = bytes.toString('latin1', 0, bytes.indexOf(' '));
    if (kind === 'commit') look(bytes.toString('latin1', start + 5, start + 45));
    if (kind === 'tree')
      for (let at = start; at < bytes.length;) {
        const end = bytes.indexOf(0, at);
        // A submodule is a commit of another repository.
        if (!bytes.toString('latin1', at, end).startsWith('160000'))
          look(bytes.toString('hex', end + 1, end + 21));
        at = end + 21;
      }
  };
  look(commit);
  return [...found];
}
