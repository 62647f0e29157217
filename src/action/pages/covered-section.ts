import type { Problem } from '../../model/problem.ts';
import { codeSpan, plainWords } from '../../report/markdown-safe.ts';

/** More than these are counted only. */
const most = 20;

/** Articles that a change should have touched, as a part of the page; empty where there is none. */
export function coveredSection(problems: readonly Problem[]): string {
  if (problems.length === 0) return '';
  const lines = problems
    .slice(0, most)
    .map(({ place, message }) => `- ${codeSpan(place.file)} ${plainWords(message)}\n`);
  const more = problems.length - lines.length;
  return `### Articles to look at\n\n${lines.join('')}${more === 0 ? '' : `- … and ${more} more\n`}`;
}
