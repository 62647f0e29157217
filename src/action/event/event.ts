import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import type { Files } from '../../ports/files.ts';
import { wrongUsage } from './inputs.ts';

/** What happened in the repository, and where this run is, as the runner's environment and event file tell. */
export interface GitHubEvent {
  /** Such as `pull_request`. */
  readonly name: string;
  /** `owner/name`. */
  readonly repository: string;
  /** The folder of the job, absolute; paths in a workflow count from it. */
  readonly workspace: string;
  /** The repository of the project on disk, absolute: the same, or below it where `actions/checkout` was given a path. */
  readonly root: string;
  readonly sha: string;
  /** The branch that this run is of; null for tags and pull requests. */
  readonly branch: string | null;
  /** Null where the event does not tell. */
  readonly defaultBranch: string | null;
  readonly pullRequest: PullRequestOfEvent | null;
  /** The run that set this one off, with `workflow_run`. */
  readonly earlierRun: {
    readonly event: string;
    readonly headSha: string;
    readonly isForeign: boolean;
  } | null;
  readonly apiUrl: string;
  readonly serverUrl: string;
  /** Where people look at this run; null outside of a runner. */
  readonly runUrl: string | null;
  /** A folder for files that later steps may read, absolute. */
  readonly temporary: string;
}

export interface PullRequestOfEvent {
  readonly number: number;
  readonly headSha: string;
  /** The repository that the branch is in; null where it is gone. */
  readonly headRepository: string | null;
  readonly baseSha: string;
  /** It comes from another repository, so that no secrets come with it. */
  readonly isFork: boolean;
}

const side = z.object({ sha: z.string().default(''), repo: z.object({ full_name: z.string() }).nullish() });
const payloadSchema = z.object({
  repository: z
    .object({ full_name: z.string().optional(), default_branch: z.string().optional() })
    .optional(),
  pull_request: z
    .object({
      number: z.number().int().positive(),
      head: side.default({ sha: '' }),
      base: side.default({ sha: '' }),
    })
    .optional(),
  workflow_run: z
    .object({
      event: z.string(),
      head_sha: z.string(),
      head_repository: z.object({ full_name: z.string() }).nullish(),
    })
    .optional(),
});

type Env = Readonly<Record<string, string | undefined>>;

export async function readEvent(env: Env, folder: string, files: Files): Promise<GitHubEvent> {
  const name = env['GITHUB_EVENT_NAME'] ?? '';
  if (name === '')
    throw wrongUsage(
      'This is the part of Shelfmark that runs in GitHub Actions, and the environment names no event.',
      'Anywhere else, use the command line: "shelfmark --help".',
    );
  const payload = await readPayload(env['GITHUB_EVENT_PATH'] ?? '', files);
  const repository = env['GITHUB_REPOSITORY'] ?? payload.repository?.full_name ?? '';
  const workspace = (env['GITHUB_WORKSPACE'] ?? '') || folder;
  const serverUrl = trimmed(env['GITHUB_SERVER_URL']) || 'https://github.com';
  const runId = env['GITHUB_RUN_ID'] ?? '';
  const pull = payload.pull_request;
  const earlier = payload.workflow_run;
  return {
    name,
    repository,
    workspace,
    root: workspace,
    sha: env['GITHUB_SHA'] ?? '',
    branch: /^refs\/heads\/(.+)$/.exec(env['GITHUB_REF'] ?? '')?.[1] ?? null,
    defaultBranch: payload.repository?.default_branch ?? null,
    pullRequest:
      pull === undefined
        ? null
        : {
            number: pull.number,
            headSha: pull.head.sha,
            headRepository: pull.head.repo?.full_name ?? null,
            baseSha: pull.base.sha,
            isFork: pull.head.repo?.full_name !== (pull.base.repo?.full_name ?? repository),
          },
    earlierRun:
      earlier === undefined
        ? null
        : {
            event: earlier.event,
            headSha: earlier.head_sha,
            isForeign: earlier.head_repository?.full_name !== repository,
          },
    apiUrl: trimmed(env['GITHUB_API_URL']) || 'https://api.github.com',
    serverUrl,
    runUrl: runId === '' || repository === '' ? null : `${serverUrl}/${repository}/actions/runs/${runId}`,
    temporary: join((env['RUNNER_TEMP'] ?? '') || tmpdir(), 'shelfmark'),
  };
}

const trimmed = (url: string | undefined): string => (url ?? '').replace(/\/+$/, '');

async function readPayload(file: string, files: Files): Promise<z.infer<typeof payloadSchema>> {
  if (file === '') return {};
  try {
    return payloadSchema.parse(JSON.parse(new TextDecoder().decode(await files.read(file))));
  } catch {
    throw wrongUsage(
      'The file that GITHUB_EVENT_PATH names does not hold an event of GitHub.',
      'Leave the variable as the runner sets it.',
    );
  }
}
