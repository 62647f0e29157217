import type { Operation } from '../../model/plan.ts';
import type { Said } from '../../report/entry-markdown.ts';
import { codeBlock } from '../../report/markdown-safe.ts';
import { planMarkdown } from '../../report/plan-markdown.ts';
import { longestComment, markerOf } from './comment.ts';
import type { ActionContext } from '../event/context.ts';
import { longestSummary, originOf, planPage, titleOf } from './plan-page.ts';
import type { BroughtHome, Pulled } from './brought-home.ts';

/** What a pull request says: who changed what where, and how the files change by it. */
export function pullRequestBody(context: ActionContext, result: Pulled, diff: string): string {
  const head = [
    markerOf(context, 'pull'),
    'What was edited in Intercom since the last sync, as Markdown. Merging this brings it home; nothing is published by that.',
    '',
    'Named with each entry: when it was last edited, and whose article it is. Intercom does not tell who made an edit.',
    '',
    '',
  ].join('\n');
  const tail = `\n${originOf(context)}\n`;
  const room = longestComment - head.length - tail.length;
  const plan = planMarkdown(result.plan, {
    budget: Math.floor(room * 0.6),
    about: aboutOf(result),
    whole: 'The diff shows all of it.',
  });
  return `${head}${plan}${diffBlock(diff, room - plan.length)}${tail}`;
}

/** What was brought home and where it went, for the summary of the run. */
export function pullPage(context: ActionContext, result: Pulled, home: BroughtHome): string {
  return planPage({
    title: titleOf(context, 'edits to bring home'),
    intro: homeLine(home),
    plan: result.plan,
    budget: longestSummary,
    options: { about: aboutOf(result) },
  });
}

function homeLine(home: BroughtHome): string {
  switch (home.way) {
    case 'nothing':
      return 'Nothing was edited that the files do not say already.';
    case 'left':
      return 'The files are left in the checkout, as the workflow asks for ("commit: none").';
    case 'pushed':
      return `The edits were committed as \`${home.commit.slice(0, 10)}\`.`;
    case 'proposed':
      return `The edits are in [a pull request](${home.url}).`;
    case 'busy':
      return `Somebody else has worked on ${home.url === null ? 'the branch' : `[the pull request](${home.url})`} with earlier edits, so it was left alone.`;
    case 'raced':
      return 'The edits could not be committed.';
  }
}

function aboutOf({ input }: Pulled): (operation: Operation) => readonly Said[] {
  const entries = new Map<
    string,
    (typeof input.remote.articles)[number] | (typeof input.remote.collections)[number]
  >(
    [...input.remote.articles, ...input.remote.collections].map(
      (one) => [`${one.kind} ${one.id}`, one] as const,
    ),
  );
  return ({ kind, id }) => {
    const entry = entries.get(`${kind} ${id ?? ''}`);
    if (entry === undefined) return [];
    const at =
      entry.updatedAt === 0
        ? ''
        : `edited ${new Date(entry.updatedAt * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
    const authors =
      entry.kind === 'article'
        ? new Set([...entry.locales.values()].flatMap(({ author }) => (author === null ? [] : [author])))
        : new Set<never>();
    return [
      ...(at === '' ? [] : [{ words: at }]),
      ...[...authors].flatMap((author, index) => [
        { words: `${index > 0 || at !== '' ? ', ' : ''}${index === 0 ? 'author ' : ''}` },
        { value: input.authors.textOf(author) },
      ]),
    ];
  };
}

/** The diff of the files, as many lines of it as there is room for. */
function diffBlock(diff: string, room: number): string {
  const heading = '\n### The files\n\n';
  const lines = diff.trimEnd().split('\n');
  // Fences, the sentence about the rest, and the escapes that odd characters become.
  let left = room - heading.length - 400;
  const shown: string[] = [];
  for (const line of lines) {
    left -= line.length * (/[^ -~\p{L}]/u.test(line) ? 3 : 1) + 1;
    if (left < 0) break;
    shown.push(line);
  }
  if (shown.length === 0) return '';
  const more = lines.length - shown.length;
  const rest =
    more === 0 ? '' : `\n> **Cut to fit:** ${more} more lines; "Files changed" shows all of them.\n`;
  return `${heading}${codeBlock(shown, 'diff', '')}${rest}`;
}
