/*
 * Worlds in few words: what the base, the folder and the help center hold, one label per entry. A label stands for
 * one remote id; in the folder an entry is known by its path only, as in life.
 */
import { foldName } from '../../src/local/names.ts';
import { slugOfTitle } from '../../src/local/slug.ts';
import { digestOf } from '../../src/local/text-file.ts';
import type { Base, BaseArticle, BaseEntry } from '../../src/model/base.ts';
import type {
  CollectionTexts,
  LocalArticle,
  LocalCollection,
  LocalContent,
  PublishState,
  RemoteArticle,
  RemoteCollection,
  RemoteContent,
} from '../../src/model/entry.ts';
import { contentRoot, joinPath, localPath, remoteId } from '../../src/model/identity.ts';
import type { LocalPath, RemoteId } from '../../src/model/identity.ts';
import type { Locale } from '../../src/model/locale.ts';
import type { Direction } from '../../src/model/plan.ts';
import type { LocalSnapshot, RemoteSnapshot } from '../../src/model/snapshot.ts';
import { openBodies } from '../../src/plan/links/bodies.ts';
import { baseDirectory } from '../../src/plan/links/directory.ts';
import type { Authors } from '../../src/fields/reading.ts';
import type { PlanInput, Policy } from '../../src/plan/terms/input.ts';
import { agreedArticle, agreedCollection } from '../../src/plan/compare/rows.ts';
import { freshContent } from '../../src/simulator/state/fresh.ts';
import { defaultSwitches, type Switches } from '../../src/simulator/state/switches.ts';
import { usualPolicy } from './inner-world.ts';

export interface ArticleSpec {
  readonly kind: 'article';
  /** The label of its collection; missing for the top. */
  readonly in?: string;
  /** In the help center: further collections that hold it. */
  readonly alsoIn?: readonly string[];
  /** The name of its file without `.md`; by default the label. */
  readonly file?: string;
  readonly title?: string;
  /** Paragraphs, one per line. */
  readonly text?: string;
  readonly description?: string;
  /** Null: the file does not say. */
  readonly state?: PublishState | null;
  /** An e-mail address; null: the file does not say, and in the help center it is the first admin. */
  readonly author?: string | null;
  /** The label whose id the file pins, or digits. */
  readonly pin?: string;
  /** The same article in French. */
  readonly fr?: Pick<ArticleSpec, 'title' | 'text' | 'state'>;
  /** In the base: its file is gone and the help center was told so. */
  readonly gone?: boolean;
}

export interface CollectionSpec {
  readonly kind: 'collection';
  readonly in?: string;
  /** The name of its folder; by default the label. */
  readonly folder?: string;
  /** Null: the folder has no `collection.yaml`. */
  readonly name?: string | null;
  readonly description?: string;
  readonly icon?: string;
  readonly pin?: string;
  readonly fr?: CollectionTexts;
  readonly gone?: boolean;
}

/** What one side holds, by label. */
export type SideSpec = Readonly<Record<string, ArticleSpec | CollectionSpec>>;

export interface WorldSpec {
  readonly base?: SideSpec;
  readonly local?: SideSpec;
  readonly remote?: SideSpec;
  readonly policy?: Partial<Policy>;
  /** Labels of local entries whose files cannot be read. */
  readonly unreadable?: readonly string[];
  /** Further files of the folder as they stand, by path; only where the world is opened as a scene. */
  readonly files?: Readonly<Record<string, string>>;
  /** Only where the world is opened as a scene. */
  readonly switches?: Partial<Switches>;
  /** What the lock is pinned to; by default the workspace of the simulator. */
  readonly pinned?: Partial<NonNullable<Base['pinned']>>;
}

export const article = (spec: Omit<ArticleSpec, 'kind'> = {}): ArticleSpec => ({ kind: 'article', ...spec });
export const collection = (spec: Omit<CollectionSpec, 'kind'> = {}): CollectionSpec => ({
  kind: 'collection',
  ...spec,
});

