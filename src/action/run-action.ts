import { exportPreview } from '../app/preview.ts';
import { nodeCode } from '../ports/node-error.ts';
import { dirname, join, relative, resolve } from 'node:path';
import { exitCodeOfError, exitCodes } from '../app/exit-codes.ts';
import type { Outside } from '../ports/outside.ts';
import { configName, findConfig } from '../config/find-config.ts';
import { ShelfmarkError } from '../model/error.ts';
import { errorAnnotations } from './pages/annotations.ts';
import { chooseCommand } from './event/choose-command.ts';
import { suffixOf, type ActionContext } from './event/context.ts';
import { outputsOf, type Done } from './done.ts';
import { readEvent, type GitHubEvent } from './event/event.ts';
import { repositoryOf } from './git/checkout.ts';
import { openGit } from './git/git.ts';
import { GitFailed } from './git/said.ts';
import { tunnelTo } from '../app/adapters/proxy.ts';
import { githubPatience, openGitHubApi } from './event/github-api.ts';
import { inputOf, readInputs } from './event/inputs.ts';
import { tellUnpublished } from './after-merge.ts';
import { planCommand, planFailed, validateCommand } from './plan-command.ts';
import { failurePage } from './pages/plan-page.ts';
import { pullCommand } from './pull-command.ts';
import { pushCommand } from './push-command.ts';
import { openRunner, type Runner } from './event/runner.ts';
import { clearPrivateFolder } from './event/private-folder.ts';
import { refuseSimulator, refuseUnmerged, refuseUntrusted, tokenOf } from './event/trust.ts';

/** Does what one step of a workflow asks for; gives the exit code. Nothing is thrown. */
export async function runAction(outside: Outside, write: (text: string) => void): Promise<number> {
  const { env } = outside;
  const runner = openRunner(outside, write);
  runner.keepSecret([
    inputOf(env, 'token'),
    inputOf(env, 'github-token'),
    env['INTERCOM_TOKEN'] ?? null,
    env['GITHUB_TOKEN'] ?? null,
  ]);
  let context: ActionContext | null = null;
  try {
    context = await openContext(outside, runner);
    const done = await carryOut(context);
    await tell(done, context);
    return done.code;
  } catch (error) {
    return tellFailure(errorOf(error, runner), runner, outside, context);
  }
}

async function openContext(given: Outside, runner: Runner): Promise<ActionContext> {
  const { env, files } = given;
  const inputs = readInputs(env);
  const read = await readEvent(env, given.folder, files);
  const { workspace } = read;
  const outside = { ...given, folder: workspace };
  const configFile = resolve(workspace, inputs.config ?? configName);
  const event = {
    ...read,
    root: repositoryOf({ workspace, folder: dirname(configFile) })?.workTree ?? workspace,
  };
  const git = openGit({
    folder: dirname(configFile),
    workspace,
    env,
    serverUrl: event.serverUrl,
    githubToken: inputs.githubToken,
    temporary: event.temporary,
    files,
    chance: given.chance,
  });
  await refuseUntrusted(event, git, ['.']);
  const github =
    inputs.githubToken === null || event.repository === ''
      ? null
      : openGitHubApi({
          url: event.apiUrl,
          repository: event.repository,
          token: inputs.githubToken,
          agent: await tunnelTo(event.apiUrl, env, githubPatience),
          clock: given.clock,
          signal: given.signal,
          tell: (text) => runner.log(text),
        });
  let config: ActionContext['config'];
  try {
    config = await findConfig(files, workspace, { file: configFile, target: inputs.target });
  } catch (error) {
    const desk = { inputs, event, github, runner, config: { file: configFile, target: inputs.target } };
    await planFailed(desk, errorOf(error, runner));
    throw error;
  }
  await refuseUntrusted(event, git, [relative(config.folder, config.content) || '.']);
  const told = { ...event, defaultBranch: event.defaultBranch ?? (await missingBranch(event, git)) };
  const command = chooseCommand(inputs.command, told);
  refuseUnmerged(event, command, inputs);
  await clearPrivateFolder({ config, git }, files, (text) => runner.log(text));
  const token = tokenOf(inputs, event, config, env);
  runner.keepSecret([token]);
  return {
    command,
    inputs,
    event: told,
    config,
    outside: { ...outside, env: { ...env, [config.tokenVariable]: token } },
    runner,
    git,
    github,
    hasToken: token !== '' || config.provider === 'simulator',
  };
}

