import { lookAround, setMergeDriver, setUp, writeSample } from '../../app/init.ts';
import { writeWorkflows } from '../../app/init-github.ts';
import type { Outside } from '../../ports/outside.ts';
import { safeLine } from '../../report/safe.ts';
import { isInteractive } from '../terminal/ask.ts';
import { exitCodes } from '../../app/exit-codes.ts';
import { calledAs } from '../terminal/called-as.ts';
import type { Output } from '../terminal/output.ts';
import { converse, refuseUnused, usage, type InitFlags } from './init-questions.ts';
import { runCommand } from './run.ts';
import { openConfig } from './shared.ts';

/** Asks on a terminal for what the flags do not say; elsewhere what they do not say takes its usual value. */
export async function initCommand(outside: Outside, output: Output, flags: InitFlags): Promise<number> {
  const found = await lookAround(outside);
  if (flags.github === true && (found.hasConfig || flags.config !== undefined))
    return githubCommand(outside, output, flags);
  if (flags.mergeDriver === true && (found.hasConfig || flags.config !== undefined))
    return mergeDriverCommand(outside, output, flags);
  const isAsking = isInteractive(outside, output.options.isJson) && flags.yes !== true && !found.hasConfig;
  const { answers, token, isPull, isGithub, isMergeDriver } = await converse(
    { outside, output, flags, isAsking },
    found,
  );
  const { provider, content } = answers;
  if (isPull && provider === 'intercom' && token === '') {
    throw usage(
      'To fetch the help center, the token is needed in the environment variable INTERCOM_TOKEN.',
      'Set it and run the command again, or leave --pull out.',
    );
  }
  const written = [...(await setUp(answers, outside))];
  const isEmpty = !(
    found.contentFolders.includes(content) || (await lookAround(outside)).contentFolders.includes(content)
  );
  if (isEmpty && !isPull && provider === 'simulator') written.push(...(await writeSample(answers, outside)));
  if (isGithub) written.push(...(await writeWorkflows(await openConfig(outside, {}), outside)));
  if (isMergeDriver) written.push(...(await setMergeDriver(outside)));
  output.text(writtenText(written, output));
  if (isMergeDriver) output.verbatim(`\n${driverText(outside)}`);
  if (!isEmpty) output.text(`${output.style.dim(`The files in ${safeLine(content)}/ stay as they are.`)}\n`);
  const isTyped = token !== '' && (outside.env['INTERCOM_TOKEN'] ?? '').trim() === '';
  if (isPull) {
    // A token that was typed is used, and kept nowhere.
    const env = token === '' ? outside.env : { ...outside.env, INTERCOM_TOKEN: token };
    const code = await runCommand('pull', { ...outside, env }, output, flags);
    const isRepository = (await outside.git?.isRepository(outside.folder)) === true;
    const steps = [
      ...(isTyped ? [exportLine] : []),
      `  ${isRepository ? '' : 'git init && '}git add ${safeLine(content)} sync.config.yaml sync.lock.json .gitignore && git commit`,
      `  ${calledAs(outside)} plan            after your first edit: see what a sync would do`,
    ];
    if (code === exitCodes.done && !output.options.isQuiet) output.text(`\nNext:\n${steps.join('\n')}\n`);
    return code;
  }
  output.json({ version: 1, written, content, provider });
  const steps = nextSteps(provider, isEmpty, calledAs(outside));
  const isSet = provider === 'simulator' || (token !== '' && !isTyped);
  output.text(`\nNext:\n${(isSet ? steps : [exportLine, ...steps]).join('\n')}\n`);
  return exitCodes.done;
}

/** Adds the workflows to a project that is set up already. */
async function githubCommand(outside: Outside, output: Output, flags: InitFlags): Promise<number> {
  const unused = ['provider', 'region', 'helpCenter', 'content', 'locale', 'pull'] as const;
  refuseUnused(flags, unused, 'this project is set up already, and --github adds the workflows only');
  const config = await openConfig(outside, flags);
  const written = await writeWorkflows(config, outside);
  output.text(
    written.length === 0
      ? 'The three workflows are there already; they stay as they are.\n'
      : `${writtenText(written, output)}\nNext: commit them, and add the secret ${config.tokenVariable} to the repository (Settings, Secrets and variables, Actions).\n`,
  );
  output.json({ version: 1, written, content: config.contentName, provider: config.provider });
  return exitCodes.done;
}

/** Adds the merge driver to a project that is set up already. */
async function mergeDriverCommand(outside: Outside, output: Output, flags: InitFlags): Promise<number> {
  const unused = ['provider', 'region', 'helpCenter', 'content', 'locale', 'pull'] as const;
  refuseUnused(
    flags,
    unused,
    'this project is set up already, and --merge-driver adds the merge driver only',
  );
  const config = await openConfig(outside, flags);
  const written = await setMergeDriver(outside);
  output.text(
    written.length === 0
      ? 'The line in .gitattributes is there already.\n'
      : `${writtenText(written, output)}\nNext: commit it.\n`,
  );
  output.verbatim(driverText(outside));
  output.json({ version: 1, written, content: config.contentName, provider: config.provider });
  return exitCodes.done;
}

/** Git takes programs from nobody but the user of a machine, so each clone has to be told. */
const driverText = (outside: Outside): string =>
  `Once in each clone, so that git calls it:\n  git config merge.shelfmark.driver "${calledAs(outside)} merge-lock %O %A %B"\n`;

const writtenText = (written: readonly string[], { style }: Output): string =>
  written.map((name) => `${style.add('+')} ${safeLine(name)}\n`).join('');

function nextSteps(provider: string, isEmpty: boolean, shelfmark: string): readonly string[] {
  if (provider === 'simulator')
    return [
      `  ${shelfmark} plan       see what a first sync would do`,
      `  ${shelfmark} sync       do it`,
      `  ${shelfmark} simulate   look at the result`,
    ];
  return isEmpty
    ? [`  ${shelfmark} pull            fetch the help center into the folder`]
    : [`  ${shelfmark} plan            see what a first sync would do`];
}

const exportLine = '  export INTERCOM_TOKEN=…   the access token of your app, from Intercom’s Developer Hub';
