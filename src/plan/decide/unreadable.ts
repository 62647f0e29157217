/* Texts that cannot be converted. What could not be read is unknown: nothing follows from it, least of all that it is empty. */
import { refusalOf } from '../../markup/read/refused-body.ts';
import type { LocalContent } from '../../model/entry.ts';
import type { LocalPath } from '../../model/identity.ts';
import type { Locale } from '../../model/locale.ts';
import type { Problem } from '../../model/problem.ts';
import { addressesIn } from '../links/addresses-in.ts';
import { targetOf } from '../links/refs.ts';
import { fileOfLocale } from '../terms/locale-file.ts';
import type { ArticleTriple } from '../terms/triple.ts';
import { nothing, statusOf, writesLocal, type Decision, type DecisionContext } from './decision.ts';

/**
 * Holds an article where a text of it, on either side and in any language, would have to be read and cannot be; null
 * for all others. Both sides keep what they have, whatever else changed, until the text can be read.
 */
export function holdUnreadable(triple: ArticleTriple, context: DecisionContext): Decision | null {
  if (triple.held) return null;
  const problems = localesOf(triple).flatMap((locale) => problemsOf(triple, locale, context));
  if (problems.length === 0) return null;
  return { ...nothing, problems, status: statusOf(triple, 'held', ['its text cannot be read'], context) };
}

const localesOf = ({ local, remote }: ArticleTriple): readonly Locale[] =>
  [...new Set([...(local?.locales.keys() ?? []), ...(remote?.locales.keys() ?? [])])].toSorted();

function problemsOf(triple: ArticleTriple, locale: Locale, context: DecisionContext): readonly Problem[] {
  const { bodies } = context;
  const { contentName, defaultLocale } = context.input.policy;
  const agreed = triple.base?.locales.get(locale)?.body;
  const here = triple.local?.locales.get(locale);
  const there = triple.remote?.locales.get(locale);
  const isSameHere =
    here === undefined || (agreed !== undefined && bodies.isLocalQuick(here, agreed.localQuick));
  const isSameThere = there === undefined || bodies.remoteQuick(there) === agreed?.remoteQuick;
  if (isSameHere && isSameThere) return [];
  const problems: Problem[] = here === undefined ? [] : missingPictures(here, context);
  const refusedHere = here === undefined ? null : refusalOf(bodies.local(here, locale));
  if (here !== undefined && refusedHere !== null) {
    const { severity, code, line, column, message, hint } = refusedHere;
    const place = { file: `${contentName}/${here.file}`, line: line + here.bodyLine - 1, column };
    problems.push({ severity, code, place, message, hint });
  }
  // What the folder does not have, and is not to get by this plan, is not looked at.
  const isWanted = triple.local !== null || triple.base !== null || writesLocal(context);
  const refusedThere = there === undefined || !isWanted ? null : refusalOf(bodies.remote(there, locale));
  if (there !== undefined && refusedThere !== null) {
    const file = fileOfLocale(context.layout.pathOf(triple.key), locale, defaultLocale);
    problems.push({
      severity: 'error',
      code: 'REMOTE_TEXT_UNREADABLE',
      place: { file: `${contentName}/${here?.file ?? file}`, line: 0 },
      message: `The text of ${JSON.stringify(there.title)} (${locale}) in the help center cannot be converted: ${refusedThere.message} Both sides of the article are left as they are.`,
      hint: 'Split the article in Intercom, or clean its text there.',
    });
  }
  return problems;
}

/** Pictures whose bytes are not in the folder: neither can they be sent, nor can anybody tell whether they changed. */
function missingPictures(content: LocalContent, { refs, input }: DecisionContext): Problem[] {
  const paths = new Set<LocalPath>();
  for (const url of addressesIn(content)) {
    const target = targetOf(url, content.file, 'image', refs.directory);
    if (target?.to === 'asset' && !target.isHere) paths.add(target.path);
  }
  return [...paths].map((path) => ({
    severity: 'error',
    code: 'IMAGE_NOT_HERE',
    place: { file: `${input.policy.contentName}/${content.file}`, line: 0 },
    message: `The picture ${path} is not in the folder: git left it out, or a pointer of Git LFS is in its place. The article is left as it is on both sides.`,
    hint: 'Run "git lfs pull", or check the picture out, then run the command again.',
  }));
}
