import type { ShelfmarkError } from '../model/error.ts';
import { GitHubFailed } from './event/github-faults.ts';
import type { ActionContext } from './event/context.ts';
import { keepCommentOn, longestComment, markerOf } from './pages/comment.ts';
import { failurePage, titleOf } from './pages/plan-page.ts';
import { isNews, pushPage, whenOf, type Published } from './pages/push-page.ts';

/** Says in the comment of what was merged that it is published, when, and where to look; or what was not. */
export async function tellPublished(context: ActionContext, published: Published): Promise<void> {
  const body = pushPage(context, published, longestComment - 200);
  await tellMerged(context, published.commit, { body, isNews: isNews(published) });
}

/** Says there that nothing was published, and why. */
export async function tellUnpublished(
  context: ActionContext,
  error: ShelfmarkError,
  at: number,
): Promise<void> {
  const commit = context.event.sha;
  const body = `${failurePage(titleOf(context, 'not published'), error)}\n${whenOf(context, { commit, at })}\n`;
  await tellMerged(context, commit, { body, isNews: true });
}

const mark = '<!-- shelfmark:published -->';

async function tellMerged(
  context: ActionContext,
  commit: string,
  text: { readonly body: string; readonly isNews: boolean },
): Promise<void> {
  const { event, github, inputs, runner } = context;
  if (event.name !== 'push' || event.branch === null || github === null || inputs.comment === 'off') return;
  try {
    const numbers = new Set<number>();
    for (const one of new Set([event.sha, commit]))
      for (const number of await github.mergedInto(event.branch, one)) numbers.add(number);
    for (const number of numbers)
      await keepCommentOn(
        context,
        { number, isFork: false },
        {
          marker: markerOf(context, 'plan'),
          body: `${mark}\n${text.body}`,
          isWorthIt: text.isNews,
          // A run that found nothing left to do has nothing to add to what an earlier one said.
          isLeft: (found) => !text.isNews && found.includes(mark),
        },
      );
  } catch (error) {
    if (!(error instanceof GitHubFailed)) throw error;
    runner.log(`No comment on what was merged: ${error.message}`);
  }
}
