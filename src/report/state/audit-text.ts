/* What an audit found, for people. */
import { groupBy } from '../../plan/terms/group-by.ts';
import type { Problem } from '../../model/problem.ts';
import { byText } from '../../model/identity.ts';
import { codeTexts } from '../formats/codes.ts';
import { codeSpan, plainWords } from '../markdown-safe.ts';
import { counted } from '../plan-text.ts';

/** How many findings of each kind there are, the most frequent first. */
export function countsByCode(
  problems: readonly Problem[],
): readonly (readonly [code: string, count: number])[] {
  return [...groupBy(problems, ({ code }) => code)]
    .map(([code, some]) => [code, some.length] as const)
    .toSorted((left, right) => right[1] - left[1] || byText(left[0], right[0]));
}

/** Findings of one kind that are listed. */
const most = 20;

/** The findings by kind, as Markdown for an issue or a summary. */
export function auditMarkdown(
  problems: readonly Problem[],
  { articles, collections }: { readonly articles: number; readonly collections: number },
): string {
  const head = `Looked at ${counted(articles, 'article')} in ${counted(collections, 'collection')}`;
  if (problems.length === 0) return `${head}: nothing to report.\n`;
  const errors = problems.filter((one) => one.severity === 'error').length;
  const parts = countsByCode(problems).map(([code, count]) => {
    const some = problems.filter((one) => one.code === code);
    const means = codeTexts.find((one) => one.code === code)?.means ?? '';
    const lines = some
      .slice(0, most)
      .map(({ place, message }) => `- ${codeSpan(placeText(place))} ${plainWords(message)}\n`);
    const more = count > most ? `- … and ${count - most} more\n` : '';
    return `\n### ${codeSpan(code)} (${count})\n\n${plainWords(means)}\n\n${lines.join('')}${more}`;
  });
  return `${head}: ${counted(errors, 'error')}, ${counted(problems.length - errors, 'warning')}.\n${parts.join('')}`;
}

const placeText = ({ file, line }: Problem['place']): string => (line === 0 ? file : `${file}:${line}`);
