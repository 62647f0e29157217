import { collectionNames } from '../fields/collection-fields.ts';
import { each } from '../fields/each.ts';
import type { LocalArticle, LocalCollection, LocalCollectionFields, LocalContent } from '../model/entry.ts';
import { baseName, byText, joinPath, parentPath } from '../model/identity.ts';
import type { LocalPath } from '../model/identity.ts';
import type { Locale } from '../model/locale.ts';
import { byPlace, type Problem } from '../model/problem.ts';
import type { LocalSnapshot } from '../model/snapshot.ts';
import type { ArticleReading } from './article-text.ts';
import type { CollectionReading } from './collection-text.ts';
import { fileProblem, quoted } from './problems.ts';
import type { UnknownKey } from './keys.ts';
import type { ArticleFile, Classified } from './classify.ts';
import { meantLocale } from './locale-hint.ts';
import { articleName } from './names.ts';

export interface ReadArticleFile extends ArticleFile {
  readonly reading: ArticleReading;
}

export interface ReadCollectionFile {
  readonly folder: LocalPath;
  readonly file: LocalPath | null;
  /** Null for a folder without a `collection.yaml`. */
  readonly reading: CollectionReading | null;
}

interface Parts {
  readonly classified: Classified;
  readonly articles: readonly ReadArticleFile[];
  readonly collections: readonly ReadCollectionFile[];
  readonly defaultLocale: Locale;
  readonly shownAs: (path: string) => string;
  /** What git did not put into the folder: not here, and not gone. */
  readonly notHere: ReadonlySet<LocalPath>;
  /** What git ignores. */
  readonly ignored: ReadonlySet<LocalPath>;
  /** What git says that a person should know. */
  readonly problems: readonly Problem[];
}

/** Puts what was read together: the languages of an article, the entries of the folder, and what is wrong. */
export function assemble(parts: Parts): LocalSnapshot {
  const problems: Problem[] = [...parts.classified.problems, ...parts.problems];
  const unreadable = new Set([...parts.classified.unreadable, ...parts.notHere, ...parts.ignored]);
  const halves = stemsOf(parts.notHere);
  const groups = groupArticles(parts).map((group) => {
    const read = readGroup(group, parts);
    // Without one of its languages nobody can tell what the article says.
    return halves.has(`${group.folder}/${group.stem}`) ? { ...read, entry: null, problems: [] } : read;
  });
  const folders = parts.collections.map((found) => {
    const read = collectionOf(found);
    const file = joinPath(found.folder, 'collection.yaml');
    return parts.notHere.has(file) || parts.ignored.has(file) ? { ...read, entry: null } : read;
  });
  const pins = new Map([
    ...pinnedTwice(groups, 'article', parts),
    ...pinnedTwice(folders, 'collection', parts),
  ]);

  const kept = <Entry>(result: Result<Entry>): Entry[] => {
    const pin = pins.get(result.paths[0]);
    problems.push(...result.problems, ...(pin === undefined ? [] : [pin]));
    if (result.entry !== null && pin === undefined) return [result.entry];
    for (const path of result.paths) unreadable.add(path);
    return [];
  };
  const articles = groups.flatMap(kept).sort((left, right) => byText(left.path, right.path));
  const collections = folders.flatMap(kept).sort((left, right) => byText(left.path, right.path));
  problems.push(...unknownKeys(parts));
  return {
    articles,
    collections,
    problems: problems.sort(byPlace),
    unreadable,
    ...(parts.ignored.size === 0 ? {} : { ignored: parts.ignored }),
    assets: parts.classified.assets,
  };
}

/** The articles, by folder and stem, that some files belong to. */
function stemsOf(paths: ReadonlySet<LocalPath>): ReadonlySet<string> {
  return new Set(
    [...paths].flatMap((path) => {
      const name = articleName(baseName(path));
      return name === null ? [] : [`${parentPath(path)}/${name.stem}`];
    }),
  );
}

/** What became of one article or collection. */
interface Result<Entry> {
  /** Null where something is wrong with it. */
  readonly entry: Entry | null;
  /** What is unreadable then; the first is where a problem with its id is told. */
  readonly paths: readonly [LocalPath, ...LocalPath[]];
  readonly pin: { readonly id: string; readonly file: LocalPath; readonly line: number } | null;
  readonly problems: readonly Problem[];
}

/** All files of one article. */
interface Group {
  readonly folder: LocalPath;
  readonly stem: string;
  readonly files: ReadArticleFile[];
  /** Files whose names end in a locale that does not exist. */
  readonly strangers: ArticleFile[];
}

