import { closest } from '../../decode/issues.ts';
import { ShelfmarkError } from '../../model/error.ts';

export type CommandInput = 'auto' | 'plan' | 'push' | 'pull' | 'apply' | 'validate';
export type CommentInput = 'auto' | 'changes-only' | 'off';
export type CommitInput = 'push' | 'pull-request' | 'none';
export type FailOn = 'errors' | 'conflicts' | 'refusals' | 'changes' | 'warnings';

/** What `with:` says, checked; the defaults are those of `action.yml`. */
export interface Inputs {
  readonly command: CommandInput;
  /** Null: `sync.config.yaml` at the root. */
  readonly config: string | null;
  readonly target: string | null;
  readonly token: string | null;
  readonly githubToken: string | null;
  readonly comment: CommentInput;
  readonly summary: boolean;
  readonly allowDeletes: number | null;
  readonly planFile: string | null;
  readonly failOn: ReadonlySet<FailOn>;
  /** Null: what the command usually does. */
  readonly commit: CommitInput | null;
  readonly pullRequestBranch: string | null;
  /** Whether a job may publish into a simulator, which ends with it. */
  readonly allowSimulator: boolean;
  /** Whether the help center is written as static pages, for a later step to keep. */
  readonly preview: boolean;
  /** Languages in which everything has to be there, as lists with commas. */
  readonly requireLocale: readonly string[];
  /** How many translations of a language may be behind; null where nobody asks. */
  readonly maxBehind: number | null;
}

/** The names of all inputs, as `action.yml` has them. */
export const inputNames = [
  'command',
  'config',
  'target',
  'token',
  'github-token',
  'comment',
  'summary',
  'allow-deletes',
  'plan-file',
  'fail-on',
  'commit',
  'pull-request-branch',
  'allow-simulator',
  'preview',
  'require-locale',
  'max-behind',
] as const;

type InputName = (typeof inputNames)[number];

const failOns = ['errors', 'conflicts', 'refusals', 'changes', 'warnings'] as const;

/** Reads the inputs as the runner hands them over. Throws a ShelfmarkError `WRONG_USAGE`. */
export function readInputs(env: Readonly<Record<string, string | undefined>>): Inputs {
  const text = (name: InputName): string | null => inputOf(env, name);
  const choice = <const Values extends readonly string[]>(
    name: InputName,
    values: Values,
  ): Values[number] | null => {
    const given = text(name);
    if (given === null || values.includes(given)) return given;
    throw wrongValue(name, given, values);
  };
  return {
    command: choice('command', ['auto', 'plan', 'push', 'pull', 'apply', 'validate']) ?? 'auto',
    config: text('config'),
    target: text('target'),
    token: text('token'),
    githubToken: text('github-token'),
    comment: choice('comment', ['auto', 'changes-only', 'off']) ?? 'auto',
    summary: (choice('summary', ['true', 'false']) ?? 'true') === 'true',
    allowDeletes: numberOf(
      'allow-deletes',
      text('allow-deletes'),
      'the exact number of deletions that the plan names, such as 7',
    ),
    planFile: text('plan-file'),
    failOn: failOnOf(text('fail-on')),
    commit: choice('commit', ['push', 'pull-request', 'none']),
    pullRequestBranch: text('pull-request-branch'),
    allowSimulator: choice('allow-simulator', ['true', 'false']) === 'true',
    preview: choice('preview', ['true', 'false']) === 'true',
    requireLocale: text('require-locale') === null ? [] : [text('require-locale') ?? ''],
    maxBehind: numberOf('max-behind', text('max-behind'), 'how many may be behind, such as 3'),
  };
}

/** The runner writes names in capitals and keeps hyphens; an empty value is none. */
export function inputOf(env: Readonly<Record<string, string | undefined>>, name: InputName): string | null {
  const given = env[`INPUT_${name.toUpperCase()}`]?.trim() ?? '';
  return given === '' ? null : given;
}

function numberOf(name: InputName, given: string | null, what: string): number | null {
  if (given === null) return null;
  if (/^\d{1,9}$/.test(given)) return Number(given);
  throw wrongUsage(`The input "${name}" is "${given}"; it must be a whole number.`, `Write ${what}.`);
}

function failOnOf(given: string | null): ReadonlySet<FailOn> {
  if (given === null) return new Set(['errors', 'conflicts', 'refusals']);
  const words = given.split(/[\s,]+/).filter((word) => word !== '');
  if (words.length === 1 && words[0] === 'none') return new Set();
  return new Set(
    words.map((word) => {
      const known = failOns.find((one) => one === word);
      if (known === undefined) throw wrongValue('fail-on', word, [...failOns, 'none']);
      return known;
    }),
  );
}

function wrongValue(name: InputName, given: string, values: readonly string[]): ShelfmarkError {
  const near = closest(given, values);
  return wrongUsage(
    `The input "${name}" is "${given}"; it is one of ${values.join(', ')}.`,
    near === null ? `Write ${name}: ${values[0] ?? ''}.` : `Did you mean ${name}: ${near}?`,
  );
}

export const wrongUsage = (message: string, hint: string): ShelfmarkError =>
  new ShelfmarkError('WRONG_USAGE', { kind: 'usage', message: `${message} Nothing was changed.`, hint });
