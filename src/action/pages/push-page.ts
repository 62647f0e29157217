import type { RunResult } from '../../app/run.ts';
import type { Operation } from '../../model/plan.ts';
import type { Outcome } from '../../model/outcome.ts';
import type { Said } from '../../report/entry-markdown.ts';
import { codeSpan, plainWords } from '../../report/markdown-safe.ts';
import { readersSum } from '../../report/readers.ts';
import { nothingWritten, outcomesText } from '../../report/run-text.ts';
import { styleOf } from '../../report/style.ts';
import type { ActionContext } from '../event/context.ts';
import type { WrittenBack } from '../publish/write-back.ts';
import { linksOf } from './links.ts';
import { openAtFirst, planPage, titleOf } from './plan-page.ts';

export interface Published {
  readonly results: readonly RunResult[];
  readonly back: WrittenBack;
  /** What was published, and when, in milliseconds since 1970. */
  readonly commit: string;
  readonly at: number;
}

/** What was published and how it was written down, as much of it as the budget allows. */
export function pushPage(context: ActionContext, published: Published, budget: number): string {
  const { results, back } = published;
  const pages = results.map((result, index) =>
    planPage({
      title: titleOf(context, wordOf(result)),
      intro:
        index === 0
          ? whenOf(context, published)
          : 'Somebody else had written to the branch, or to the help center, in the meantime.',
      plan: result.plan,
      outro: notDone(result),
      budget: Math.floor(budget / results.length) - 500,
      options: {
        head: headOf(result),
        about: aboutOf(result),
        folded: { open: openAtFirst, links: linksAfter(context, result, published) },
      },
    }),
  );
  return `${pages.join('\n')}\n${lockLine(back)}\n`;
}

/** Whether anything of the help center was changed, or was to be. */
export const isNews = ({ results }: Pick<Published, 'results'>): boolean =>
  results.some(({ plan, outcomes }) => plan.operations.length > 0 || outcomes === null);

/** Which commit, when, and by which run. */
export function whenOf(
  { event }: Pick<ActionContext, 'event'>,
  { commit, at }: Pick<Published, 'commit' | 'at'>,
): string {
  const when = `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  const what = /^[0-9a-f]{7,64}$/.test(commit) ? `Commit \`${commit.slice(0, 10)}\`, ` : '';
  return `${what}${when}${event.runUrl === null ? '' : `; [the run](${event.runUrl})`}.`;
}

const isDone = (one: Outcome): boolean => one.status === 'done';

/** What is in conflict was to be published and was not. */
function wordOf({ outcomes, plan }: RunResult): string {
  const isHeld = plan.conflicts.length > 0;
  if (outcomes === null) return 'not published';
  if (outcomes.length === 0) return isHeld ? 'not published' : 'nothing to publish';
  if (!outcomes.some(isDone)) return 'not published';
  return !isHeld && outcomes.every(isDone) ? 'published' : 'published in part';
}

/** How many calls it took is in the log, for those who run it. */
function headOf({ plan, outcomes }: RunResult): string {
  if (outcomes === null) return `**${nothingWritten(plan, true)}**`;
  const noCalls = { total: 0, byMethod: {} };
  const last = outcomesText(outcomes, noCalls, styleOf(false)).trimEnd().split('\n').at(-1) ?? '';
  const readers = readersSum(outcomes.filter(isDone).map((one) => one.operation));
  return `**${plainWords(last)}${readers === '' ? '' : ` For readers: ${readers}.`}**`;
}

function notDone({ outcomes }: RunResult): string {
  const left = (outcomes ?? []).filter((one) => !isDone(one));
  const lines = left
    .slice(0, mostLeft)
    .map(
      ({ operation, message, hint }) =>
        `- ${codeSpan(operation.path)} ${plainWords(`${message ?? ''} ${hint ?? ''}`.trim())}\n`,
    );
  const more = left.length - lines.length;
  return left.length === 0
    ? ''
    : `### Not done\n\n${lines.join('')}${more === 0 ? '' : `- … and ${more} more\n`}`;
}

/** More than these say the same. */
const mostLeft = 50;

function aboutOf({ outcomes }: RunResult): (operation: Operation) => readonly Said[] {
  const left = new Map(
    (outcomes ?? []).filter((one) => !isDone(one)).map((one) => [one.operation, one.status] as const),
  );
  return (operation) => {
    const status = left.get(operation);
    return status === undefined ? [] : [{ words: `not done (${status})` }];
  };
}

function linksAfter(
  context: ActionContext,
  result: RunResult,
  { commit }: Published,
): ReturnType<typeof linksOf> {
  const done = (result.outcomes ?? []).filter((one) => isDone(one) && one.operation.kind === 'article');
  return linksOf(context, {
    commit,
    repository: context.event.repository,
    workspace: result.helpCenter?.workspace ?? '',
    site: result.helpCenter?.sites[0] ?? '',
    ids: new Map(
      done.flatMap(({ id, operation }) => (id === null ? [] : [[operation.path as string, id] as const])),
    ),
  });
}

function lockLine(back: WrittenBack): string {
  switch (back.way) {
    case 'unchanged':
      return 'The lock file stays as it is.';
    case 'left':
      return 'The lock file is left in the checkout, as the workflow asks for ("commit: none").';
    case 'pushed':
      return `The lock file was committed as \`${back.commit.slice(0, 10)}\`.`;
    case 'proposed':
      return `The branch is protected, so the lock file waits in [a pull request](${back.url}).`;
    case 'raced':
      return 'The lock file could not be committed.';
  }
}
