/* The way of texts through a translator: out as units, and back as steps for the folder. */
import type { LocalArticle, LocalCollection } from '../../model/entry.ts';
import type { Locale } from '../../model/locale.ts';
import type { FileStep } from '../../model/plan.ts';
import type { OfflineFolder } from '../../plan/offline-folder.ts';
import type { Standing } from '../terms.ts';
import type { ExchangeFile } from './file.ts';
import { acceptUnits, bodyOf, type Returned, type Translation } from './put-back.ts';
import { taggedOf } from './tagged.ts';
import { articleUnits, collectionUnits, type EntryUnits } from './units.ts';

/** What of these is missing or behind, for a translator. */
export function exchangeFile(
  standings: readonly Standing[],
  locale: Locale,
  folder: OfflineFolder,
): ExchangeFile {
  const entries = standings.flatMap((standing) => {
    const found = unitsOf(standing, folder);
    if (found === null || found.units.length === 0) return [];
    const units = found.units.map(({ id, source, notes }) => ({
      id,
      source: taggedOf(source),
      target: '',
      notes,
    }));
    return [{ path: standing.path, units }];
  });
  return { source: folder.policy.defaultLocale, locale, entries };
}

function unitsOf(standing: Standing, { local, bodies, policy }: OfflineFolder): EntryUnits | null {
  if (standing.kind === 'collection') {
    const collection = local.collections.find((one) => one.path === standing.path);
    return collection === undefined ? null : collectionUnits(standing, collection);
  }
  const article = local.articles.find((one) => one.path === standing.path);
  return article === undefined ? null : articleUnits(standing, article, bodies, policy.defaultLocale);
}

/** What an import does with one entry. */
export type Incoming =
  | {
      readonly path: string;
      readonly standing: Standing;
      readonly step: FileStep;
      readonly units: number;
    }
  | { readonly path: string; readonly why: string };

/** What becomes of each entry of a file that came back, in its order. */
export function incomingOf(
  file: ExchangeFile,
  standings: readonly Standing[],
  folder: OfflineFolder,
): readonly Incoming[] {
  return file.entries.map(({ path, units }): Incoming => {
    const standing = standings.find((one) => one.path === path && one.locale === file.locale);
    if (standing === undefined) return { path, why: 'there is no such entry any more' };
    const found = unitsOf(standing, folder);
    if (found === null) return { path, why: 'there is no such entry any more' };
    if (standing.state === 'fresh' || standing.state === 'unknown')
      return { path, why: 'nothing of it is missing or behind any more' };
    const returned = new Map<string, Returned>(units.map((one) => [one.id, one]));
    const accepted = acceptUnits(found, returned);
    if (!accepted.ok) return { path, why: accepted.why };
    const step = stepOf(found, accepted.translation, folder);
    return 'why' in step ? { path, why: step.why } : { path, standing, step, units: found.units.length };
  });
}

function stepOf(
  found: EntryUnits,
  translation: Translation,
  folder: OfflineFolder,
): FileStep | { readonly why: string } {
  const { standing } = found;
  const { local } = folder;
  const article = local.articles.find((one) => one.path === standing.path);
  if (standing.kind === 'article' && article !== undefined)
    return articleStep(found, translation, article, folder);
  const collection = local.collections.find((one) => one.path === standing.path);
  return collection === undefined
    ? { why: 'there is no such entry any more' }
    : collectionStep(standing, translation, collection);
}

function articleStep(
  found: EntryUnits,
  translation: Translation,
  { locales }: LocalArticle,
  { bodies, policy }: OfflineFolder,
): FileStep | { readonly why: string } {
  const { standing, matched, blocks } = found;
  const { locale } = standing;
  const source = locales.get(policy.defaultLocale);
  const text = locales.get(locale) ?? null;
  if (source === undefined) return { why: 'there is no such entry any more' };
  const { fields } = translation;
  const isSame = blocks.size === 0 && matched !== null && (standing.behind?.removed ?? 0) === 0;
  const texts = { source, text, locale, defaultLocale: policy.defaultLocale };
  const made = isSame ? null : bodyOf(found, translation, texts, bodies);
  if (made !== null && !made.ok) return { why: made.why };
  if (text !== null) {
    const body = made === null ? {} : { body: made.body };
    return { step: 'edit-article', path: standing.file, digest: text.digest, edit: { ...fields, ...body } };
  }
  return {
    step: 'create-article',
    path: standing.file,
    content: {
      title: fields['title'] ?? source.title,
      description: fields['description'] ?? '',
      author: null,
      state: source.state,
      body: made === null ? '' : made.body,
    },
  };
}

function collectionStep(
  { locale, file }: Standing,
  { fields }: Translation,
  collection: LocalCollection,
): FileStep | { readonly why: string } {
  if (collection.digest === null || collection.file === null)
    return { why: 'its folder has no collection.yaml for the translation; add one with its name' };
  return {
    step: 'edit-collection',
    path: file,
    digest: collection.digest,
    edit: { translations: { [locale]: fields } },
  };
}
