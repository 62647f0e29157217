import { answer } from '../../src/simulator/api/api.ts';
import type { Desk } from '../../src/simulator/api/api.ts';
import { seededChance } from '../../src/simulator/state/chance.ts';
import { Faults } from '../../src/simulator/faults/faults.ts';
import { freshContent } from '../../src/simulator/state/fresh.ts';
import { Limits } from '../../src/simulator/state/limits.ts';
import { makeOperator } from '../../src/simulator/operator/operator.ts';
import type { Operator } from '../../src/simulator/operator/operator-types.ts';
import { loadMarkdown } from '../../src/simulator/rewrite/markdown.ts';
import { SwitchesSchema } from '../../src/simulator/state/switches.ts';
import type { Switches } from '../../src/simulator/state/switches.ts';
import { Tricks } from '../../src/simulator/operator/tricks.ts';
import { World } from '../../src/simulator/state/world.ts';

/** JSON as it came, for reading at will. */
export type Json = Readonly<Record<string, unknown>>;

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  readonly json: Json;
}

export interface CallOptions {
  readonly version?: string | null;
  readonly token?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
  readonly images?: ReadonlyMap<string, Uint8Array | null>;
}

/** A workspace without sockets, whose clock only moves when it is told to. */
export interface Workspace {
  readonly world: World;
  readonly desk: Desk;
  readonly operator: Operator;
  readonly author: number;
  call(method: string, path: string, input?: unknown, options?: CallOptions): Reply;
  /** Moves the clock by seconds. */
  wait(seconds: number): void;
}

export const begin = 1_780_000_000;

const markdown = await loadMarkdown();

export function workspace(switches: Partial<Switches> = {}): Workspace {
  let now = begin * 1000;
  const content = freshContent({
    seed: 7,
    switches: SwitchesSchema.parse(switches),
    defaultLocale: 'en',
    now: begin,
  });
  const world = new World(content, () => now);
  const limits = new Limits(world);
  const desk: Desk = { world, limits, requestIds: seededChance(7, 'requests') };
  const faults = new Faults(7);
  const operator = makeOperator({ world, limits, faults, tricks: new Tricks(0), changed: () => undefined });
  const token = content.settings.apps[0]?.token ?? '';
  return {
    world,
    desk,
    operator,
    author: content.settings.admins[0]?.id ?? 0,
    wait: (seconds) => {
      now += seconds * 1000;
    },
    call: (method, path, input, options = {}) => {
      const bearer = options.token === undefined ? token : options.token;
      const version = options.version === undefined ? '2.11' : options.version;
      const response = answer(desk, {
        method,
        target: path,
        headers: {
          ...(bearer === null ? {} : { authorization: `Bearer ${bearer}` }),
          ...(version === null ? {} : { 'intercom-version': version }),
          ...options.headers,
        },
        body: typeof input === 'string' ? input : input === undefined ? '' : JSON.stringify(input),
        markdown,
        ...(options.images === undefined ? {} : { images: options.images }),
      });
      const json: Json = JSON.parse(response.body);
      return { status: response.status, headers: response.headers, text: response.body, json };
    },
  };
}

/** A list in an answer, each row as an object. */
export function rows(value: unknown): Json[] {
  if (!Array.isArray(value)) throw new TypeError('Not a list');
  return value.map(fields);
}

/** An object in an answer. */
export function fields(value: unknown): Json {
  if (typeof value !== 'object' || value === null) throw new TypeError('Not an object');
  return { ...value };
}

/** Code and message of the first error of an answer. */
export function complaint(reply: Reply): { code: unknown; message: unknown } {
  const [first] = rows(reply.json['errors']);
  return { code: first?.['code'], message: first?.['message'] };
}
