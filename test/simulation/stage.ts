/*
 * The stage on which whole runs are played: one workspace or two, disks that can lose their power, and processes that can
 * die at any step. All that the engine does to the outside passes through here, so that whatever is to happen can
 * happen between any two steps, and so that one seed gives one trace.
 */
import { dirname } from 'node:path/posix';
import type { Clock } from '../../src/ports/clock.ts';
import type { Files } from '../../src/ports/files.ts';
import type { Article } from '../../src/simulator/state/entities.ts';
import { noTrouble, type Trouble } from '../../src/simulator/faults/faults.ts';
import { carryOutLate, handleCall } from '../../src/simulator/handle.ts';
import type { Operator } from '../../src/simulator/operator/operator-types.ts';
import type { WorldContent } from '../../src/simulator/state/world.ts';
import { TransportFailure, type Transport } from '../../src/intercom/http/transport.ts';
import { diskError } from '../helpers/memory-files.ts';
import { Disk } from './disk.ts';
import { Ledger, wordsIn } from './ledger.ts';
import { contentFolder, project, stateFolder } from './places.ts';
import type { Repo } from './repo.ts';
import { SimClock } from './sim-clock.ts';
import { freshWorkspace, openSite, staging, type Site } from './site.ts';
import { Stream } from './stream.ts';

/** What a step is to meet: an error of the disk, or trouble on the way to the help center. */
export interface Weather {
  disk(step: Step): string | null;
  http(step: Step): Trouble | null;
  /** Whether a list leaves out an entry, as one that is read page by page may. */
  isShort(step: Step): boolean;
}

export const calm: Weather = { disk: () => null, http: () => null, isShort: () => false };

/** Of a call on its way there, or back; milliseconds. */
const longestStep = 120;

/** An error of the disk that leaves the first half of what was to be written. */
export const halfWritten = 'ENOSPC, half written';

/** One thing that a process does to the outside. */
export interface Step {
  /** Of this process, from 1. */
  readonly number: number;
  /** Method of the disk, or `GET`, `answer` and so on. */
  readonly name: string;
  readonly target: string;
}

/** A process: it lives until it is killed, and then nothing it waits for ever comes. */
export class Actor {
  readonly id: number;
  readonly disk: Disk;
  /** The help center that it keeps the folder in step with. */
  readonly site: Site;
  readonly controller = new AbortController();
  readonly death: Promise<'died'>;
  weather: Weather = calm;
  isAlive = true;
  steps = 0;
  /** Calls that it sent and that were to change something. */
  writes = 0;
  /** Calls that met trouble on their way. */
  troubles = 0;
  /** Between these times it was told to send nothing, in milliseconds since 1970. */
  quietFrom = 0;
  quietUntil = 0;
  /** Where its process can be seen: those of another container cannot. */
  place = 'here';
  /** The words that it saw where, when it last looked. */
  readonly seen = new Map<string, ReadonlySet<string>>();
  /** All that it did, and after which of it each entry of the help center was seen. */
  readonly did: Step[] = [];
  readonly seenAfter = new Map<string, number>();
  #announce: () => void = () => undefined;

  constructor(id: number, disk: Disk, site: Site) {
    this.id = id;
    this.disk = disk;
    this.site = site;
    this.death = new Promise((resolve) => {
      this.#announce = () => resolve('died');
    });
  }

  die(): void {
    this.isAlive = false;
    this.#announce();
  }
}

const never = new Promise<never>(() => undefined);

export interface StageContent {
  readonly workspace: WorldContent;
  /** That of a second target; null where there is none. */
  readonly staging: WorldContent | null;
  readonly ledger: Ledger;
  readonly now: number;
  readonly wholes: ReadonlySet<string>;
  readonly moved: ReadonlySet<string>;
  readonly intended: ReadonlyMap<string, 'published' | 'draft'>;
}