/** The workspace that the simulator makes of its first seed, as long as nothing stands in it. */
export const fresh = freshContent({
  seed: 1,
  switches: defaultSwitches,
  defaultLocale: 'en',
  now: 1_700_000_000,
});
const workspaceId = fresh.settings.workspace.id;
const helpCenterId = remoteId('2210001');
const site = 'http://simulator.test/help';
const admins: ReadonlyMap<string, RemoteId> = new Map([
  ['docs@example.com', remoteId('7310001')],
  ['support@example.com', remoteId('7310002')],
  ['editor@example.com', remoteId('7310003')],
]);

/** A world as snapshots, for the planner alone. */
export function inputOf(world: WorldSpec, direction: Direction = 'sync'): PlanInput {
  const { local = {}, remote = {}, policy = {} } = world;
  return {
    direction,
    base: baseOfSpec(world),
    local: localOfSpec(local, world),
    remote: remoteOfSpec(remote, world),
    policy: { ...usualPolicy, ...policy },
    authors,
    names: { slugOf: slugOfTitle, foldOf: foldName },
    assetDigests: new Map(),
  };
}

/** The id that a label stands for. */
export function idOfLabel(label: string, world: WorldSpec): RemoteId {
  const labels = labelsOf(world);
  const index = labels.indexOf(label);
  if (index === -1) throw new RangeError(`No entry is called ${label}`);
  return remoteId(String(10_001 + index));
}

/** The label that an id stands for; undefined for an id that came about later. */
export function labelOfId(id: string | null, world: WorldSpec): string | undefined {
  return id === null ? undefined : labelsOf(world)[Number(id) - 10_001];
}

export function labelsOf({ base = {}, local = {}, remote = {} }: WorldSpec): readonly string[] {
  return [...new Set([...Object.keys(base), ...Object.keys(local), ...Object.keys(remote)])].toSorted();
}

/** Where an entry of one side stands in the folder, or would stand. */
export function pathOfLabel(label: string, side: SideSpec): LocalPath {
  const spec = side[label];
  if (spec === undefined) throw new RangeError(`No entry is called ${label}`);
  const folder = spec.in === undefined ? contentRoot : pathOfLabel(spec.in, side);
  return joinPath(folder, spec.kind === 'article' ? `${spec.file ?? label}.md` : (spec.folder ?? label));
}

/** The files of the folder, by path. */
export function filesOfSpec(world: WorldSpec): Readonly<Record<string, string>> {
  const side = world.local ?? {};
  const files: Record<string, string> = { ...world.files };
  for (const [label, spec] of Object.entries(side)) {
    const path = pathOfLabel(label, side);
    if (world.unreadable?.includes(label) === true)
      files[spec.kind === 'article' ? path : `${path}/collection.yaml`] = '---\ntitle: "\n---\n';
    else if (spec.kind === 'article') {
      for (const [locale, text] of textsOfArticle(label, spec, world)) files[fileOf(path, locale)] = text;
    } else {
      const text = textOfCollection(label, spec, world);
      if (text !== null) files[`${path}/collection.yaml`] = text;
    }
  }
  return files;
}

const authors: Authors = {
  idOf: (text) => admins.get(text) ?? [...admins.values()].find((id) => id === text) ?? null,
  textOf: (id) => [...admins].find(([, other]) => other === id)?.[0] ?? id,
};

function localOfSpec(side: SideSpec, world: WorldSpec): LocalSnapshot {
  const articles: LocalArticle[] = [];
  const collections: LocalCollection[] = [];
  const unreadable = new Set<LocalPath>();
  for (const [label, spec] of Object.entries(side)) {
    const path = pathOfLabel(label, side);
    const folder = spec.in === undefined ? contentRoot : pathOfLabel(spec.in, side);
    if (world.unreadable?.includes(label) === true) {
      unreadable.add(path);
      continue;
    }
    const pinnedId = pinOf(spec.pin, world);
    if (spec.kind === 'article') {
      const locales = new Map<Locale, LocalContent>(
        [...textsOfArticle(label, spec, world)].map(([locale, text]) => [
          locale,
          localContent(label, spec, locale, fileOf(path, locale), text),
        ]),
      );
      articles.push({ kind: 'article', path, folder, pinnedId, locales });
      continue;
    }
    const text = textOfCollection(label, spec, world);
    const says = text !== null;
    collections.push({
      kind: 'collection',
      path,
      folder,
      pinnedId,
      file: says ? joinPath(path, 'collection.yaml') : null,
      digest: says ? digestOf(new TextEncoder().encode(text)) : null,
      name: says && spec.name !== null ? (spec.name ?? label) : null,
      description: spec.description ?? null,
      icon: spec.icon ?? null,
      translations: new Map<Locale, CollectionTexts>(spec.fr === undefined ? [] : [['fr', spec.fr]]),
    });
  }
  return { articles, collections, problems: [], unreadable, assets: new Set() };
}

