/* The conversation of `init`: every question has a flag, and what the help center can tell is not asked. */
import type { Found, InitAnswers } from '../../app/init.ts';
import { lookInto, tryToken, type Reached, type Seen } from '../../app/init-remote.ts';
import { isOwnFolder } from '../../config/places.ts';
import { closest } from '../../decode/issues.ts';
import { ShelfmarkError } from '../../model/error.ts';
import { isLocale, locales } from '../../model/locale.ts';
import type { Outside } from '../../ports/outside.ts';
import { counted } from '../../report/plan-text.ts';
import { safeLine } from '../../report/safe.ts';
import { ask, askOne, askSecret, askText, type Choice } from '../terminal/ask.ts';
import type { CommonFlags } from '../terminal/flags.ts';
import type { Output } from '../terminal/output.ts';

export interface InitFlags extends CommonFlags {
  readonly provider?: string;
  readonly region?: string;
  readonly helpCenter?: string;
  readonly content?: string;
  readonly locale?: string;
  readonly pull?: boolean;
  readonly github?: boolean;
  readonly mergeDriver?: boolean;
}

interface Desk {
  readonly outside: Outside;
  readonly output: Output;
  readonly flags: InitFlags;
  /** Whether somebody is there to answer. */
  readonly isAsking: boolean;
}

export interface Settled {
  readonly answers: InitAnswers;
  /** Empty where there is none. */
  readonly token: string;
  readonly isPull: boolean;
  readonly isGithub: boolean;
  readonly isMergeDriver: boolean;
}

export async function converse(desk: Desk, found: Found): Promise<Settled> {
  const { flags, outside, output, isAsking } = desk;
  checkFlags(flags);
  const given = (outside.env['INTERCOM_TOKEN'] ?? '').trim();
  const provider = await choose(desk, flags.provider, 'provider', {
    question: 'Where is your help center?',
    choices: [
      { value: 'simulator', label: 'Simulator', hint: 'try it offline, without an account' },
      { value: 'intercom', label: 'Intercom', hint: 'needs an access token' },
    ],
    // Workflows are for readers, and nobody reads in a simulator.
    standard: flags.github === true || (isAsking && given !== '') ? 'intercom' : 'simulator',
  });
  if (provider === 'simulator')
    refuseUnused(flags, ['region', 'helpCenter'], 'only Intercom has regions and several help centers');
  if (flags.github === true && provider === 'simulator')
    throw usage(
      'Workflows publish from GitHub, where a simulator would end with the job and nobody would see it.',
      'Use --provider intercom, or leave --github out until you have tried it.',
    );
  const remote = provider === 'simulator' ? offline : await reach(desk, given);
  const content = await settle(desk, flags.content, 'Which folder holds the articles?', {
    standard: found.contentFolders[0] ?? 'content',
    read: folderOf,
  });
  const locale = await settle(desk, flags.locale, 'Which language do you write in?', {
    standard: remote.seen?.defaultLocale ?? 'en',
    read: localeOf,
  });
  const isFull = found.contentFolders.includes(content);
  const isPull = flags.pull ?? (await beginsWithPull(desk, remote, content, isFull));
  const isGithub =
    flags.github ??
    (isAsking &&
      provider === 'intercom' &&
      (await ask('Publish from GitHub whenever something is merged? (writes three workflows)', outside)));
  const isMergeDriver =
    flags.mergeDriver ??
    (isAsking &&
      provider === 'intercom' &&
      (await outside.git?.isRepository(outside.folder)) === true &&
      (await ask('Let git merge the lock file by itself? (writes a line into .gitattributes)', outside)));
  if (!isAsking && flags.yes !== true && flags.provider === undefined && !output.options.isJson)
    output.note(
      `Nobody could be asked, so these answers were used: --provider ${provider} --content ${safeLine(content)} --locale ${locale}.`,
    );
  const { region, helpCenter } = remote;
  return {
    answers: { provider, region, content, locale: locale as InitAnswers['locale'], helpCenter },
    token: remote.token,
    isPull,
    isGithub,
    isMergeDriver,
  };
}

interface Remote extends Pick<InitAnswers, 'region' | 'helpCenter'> {
  readonly token: string;
  /** What is in the help center; null where nobody has looked. */
  readonly seen: Seen | null;
}

const offline: Remote = { region: 'us', helpCenter: null, token: '', seen: null };

/** A wrong flag is told before the first question. */
function checkFlags({ region, helpCenter, content, locale }: InitFlags): void {
  const read = [
    region === undefined ? null : oneOf('region', region, ['us', 'eu', 'au']),
    content === undefined ? null : folderOf(content),
    locale === undefined ? null : localeOf(locale),
  ];
  for (const one of read) if (one?.isFit === false) throw usage(one.message, one.hint);
  if (helpCenter !== undefined && !/^\d{1,20}$/.test(helpCenter))
    throw usage(`"${safeLine(helpCenter)}" is not the id of a help center.`, 'It consists of digits.');
}

