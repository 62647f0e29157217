/* How each translation of the folder stands to the default locale: missing, behind, fresh, or unknown. */
import { countWords, plainProse, signsIn, unknownProse } from '../markup/meaning/prose.ts';
import type { BaseArticle, BaseCollection, Translated } from '../model/base.ts';
import type { LocalArticle, LocalCollection, LocalContent } from '../model/entry.ts';
import { byText, joinPath, type LocalPath } from '../model/identity.ts';
import type { Locale } from '../model/locale.ts';
import type { LocalSnapshot } from '../model/snapshot.ts';
import { isBehind, sourceChanges } from '../plan/compare/behind.ts';
import { agreedSigns, articleSigns, textSigns } from '../plan/compare/remember-source.ts';
import { checkedText } from '../plan/links/checked-text.ts';
import type { OfflineFolder } from '../plan/offline-folder.ts';
import { fileOfLocale } from '../plan/terms/locale-file.ts';
import type { Behind, FromHistory, Standing } from './terms.ts';

export interface StandingsInput {
  readonly folder: OfflineFolder;
  /** Languages that are wanted beside those that the folder has. */
  readonly wanted: readonly Locale[];
  /** By the file of the translation. */
  readonly history: ReadonlyMap<LocalPath, FromHistory>;
}

/** The languages of a folder but for its default one. */
export function localesOf(
  { articles, collections }: LocalSnapshot,
  defaultLocale: Locale,
): readonly Locale[] {
  const found = new Set<Locale>();
  for (const one of articles) for (const locale of one.locales.keys()) found.add(locale);
  for (const one of collections) for (const locale of one.translations.keys()) found.add(locale);
  found.delete(defaultLocale);
  return [...found].toSorted(byText);
}

/** How each language of each entry stands, in the order of paths and languages. */
export function standingsOf(input: StandingsInput): readonly Standing[] {
  const { folder, wanted } = input;
  const { local, pairing } = folder;
  const { defaultLocale } = folder.policy;
  const locales = [...new Set([...localesOf(local, defaultLocale), ...wanted])].toSorted(byText);
  const articles = new Map(pairing.articles.map((one) => [one.local, one.base]));
  const collections = new Map(pairing.collections.map((one) => [one.local, one.base]));
  const found = [
    ...local.articles.flatMap((one) => ofArticle(one, articles.get(one) ?? null, locales, input)),
    ...local.collections.flatMap((one) => ofCollection(one, collections.get(one) ?? null, locales)),
  ];
  return found.toSorted((left, right) => byText(left.path, right.path) || byText(left.locale, right.locale));
}

/** Translations about which the lock file says nothing, so that git may be asked; `now` is what their source says. */
export function unknownToLock(
  { pairing, bodies }: Pick<OfflineFolder, 'pairing' | 'bodies'>,
  defaultLocale: Locale,
): readonly { readonly source: LocalPath; readonly text: LocalPath; readonly now: string }[] {
  return pairing.articles.flatMap(({ local, base }) => {
    const source = local?.locales.get(defaultLocale);
    if (local === null || source === undefined) return [];
    return [...local.locales].flatMap(([locale, text]) => {
      if (locale === defaultLocale || base?.locales.get(locale)?.translated !== undefined) return [];
      return [{ source: source.file, text: text.file, now: articleSigns(source, defaultLocale, bodies) }];
    });
  });
}

function ofArticle(
  article: LocalArticle,
  row: BaseArticle | null,
  locales: readonly Locale[],
  input: StandingsInput,
): readonly Standing[] {
  const { bodies, policy } = input.folder;
  const { defaultLocale } = policy;
  const source = article.locales.get(defaultLocale);
  if (source === undefined) return [];
  const { prose } = checkedText(source, defaultLocale, bodies);
  const own = wordsOf(source);
  const words = own.title + own.description + sum(prose.words);
  if (words === 0) return [];
  const now = articleSigns(source, defaultLocale, bodies);
  const behind = (was: string, since: string | null): Behind => {
    const changes = sourceChanges(was, now);
    const fields = (['title', 'description'] as const).filter((name) => changes[name]);
    return {
      fields,
      blocks: changes.blocks.map((at) => prose.blocks[at] ?? 0),
      removed: changes.removed,
      words: sum(changes.blocks.map((at) => prose.words[at] ?? 0)) + sum(fields.map((name) => own[name])),
      since,
    };
  };
  const former = (): string | null => {
    const agreed = row?.locales.get(defaultLocale);
    return agreed === undefined ? null : agreedSigns(source, agreed, defaultLocale, bodies);
  };
  // Nobody translates what readers do not see yet.
  const needed = source.state === 'draft' ? locales.filter((one) => article.locales.has(one)) : locales;
  return needed.map((locale): Standing => {
    const text = article.locales.get(locale);
    const place = {
      kind: 'article' as const,
      path: article.path,
      locale,
      file: text?.file ?? fileOfLocale(article.path, locale, defaultLocale),
      words,
    };
    if (text === undefined) return { ...place, ...missing };
    const known = row?.locales.get(locale);
    const judged = judge({
      translated: known?.translated ?? null,
      isSent: known !== undefined,
      isEntrySent: row !== null,
      own: () => articleSigns(text, locale, bodies),
      now,
      former,
      history: input.history.get(text.file) ?? null,
    });
    const { since, ...rest } = judged;
    return { ...place, ...rest, behind: rest.was === null ? null : behind(rest.was, since) };
  });
}

