/* Everything that an audit finds without asking anybody. */
import { byPlace, type Problem } from '../model/problem.ts';
import { checkFolder } from '../plan/check-content.ts';
import { auditedText } from './audited-text.ts';
import { folderFindings } from './folder-rules.ts';
import { linkFindings } from './link-rules.ts';
import { rules, type AuditInput, type Found, type Severity } from './terms.ts';
import { textFindings } from './text-rules.ts';
import { twinFindings } from './twin-rules.ts';

/** How findings are reported, by their code, where somebody said otherwise. */
export type Severities = Readonly<Record<string, Severity>>;

/** What is found in the folder, those of `validate` included, in the order of files and lines. */
export function auditFolder(input: AuditInput, severities: Severities): readonly Problem[] {
  const { folder } = input;
  // Each text is read once, for all that is asked about it.
  for (const { locales } of folder.local.articles)
    for (const [locale, content] of locales) auditedText(content, locale, folder.bodies);
  const found = [
    ...textFindings(input),
    ...linkFindings(input),
    ...folderFindings(input),
    ...twinFindings(input),
  ];
  const problems = [
    ...checkFolder(folder).flatMap((one) => judged(one, severities[one.code] ?? one.severity)),
    ...problemsOf(found, folder.policy.contentName, severities),
  ];
  return problems.toSorted(byPlace);
}

/** Findings as problems, as severe as the config says, or the rule itself. */
export const problemsOf = (
  found: readonly Found[],
  contentName: string,
  severities: Severities,
): readonly Problem[] =>
  found.flatMap(({ rule, file, line, message, hint }) => {
    const place = { file: contentName === '.' ? file : `${contentName}/${file}`, line };
    return judged({ severity: 'warning', code: rule, place, message, hint }, severities[rule] ?? rules[rule]);
  });

const judged = (problem: Problem, severity: Severity): readonly Problem[] =>
  severity === 'off' ? [] : [{ ...problem, severity }];
