/*
 * What is left alone on both sides: texts that cannot be converted, of which nothing follows, least of all that they are
 * empty; and what is there twice.
 */
import { refusalOf } from '../../markup/read/refused-body.ts';
import type { LocalContent } from '../../model/entry.ts';
import { youngerOf, type EntryKey, type LocalPath } from '../../model/identity.ts';
import type { Locale } from '../../model/locale.ts';
import type { Problem } from '../../model/problem.ts';
import { addressesIn } from '../../model/text-facts.ts';
import { targetOf } from '../links/refs.ts';
import { fileOfLocale } from '../terms/locale-file.ts';
import { findTwins, type Entries } from '../compare/twins.ts';
import type { ArticleTriple, CollectionTriple, Triple } from '../terms/triple.ts';
import { nothing, pathOf, statusOf, writesLocal, type Decision, type DecisionContext } from './decision.ts';

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
    message: `The picture ${path} cannot be read: git left it out, a pointer of Git LFS is in its place, or it is no plain file. The article is left as it is on both sides.`,
    hint: 'Run "git lfs pull", check the picture out, or put the file itself in its place; then run the command again.',
  }));
}

/**
 * Holds what is there twice: one that only the help center has is not fetched, and a file is not created. Which of the two
 * is to go is for a person to say.
 */
export function holdTwins(pairing: Entries, context: DecisionContext): ReadonlyMap<EntryKey, Decision> {
  const { parents, bodies, input } = context;
  const { defaultLocale } = input.policy;
  const twins = findTwins(pairing, { parents, bodies, defaultLocale });
  const decided = (triple: Triple, problem: Problem): readonly [EntryKey, Decision] => {
    const status = statusOf(triple, 'held', ['there is another one like it'], context);
    return [triple.key, { ...nothing, problems: [problem], status }];
  };
  const isHeld = ({ local }: ArticleTriple): boolean => local === null || input.direction !== 'pull';
  return new Map([
    ...[...twins.articles]
      .filter(([triple]) => isHeld(triple))
      .map(([triple, twin]) => decided(triple, twinProblem(triple, twin, context))),
    ...[...twins.collections].map(([copy, original]) =>
      decided(copy, collectionProblem(copy, original, context)),
    ),
  ]);
}

function twinProblem(triple: ArticleTriple, twin: ArticleTriple, context: DecisionContext): Problem {
  const { contentName } = context.input.policy;
  const shown = (path: LocalPath): string => `${contentName}/${path}`;
  const theirs = shown(pathOf(twin, context));
  if (triple.remote === null) {
    return {
      severity: 'error',
      code: 'TWIN',
      place: { file: shown(pathOf(triple, context)), line: 0 },
      message: `This file has the title and the text of ${theirs}, which is article ${twin.remote?.id ?? ''} already. It is not created a second time.`,
      hint: 'Remove one of the two files; or give this one another title or text, if it is to be an article of its own.',
    };
  }
  return {
    severity: 'error',
    code: 'TWIN',
    place: { file: theirs, line: 0 },
    message: `The help center has a second article with this title and text: ${triple.remote.id}, beside ${twin.remote?.id ?? ''}. It was probably created by two people at the same time, and is left as it is.`,
    hint: `Delete the younger one, ${youngerOf(triple.remote.id, twin.remote?.id ?? triple.remote.id)}, in Intercom, or give it another title there.`,
  };
}

function collectionProblem(
  copy: CollectionTriple,
  original: CollectionTriple,
  context: DecisionContext,
): Problem {
  const { contentName } = context.input.policy;
  return {
    severity: 'error',
    code: 'TWIN',
    place: { file: `${contentName}/${pathOf(original, context)}`, line: 0 },
    message: `The help center has a second collection of this name with the same articles: ${copy.remote?.id ?? ''}, beside ${original.remote?.id ?? ''}. It is left as it is, with all that is in it.`,
    hint: 'Delete the younger one in Intercom; move what is only there first.',
  };
}