export class Stage {
  readonly clock: SimClock;
  /** The help centers of all targets; the first one is the usual one. */
  readonly sites: readonly [Site, ...Site[]];
  /** The teammate of the usual one. */
  readonly operator: Operator;
  readonly ledger: Ledger;
  /** What everybody does, in order, as one number. */
  trace = 0x811c9dc5;
  /** The last steps in words; kept only where asked for. */
  readonly log: string[] | null;
  steps = 0;
  /** Called before each step, when anything may happen. */
  onStep: (actor: Actor, step: Step) => void = () => undefined;
  running = 0;
  /** Calls that were sent. */
  calls = 0;
  /** Writes to the help center that were carried out. */
  writes = 0;
  /** Whole contents that somebody wrote into a file, so that torn ones stand out. */
  readonly wholes: Set<string>;
  readonly broken: string[] = [];
  /** Marks of articles that were written as public, or as drafts, and that nobody turned since. */
  readonly intended: Map<string, 'published' | 'draft'>;
  /** Marks of articles that an author moved: with an edit on top, a file may rightly count as a new one. */
  readonly moved: Set<string>;
  /** The repository around a folder, where there is one. */
  readonly repos = new Map<Disk, Repo>();
  /** Marks that git brought into two files, or two clones into two folders: that is to be told. */
  readonly shared = new Set<string>();
  /** Marks of which a run has told that they are there twice. */
  readonly told = new Set<string>();
  /** What git took out of files, by their paths. */
  readonly takenBack = new Map<Disk, Map<string, readonly string[]>>();
  /** Words that git took out of a file in which its author wrote afterwards. */
  readonly blurred = new Set<string>();
  /** Those of them that a run then took out of the help center as well. */
  undone = 0;
  readonly #pace: Stream;
  #actors = 0;

  constructor(seed: number, content: StageContent | null = null, keepsLog = false) {
    this.clock = new SimClock(content?.now ?? 1_750_000_000_000);
    const now = (): number => this.clock.now();
    const main = openSite(null, content?.workspace ?? freshWorkspace(1), seed, now);
    const second = content?.staging ?? null;
    this.sites = second === null ? [main] : [main, openSite(staging, second, seed, now)];
    this.operator = main.operator;
    this.ledger = content?.ledger.copy() ?? new Ledger();
    this.wholes = new Set(content?.wholes);
    this.moved = new Set(content?.moved);
    this.intended = new Map(content?.intended);
    this.log = keepsLog ? [] : null;
    this.#pace = new Stream(seed, 'pace');
  }

  newDisk(): Disk {
    const disk = new Disk(() => this.clock.now());
    disk.putFolder(contentFolder);
    return disk;
  }