function groupArticles({ articles, classified }: Parts): readonly Group[] {
  const groups = new Map<string, Group>();
  const groupOf = (file: ArticleFile): Group => {
    const folder = parentPath(file.path);
    const key = `${folder}/${file.name.stem}`;
    const group = groups.get(key) ?? { folder, stem: file.name.stem, files: [], strangers: [] };
    groups.set(key, group);
    return group;
  };
  for (const file of articles) groupOf(file).files.push(file);
  for (const file of classified.articles)
    if (file.name.locale === 'unknown') groupOf(file).strangers.push(file);
  return [...groups.values()];
}

function readGroup(group: Group, parts: Parts): Result<LocalArticle> {
  const { defaultLocale, shownAs } = parts;
  const isDefault = ({ name }: ArticleFile): boolean => name.locale === null || name.locale === defaultLocale;
  const defaults = group.files.filter(isDefault);
  const [first] = defaults;
  const problems = group.strangers.map((file) => unknownLocale(file, parts));
  if (defaults.length > 1) problems.push(...defaults.map((file) => twice(file, defaultLocale, shownAs)));
  const named = joinPath(group.folder, `${group.stem}.md`);
  if (first === undefined && group.files.length > 0 && !parts.classified.unreadable.has(named)) {
    problems.push(...group.files.map((file) => withoutDefault(file, named, parts)));
  }
  const contents = new Map<Locale, LocalContent>();
  const pinned = first?.reading.ok === true ? first.reading.pinnedId : null;
  for (const { name, path, reading } of group.files) {
    if (!reading.ok) problems.push(...reading.problems);
    else {
      if (name.locale !== 'unknown') contents.set(name.locale ?? defaultLocale, reading.content);
      if (reading.pinnedId !== null && reading.pinnedId !== pinned && first !== undefined) {
        problems.push(otherId(path, reading.idLine, first.path, shownAs));
      }
    }
  }
  const order = ([left]: readonly [Locale, unknown], [right]: readonly [Locale, unknown]): number =>
    Number(right === defaultLocale) - Number(left === defaultLocale) || byText(left, right);
  const locales = new Map([...contents].sort(order));
  const all = [...group.files, ...group.strangers].map(({ path }) => path);
  const alone = group.files.length === 0;
  const { folder } = group;
  const line = first?.reading.ok === true ? first.reading.idLine : 0;
  return {
    entry:
      problems.length === 0 && first !== undefined
        ? { kind: 'article', path: first.path, folder, pinnedId: pinned, locales }
        : null,
    // The default file may be what is missing, and what the base knows.
    paths: [first?.path ?? all[0] ?? named, ...all, ...(alone ? [] : [named])],
    pin: pinned === null || first === undefined ? null : { id: pinned, file: first.path, line },
    problems,
  };
}

/**
 * A broken `collection.yaml` makes the collection unreadable, not what is in it: articles below stay in the
 * snapshot with the folder they are in.
 */
function collectionOf({ folder, file, reading }: ReadCollectionFile): Result<LocalCollection> {
  const paths: Result<LocalCollection>['paths'] = file === null ? [folder] : [folder, file];
  const place = { kind: 'collection', path: folder, folder: parentPath(folder), file } as const;
  if (reading === null) {
    const nothing = each<LocalCollectionFields>(collectionNames, () => null);
    const entry = { ...place, ...nothing, digest: null, pinnedId: null, translations: new Map() };
    return { entry, paths, pin: null, problems: [] };
  }
  if (!reading.ok) return { entry: null, paths, pin: null, problems: reading.problems };
  const { pinnedId } = reading.content;
  const pin = pinnedId === null || file === null ? null : { id: pinnedId, file, line: reading.idLine };
  return { entry: { ...place, ...reading.content }, paths, pin, problems: [] };
}

/** Problems with ids that several entries of a kind claim, by the first path of each entry. */
function pinnedTwice(
  results: readonly Result<unknown>[],
  kind: string,
  { shownAs }: Parts,
): ReadonlyMap<LocalPath, Problem> {
  const byId = new Map<string, Result<unknown>[]>();
  for (const result of results) {
    if (result.pin !== null) byId.set(result.pin.id, [...(byId.get(result.pin.id) ?? []), result]);
  }
  const problems = new Map<LocalPath, Problem>();
  for (const claims of byId.values()) {
    for (const { pin, paths } of claims.length > 1 ? claims : []) {
      const other = claims.find((claim) => claim.pin !== pin)?.pin ?? null;
      if (pin === null || other === null) continue;
      problems.set(paths[0], {
        severity: 'error',
        code: 'ID_TWICE',
        place: { file: shownAs(pin.file), line: pin.line },
        message: `The id ${pin.id} is also in ${quoted(shownAs(other.file))}, but two files cannot be one ${kind}.`,
        hint: 'Remove the line "id" from the file that is the copy.',
      });
    }
  }
  return problems;
}

