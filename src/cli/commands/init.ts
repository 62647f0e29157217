import { lookAround, setUp, writeSample, type InitAnswers } from '../../app/init.ts';
import { writeWorkflows } from '../../app/init-github.ts';
import type { Outside } from '../../ports/outside.ts';
import { isOwnFolder } from '../../config/places.ts';
import { closest } from '../../decode/issues.ts';
import { ShelfmarkError } from '../../model/error.ts';
import { isLocale, locales } from '../../model/locale.ts';
import { safeLine } from '../../report/safe.ts';
import { ask, askText, isInteractive } from '../terminal/ask.ts';
import { exitCodes } from '../../app/exit-codes.ts';
import { calledAs } from '../terminal/called-as.ts';
import type { Output } from '../terminal/output.ts';
import type { CommonFlags } from '../terminal/flags.ts';
import { runCommand } from './run.ts';
import { openConfig } from './shared.ts';

export interface InitFlags extends CommonFlags {
  readonly provider?: string;
  readonly region?: string;
  readonly content?: string;
  readonly locale?: string;
  readonly pull?: boolean;
  readonly github?: boolean;
}

/** Asks on a terminal for what the flags do not say; elsewhere what they do not say takes its usual value. */
export async function initCommand(outside: Outside, output: Output, flags: InitFlags): Promise<number> {
  const found = await lookAround(outside);
  if (flags.github === true && (found.hasConfig || flags.config !== undefined))
    return githubCommand(outside, output, flags);
  const isAsking = isInteractive(outside, output.options.isJson) && flags.yes !== true && !found.hasConfig;
  const settle = async <T>(
    said: string | undefined,
    question: string,
    standard: string,
    read: (text: string) => Answer<T>,
  ): Promise<T> => {
    for (;;) {
      const isAsked = said === undefined && isAsking;
      const text =
        said ?? (isAsked ? await askText(`${question} [${standard}]`, standard, outside) : standard);
      const answer = read(text);
      if (answer.isFit) return answer.value;
      // A person can say it again; a flag cannot.
      if (!isAsked) throw usage(answer.message, answer.hint);
      output.text(`${answer.message} ${answer.hint}\n`);
    }
  };
  const provider = await settle(
    flags.provider,
    'Where is your help center: simulator (try it offline) or intercom?',
    // Workflows are for readers, and nobody reads in a simulator.
    flags.github === true ? 'intercom' : 'simulator',
    (text) => oneOf('provider', text, ['simulator', 'intercom'] as const),
  );
  if (provider === 'simulator') refuseUnused(flags, ['region'], 'only a workspace of Intercom has a region');
  if (flags.github === true && provider === 'simulator')
    throw usage(
      'Workflows publish from GitHub, where a simulator would end with the job and nobody would see it.',
      'Use --provider intercom, or leave --github out until you have tried it.',
    );
  const region =
    provider === 'intercom'
      ? await settle(flags.region, 'Which region keeps your workspace: us, eu or au?', 'us', (text) =>
          oneOf('region', text, ['us', 'eu', 'au'] as const),
        )
      : 'us';
  const content = await settle(
    flags.content,
    'Which folder holds the articles?',
    found.contentFolders[0] ?? 'content',
    folderOf,
  );
  const locale = await settle(flags.locale, 'What is the default locale?', 'en', localeOf);
  const answers: InitAnswers = { provider, region, content, locale };

  if (flags.pull === true && provider === 'intercom' && (outside.env['INTERCOM_TOKEN'] ?? '').trim() === '') {
    throw usage(
      'To fetch the help center, the token is needed in the environment variable INTERCOM_TOKEN.',
      'Set it and run the command again, or leave --pull out.',
    );
  }
  const written = [...(await setUp(answers, outside))];
  const isEmpty = !(
    found.contentFolders.includes(content) || (await lookAround(outside)).contentFolders.includes(content)
  );
  const isImport =
    flags.pull === true ||
    (isAsking &&
      provider === 'intercom' &&
      isEmpty &&
      (await ask('Fetch the existing help center into the folder now?', outside)));
  if (isEmpty && !isImport && provider === 'simulator')
    written.push(...(await writeSample(answers, outside)));
  if (flags.github === true) written.push(...(await writeWorkflows(await openConfig(outside, {}), outside)));
  output.text(writtenText(written, output));
  if (!isEmpty) output.text(`${output.style.dim(`The files in ${safeLine(content)}/ stay as they are.`)}\n`);
  if (isImport) {
    const code = await runCommand('pull', outside, output, flags);
    return code;
  }
  output.json({ version: 1, written, content, provider });
  output.text(`\nNext:\n${nextSteps(provider, isEmpty, calledAs(outside)).join('\n')}\n`);
  return exitCodes.done;
}