function ofCollection(
  collection: LocalCollection,
  row: BaseCollection | null,
  locales: readonly Locale[],
): readonly Standing[] {
  const texts = {
    name: collection.name ?? row?.name.local ?? '',
    description: collection.description ?? row?.description.local ?? '',
  };
  const own = {
    name: countWords(plainProse(texts.name)),
    description: countWords(plainProse(texts.description)),
  };
  const words = own.name + own.description;
  if (words === 0) return [];
  const now = textSigns(texts);
  return locales.map((locale): Standing => {
    const text = collection.translations.get(locale);
    const place = {
      kind: 'collection' as const,
      path: collection.path,
      locale,
      file: collection.file ?? joinPath(collection.path, 'collection.yaml'),
      words,
    };
    if (text === undefined) return { ...place, ...missing };
    const judged = judge({
      translated: row?.translated?.get(locale) ?? null,
      isSent: row?.translations.has(locale) === true,
      isEntrySent: row !== null,
      own: () => textSigns(text),
      now,
      former: () =>
        row === null ? null : textSigns({ name: row.name.local, description: row.description.local }),
      history: null,
    });
    const { since, ...rest } = judged;
    if (rest.was === null) return { ...place, ...rest, behind: null };
    const changes = sourceChanges(rest.was, now);
    const fields = [
      ...(changes.title ? (['name'] as const) : []),
      ...(changes.description ? (['description'] as const) : []),
    ];
    const behind = { fields, blocks: [], removed: 0, words: sum(fields.map((name) => own[name])), since };
    return { ...place, ...rest, behind };
  });
}

interface Case {
  readonly translated: Translated | null;
  /** Whether the help center has this translation, and its entry at all, as far as the lock file knows. */
  readonly isSent: boolean;
  readonly isEntrySent: boolean;
  readonly own: () => string;
  /** What the default locale says, and what of that both sides agreed on last. */
  readonly now: string;
  readonly former: () => string | null;
  readonly history: FromHistory | null;
}

const missing = { state: 'missing', behind: null, was: null, by: null } as const;

interface Judged extends Pick<Standing, 'state' | 'by' | 'was'> {
  readonly since: string | null;
}

function judge({ translated, isSent, isEntrySent, own, now, former, history }: Case): Judged {
  const since = (was: string | null, by: Standing['by'], day: string | null): Judged => {
    if (was === null) return { state: 'unknown', by: null, was: null, since: null };
    return isBehind(was, now)
      ? { state: 'behind', by, was, since: day }
      : { state: 'fresh', by, was: null, since: null };
  };
  if (translated !== null && !isSameSigns(translated.own, own())) return since(now, 'edit', null);
  if (translated !== null) return since(translated.source, 'lock', translated.since ?? null);
  if (history !== null) return since(history.source, 'git', history.since);
  // A new translation of what is known: somebody has just written it.
  if (!isSent && isEntrySent) return since(now, 'edit', null);
  // Of what was never noted, what has changed since the last sync is known all the same.
  const was = isSent ? former() : null;
  return since(was !== null && isBehind(was, now) ? was : null, 'lock', null);
}

/** Whether two texts say the same, as far as that is known of both. */
function isSameSigns(left: string, right: string): boolean {
  if (left === right) return true;
  const [one, other] = [signsIn(left), signsIn(right)];
  return (
    one.length === other.length &&
    one.every((sign, at) => sign === other[at] || sign === unknownProse || other[at] === unknownProse)
  );
}

const wordsOf = ({
  title,
  description,
}: LocalContent): { readonly title: number; readonly description: number } => ({
  title: countWords(plainProse(title)),
  description: countWords(plainProse(description)),
});

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);
