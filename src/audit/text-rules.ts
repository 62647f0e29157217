/* Rules about one text by itself. */
import { ageInDays, dayOf } from './days.ts';
import { auditedText } from './audited-text.ts';
import { textsOf, type AuditInput, type Found, type Text } from './terms.ts';
import { checkedText } from '../plan/links/checked-text.ts';

/** Words beyond which few readers come to the end, and below which an article hardly answers anything. */
const longest = 2500;
const shortest = 15;

/** After how many days a review counts as old where nobody said. */
const usualStaleDays = 180;

export const textFindings = (input: AuditInput): readonly Found[] =>
  textsOf(input.folder).flatMap((text) => [...aboutText(text, input), ...aboutCare(text, input)]);

function aboutText({ content, locale }: Text, { folder }: AuditInput): readonly Found[] {
  const { bodies } = folder;
  const { file, bodyLine } = content;
  const audited = auditedText(content, locale, bodies);
  const words = checkedText(content, locale, bodies).prose.words.reduce((all, one) => all + one, 0);
  const found: Found[] = [];
  if (content.description.trim() === '')
    found.push({
      rule: 'DESCRIPTION_MISSING',
      file,
      line: 0,
      message: 'The article has no description, so lists and search results show only its title.',
      hint: 'Add a line "description: …" to its front matter.',
    });
  for (const line of audited.withoutAlt)
    found.push({
      rule: 'ALT_MISSING',
      file,
      line: line + bodyLine - 1,
      message: 'A picture has no text for readers who cannot see it.',
      hint: 'Describe it: ![what it shows](…).',
    });
  for (const { line, from, to } of audited.skipped)
    found.push({
      rule: 'HEADING_SKIPPED',
      file,
      line: line + bodyLine - 1,
      message: `This heading is ${to - from} levels below the one before.`,
      hint: 'Go down one level at a time, so that readers and screen readers can follow.',
    });
  if (words > longest)
    found.push({
      rule: 'ARTICLE_LONG',
      file,
      line: 0,
      message: `The article has ${words} words.`,
      hint: 'Split it: few readers come to the end of so long a text.',
    });
  if (words < shortest)
    found.push({
      rule: 'ARTICLE_SHORT',
      file,
      line: 0,
      message: words === 0 ? 'The article has no text.' : `The article has only ${words} words.`,
      hint: 'Say more, or put it into another article.',
    });
  return found;
}

/** Who looks after a text, and when somebody last did. */
function aboutCare(
  { content, locale }: Text,
  { folder, now, staleDays, changed }: AuditInput,
): readonly Found[] {
  const { file, care } = content;
  if (locale !== folder.policy.defaultLocale) return [];
  const owner = care?.owner === undefined ? '' : ` ${care.owner} answers for it.`;
  const reviewed = care?.reviewed;
  if (reviewed !== undefined) {
    const day = dayOf(reviewed.text);
    if (day === null)
      return [
        {
          rule: 'REVIEW_UNREADABLE',
          file,
          line: reviewed.line,
          message: `"reviewed: ${reviewed.text}" is not a day.`,
          hint: 'Write it as in 2026-11-26.',
        },
      ];
    const age = ageInDays(day, now);
    if (age <= (staleDays ?? usualStaleDays)) return [];
    return [
      {
        rule: 'REVIEW_OVERDUE',
        file,
        line: reviewed.line,
        message: `The article was last reviewed ${age} days ago.${owner}`,
        hint: 'Read it again, and write the day of today after "reviewed:".',
      },
    ];
  }
  const day = dayOf(changed.get(file) ?? '');
  if (staleDays === null || day === null) return [];
  const age = ageInDays(day, now);
  if (age <= staleDays) return [];
  return [
    {
      rule: 'ARTICLE_STALE',
      file,
      line: 0,
      message: `The article was last changed ${age} days ago, and nobody has noted that it was reviewed since.${owner}`,
      hint: 'Read it again. Where nothing has to be changed, add the line "reviewed:" with the day of today.',
    },
  ];
}