/** Adds the workflows to a project that is set up already. */
async function githubCommand(outside: Outside, output: Output, flags: InitFlags): Promise<number> {
  const unused = ['provider', 'region', 'content', 'locale', 'pull'] as const;
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

const writtenText = (written: readonly string[], { style }: Output): string =>
  written.map((name) => `${style.add('+')} ${safeLine(name)}\n`).join('');

function nextSteps(provider: string, isEmpty: boolean, shelfmark: string): readonly string[] {
  if (provider === 'simulator')
    return [
      `  ${shelfmark} plan       see what a first sync would do`,
      `  ${shelfmark} sync       do it`,
      `  ${shelfmark} simulate   look at the result`,
    ];
  const token = '  export INTERCOM_TOKEN=…   the access token of your Intercom app';
  return isEmpty
    ? [token, `  ${shelfmark} pull            fetch the help center into the folder`]
    : [token, `  ${shelfmark} plan            see what a first sync would do`];
}

type Answer<T> =
  | { readonly isFit: true; readonly value: T }
  | { readonly isFit: false; readonly message: string; readonly hint: string };

function oneOf<const Values extends readonly string[]>(
  what: string,
  text: string,
  values: Values,
): Answer<Values[number]> {
  if (values.includes(text)) return { isFit: true, value: text };
  const near = otherNames[text.trim().toLowerCase()] ?? closest(text, values);
  return {
    isFit: false,
    message: `"${safeLine(text)}" is not a ${what}; it is one of ${values.join(', ')}.`,
    hint: near === null ? 'Use one of these.' : `Did you mean ${near}?`,
  };
}

/** What people call these. */
const otherNames: Readonly<Record<string, string>> = {
  europe: 'eu',
  ireland: 'eu',
  dublin: 'eu',
  usa: 'us',
  america: 'us',
  'united states': 'us',
  australia: 'au',
  sydney: 'au',
  sim: 'simulator',
  offline: 'simulator',
};

/** A flag that would do nothing is a mistake, and nobody would notice it. */
function refuseUnused(flags: InitFlags, unused: readonly (keyof InitFlags)[], why: string): void {
  const given = unused.filter((name) => flags[name] !== undefined);
  if (given.length === 0) return;
  throw usage(`${given.map((name) => `--${name}`).join(' and ')} would do nothing: ${why}.`, 'Leave it out.');
}

function folderOf(text: string): Answer<string> {
  const folder = text.replace(/^\.\//, '').replace(/\/+$/, '');
  if (isOwnFolder(folder)) return { isFit: true, value: folder };
  return {
    isFit: false,
    message: `The content folder "${safeLine(folder)}" does not lie in this project.`,
    hint: 'Name a folder below this one, such as content.',
  };
}

function localeOf(text: string): Answer<InitAnswers['locale']> {
  if (isLocale(text)) return { isFit: true, value: text };
  const near = closest(text, locales);
  return {
    isFit: false,
    message: `"${safeLine(text)}" is not a locale of Intercom.`,
    hint: near === null ? 'Use one such as en, fr or pt-BR.' : `Did you mean ${near}?`,
  };
}

const usage = (message: string, hint: string): ShelfmarkError =>
  new ShelfmarkError('WRONG_USAGE', { kind: 'usage', message: `${message} Nothing was changed.`, hint });