function remoteOfSpec(side: SideSpec, world: WorldSpec): RemoteSnapshot {
  const articles: RemoteArticle[] = [];
  const collections: RemoteCollection[] = [];
  for (const [label, spec] of Object.entries(side)) {
    if (spec.kind === 'article') articles.push(remoteArticle(label, spec, world));
    else collections.push(remoteCollection(label, spec, world));
  }
  return {
    workspace: workspaceId,
    helpCenter: helpCenterId,
    sites: [site],
    defaultLocale: 'en',
    articles,
    collections,
    problems: [],
  };
}

function baseOfSpec(world: WorldSpec): Base {
  const side = world.base ?? {};
  const local = localOfSpec(side, { ...world, unreadable: [] });
  const remote = remoteOfSpec(side, world);
  const pinned =
    world.base === undefined
      ? null
      : { workspace: workspaceId, helpCenter: helpCenterId, defaultLocale: 'en' as const, ...world.pinned };
  const known: Base = { pinned, entries: [], images: [] };
  const directory = baseDirectory({ base: known, local, assetDigests: new Map() });
  const bodies = openBodies({ directory, sites: [site], assetBaseUrl: null });
  const localOfPath = new Map([...local.articles, ...local.collections].map((one) => [one.path, one]));
  const remoteOfId = new Map([...remote.articles, ...remote.collections].map((one) => [one.id, one]));
  const entries = Object.entries(side).map(([label, spec]): BaseEntry => {
    const here = localOfPath.get(pathOfLabel(label, side));
    const there = remoteOfId.get(idOfLabel(label, world));
    const parent = spec.in === undefined ? null : idOfLabel(spec.in, world);
    if (here?.kind === 'collection' && there?.kind === 'collection')
      return { ...agreedCollection(here, there, parent), gone: spec.gone ?? false };
    if (here?.kind !== 'article' || there?.kind !== 'article') throw new RangeError(label);
    const row = agreedArticle(null, here, there, parent, { bodies, authors });
    return spec.gone === true ? goneRow(row) : row;
  });
  return { pinned, entries, images: [] };
}

/** As the engine leaves it after it told the help center: a draft there, and what it was is remembered. */
function goneRow(row: BaseArticle): BaseArticle {
  const locales = [...row.locales].map(
    ([locale, content]) =>
      [
        locale,
        { ...content, state: { local: content.state.local, remote: 'draft' as const }, gone: true },
      ] as const,
  );
  return { ...row, locales: new Map(locales) };
}

function localContent(
  label: string,
  spec: ArticleSpec,
  locale: Locale,
  file: LocalPath,
  text: string,
): LocalContent {
  const own = inLocale(label, spec, locale);
  const body = text.slice(text.indexOf('\n---\n') + 5).replace(/^\n/, '');
  return {
    file,
    title: own.title,
    description: locale === 'en' ? (spec.description ?? '') : '',
    state: own.state,
    author: spec.author ?? null,
    body,
    bodyLine: text.slice(0, text.length - body.length).split('\n').length,
    digest: digestOf(new TextEncoder().encode(text)),
  };
}