function unknownLocale({ path, name }: ArticleFile, { defaultLocale, shownAs }: Parts): Problem {
  const suffix = 'suffix' in name ? name.suffix : '';
  const meant = meantLocale(suffix);
  const message = `The name ends in ".${suffix}", which is not a locale that Intercom knows.`;
  const rename = `rename it to ${name.stem}-${suffix}.md if this is a part of the name.`;
  const file = `${name.stem}.md`;
  const first =
    meant === null
      ? 'Use a locale such as fr or pt-BR, or'
      : meant === defaultLocale
        ? `The text in "${meant}" is in ${file}; remove this file, or`
        : `Did you mean "${meant}"? Else`;
  return fileProblem('UNKNOWN_LOCALE', shownAs(path), message, `${first} ${rename}`);
}

function twice({ path }: ArticleFile, locale: Locale, shownAs: (path: string) => string): Problem {
  const message = `Two files hold this article in "${locale}": one with and one without the locale in its name.`;
  return fileProblem('LOCALE_TWICE', shownAs(path), message, 'Remove one of the two files.');
}

function withoutDefault(
  { path, name }: ArticleFile,
  named: LocalPath,
  { defaultLocale, shownAs }: Parts,
): Problem {
  const message = `This is a translation ("${name.locale ?? ''}") of an article that has no file in "${defaultLocale}".`;
  return fileProblem('LOCALE_ALONE', shownAs(path), message, `Add ${quoted(baseName(named))} beside it.`);
}

function otherId(
  path: LocalPath,
  line: number,
  first: LocalPath,
  shownAs: (path: string) => string,
): Problem {
  return {
    severity: 'error',
    code: 'ID_DIFFERS',
    place: { file: shownAs(path), line },
    message: `The id is not the one of ${quoted(shownAs(first))}, though both files are one article.`,
    hint: `Keep the line "id" in ${quoted(baseName(first))} only.`,
  };
}

/**
 * Likely slips one by one. Other unknown keys once, however many files hold them, and those that one file brings up
 * together: front matter of another tool has many.
 */
function unknownKeys({ articles, collections }: Parts): readonly Problem[] {
  const readings = [...articles.map(({ reading }) => reading), ...collections.map(({ reading }) => reading)];
  const all = readings.flatMap((reading) => reading?.unknownKeys ?? []);
  const byKey = new Map<string, UnknownKey[]>();
  for (const found of all) {
    if (!found.likelyTypo) byKey.set(found.key, [...(byKey.get(found.key) ?? []), found]);
  }
  const byFile = new Map<string, UnknownKey[][]>();
  for (const places of byKey.values()) {
    const first = places[0]?.problem;
    if (first === undefined) continue;
    const sort = `${first.code} ${first.place.file}`;
    byFile.set(sort, [...(byFile.get(sort) ?? []), places]);
  }
  const others = [...byFile.values()].flatMap((keys) => keysTogether(keys) ?? []);
  return [...all.filter(({ likelyTypo }) => likelyTypo).map(({ problem }) => problem), ...others];
}

/** @param keys the places of each key, all of them first met in one file */
function keysTogether(keys: readonly (readonly UnknownKey[])[]): Problem | null {
  const [first, ...more] = keys.map((places) => places[0]);
  if (first === undefined) return null;
  const { problem } = first;
  const files = new Set(keys.flat().map((one) => one.problem.place.file)).size - 1;
  const also = files === 0 ? '' : ` (Also in ${files} other ${files === 1 ? 'file' : 'files'}.)`;
  if (more.length === 0) return { ...problem, message: problem.message + also };
  const names = keys.map(([one]) => quoted(one?.key ?? ''));
  const said = new Map<string, string[]>();
  for (const [one] of keys)
    if (one !== undefined) said.set(one.problem.hint, [...(said.get(one.problem.hint) ?? []), one.key]);
  return {
    ...problem,
    message: `The keys ${names.slice(0, -1).join(', ')} and ${names.at(-1)} are not known to Shelfmark. They are kept and not sent.${also}`,
    hint: [...said].map(([hint, about]) => `${about.join(', ')}: ${hint}`).join(' '),
  };
}
