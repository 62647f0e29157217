import type { Switches } from '../state/switches.ts';

/** A version of the API; versions compare by their number, such as 211 for 2.11. */
export interface Version {
  readonly name: string;
  readonly number: number;
}

/** The number of Preview, above every numbered version. */
export const previewNumber = 10_000;

/** Tells whether articles have a `body_markdown` in a version. */
export function hasMarkdown(version: Version): boolean {
  return version.number >= 216;
}

/** The version that a header names; null for one that Intercom does not know. */
export function versionOf(name: string, switches: Switches): Version | null {
  if (name === 'Preview' || (name === 'Unstable' && switches.unstableVersion)) {
    return { name, number: previewNumber };
  }
  const parts = /^([12])\.(0|[1-9]\d?)$/.exec(name);
  const major = Number(parts?.[1] ?? 0);
  const minor = Number(parts?.[2] ?? 0);
  if (parts === null || minor > (major === 1 ? 4 : 16)) return null;
  return { name, number: major * 100 + minor };
}