function remoteArticle(label: string, spec: ArticleSpec, world: WorldSpec): RemoteArticle {
  const parents = [...(spec.in === undefined ? [] : [spec.in]), ...(spec.alsoIn ?? [])];
  const locales = new Map<Locale, RemoteContent>();
  for (const locale of localesOf(spec)) {
    const own = inLocale(label, spec, locale);
    locales.set(locale, {
      title: own.title,
      description: locale === 'en' ? (spec.description ?? '') : '',
      state: own.state ?? 'published',
      author: admins.get(spec.author ?? 'docs@example.com') ?? null,
      body: htmlOf(own.text),
    });
  }
  return {
    kind: 'article',
    id: idOfLabel(label, world),
    parents: parents.map((one) => idOfLabel(one, world)),
    url: null,
    updatedAt: 1_700_000_000,
    locales,
  };
}

function remoteCollection(label: string, spec: CollectionSpec, world: WorldSpec): RemoteCollection {
  return {
    kind: 'collection',
    id: idOfLabel(label, world),
    parent: spec.in === undefined ? null : idOfLabel(spec.in, world),
    name: spec.name ?? label,
    description: spec.description ?? '',
    icon: spec.icon ?? 'book-bookmark',
    updatedAt: 1_700_000_000,
    translations: new Map<Locale, CollectionTexts>(spec.fr === undefined ? [] : [['fr', spec.fr]]),
  };
}

const localesOf = (spec: ArticleSpec): readonly Locale[] => (spec.fr === undefined ? ['en'] : ['en', 'fr']);

/** Every text stands once in a world, unless a test says otherwise. */
function inLocale(
  label: string,
  spec: ArticleSpec,
  locale: Locale,
): { readonly title: string; readonly text: string; readonly state: PublishState | null } {
  const own = locale === 'en' ? spec : (spec.fr ?? {});
  const suffix = locale === 'en' ? '' : ` (${locale})`;
  return {
    title: own.title ?? `${label}${suffix}`,
    text:
      own.text ?? `First of ${label}${suffix}.\nSecond of ${label}${suffix}.\nThird of ${label}${suffix}.`,
    state: own.state === undefined ? 'published' : own.state,
  };
}

function textsOfArticle(label: string, spec: ArticleSpec, world: WorldSpec): ReadonlyMap<Locale, string> {
  const texts = new Map<Locale, string>();
  for (const locale of localesOf(spec)) {
    const own = inLocale(label, spec, locale);
    const pin = locale === 'en' ? pinOf(spec.pin, world) : null;
    const lines = [
      `title: ${JSON.stringify(own.title)}`,
      ...(locale === 'en' && spec.description !== undefined
        ? [`description: ${JSON.stringify(spec.description)}`]
        : []),
      ...(own.state === null ? [] : [`state: ${own.state}`]),
      ...(spec.author === undefined || spec.author === null ? [] : [`author: ${spec.author}`]),
      ...(pin === null ? [] : [`id: ${pin}`]),
    ];
    texts.set(locale, `---\n${lines.join('\n')}\n---\n\n${own.text.split('\n').join('\n\n')}\n`);
  }
  return texts;
}

function textOfCollection(label: string, spec: CollectionSpec, world: WorldSpec): string | null {
  if (spec.name === null) return null;
  const pin = pinOf(spec.pin, world);
  const lines = [
    `name: ${JSON.stringify(spec.name ?? label)}`,
    ...(spec.description === undefined ? [] : [`description: ${JSON.stringify(spec.description)}`]),
    ...(spec.icon === undefined ? [] : [`icon: ${spec.icon}`]),
    ...(pin === null ? [] : [`id: ${pin}`]),
    ...(spec.fr === undefined
      ? []
      : [
          'translations:',
          '  fr:',
          `    name: ${JSON.stringify(spec.fr.name)}`,
          `    description: ${JSON.stringify(spec.fr.description)}`,
        ]),
  ];
  return `${lines.join('\n')}\n`;
}

const htmlOf = (text: string): string =>
  text === ''
    ? ''
    : text
        .split('\n')
        .map((paragraph) => `<p class="no-margin">${paragraph}</p>`)
        .join('');

const fileOf = (path: LocalPath, locale: Locale): LocalPath =>
  locale === 'en' ? path : localPath(path.replace(/\.md$/, `.${locale}.md`));

function pinOf(pin: string | undefined, world: WorldSpec): RemoteId | null {
  if (pin === undefined) return null;
  return /^\d+$/.test(pin) ? remoteId(pin) : idOfLabel(pin, world);
}