/** Which branch is in front is asked for where the event does not tell and it matters. */
const missingBranch = async ({ name }: GitHubEvent, git: ActionContext['git']): Promise<string | null> =>
  name === 'push' ? git.defaultBranch() : null;

async function carryOut(context: ActionContext): Promise<Done> {
  const { command } = context;
  context.runner.log(`shelfmark ${command}, for the event ${context.event.name}.`);
  if (command !== 'plan') refuseSimulator(context);
  switch (command) {
    case 'plan':
      try {
        refuseSimulator(context);
        return await planCommand(context);
      } catch (error) {
        await planFailed(context, errorOf(error, context.runner));
        throw error;
      }
    case 'validate':
      return validateCommand(context);
    case 'push':
    case 'apply':
      try {
        return await pushCommand(context);
      } catch (error) {
        await tellUnpublished(context, errorOf(error, context.runner), context.outside.clock.now());
        throw error;
      }
    case 'pull':
      return pullCommand(context);
  }
}

async function tell(done: Done, context: ActionContext): Promise<void> {
  const { command, event, inputs, runner } = context;
  const document = { ...done.document, command, event: event.name, exitCode: done.code };
  for (const [name, value] of outputsOf(done)) await runner.output(name, value);
  await runner.output('report', await writeReport(context, document));
  if (inputs.preview) await writePreview(context);
  if (inputs.summary) await runner.summary(done.page);
}

/** What went wrong with it fails nothing: the plan has been made, and what was published is published. */
async function writePreview(context: ActionContext): Promise<void> {
  const { config, event, outside, runner } = context;
  const folder = join(event.temporary, `preview${suffixOf(context)}`);
  try {
    const pages = await exportPreview(config, folder, outside);
    runner.log(`Wrote ${pages} pages of the preview.`);
    await runner.output('preview', folder);
  } catch (error) {
    runner.log(`No preview was written: ${errorOf(error, runner).message}`);
  }
}

/** Gives the path of the report. */
function writeReport(context: ActionContext, document: Readonly<Record<string, unknown>>): Promise<string> {
  const { command, event, runner } = context;
  const file = join(event.temporary, `report-${command}${suffixOf(context)}.json`);
  return runner.writeFile(file, `${JSON.stringify(document, null, 2)}\n`);
}

async function tellFailure(
  error: ShelfmarkError,
  runner: Runner,
  { env }: Outside,
  context: ActionContext | null,
): Promise<number> {
  const workspace = env['GITHUB_WORKSPACE'] ?? '';
  const configFile = resolve(workspace, inputOf(env, 'config') ?? configName);
  const root = repositoryOf({ workspace, folder: dirname(configFile) })?.workTree ?? workspace;
  for (const one of errorAnnotations(error, configFile, { root })) runner.annotate(one);
  if (context?.inputs.summary !== false) await runner.summary(failurePage('Help center', error));
  const exitCode = error.code === 'STOPPED' ? exitCodes.interrupted : exitCodeOfError(error.kind);
  if (context !== null) {
    const { code, message, hint } = error;
    const { command, event } = context;
    const document = { version: 1, error: { code, message, hint }, command, event: event.name, exitCode };
    await runner.output('report', await writeReport(context, document));
  }
  return exitCode;
}

/** Whatever ended a run, in a form that people can read; never a stack trace. */
function errorOf(error: unknown, runner: Runner): ShelfmarkError {
  if (error instanceof ShelfmarkError) return error;
  if (error instanceof DOMException && error.name === 'AbortError')
    return new ShelfmarkError('STOPPED', {
      message: 'The run was stopped. What was under way has been finished.',
      hint: 'Run the job again to go on.',
      cause: error,
    });
  if (error instanceof GitFailed)
    return new ShelfmarkError('GIT_FAILED', {
      message: `${runner.hide(error.message)}.`,
      hint: 'The job needs a checkout of the branch (actions/checkout) and git; docs/ci.md names the permissions.',
      cause: error,
    });
  const known = nodeCode(error);
  const code = known === null ? '' : ` (${known})`;
  return new ShelfmarkError('UNEXPECTED', {
    message: `Shelfmark met something that it does not know${code}: ${runner.hide(error instanceof Error ? error.message : String(error))}`,
    hint: 'Run the job again; if that does not help, please report it with this message.',
    cause: error,
  });
}
