import type { SiteLook } from '../../look/site-look.ts';
import type { Chance } from '../../ports/chance.ts';
import { numberAt } from './chance.ts';
import type {
  Article,
  Change,
  Collection,
  Counters,
  HelpCenter,
  Seconds,
  Settings,
  StoredImage,
} from './entities.ts';

/** Everything that a workspace holds; what the state file keeps. */
export interface WorldContent {
  readonly settings: Settings;
  readonly counters: Counters;
  readonly collections: readonly Collection[];
  readonly articles: readonly Article[];
  readonly images: readonly StoredImage[];
}

/** One write that lists may not show yet. */
export interface Superseded<Entity> {
  readonly at: number;
  readonly id: number;
  readonly before: Entity | null;
}

/** As long as a list may lag behind, in milliseconds. */
const longestLag = 3_600_000;

/**
 * A workspace in memory. It does no I/O: time is handed in, chance follows from the seed, and whoever wants to
 * keep it takes the changes after each step.
 *
 * Entities are never altered, only replaced, so that what was handed out stays as it was.
 */
export class World {
  /** Where the API and the public pages are; addresses in answers begin with it. */
  origin = { api: 'http://simulator.test', site: 'http://simulator.test' };
  /** How the default help center presents itself; null: as it is called, in the usual colour. */
  look: SiteLook | null = null;
  /** Grows with every change. */
  revision = 0;
  readonly #time: () => number;
  #settings: Settings;
  #counters: Counters;
  readonly #collections: Map<number, Collection>;
  readonly #articles: Map<number, Article>;
  readonly #images: Map<string, StoredImage>;
  readonly #imagesBySource: Map<string, StoredImage>;
  readonly #superseded = { article: [] as Superseded<Article>[], collection: [] as Superseded<Collection>[] };
  #changes: Change[] = [];

  /** `time` gives milliseconds since 1970. */
  constructor(content: WorldContent, time: () => number) {
    this.#time = time;
    this.#settings = content.settings;
    this.#counters = content.counters;
    this.#collections = new Map(content.collections.map((one) => [one.id, one]));
    this.#articles = new Map(content.articles.map((one) => [one.id, one]));
    this.#images = new Map(content.images.map((one) => [one.path, one]));
    this.#imagesBySource = new Map(content.images.map((one) => [one.source, one]));
  }

  get settings(): Settings {
    return this.#settings;
  }

  get collections(): ReadonlyMap<number, Collection> {
    return this.#collections;
  }

  get articles(): ReadonlyMap<number, Article> {
    return this.#articles;
  }

  /** Stored images by the path of their address. */
  get images(): ReadonlyMap<string, StoredImage> {
    return this.#images;
  }

  get defaultHelpCenter(): HelpCenter {
    const [first] = this.#settings.helpCenters;
    if (first === undefined) throw new RangeError('A workspace has at least one help center');
    return first;
  }

  /** The workspace's own time, in milliseconds. */
  now(): number {
    return this.#time() + this.#settings.clockOffset;
  }

  seconds(): Seconds {
    return Math.floor(this.now() / 1000);
  }

  /** Chance that goes on where it stopped when the state was saved. */
  readonly chance: Chance = {
    next: (): number => {
      const draws = this.#counters.draws + 1;
      this.#count({ ...this.#counters, draws });
      return numberAt(this.#settings.seed, 'world', draws);
    },
  };

  /** A number that was never given to anything of that kind. */
  nextId(kind: Exclude<keyof Counters, 'draws'>): number {
    const id = this.#counters[kind] + 1;
    this.#count({ ...this.#counters, [kind]: id });
    return id;
  }

  helpCenter(id: number): HelpCenter | null {
    return this.#settings.helpCenters.find((one) => one.id === id) ?? null;
  }

  imageOfSource(source: string): StoredImage | null {
    return this.#imagesBySource.get(source) ?? null;
  }

  putSettings(value: Settings): void {
    this.#settings = value;
    this.#changed({ kind: 'settings', value });
  }

  putCollection(value: Collection): void {
    this.#supersede(this.#superseded.collection, value.id, this.#collections.get(value.id) ?? null);
    this.#collections.set(value.id, value);
    this.#changed({ kind: 'collection', id: value.id, value });
  }

  putArticle(value: Article): void {
    this.#supersede(this.#superseded.article, value.id, this.#articles.get(value.id) ?? null);
    this.#articles.set(value.id, value);
    this.#changed({ kind: 'article', id: value.id, value });
  }

  removeCollection(id: number): void {
    this.#supersede(this.#superseded.collection, id, this.#collections.get(id) ?? null);
    this.#collections.delete(id);
    this.#changed({ kind: 'collection', id, value: null });
  }

  removeArticle(id: number): void {
    this.#supersede(this.#superseded.article, id, this.#articles.get(id) ?? null);
    this.#articles.delete(id);
    this.#changed({ kind: 'article', id, value: null });
  }

  putImage(value: StoredImage): void {
    this.#images.set(value.path, value);
    this.#imagesBySource.set(value.source, value);
    this.#changed({ kind: 'image', value });
  }

  /** The articles as they were that many seconds ago, as a list that lags behind shows them. */
  articlesBefore(lag: number): Article[] {
    return asOf(this.#articles, this.#superseded.article, this.#time() - lag * 1000);
  }

  collectionsBefore(lag: number): Collection[] {
    return asOf(this.#collections, this.#superseded.collection, this.#time() - lag * 1000);
  }

  /** What changed since this was last called. */
  takeChanges(): readonly Change[] {
    const changes = this.#changes;
    this.#changes = [];
    return changes;
  }

  content(): WorldContent {
    return {
      settings: this.#settings,
      counters: this.#counters,
      collections: [...this.#collections.values()],
      articles: [...this.#articles.values()],
      images: [...this.#images.values()],
    };
  }

  #count(value: Counters): void {
    this.#counters = value;
    const last = this.#changes.at(-1);
    if (last?.kind === 'counters') this.#changes.pop();
    this.#changes.push({ kind: 'counters', value });
  }

  #changed(change: Change): void {
    this.revision += 1;
    this.#changes.push(change);
  }

  #supersede<Entity>(list: Superseded<Entity>[], id: number, before: Entity | null): void {
    const { listLag, searchLag } = this.#settings.switches;
    if (listLag === 0 && searchLag === 0) return;
    const at = this.#time();
    list.push({ at, id, before });
    const oldest = list[0];
    if (oldest !== undefined && oldest.at < at - longestLag) {
      list.splice(
        0,
        list.findIndex((one) => one.at >= at - longestLag),
      );
    }
  }
}

function asOf<Entity>(
  now: ReadonlyMap<number, Entity>,
  superseded: readonly Superseded<Entity>[],
  time: number,
): Entity[] {
  const then = new Map(now);
  for (let at = superseded.length - 1; at >= 0; at -= 1) {
    const one = superseded[at];
    if (one === undefined || one.at <= time) break;
    if (one.before === null) then.delete(one.id);
    else then.set(one.id, one.before);
  }
  return [...then.values()];
}
