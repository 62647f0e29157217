/*
 * Everything that Shelfmark is made of, inside one process: the real engine and the real client over a simulated
 * workspace without sockets and folders without a disk. Time and chance are handed in.
 */
import { openTrash } from '../../src/app/adapters/trash.ts';
import { openLocalSide } from '../../src/app/adapters/local-side.ts';
import { openBaseStore } from '../../src/base/store.ts';
import { applyPlan } from '../../src/engine/apply-plan.ts';
import type { RunDeps } from '../../src/engine/ports.ts';
import { readSides, type Sides as ReadWorld } from '../../src/engine/read-sides.ts';
import { foldName } from '../../src/local/names.ts';
import { slugOfTitle } from '../../src/local/slug.ts';
import type { Base } from '../../src/model/base.ts';
import type { Outcome } from '../../src/model/outcome.ts';
import type { Direction, Plan } from '../../src/model/plan.ts';
import type { Policy } from '../../src/plan/terms/input.ts';
import { makePlan, type Planned } from '../../src/plan/make-plan.ts';
import type { Chance } from '../../src/ports/chance.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Files } from '../../src/ports/files.ts';
import { openIntercom, type IntercomOptions } from '../../src/intercom/open-intercom.ts';
import { TransportFailure, usualLimits, type Transport } from '../../src/intercom/http/transport.ts';
import { seededChance } from '../../src/simulator/state/chance.ts';
import { readFault } from '../../src/simulator/faults/fault-spec.ts';
import { Faults } from '../../src/simulator/faults/faults.ts';
import { freshContent } from '../../src/simulator/state/fresh.ts';
import { carryOutLate, handleCall, isApiPath, newImages, type Office } from '../../src/simulator/handle.ts';
import { Limits } from '../../src/simulator/state/limits.ts';
import { makeOperator } from '../../src/simulator/operator/operator.ts';
import type { Operator } from '../../src/simulator/operator/operator-types.ts';
import { SwitchesSchema, type Switches } from '../../src/simulator/state/switches.ts';
import { Tricks } from '../../src/simulator/operator/tricks.ts';
import { World, type WorldContent } from '../../src/simulator/state/world.ts';
import { virtualClock } from '../intercom/helpers/virtual-clock.ts';
import { MemoryFiles } from './memory-files.ts';

export interface InnerWorldOptions {
  readonly seed?: number;
  /** By default one on which time passes only while everybody sleeps, and then at once. */
  readonly clock?: Clock;
  readonly switches?: Partial<Switches>;
  /** As of `--fault`. */
  readonly faults?: readonly string[];
  readonly defaultLocale?: string;
  /** A workspace to go on with instead of a fresh one. */
  readonly content?: WorldContent;
  /** The bytes of an image by its address; null for one that cannot be fetched, undefined for one of the web. */
  readonly assets?: (url: string) => Promise<Uint8Array | null | undefined>;
}

/** A workspace of Intercom, and as many folders in step with it as a test wants. */
export interface InnerWorld {
  readonly clock: Clock;
  readonly workspace: World;
  /** What a teammate does in the web app, and the tricks. */
  readonly operator: Operator;
  readonly token: string;
  /** The API without a socket. */
  readonly transport: Transport;
  /** Another folder with its own lock, journal and client. */
  openFolder(options?: FolderOptions): Folder;
}

export interface FolderOptions {
  /** Files below the content folder, by path. */
  readonly content?: Readonly<Record<string, string>>;
  /** The disk to use, such as one that another run has left behind. The project lies in `/project`. */
  readonly files?: Files;
  readonly chance?: Chance;
  readonly policy?: Partial<Policy>;
  /** Wraps the transport of this folder's client, to disturb or to count. */
  readonly through?: (transport: Transport) => Transport;
  readonly client?: Partial<IntercomOptions>;
}

/** What one run did. */
export interface Run {
  readonly plan: Plan;
  readonly planned: Planned;
  /** Null where a guard or a problem kept the plan from being carried out. */
  readonly outcomes: readonly Outcome[] | null;
  /** Calls made by this run. */
  readonly calls: { readonly total: number; readonly byMethod: Readonly<Record<string, number>> };
}

