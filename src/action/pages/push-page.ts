import type { RunResult } from '../../app/run.ts';
import { codeBlock } from '../../report/markdown-safe.ts';
import { nothingWritten, outcomesText } from '../../report/run-text.ts';
import { styleOf } from '../../report/style.ts';
import type { ActionContext } from '../event/context.ts';
import { longestSummary, planPage, titleOf } from './plan-page.ts';
import type { WrittenBack } from '../publish/write-back.ts';

/** What was published and how it was written down, for the summary of the run. */
export function pushPage(context: ActionContext, results: readonly RunResult[], back: WrittenBack): string {
  const pages = results.map((result, index) =>
    planPage({
      title: titleOf(context, index === 0 ? 'published' : 'planned again'),
      intro:
        index === 0 ? '' : 'Somebody else had written to the branch, or to the help center, in the meantime.',
      plan: result.plan,
      outro: outcome(result),
      budget: Math.floor(longestSummary / results.length) - 1000,
    }),
  );
  return `${pages.join('\n')}\n${lockLine(back)}\n`;
}

function outcome({ plan, outcomes, calls }: RunResult): string {
  if (outcomes === null) return `**${nothingWritten(plan, true)}**`;
  const text = outcomesText(outcomes, calls, styleOf(false)).trimEnd().split('\n');
  return codeBlock(text.length > 200 ? [...text.slice(0, 199), text.at(-1) ?? ''] : text, '', '');
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
