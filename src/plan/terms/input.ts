import type { Authors } from '../../fields/reading.ts';
import type { Base } from '../../model/base.ts';
import type { EntryKey, LocalPath } from '../../model/identity.ts';
import type { Locale } from '../../model/locale.ts';
import type { Direction } from '../../model/plan.ts';
import type { LocalSnapshot, RemoteSnapshot } from '../../model/snapshot.ts';

/** What the config and the flags decide. */
export interface Policy {
  readonly defaultLocale: Locale;
  readonly conflicts: 'hold' | 'local' | 'remote';
  readonly deletions: 'unpublish' | 'delete' | 'keep';
  readonly maxDeletes: { readonly count: number | null; readonly percent: number | null };
  /** Whether blocks that are new in a body get an empty paragraph between them; `auto`: as its other blocks have it. */
  readonly spacing: 'auto' | 'always' | 'never';
  /** An exact number of deletions that somebody said yes to; null where nobody did. */
  readonly allowDeletes: number | null;
  /** Somebody said yes to a side that was emptied. */
  readonly allowEmptied: boolean;
  /** Files that were put back to what a pull has replaced are meant: they count as edits. */
  readonly takeBack?: boolean;
  /** The author of new articles whose file names none, as the config names them; missing where it does not. */
  readonly author?: string;
  /** Addresses of local images, with `{path}` and perhaps `{hash}`; null where nothing is set. */
  readonly assetBaseUrl: string | null;
  /** What a link that begins with a slash is relative to; missing: `/`. */
  readonly siteRoot?: string;
  /** How messages name the content folder. */
  readonly contentName: string;
}

/** How files and folders are named after titles. */
export interface Names {
  /** A file name without ending; empty where nothing of the title can be part of one. */
  slugOf(title: string): string;
  /** What counts as the same name on disks that ignore case or the spelling of accents. */
  foldOf(name: string): string;
}

/** What a path that somebody typed can mean, the likeliest first; the content folder itself is ''. */
export interface NamedPath {
  readonly typed: string;
  readonly meant: readonly string[];
}

/** Everything that a plan is made from; nothing else is looked at. */
export interface PlanInput {
  readonly direction: Direction;
  readonly base: Base;
  readonly local: LocalSnapshot;
  /** Complete: what is not in it was confirmed to be gone. */
  readonly remote: RemoteSnapshot;
  readonly policy: Policy;
  readonly authors: Authors;
  readonly names: Names;
  /** Fingerprints of the bytes of images and other files that are no entries. */
  readonly assetDigests: ReadonlyMap<LocalPath, string>;
  /** Markdown of a block of the base, where this machine still has it; used to merge words. */
  readonly recall?: (fingerprint: string) => string | undefined;
  /** Where files stood that runs here have made, or made an entry of, and that the base does not know. */
  readonly homes?: ReadonlyMap<EntryKey, LocalPath>;
  /** The run is only about what is at or below these paths; missing for all. */
  readonly only?: readonly NamedPath[];
  /** Somebody's answers to conflicts, by entry; they go before the policy. */
  readonly answers?: ReadonlyMap<EntryKey, Answer>;
}

/** Whose version counts where both sides changed one value differently. */
export type Answer = 'local' | 'remote';

/** How conflicts of an entry are settled: as somebody answered, else as the policy says. */
export function answerFor(input: PlanInput, key: EntryKey): Policy['conflicts'] {
  return input.answers?.get(key) ?? input.policy.conflicts;
}
