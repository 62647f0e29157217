import { dirname, join, posix, relative } from 'node:path';
import manifest from '../../package.json' with { type: 'json' };
import type { Config } from '../config/read-config.ts';
import { configName } from '../config/find-config.ts';
import { projectKey, projectPlace } from '../config/project-key.ts';
import { ShelfmarkError } from '../model/error.ts';
import { replaceFile } from '../ports/atomic.ts';
import type { Files } from '../ports/files.ts';
import type { Outside } from '../ports/outside.ts';

/** Where the action is kept, as package.json says, at the newest release of this major version. */
export const actionReference = `${repositoryName(manifest.repository.url)}@v${manifest.version.split('.')[0] ?? '0'}`;

/** A release is named by its commit, which nobody can point elsewhere, with its version behind it for people. */
const checkout = 'actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1';
const upload = 'actions/upload-artifact@043fb46d1a93c77aae656e7c1c64a875d1fc6a0a # v7.0.1';

export interface WorkflowOptions {
  /** The branch that is published. */
  readonly branch: string;
  /** From the root of the repository. */
  readonly configFile: string;
  readonly content: string;
  readonly target: string | null;
  /** The secret with the token, named as the environment variable. */
  readonly secret: string;
}

/**
 * Writes the three workflows of a project and never touches a file that is there; gives the names of what was written.
 * Throws a ShelfmarkError `SIMULATOR_IN_JOB` where they could publish nothing.
 */
export async function writeWorkflows(
  config: Pick<Config, 'content' | 'file' | 'provider' | 'target' | 'tokenVariable'>,
  outside: Outside,
): Promise<readonly string[]> {
  if (config.provider === 'simulator')
    throw new ShelfmarkError('SIMULATOR_IN_JOB', {
      kind: 'refused',
      message: `${configName} says "provider: simulator"${config.target === null ? '' : ` for the target ${config.target}`}. A job on GitHub would publish to a help center that nobody sees. No workflow was written.`,
      hint: 'Write "provider: intercom" there, then run "shelfmark init --github" again.',
    });
  const { files, folder, chance } = outside;
  const root = await rootOf(files, folder);
  const fromRoot = (path: string): string => relative(root, path).split('\\').join('/');
  const options: WorkflowOptions = {
    branch: await branchOf(files, root),
    configFile: fromRoot(config.file),
    content: fromRoot(config.content),
    target: config.target,
    secret: config.tokenVariable,
  };
  const written: string[] = [];
  const folderOfAll = join(root, '.github', 'workflows');
  for (const [name, text] of workflows(options, await stemOf(options, folderOfAll, files))) {
    const path = join(folderOfAll, name);
    if ((await files.stat(path)) !== null) continue;
    await files.makeFolder(dirname(path));
    await replaceFile(files, path, new TextEncoder().encode(text), { chance, mode: 0o644 });
    written.push(relative(folder, path).split('\\').join('/'));
  }
  return written;
}

/** The three workflows by the names of their files, which begin with the stem. */
export function workflows(
  options: WorkflowOptions,
  stem = `help-center${keyOf(options)}`,
): ReadonlyMap<string, string> {
  return new Map([
    [`${stem}-plan.yml`, planWorkflow(options)],
    [`${stem}-push.yml`, pushWorkflow(options)],
    [`${stem}-pull.yml`, pullWorkflow(options)],
  ]);
}

/** A short name where no other project of the repository has it. */
async function stemOf(options: WorkflowOptions, folder: string, files: Files): Promise<string> {
  const short = `help-center${options.target === null ? '' : `-${options.target}`}`;
  const own = withOf(options);
  for (const what of ['plan', 'push', 'pull']) {
    const path = join(folder, `${short}-${what}.yml`);
    if ((await files.stat(path)) === null) continue;
    const isRoot = options.configFile === configName;
    if (!isRoot && !new TextDecoder().decode(await files.read(path)).includes(own))
      return `help-center${keyOf(options)}`;
  }
  return short;
}

function planWorkflow(options: WorkflowOptions): string {
  return `# Says on each pull request what merging it would do to the help center. Writes nothing to Intercom.
# Written by "shelfmark init --github"; it is yours now. How it all works: docs/ci.md of Shelfmark.
name: ${nameOf(options, 'plan')}

on:
  # Never pull_request_target here: that would hand your secrets to whoever opens a pull request.
  pull_request:
    # If this is a required check, remove "paths": a run that is left out counts as one that never ends.
${pathsOf(options)}
permissions:
  contents: read
  pull-requests: write # for the one comment with the plan

concurrency:
  # One run at a time for each pull request; of those that wait only the newest matters.
  group: ${groupOf(options)}-plan-\${{ github.event.pull_request.number }}
  cancel-in-progress: false

jobs:
  plan:
    runs-on: ubuntu-latest
    timeout-minutes: 15
    steps:
      - uses: ${checkout}
        with:
          persist-credentials: false
      - uses: ${actionReference}
        id: shelfmark
        with:
          command: plan
          # What a teammate edited in Intercom and nobody pulled yet fails this check, too. To let it pass:
          # fail-on: errors, refusals
          # The help center as it would be, as pages to download. Whoever may read the repository can, drafts included:
          # preview: true
${withOf(options)}${keepPreview(options)}`;
}