  newActor(disk: Disk, site: Site = this.sites[0]): Actor {
    this.#actors += 1;
    return new Actor(this.#actors, disk, site);
  }

  /** All of it, to begin another stage from. */
  content(): StageContent {
    const { ledger, wholes, moved, intended } = this;
    const [main, second] = this.sites;
    return {
      workspace: main.workspace.content(),
      staging: second?.workspace.content() ?? null,
      ledger,
      now: this.clock.now(),
      wholes,
      moved,
      intended,
    };
  }

  mayDouble(text: string): void {
    for (const word of wordsIn(text)) if (word.startsWith('id')) this.moved.add(word);
    this.mayTurn(text);
  }

  /** Somebody published it or took it offline. */
  mayTurn(text: string): void {
    for (const word of wordsIn(text)) this.intended.delete(word);
  }

  intend(text: string, state: 'published' | 'draft'): void {
    for (const word of wordsIn(text)) if (word.startsWith('id')) this.intended.set(word, state);
  }

  note(text: string): void {
    for (let at = 0; at < text.length; at += 1)
      this.trace = Math.imul(this.trace ^ text.charCodeAt(at), 0x01000193);
    this.log?.push(text);
  }

  /** The disk as one process sees it. */
  filesOf(actor: Actor): Files {
    const step = async <Value>(
      name: keyof Files,
      path: string,
      act: () => Promise<Value>,
      content: Uint8Array | null = null,
    ): Promise<Value> => {
      const at = await this.#enter(actor, name, path, 1);
      const isWrite = name !== 'read' && name !== 'list' && name !== 'stat' && name !== 'realPath';
      if (isWrite && !isOurs(path)) this.broken.push(`I15 ${name} outside of the project: ${path}`);
      const code = actor.weather.disk(at);
      if (code !== null) {
        this.note(`  fails with ${code}`);
        if (code === halfWritten) {
          // Not even taking it away again goes well.
          if (content !== null && (name === 'writeNew' || name === 'append'))
            actor.disk.tear(name, path, content, 0.5);
          throw diskError('ENOSPC', path);
        }
        const isHalf = code === 'ENOSPC' || code === 'EIO';
        if (isHalf && content !== null && name === 'writeNew') {
          // The port takes away what it began; only a crash leaves a part.
          actor.disk.tear(name, path, content, 0.5);
          await actor.disk.remove(path);
        }
        throw diskError(code, path);
      }
      if (!actor.isAlive) return never;
      const value = await act();
      if (!actor.isAlive) return never;
      return value;
    };
    const { disk } = actor;
    return {
      list: (folder) => step('list', folder, () => disk.list(folder)),
      stat: (path) => step('stat', path, () => disk.stat(path)),
      read: (path) =>
        step('read', path, async () => {
          const bytes = await disk.read(path);
          if (path.startsWith(contentFolder)) actor.seen.set(path, wordSet(decode(bytes)));
          return bytes;
        }),
      writeNew: (path, content) =>
        step(
          'writeNew',
          path,
          async () => {
            await disk.writeNew(path, content);
            if (path.startsWith(contentFolder)) this.wholes.add(decode(content));
          },
          content,
        ),
      append: (path, content) => step('append', path, () => disk.append(path, content), content),
      rename: (from, to) =>
        step('rename', `${from} -> ${to}`, async () => {
          this.#watchReplace(actor, from, to);
          this.#watchTrash(actor, from, to);
          await disk.rename(from, to);
        }),
      replace: (from, to, isExpected) =>
        step('replace', `${from} -> ${to}`, () => {
          this.#blur(actor, to);
          return disk.replace(from, to, (bytes) => {
            // What is compared at the last moment was seen, and nothing that was not is replaced.
            if (bytes !== null && to.startsWith(contentFolder)) actor.seen.set(to, wordSet(decode(bytes)));
            return isExpected(bytes);
          });
        }),
      remove: (path) =>
        step('remove', path, async () => {
          if (path.startsWith(contentFolder) && !path.includes('/.'))
            this.broken.push(`I1 ${path} was removed instead of put into the trash`);
          await disk.remove(path);
        }),
      removeFolder: (path) => step('removeFolder', path, () => disk.removeFolder(path)),
      makeFolder: (path) => step('makeFolder', path, () => disk.makeFolder(path)),
      syncFolder: (path) => step('syncFolder', path, () => disk.syncFolder(path)),
      realPath: (path) => step('realPath', path, () => disk.realPath(path)),
    };
  }

  /** The API as one process reaches it: carried out and answered at two different moments. */
  transportOf(actor: Actor): Transport {
    return async (request, signal) => {
      signal.throwIfAborted();
      const { pathname, search } = new URL(request.url);
      const target = `${pathname}${search}`;
      // What is let go in the moment in which a 429 comes back cannot be called back.
      const isAskedForQuiet = this.clock.now() > actor.quietFrom && this.clock.now() < actor.quietUntil;
      const at = await this.#enter(actor, request.method, target, this.#pace.between(20, longestStep));
      if (!actor.isAlive) return never;
      if (isAskedForQuiet)
        this.broken.push(`I16 ${request.method} ${target} was sent although a 429 asked for quiet`);
      const trouble = actor.weather.http(at) ?? noTrouble;
      if (trouble.kind !== null) this.note(`  meets ${trouble.kind} ${trouble.value}`);
      this.calls += 1;
      if (request.method !== 'GET') actor.writes += 1;
      if (trouble.kind !== null) actor.troubles += 1;
      const call = {
        method: request.method,
        target,
        headers: request.headers,
        body: request.body ?? '',
        images: new Map(),
        markdown: null,
      };
      const ending = this.#watched(actor, request.method, pathname, () =>
        handleCall(actor.site.office, call, trouble),
      );
      if (ending.end === 'late') {
        this.clock.later(ending.after, () => {
          this.note(`late ${request.method} ${target}`);
          this.#watched(actor, request.method, pathname, () => carryOutLate(actor.site.office, call));
        });
      }
      await this.#enter(actor, 'answer', target, this.#pace.between(20, longestStep));
      signal.throwIfAborted();
      if (ending.end !== 'answer')
        throw new TransportFailure('lost', 'the connection broke before the answer was whole');
      const { response } = ending;
      if (response.status === 429) {
        actor.quietFrom = this.clock.now() + longestStep;
        actor.quietUntil = Number(response.headers['X-RateLimit-Reset'] ?? 0) * 1000;
        if (trouble.kind === null && this.running === 1)
          this.broken.push(`I16 ${request.method} ${target} was sent beyond the limit`);
      }
      if ((response.padding ?? 0) > 1_000_000)
        throw new TransportFailure('oversize', 'the answer is larger than it may be');
      const headers: Record<string, string> = { date: new Date(actor.site.workspace.now()).toUTCString() };
      for (const [name, value] of Object.entries(response.headers)) headers[name.toLowerCase()] = value;
      const isList = request.method === 'GET' && pathname === '/articles' && response.status === 200;
      const text = isList && actor.weather.isShort(at) ? shortened(response.body) : response.body;
      return { status: response.status, headers, body: new TextEncoder().encode(text) };
    };
  }

