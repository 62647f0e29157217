import type { Method } from '../http/transport.ts';

export interface Question {
  readonly topic: string;
  readonly question: string;
  readonly ask: (bench: Bench) => Promise<string>;
}

export type Json = Readonly<Record<string, unknown>>;

/** What a question may use. All that it makes lies in one scratch collection and is deleted at the end. */
export interface Bench {
  /** The scratch collection. */
  readonly home: string;
  /** The admin of the token. */
  readonly self: string;
  /** Makes a call and gives whatever was answered. */
  readonly call: (method: Method, path: string, body?: Json) => Promise<Reply>;
  /** Makes a draft in the scratch collection unless told otherwise. */
  readonly article: (fields?: Json) => Promise<Reply>;
  /** Makes a collection in the scratch collection unless told otherwise. */
  readonly collection: (fields?: Json) => Promise<Reply>;
  /** Lets whole seconds pass. */
  readonly wait: (seconds: number) => Promise<void>;
}

export interface Reply {
  readonly status: number;
  readonly ok: boolean;
  /** Empty where the answer is no object. */
  readonly json: Json;
  /** The answer in a phrase: `400 parameter_invalid "…"`. */
  readonly said: string;
}

export const articlesPath = '/articles';
export const collectionsPath = '/help_center/collections';

/** What is at a dotted path, as text; `none` for what is missing and null. */
export function textAt(json: Json, path: string): string {
  let value: unknown = json;
  for (const name of path.split('.')) value = isJson(value) ? value[name] : undefined;
  if (value === undefined || value === null) return 'none';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