function pushWorkflow(options: WorkflowOptions): string {
  return `# Publishes what is merged, and commits the lock file, so that the next run knows what this one did.
# Written by "shelfmark init --github"; it is yours now. How it all works: docs/ci.md of Shelfmark.
name: ${nameOf(options, 'push')}

on:
  push:
    branches: [${JSON.stringify(options.branch)}]
    # The lock file is not among them: writing it back starts nothing.
${pathsOf(options)}  # Also by hand, from the tab "Actions".
  workflow_dispatch:

permissions:
  contents: write # to commit the lock file
  pull-requests: write # for the lock file where the branch is protected

concurrency:
  # One at a time, in their order, and none is dropped. Without "queue", GitHub keeps only the newest of those that wait.
  group: ${groupOf(options)}-push
  cancel-in-progress: false
  queue: max

jobs:
  push:
    runs-on: ubuntu-latest
    timeout-minutes: 60
    steps:
      - uses: ${checkout}
        with:
          # Shelfmark pushes with its own "github-token"; nothing else needs one on the disk.
          persist-credentials: false
      - uses: ${actionReference}
        with:
          command: push
${withOf(options)}${keepTrash(options, 'push')}`;
}

function pullWorkflow(options: WorkflowOptions): string {
  return `# Brings what teammates edited in Intercom home: one pull request, and none where nothing was edited.
# Written by "shelfmark init --github"; it is yours now. How it all works: docs/ci.md of Shelfmark.
name: ${nameOf(options, 'pull')}

on:
  schedule:
    # Minute, hour (UTC), day, month, day of the week: here on working days, early.
    - cron: '23 4 * * 1-5'
  # Also by hand, from the tab "Actions".
  workflow_dispatch:

permissions:
  contents: write # for the branch with the edits
  pull-requests: write # for the pull request

concurrency:
  # Not the group of the push, which must not be dropped for this. The action itself lets one of the two wait.
  group: ${groupOf(options)}-pull
  cancel-in-progress: false

jobs:
  pull:
    runs-on: ubuntu-latest
    timeout-minutes: 60
    steps:
      - uses: ${checkout}
        with:
          persist-credentials: false
      - uses: ${actionReference}
        with:
          command: pull
          # The checks of this pull request run only if it is opened with a token of an app or a person:
          # github-token: \${{ secrets.SHELFMARK_GITHUB_TOKEN }}
${withOf(options)}${keepTrash(options, 'pull')}`;
}

/** The pages that a run made where it was asked for a preview; also where the plan found something wrong. */
function keepPreview(options: WorkflowOptions): string {
  return `      - uses: ${upload}
        if: \${{ !cancelled() && steps.shelfmark.outputs.preview != '' }}
        with:
          name: ${groupOf(options)}-preview-\${{ github.run_attempt }}
          path: \${{ steps.shelfmark.outputs.preview }}
          retention-days: 7
`;
}

/** A runner is thrown away, and with it what else is kept for a while on the machine of a run. */
function keepTrash(options: WorkflowOptions, what: string): string {
  const folder = posix.join(posix.dirname(options.configFile), '.shelfmark/trash');
  return `      # Texts that this run replaced or removed, for "shelfmark restore". Whoever may read the repository may download
      # them, and drafts can be among them: remove this step where that is not wanted.
      - uses: ${upload}
        if: always()
        with:
          name: ${groupOf(options)}-${what}-trash-\${{ github.run_attempt }}
          path: ${JSON.stringify(folder.replace(/[*?[]/g, '[$&]'))}
          include-hidden-files: true
          if-no-files-found: ignore
          retention-days: 30
`;
}

const keyOf = ({ configFile, target }: WorkflowOptions): string => projectKey(configFile, target);

/** Names of workflows are plain text; quotes keep YAML from reading more into them. */
function nameOf({ configFile, target }: WorkflowOptions, what: string): string {
  const label = [projectPlace(configFile), target ?? ''].filter((part) => part !== '').join(', ');
  return label === '' ? `Help center ${what}` : JSON.stringify(`Help center ${what} (${label})`);
}

const groupOf = (options: WorkflowOptions): string => `help-center${keyOf(options)}`;

function pathsOf({ content, configFile }: WorkflowOptions): string {
  const plain = (path: string): string => path.replace(/[\\*?+[\]]|^!/g, '\\$&');
  const paths = [content === '' ? '**' : `${plain(content)}/**`, plain(configFile)];
  return `    paths:\n${paths.map((path) => `      - ${JSON.stringify(path)}\n`).join('')}`;
}

function withOf({ configFile, target, secret }: WorkflowOptions): string {
  return [
    ...(configFile === configName ? [] : [`          config: ${JSON.stringify(configFile)}\n`]),
    ...(target === null ? [] : [`          target: ${target}\n`]),
    `          token: \${{ secrets.${secret} }}\n`,
  ].join('');
}

/** The root of the repository that a folder is in; the folder itself where there is none. */
async function rootOf(files: Files, folder: string): Promise<string> {
  for (let place = folder; ; place = dirname(place)) {
    if ((await files.stat(join(place, '.git'))) !== null) return place;
    if (dirname(place) === place) return folder;
  }
}

/** The branch that origin has in front, as far as the clone knows. */
async function branchOf(files: Files, root: string): Promise<string> {
  const head = join(root, '.git', 'refs', 'remotes', 'origin', 'HEAD');
  const text = await files.read(head).then(
    (bytes) => new TextDecoder().decode(bytes),
    () => '',
  );
  return /^ref: refs\/remotes\/origin\/(\S+)\s*$/.exec(text)?.[1] ?? 'main';
}

function repositoryName(url: string): string {
  return /github\.com\/([\w.-]+\/[\w.-]+?)(?:\.git)?$/.exec(url)?.[1] ?? '';
}
