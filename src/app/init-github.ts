import { dirname, join, relative } from 'node:path';
import manifest from '../../package.json' with { type: 'json' };
import type { Config } from '../config/read-config.ts';
import { configName } from '../config/find-config.ts';
import { replaceFile } from '../ports/atomic.ts';
import type { Files } from '../ports/files.ts';
import type { Outside } from '../ports/outside.ts';

/** Where the action is kept, at the newest release of this major version. */
export const actionReference = `shelfmark/shelfmark@v${manifest.version.split('.')[0] ?? '0'}`;

/** A release is named by its commit, which nobody can point elsewhere, with its version behind it for people. */
const checkout = 'actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1';

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

/** Writes the three workflows of a project and never touches a file that is there; gives the names of what was written. */
export async function writeWorkflows(
  config: Pick<Config, 'content' | 'file' | 'target' | 'tokenVariable'>,
  outside: Outside,
): Promise<readonly string[]> {
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
  for (const [name, text] of workflows(options)) {
    const path = join(root, '.github', 'workflows', name);
    if ((await files.stat(path)) !== null) continue;
    await files.makeFolder(dirname(path));
    await replaceFile(files, path, new TextEncoder().encode(text), { chance, mode: 0o644 });
    written.push(relative(folder, path).split('\\').join('/'));
  }
  return written;
}

/** The three workflows by the names of their files. */
export function workflows(options: WorkflowOptions): ReadonlyMap<string, string> {
  const suffix = options.target === null ? '' : `-${options.target}`;
  return new Map([
    [`help-center${suffix}-plan.yml`, planWorkflow(options)],
    [`help-center${suffix}-push.yml`, pushWorkflow(options)],
    [`help-center${suffix}-pull.yml`, pullWorkflow(options)],
  ]);
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
  # One run at a time for each pull request, none cut off in the middle.
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
        with:
          command: plan
          # What a teammate edited in Intercom and nobody pulled yet fails this check, too. To let it pass:
          # fail-on: errors, refusals
${withOf(options)}`;
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
  # The same group as the pull: one run at a time writes, and each one ends what it has begun.
  group: ${groupOf(options)}
  cancel-in-progress: false

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
${withOf(options)}`;
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
  # The same group as the push: one run at a time writes, and each one ends what it has begun.
  group: ${groupOf(options)}
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
${withOf(options)}`;
}

const nameOf = ({ target }: WorkflowOptions, what: string): string =>
  `Help center ${target === null ? '' : `${target} `}${what}`;

const groupOf = ({ target }: WorkflowOptions): string => `help-center${target === null ? '' : `-${target}`}`;

function pathsOf({ content, configFile }: WorkflowOptions): string {
  const paths = [content === '' ? '**' : `${content}/**`, configFile];
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