  clockOf(actor: Actor): Clock {
    const { clock } = this;
    return {
      now: () => clock.now() + actor.disk.skew,
      async sleep(milliseconds: number, signal?: AbortSignal) {
        await clock.sleep(milliseconds, signal);
        if (!actor.isAlive) await never;
      },
    };
  }

  async #enter(actor: Actor, name: string, target: string, time: number): Promise<Step> {
    if (!actor.isAlive) return never;
    if (this.running > 1) {
      // Others go on meanwhile, now a little and now a lot.
      const turns = this.#pace.weigh([
        [4, 0],
        [4, 2],
        [2, 9],
        [1, 60],
      ]);
      for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
      if (!actor.isAlive) return never;
    }
    this.clock.advance(time);
    this.steps += 1;
    actor.steps += 1;
    if (actor.steps > 20_000) {
      this.broken.push('I17 a run does not come to an end');
      actor.die();
    }
    const step = { number: actor.steps, name, target };
    actor.did.push(step);
    this.note(`${actor.id} ${name} ${target}`);
    this.onStep(actor, step);
    return actor.isAlive ? step : never;
  }

  /** Carries out a call and notes which words it put an end to without the caller having seen them. */
  #watched<Value>(actor: Actor, method: string, path: string, act: () => Value): Value {
    const id = /^\/(articles|help_center\/collections)\/(\d+)$/.exec(path);
    const key = id === null ? '' : `${id[1]}/${id[2]}`;
    const isWrite = method !== 'GET';
    const { workspace } = actor.site;
    const wordsNow = (withDrafts: boolean): ReadonlySet<string> | null =>
      id === null ? null : wordsAt(workspace, id[1], Number(id[2]), withDrafts);
    const before = isWrite ? wordsNow(true) : null;
    const { revision } = workspace;
    const shown = method === 'DELETE' ? wordsNow(false) : null;
    const value = act();
    if (shown !== null && workspace.revision !== revision)
      this.#watchDelete(
        path,
        actor,
        [...shown].filter((word) => actor.seen.get(key)?.has(word) !== false),
      );
    if (isWrite && workspace.revision !== revision) this.writes += 1;
    workspace.takeChanges();
    if (id === null) return value;
    if (before === null) {
      actor.seen.set(key, wordsNow(false) ?? new Set());
      actor.seenAfter.set(key, actor.steps);
    } else {
      const after = wordsNow(true) ?? new Set();
      // Who never looked has no excuse.
      const seen = actor.seen.get(key);
      if (seen !== undefined) {
        const overrun = [...before].filter((word) => !after.has(word) && !seen.has(word));
        if (this.ledger.overrunBy(overrun)) this.#boundWindow(actor, key);
      }
      if (method === 'PUT' && workspace.revision !== revision)
        this.#watchUndone(
          actor,
          path,
          [...before].filter((word) => !after.has(word)),
        );
    }
    return value;
  }

  /**
   * Between the last look at an entry and the write there is nothing but the answer to that look, the copy in the trash,
   * the note in the journal, the sign that the run is alive, and what goes on beside it for other entries.
   */
  #boundWindow(actor: Actor, key: string): void {
    if (actor.troubles > 0) return;
    for (const { name, target } of actor.did.slice(actor.seenAfter.get(key) ?? 0)) {
      const isCall = name === 'answer' || /^[A-Z]+$/.test(name);
      const isEntry = /\/(?:articles|collections)(?:\/\d+)?$/.test(target);
      const isOwn = target === project || target.startsWith(stateFolder);
      if (isCall ? !isEntry : !isOwn)
        this.broken.push(`I19 ${name} ${target} lies between the last look at ${key} and the write`);
    }
  }

  /**
   * What git took out of a file, and a help center does not hold: once a run for that one has written in the file, it
   * looks to the others as if somebody had.
   */
  #blur({ disk, site }: Actor, path: string): void {
    const taken = this.sites.length > 1 ? (this.takenBack.get(disk)?.get(path) ?? []) : [];
    if (taken.length === 0) return;
    const there = wordSet(
      site.operator
        .articles()
        .map((one) => textOfArticle(one, true))
        .join('\n'),
    );
    for (const word of taken) if (!there.has(word)) this.blurred.add(word);
  }

  /** Nobody's text goes because git put an old file in place. */
  #watchUndone(actor: Actor, path: string, words: readonly string[]): void {
    for (const word of words) {
      if (!this.ledger.isAlive(word) || this.ledger.isBy(this.#authorOf(actor), word)) continue;
      if (this.blurred.has(word)) this.undone += 1;
      else this.broken.push(`I18 nobody took ${word} out of ${path}`);
    }
  }

  #authorOf(actor: Actor): string {
    return `author ${[...this.repos.keys()].indexOf(actor.disk)}`;
  }

  /** A file goes into the trash because its article is gone, and for no other reason. */
  #watchTrash(actor: Actor, from: string, to: string): void {
    if (!from.startsWith(contentFolder) || !to.startsWith(`${stateFolder}/trash/`)) return;
    const marks = wordsIn(actor.disk.text(from) ?? '').filter((word) => word.startsWith('id'));
    for (const article of actor.site.operator.articles()) {
      const text = wordSet(textOfArticle(article, false));
      if (marks.some((mark) => text.has(mark) && !this.moved.has(mark)))
        this.broken.push(`I10 ${from} went into the trash although article ${article.id} is there`);
    }
  }

  /** Nothing is deleted for good before all of it that could be read is in the trash. */
  #watchDelete(path: string, actor: Actor, words: readonly string[]): void {
    const kept = new Set(
      actor.disk.paths(`${stateFolder}/trash`).flatMap((one) => wordsIn(actor.disk.text(one) ?? '')),
    );
    for (const word of words) if (!kept.has(word)) this.broken.push(`I1 ${path} was deleted without a copy`);
  }

  /** Files are compared in the very step that replaces them, so nothing can fall in between. */
  #watchReplace(actor: Actor, from: string, to: string): void {
    const before = actor.disk.text(to);
    if (before === null || !to.startsWith(contentFolder)) return;
    const after = wordSet(actor.disk.text(from) ?? '');
    const seen = actor.seen.get(to);
    for (const word of seen === undefined ? [] : wordsIn(before))
      if (!after.has(word) && !seen?.has(word))
        this.broken.push(`I1 ${to} was replaced, with ${word} in it unseen`);
  }
}

