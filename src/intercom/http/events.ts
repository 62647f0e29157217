import type { Kind } from '../../model/entry.ts';
import type { Method } from './transport.ts';

/** What is worth telling while the remote is used; nothing in it holds the token or anybody's text. */
export type RemoteEvent =
  | {
      readonly event: 'call';
      readonly method: Method;
      readonly path: string;
      /** Null when no answer came. */
      readonly status: number | null;
      readonly ms: number;
    }
  | { readonly event: 'waiting'; readonly reason: 'pace' | 'limited'; readonly milliseconds: number }
  | {
      readonly event: 'retry';
      readonly method: Method;
      readonly path: string;
      readonly reason: string;
      readonly milliseconds: number;
    }
  | { readonly event: 'listed'; readonly kind: Kind; readonly count: number; readonly total: number };

export type RemoteListener = (event: RemoteEvent) => void;