export interface Folder {
  readonly files: Files;
  /** The same disk, where it is a plain one in memory; else an empty one. */
  readonly memory: MemoryFiles;
  /** Puts files below the content folder; null takes one away. */
  write(files: Readonly<Record<string, string | null>>): void;
  /** Every file below the content folder, by path. */
  texts(): Readonly<Record<string, string>>;
  /** The lock with the notes of a run that was cut off. */
  base(): Promise<Base>;
  /** The parts of a run, opened anew as by a new process. */
  deps(policy?: Partial<Policy>): RunDeps;
  read(direction: Direction, policy?: Partial<Policy>): Promise<ReadWorld>;
  plan(direction: Direction, policy?: Partial<Policy>): Promise<Planned>;
  /** Plans and carries out, as the commands do. */
  run(direction: Direction, policy?: Partial<Policy>, signal?: AbortSignal): Promise<Run>;
}

const projectFolder = '/project';
export const contentFolder = `${projectFolder}/content`;
const stateFolder = `${projectFolder}/.shelfmark`;

export const usualPolicy: Policy = {
  defaultLocale: 'en',
  conflicts: 'hold',
  deletions: 'unpublish',
  maxDeletes: { count: null, percent: 10 },
  spacing: 'never',
  allowDeletes: null,
  allowEmptied: false,
  assetBaseUrl: null,
  contentName: 'content',
};

export function openInnerWorld(options: InnerWorldOptions = {}): InnerWorld {
  const clock = options.clock ?? virtualClock();
  const seed = options.seed ?? 1;
  const workspace = new World(
    options.content ??
      freshContent({
        seed,
        switches: SwitchesSchema.parse(options.switches ?? {}),
        defaultLocale: options.defaultLocale ?? 'en',
        now: Math.floor(clock.now() / 1000),
      }),
    () => clock.now(),
  );
  const limits = new Limits(workspace);
  const faults = new Faults(seed, (options.faults ?? []).map(readFault));
  const tricks = new Tricks(0);
  const office: Office = {
    desk: { world: workspace, limits, requestIds: seededChance(seed, 'requests') },
    faults,
    tricks,
  };
  const forget = (): void => void workspace.takeChanges();
  const operator = makeOperator({ world: workspace, limits, faults, tricks, changed: forget });
  const token = workspace.settings.apps[0]?.token ?? '';
  const transport = innerTransport(office, clock, options.assets ?? null);
  const chance = seededChance(seed, 'folders');
  return {
    clock,
    workspace,
    operator,
    token,
    transport,
    openFolder: (folder = {}) => openFolder({ clock, transport, token, chance, workspace }, folder),
  };
}

/** The API as a transport: what the simulator decides of a call happens here, without a socket. */
export function innerTransport(
  office: Office,
  clock: Clock,
  assets: InnerWorldOptions['assets'] | null = null,
): Transport {
  const { world } = office.desk;
  return async (request, signal) => {
    signal.throwIfAborted();
    const { pathname, search } = new URL(request.url);
    const target = `${pathname}${search}`;
    if (!isApiPath(pathname)) throw new TransportFailure('unsent', 'there is nothing but the API in here');
    const trouble = office.faults.next({ method: request.method, path: target });
    const wait = trouble.wait + office.tricks.latency;
    if (wait > 0) await clock.sleep(wait, signal);
    const { method, headers } = request;
    const bare = { method, target, headers, body: request.body ?? '', markdown: null };
    const call = { ...bare, images: await fetchImages(newImages(office, bare), assets ?? null) };
    const ending = handleCall(office, call, trouble);
    world.takeChanges();
    switch (ending.end) {
      case 'cut':
      case 'drop':
        throw new TransportFailure('lost', 'the connection broke before the answer was whole');
      case 'late':
        clock.sleep(ending.after).then(
          () => carryOutLate(office, call),
          () => undefined,
        );
        throw new TransportFailure('lost', 'the connection broke before the answer was whole');
      case 'answer': {
        const { response } = ending;
        const body = new TextEncoder().encode(response.body);
        if ((response.padding ?? 0) + body.length > usualLimits.bytes)
          throw new TransportFailure('oversize', 'the answer is larger than it may be');
        if (trouble.bytesPerSecond !== null)
          await clock.sleep((body.length / trouble.bytesPerSecond) * 1000, signal);
        const headers = Object.fromEntries(
          Object.entries(response.headers).map(([name, value]) => [name.toLowerCase(), value]),
        );
        return {
          status: response.status,
          headers: { date: new Date(world.now()).toUTCString(), ...headers },
          body,
        };
      }
    }
  };
}

