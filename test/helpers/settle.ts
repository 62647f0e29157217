/* Carries plans out for real: a world of few words becomes a workspace, a folder and a lock, inside this process. */
import { printBase } from '../../src/base/codec.ts';
import type { RemoteArticle, RemoteCollection } from '../../src/model/entry.ts';
import type { Direction } from '../../src/model/plan.ts';
import type { Article, ArticleContent, Collection } from '../../src/simulator/state/entities.ts';
import { openInnerWorld, type Folder, type InnerWorld, type Run } from './inner-world.ts';
import { MemoryFiles } from './memory-files.ts';
import { filesOfSpec, fresh, inputOf, type WorldSpec } from './worlds.ts';

export interface Scene {
  readonly inner: InnerWorld;
  readonly folder: Folder;
}

/** The world as it would be found: files on a disk, a lock beside them, entries in a workspace. */
export function openScene(world: WorldSpec): Scene {
  const { base, local, remote, policy } = inputOf({ ...world, unreadable: [] });
  const switches = { ...fresh.settings.switches, ...world.switches };
  const inner = openInnerWorld({
    content: {
      ...fresh,
      settings: { ...fresh.settings, switches },
      articles: remote.articles.map(storedArticle),
      collections: remote.collections.map(storedCollection),
    },
  });
  const files = new MemoryFiles();
  files.putFolder('/project/content');
  // A folder without a file of its own exists all the same.
  for (const one of local.collections) files.putFolder(`/project/content/${one.path}`);
  for (const [path, text] of Object.entries(filesOfSpec(world))) files.put(`/project/content/${path}`, text);
  if (world.base !== undefined) files.put('/project/sync.lock.json', printBase(base));
  return { inner, folder: inner.openFolder({ files, policy }) };
}

export interface Settled {
  readonly runs: readonly Run[];
  /** The first run that had nothing to do, counted from 1; null where there was none. */
  readonly rounds: number | null;
}

/** Runs again and again until nothing is left to be done and the lock stands still. */
export async function settle(scene: Scene, direction: Direction = 'sync', most = 4): Promise<Settled> {
  const runs: Run[] = [];
  for (let round = 1; round <= most; round += 1) {
    const run = await scene.folder.run(direction);
    runs.push(run);
    if (run.plan.operations.length === 0 && run.plan.baseEdits.length === 0) return { runs, rounds: round };
    if (run.outcomes === null) break;
  }
  return { runs, rounds: null };
}

/** Everything that both sides and the lock hold, for comparing before and after. */
export function stateOf({ inner, folder }: Scene): {
  readonly files: Readonly<Record<string, string>>;
  readonly workspace: unknown;
  readonly lock: string;
} {
  const { articles, collections } = inner.workspace.content();
  return {
    files: folder.texts(),
    workspace: { articles, collections },
    lock: folder.memory.texts('/project')['/project/sync.lock.json'] ?? '',
  };
}

function storedArticle(one: RemoteArticle, index: number): Article {
  const contents: Record<string, ArticleContent> = {};
  for (const [locale, content] of one.locales) {
    contents[locale] = {
      id: 11_000_000 + index * 50 + Object.keys(contents).length,
      title: content.title,
      description: content.description,
      body: content.body,
      state: content.state,
      authorId: Number(content.author ?? 7_310_001),
      createdAt: one.updatedAt,
      updatedAt: one.updatedAt,
      draft: null,
    };
  }
  return {
    id: Number(one.id),
    parentIds: one.parents.map(Number),
    defaultLocale: 'en',
    contents,
    views: 0,
  };
}

function storedCollection(one: RemoteCollection, index: number): Collection {
  const texts: Collection['texts'] = {
    en: { name: one.name, description: one.description },
    ...Object.fromEntries(one.translations),
  };
  return {
    id: Number(one.id),
    helpCenterId: Number(fresh.settings.helpCenters[0]?.id),
    parentId: one.parent === null ? null : Number(one.parent),
    order: index + 1,
    icon: one.icon ?? 'book-bookmark',
    texts,
    createdAt: one.updatedAt,
    updatedAt: one.updatedAt,
  };
}
