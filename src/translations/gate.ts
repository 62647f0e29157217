/* Translations as a condition: which of them have to be there, and how many may be behind. */
import type { LocalCollection } from '../model/entry.ts';
import { byText } from '../model/identity.ts';
import type { Locale } from '../model/locale.ts';
import { byPlace, type Problem } from '../model/problem.ts';
import type { OfflineFolder } from '../plan/offline-folder.ts';
import { languageOf } from './language.ts';
import type { Standing } from './terms.ts';

export interface Gate {
  /** Languages in which everything has to be there. */
  readonly required: readonly Locale[];
  /** How many translations of a language may be behind; null where somebody did not say. */
  readonly maxBehind: number | null;
}

/** Whether a gate asks for anything at all. */
export const isOpen = ({ required, maxBehind }: Gate): boolean => required.length === 0 && maxBehind === null;

/**
 * What is missing or behind, as problems at the lines of the sources. What is behind is a warning as long as it is no
 * more than is allowed.
 */
export function gateProblems(
  standings: readonly Standing[],
  gate: Gate,
  folder: OfflineFolder,
): readonly Problem[] {
  const { required, maxBehind } = gate;
  const looked = standings.filter((one) => required.length === 0 || required.includes(one.locale));
  const behind = looked.filter((one) => one.state === 'behind');
  const missing = looked.filter((one) => one.state === 'missing' && required.includes(one.locale));
  const tooMany = new Set(
    behind
      .map((one) => one.locale)
      .filter((locale) => behind.filter((one) => one.locale === locale).length > (maxBehind ?? 0)),
  );
  return [
    ...missing.map((one) => problemOf(one, 'error', folder)),
    ...behind.map((one) => problemOf(one, tooMany.has(one.locale) ? 'error' : 'warning', folder)),
  ].toSorted(byPlace);
}

function problemOf(standing: Standing, severity: Problem['severity'], folder: OfflineFolder): Problem {
  const { path, locale, kind, state, behind } = standing;
  const { contentName } = folder.policy;
  const shown = (file: string): string => (contentName === '.' ? file : `${contentName}/${file}`);
  const language = languageOf(locale);
  const collection = folder.local.collections.find((one) => one.path === path);
  const place = {
    file: shown(kind === 'collection' ? fileOf(collection, path) : path),
    line: lineOf(standing, folder),
  };
  if (state === 'missing') {
    const [message, hint] =
      kind === 'collection'
        ? [
            `The collection has no ${language} name.`,
            `Add it under "translations" in ${shown(standing.file)}.`,
          ]
        : [`There is no ${language} translation.`, `Write ${shown(standing.file)}.`];
    return { severity, code: 'TRANSLATION_MISSING', place, message, hint };
  }
  const what = behind === null ? '' : ` ${changesIn(behind)}.`;
  const again = `"shelfmark translations ${shown(path)} --locale ${locale}" shows what changed`;
  return {
    severity,
    code: 'TRANSLATION_BEHIND',
    place,
    message: `The ${language} translation does not say this yet:${what}`,
    hint:
      kind === 'collection'
        ? `Translate it in ${shown(standing.file)}.`
        : `Translate it in ${shown(standing.file)}; ${again}.`,
  };
}

/** The first place of the source that is to be translated; 0 where nobody can tell. */
function lineOf({ path, behind }: Standing, { local, bodies, policy }: OfflineFolder): number {
  const [first] = behind?.blocks ?? [];
  if (first === undefined || (behind?.fields.length ?? 0) > 0) return behind === null ? 0 : 1;
  const source = local.articles.find((one) => one.path === path)?.locales.get(policy.defaultLocale);
  if (source === undefined) return 0;
  const block = bodies.local(source, policy.defaultLocale).blocks[first];
  return block === undefined ? 0 : block.line + source.bodyLine - 1;
}

const fileOf = (collection: LocalCollection | undefined, path: string): string => collection?.file ?? path;

/** What of a source has changed, in a few words. */
export function changesIn({
  fields,
  blocks,
  removed,
  words,
  since,
}: NonNullable<Standing['behind']>): string {
  const what = [
    ...fields.map((field) => `the ${field}`),
    ...(blocks.length === 0 ? [] : [counted(blocks.length, 'block')]),
    ...(removed === 0 ? [] : [`${counted(removed, 'block')} gone`]),
  ];
  return `${what.join(', ')} (${counted(words, 'word')})${since === null ? '' : `, since ${since}`}`;
}

/** How many translations are behind in each language, such as `3 French and 2 German translations`; null for none. */
export function countedByLanguage(standings: readonly Standing[]): string | null {
  const locales = [...new Set(standings.map((one) => one.locale))].toSorted(byText);
  if (locales.length === 0) return null;
  const parts = locales.map(
    (locale) => `${standings.filter((one) => one.locale === locale).length} ${languageOf(locale)}`,
  );
  const last = parts.at(-1) ?? '';
  const all = parts.length === 1 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`;
  return `${all} ${standings.length === 1 ? 'translation' : 'translations'}`;
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