/** Tries the token at once, so that nobody finds out at the third command that it is a wrong one. */
async function reach(desk: Desk, given: string): Promise<Remote> {
  const { outside, output, flags, isAsking } = desk;
  const named = (flags.region ?? null) as InitAnswers['region'] | null;
  const helpCenter = flags.helpCenter ?? null;
  // With these two said there is nothing to learn from the help center but whether the token is right.
  const isKnown = flags.region !== undefined && flags.pull !== undefined;
  if (isAsking && (given !== '' || !isKnown))
    for (let token = given; ; token = '') {
      if (token === '')
        token = await askSecret(
          'Access token of your Intercom app (tried now, never saved; leave it empty to set it later)',
          outside,
        );
      if (token === '') break;
      output.progress('Trying the token …');
      try {
        const reached = await tryToken(token, named, outside);
        output.text(`${output.style.add('✓')} ${safeLine(reached.workspace)}, region ${reached.region}\n`);
        const chosen = helpCenter ?? (await helpCenterOf(reached, outside));
        const seen = await lookInto(token, reached, chosen, outside);
        return { region: reached.region, helpCenter: chosen, token, seen };
      } catch (error) {
        if (!(error instanceof ShelfmarkError)) throw error;
        output.text(`${output.style.remove('✗')} ${safeLine(error.message)} ${safeLine(error.hint)}\n`);
        if (!error.code.startsWith('TOKEN_')) break;
      }
    }
  const region = await choose(desk, flags.region, 'region', {
    question: 'Which region is your workspace in?',
    choices: [
      { value: 'us', label: 'us', hint: 'United States' },
      { value: 'eu', label: 'eu', hint: 'Europe' },
      { value: 'au', label: 'au', hint: 'Australia' },
    ],
    standard: 'us',
  });
  return { region, helpCenter, token: given, seen: null };
}

async function helpCenterOf({ helpCenters }: Reached, outside: Outside): Promise<string | null> {
  const [first] = helpCenters;
  if (first === undefined || helpCenters.length === 1) return null;
  const choices = helpCenters.map(({ id, name }) => ({ value: id, label: name, hint: id }));
  return askOne('Which help center?', choices, first.id, outside);
}

async function beginsWithPull(
  { outside, isAsking }: Desk,
  { seen, token }: Remote,
  content: string,
  isFull: boolean,
): Promise<boolean> {
  if (!isAsking || token === '' || seen === null || seen.articles + seen.collections === 0) return false;
  const files = isFull ? `The files in ${content}/` : 'An empty folder';
  const there = counted(seen.articles, 'article');
  const begin = await askOne<'pull' | 'files'>(
    'What do you start from?',
    [
      { value: 'pull', label: `The help center: fetch its ${there} into ${content}/` },
      {
        value: 'files',
        label: files,
        hint: isFull ? '"adopt" links them to the help center' : 'fetch it later with "pull"',
      },
    ],
    isFull ? 'files' : 'pull',
    outside,
  );
  return begin === 'pull';
}

/** The answer that a flag gives, else somebody at the terminal, else the usual one. */
async function choose<const Value extends string>(
  { outside, isAsking }: Desk,
  said: string | undefined,
  what: string,
  { question, choices, standard }: { question: string; choices: readonly Choice<Value>[]; standard: Value },
): Promise<Value> {
  if (said === undefined) return isAsking ? askOne(question, choices, standard, outside) : standard;
  const answer = oneOf(
    what,
    said,
    choices.map((one) => one.value),
  );
  if (!answer.isFit) throw usage(answer.message, answer.hint);
  return answer.value;
}

async function settle(
  { outside, isAsking }: Desk,
  said: string | undefined,
  question: string,
  { standard, read }: { standard: string; read: (text: string) => Answer<string> },
): Promise<string> {
  const fault = (text: string): string | undefined => {
    const answer = read(text);
    return answer.isFit ? undefined : `${answer.message} ${answer.hint}`;
  };
  const text = said ?? (isAsking ? await askText(question, standard, outside, fault) : standard);
  const answer = read(text);
  if (!answer.isFit) throw usage(answer.message, answer.hint);
  return answer.value;
}

type Answer<T> =
  | { readonly isFit: true; readonly value: T }
  | { readonly isFit: false; readonly message: string; readonly hint: string };

function oneOf<Value extends string>(what: string, text: string, values: readonly Value[]): Answer<Value> {
  const exact = values.find((one) => one === text);
  if (exact !== undefined) return { isFit: true, value: exact };
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
export function refuseUnused(flags: InitFlags, unused: readonly (keyof InitFlags)[], why: string): void {
  const given = unused.filter((name) => flags[name] !== undefined);
  if (given.length === 0) return;
  throw usage(
    `${given.map((name) => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`).join(' and ')} would do nothing: ${why}.`,
    'Leave it out.',
  );
}

function folderOf(text: string): Answer<string> {
  const folder = text.replace(/^\.\//, '').replace(/\/+$/, '');
  if (isOwnFolder(folder)) return { isFit: true, value: folder };
  return {
    isFit: false,
    message: `The content folder "${safeLine(folder)}" is not in this project.`,
    hint: 'Name a folder below this one, such as content.',
  };
}

function localeOf(text: string): Answer<string> {
  if (isLocale(text)) return { isFit: true, value: text };
  const near = closest(text, locales);
  return {
    isFit: false,
    message: `"${safeLine(text)}" is not a locale of Intercom.`,
    hint: `${near === null ? '' : `Did you mean ${near}? `}It is one of ${locales.join(', ')}.`,
  };
}

export const usage = (message: string, hint: string): ShelfmarkError =>
  new ShelfmarkError('WRONG_USAGE', { kind: 'usage', message: `${message} Nothing was changed.`, hint });
