import { planMarkdown, type PlanMarkdownOptions } from '../../report/plan-markdown.ts';
import { codeSpan, plainWords } from '../../report/markdown-safe.ts';
import type { ShelfmarkError } from '../../model/error.ts';
import type { Plan } from '../../model/plan.ts';
import { hintForWorkflow } from './annotations.ts';
import { labelOf, type Desk } from '../event/context.ts';

/** GitHub takes a summary of 1 MiB; no character takes more than three bytes for each that counts here. */
export const longestSummary = 340_000;

/** So many entries of a page are unfolded, so that a small change can be read at once and a large one be overseen. */
export const openAtFirst = 5;

/** Why a plan was made without the help center. */
export const offlineNote =
  '> [!NOTE]\n> Made without the help center, since this run has no token for it, as is usual for pull requests from forks. The files are checked and compared with the lock file only: what was edited in Intercom since the last sync does not show.\n';

export interface Page {
  readonly title: string;
  /** A sentence or a note above the plan, as Markdown. */
  readonly intro: string;
  readonly plan: Plan;
  /** As Markdown, below the plan. */
  readonly outro?: string;
  readonly budget: number;
  readonly options?: Omit<PlanMarkdownOptions, 'budget'>;
}

/** A plan as a page: a heading, what it is about, and as much of it as fits. */
export function planPage({ title, intro, plan, outro = '', budget, options = {} }: Page): string {
  const head = `## ${title}\n\n${intro === '' ? '' : `${intro.trimEnd()}\n\n`}`;
  const tail = outro === '' ? '' : `\n${outro.trimEnd()}\n`;
  const refusals = plan.refusals.map((one) => ({ ...one, hint: hintForWorkflow(one.hint) }));
  const room = budget - head.length - tail.length;
  return `${head}${planMarkdown({ ...plan, refusals }, { ...options, budget: room })}${tail}`;
}

/** What is said where no plan could be made at all. */
export function failurePage(title: string, error: Pick<ShelfmarkError, 'code' | 'message' | 'hint'>): string {
  const lines = error.message.split('\n').map((line) => `- ${plainWords(line)}\n`);
  return `## ${title}\n\n**This could not be done.**\n\n${lines.join('')}\n${plainWords(error.hint)} (\`${error.code}\`)\n`;
}

/** Which commit and run a page is of. */
export function originOf({ event }: Pick<Desk, 'event'>): string {
  const sha = event.pullRequest?.headSha || event.sha;
  const commit = /^[0-9a-f]{7,64}$/.test(sha) ? `For commit \`${sha.slice(0, 10)}\`` : 'For this change';
  return event.runUrl === null ? `${commit}.` : `${commit}; [the run](${event.runUrl}).`;
}

/** The heading of a page: which help center, and what of it. */
export function titleOf(context: Pick<Desk, 'config' | 'event'>, what: string): string {
  const label = labelOf(context);
  return `Help center${label === '' ? '' : ` ${codeSpan(label)}`}: ${what}`;
}
