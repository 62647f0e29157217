import type { Markdown } from '../rewrite/markdown.ts';
import type { App } from '../state/entities.ts';
import type { Version } from './versions.ts';
import type { World } from '../state/world.ts';

/** What came in, without a socket. Names of headers are in lower case. */
export interface ApiRequest {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
  /**
   * Images that were fetched for this request, by source; null for one that could not be. A source that is
   * missing counts as fetchable.
   */
  readonly images?: ReadonlyMap<string, Uint8Array | null>;
  /** For a call that speaks Markdown; a version with `body_markdown` goes without it where this is null. */
  readonly markdown: Markdown | null;
}

export interface ApiResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Bytes sent behind the body, for an answer that is too large on purpose. */
  readonly padding?: number;
}

/** A request that was let in, as the endpoints see it. */
export interface Call {
  readonly world: World;
  readonly version: Version;
  readonly app: App;
  /** Which of the two old kinds the path is about; `section` only before 2.10. */
  readonly kind: 'collection' | 'section';
  /** What is in the path where the route has a placeholder. */
  readonly ids: readonly string[];
  readonly query: URLSearchParams;
  readonly input: Readonly<Record<string, unknown>>;
  readonly images: ReadonlyMap<string, Uint8Array | null>;
  /** Null for versions without Markdown. */
  readonly markdown: Markdown | null;
}

/** Gives the answer's JSON, keys in the order in which they are sent; throws an ApiError to refuse. */
export type Endpoint = (call: Call) => unknown;