function wordsAt(
  { articles, collections }: Site['workspace'],
  room: string | undefined,
  id: number,
  withDrafts: boolean,
): ReadonlySet<string> | null {
  if (room === 'articles') {
    const article = articles.get(id);
    return article === undefined ? null : wordSet(textOfArticle(article, withDrafts));
  }
  const collection = collections.get(id);
  return collection === undefined ? null : wordSet(JSON.stringify(collection.texts));
}

/** A list without its first entry that does not tell so. */
function shortened(body: string): string {
  const list = JSON.parse(body) as { data: unknown[]; total_count: number };
  if (list.data.length === 0) return body;
  return JSON.stringify({ ...list, data: list.data.slice(1), total_count: list.total_count - 1 });
}

const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const wordSet = (text: string): ReadonlySet<string> => new Set(wordsIn(text));

function isOurs(path: string): boolean {
  return path
    .split(' -> ')
    .every((one) => one === project || one === dirname(project) || one.startsWith(`${project}/`));
}

export function textOfArticle(article: Article, withDrafts: boolean): string {
  return Object.values(article.contents)
    .flatMap((one) => [
      one.title,
      one.body,
      ...(withDrafts && one.draft !== null ? [one.draft.title, one.draft.body] : []),
    ])
    .join('\n');
}