async function fetchImages(
  sources: readonly string[],
  assets: InnerWorldOptions['assets'] | null,
): Promise<ReadonlyMap<string, Uint8Array | null>> {
  const found = new Map<string, Uint8Array | null>();
  for (const source of assets === null || assets === undefined ? [] : sources) {
    const bytes = await assets?.(source);
    if (bytes !== undefined) found.set(source, bytes);
  }
  return found;
}

interface Surroundings {
  readonly clock: Clock;
  readonly transport: Transport;
  readonly token: string;
  readonly chance: Chance;
  readonly workspace: World;
}

function openFolder(around: Surroundings, options: FolderOptions): Folder {
  const memory = options.files instanceof MemoryFiles ? options.files : new MemoryFiles();
  if (options.files !== memory) memory.putFolder(contentFolder);
  const files = options.files ?? memory;
  const chance = options.chance ?? around.chance;
  const write: Folder['write'] = (changes) => {
    for (const [path, text] of Object.entries(changes)) {
      if (text === null) memory.drop(`${contentFolder}/${path}`);
      else memory.put(`${contentFolder}/${path}`, text);
    }
  };
  write(options.content ?? {});

  const store = openBaseStore(files, {
    lockFile: `${projectFolder}/sync.lock.json`,
    lockName: 'sync.lock.json',
    journal: `${stateFolder}/journal.jsonl`,
    chance,
  });
  // Each run has a trash of its own, though no time may have passed.
  let runs = 0;
  const deps: Folder['deps'] = (policy = {}) => {
    runs += 1;
    const trash = `${stateFolder}/trash/${around.clock.now()}-${runs}`;
    const whole: Policy = { ...usualPolicy, ...options.policy, ...policy };
    return {
      local: openLocalSide(files, {
        root: contentFolder,
        shown: whole.contentName,
        defaultLocale: whole.defaultLocale,
        trash,
        chance,
      }),
      remote: openIntercom({
        url: around.workspace.origin.api.replace('http://simulator.test', 'http://127.0.0.1'),
        token: around.token,
        version: '2.11',
        helpCenter: null,
        defaultLocale: whole.defaultLocale,
        author: null,
        clock: around.clock,
        chance,
        transport: options.through?.(around.transport) ?? around.transport,
        ...options.client,
      }),
      base: store,
      images: null,
      memory: { recall: async () => new Map(), remember: async () => undefined },
      trash: openTrash(files, trash),
      clock: around.clock,
      policy: whole,
      names: { slugOf: slugOfTitle, foldOf: foldName },
      tell: () => undefined,
    };
  };
  const never = new AbortController().signal;
  return {
    files,
    memory,
    write,
    texts: () =>
      Object.fromEntries(
        Object.entries(memory.texts(contentFolder))
          .filter(([, text]) => text !== '(empty)')
          .map(([path, text]) => [path.slice(contentFolder.length + 1), text]),
      ),
    base: async () => (await store.read()).base,
    deps,
    read: (direction, policy) => readSides(deps(policy), direction, never),
    async plan(direction, policy) {
      return makePlan((await readSides(deps(policy), direction, never)).input);
    },
    async run(direction, policy, signal = never) {
      const parts = deps(policy);
      const { input, intents } = await readSides(parts, direction, signal);
      const planned = makePlan(input);
      const { plan } = planned;
      const isAllowed =
        plan.refusals.length === 0 && plan.problems.every((problem) => problem.severity !== 'error');
      const outcomes = isAllowed ? await applyPlan(planned, intents, parts, signal) : null;
      return { plan, planned, outcomes, calls: parts.remote.calls() };
    },
  };
}
