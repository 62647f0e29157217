import type { Body } from '../markup/meaning/body.ts';
import type { LocalContent, RemoteContent } from '../model/entry.ts';
import type { RemoteId } from '../model/identity.ts';
import type { Locale } from '../model/locale.ts';

/** Bodies in blocks, each parsed once at most and only when asked for. */
export interface Bodies {
  local(content: LocalContent, locale: Locale): Body;
  remote(content: RemoteContent, locale: Locale): Body;
  /** A fingerprint of the raw text, and of what its links and images lead to, that tells "unchanged" without parsing. */
  localQuick(content: LocalContent): string;
  /** Tells whether a text is, without parsing it, what a fingerprint of it was made from. */
  isLocalQuick(content: LocalContent, quick: string): boolean;
  remoteQuick(content: RemoteContent): string;
}

/** Admins by how files name them, as far as this plan needs them. */
export interface Authors {
  /** Null: the workspace has no such admin. */
  idOf(text: string): RemoteId | null;
  /** How a file names an admin. */
  textOf(id: RemoteId): string;
}

/** What it takes to compare the fields of both sides. */
export interface Reading {
  readonly bodies: Bodies;
  readonly authors: Authors;
}
