import type { BaseStore } from '../base/store.ts';
import type { LocalPath } from '../model/identity.ts';
import type { Outcome } from '../model/outcome.ts';
import type { FileStep, Plan } from '../model/plan.ts';
import type { RemoteSide } from '../model/remote-side.ts';
import type { LocalSnapshot } from '../model/snapshot.ts';
import type { Names, Policy } from '../plan/terms/input.ts';
import type { Clock } from '../ports/clock.ts';
import type { Trash } from './remote/kept-entry.ts';

/** The folder as the engine needs it. */
export interface LocalSide {
  read(signal: AbortSignal): Promise<LocalSnapshot>;
  /** The fingerprint of bytes, as `digest` gives it of files. */
  digestOf(bytes: Uint8Array): string;
  /** Writes a file that is no entry and must not be there yet. */
  writeAsset(path: LocalPath, bytes: Uint8Array): Promise<'done' | 'stale'>;
  /** Fingerprints of the bytes of files that are no entries. */
  digest(paths: ReadonlySet<LocalPath>, signal: AbortSignal): Promise<ReadonlyMap<LocalPath, string>>;
  /**
   * Carries out one step. `stale`: the file is not what the plan expected, and nothing was done. `digest` is the
   * file's fingerprint afterwards, null where there is none.
   */
  carryOut(
    step: FileStep,
  ): Promise<{ readonly status: 'done'; readonly digest: string | null } | { readonly status: 'stale' }>;
}

/** Where images that the remote holds can be fetched. */
export interface ImageSource {
  /** The bytes behind an address, or why they cannot or must not be had: the end of a sentence. */
  fetch(url: string, signal: AbortSignal): Promise<FetchedImage>;
}

export type FetchedImage =
  { readonly ok: true; readonly bytes: Uint8Array } | { readonly ok: false; readonly reason: string };

/** What blocks of the base said, where this machine still knows: the base itself holds fingerprints only. */
export interface BlockMemory {
  /** Markdown by fingerprint. */
  recall(): Promise<ReadonlyMap<string, string>>;
  remember(blocks: ReadonlyMap<string, string>): Promise<void>;
}

/** Things worth telling while a run goes on; only the doors print them. */
export type RunEvent =
  | { readonly event: 'reading' }
  | { readonly event: 'planned'; readonly plan: Plan }
  /** For what an earlier run sent without an answer, so that it is not sent twice. */
  | { readonly event: 'settling'; readonly milliseconds: number }
  /** Of a run that nobody can see, whether it is still at work in this folder. */
  | { readonly event: 'watching'; readonly milliseconds: number }
  /** The lock file was changed by somebody else meanwhile, such as by git, and left alone. */
  | { readonly event: 'lock-left' }
  | { readonly event: 'outcome'; readonly outcome: Outcome; readonly done: number; readonly total: number };

export interface RunDeps {
  readonly local: LocalSide;
  readonly remote: RemoteSide;
  readonly base: BaseStore;
  readonly trash: Trash;
  readonly memory: BlockMemory;
  /** Null where images shall stay addresses. */
  readonly images: ImageSource | null;
  readonly clock: Clock;
  readonly policy: Policy;
  readonly names: Names;
  readonly tell: (event: RunEvent) => void;
}

/**
 * The remote's own time as far as its answers tell, in milliseconds since 1970: the clock here may be wrong. To the minute,
 * so that it does not leap about with the whole seconds and the delays of answers.
 */
export const remoteTime = ({ clock, remote }: Pick<RunDeps, 'clock' | 'remote'>): number =>
  clock.now() + Math.round((remote.clockAhead() ?? 0) / 60) * 60_000;
