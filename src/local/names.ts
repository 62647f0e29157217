import { isLocale, looksLikeLocale } from '../model/locale.ts';
import type { Locale } from '../model/locale.ts';

/** The same for two names that are one file on a disk that is blind for case and composition. */
export function foldName(name: string): string {
  // Upper case first: only that way do "ß" and "ss", "ﬁ" and "fi" meet.
  return name.normalize('NFC').toUpperCase().toLowerCase().replaceAll('ς', 'σ').normalize('NFC');
}

/** Names that a scan passes over: hidden ones and what package managers install. */
export function isIgnored(name: string): boolean {
  return name.startsWith('.') || name === 'node_modules';
}

/**
 * Why a file or folder of this name cannot be on every system that a repository is cloned to; null where it can.
 * Rules of Windows: https://learn.microsoft.com/windows/win32/fileio/naming-a-file
 */
export function nameFault(name: string): string | null {
  if (name === '' || name === '.' || name === '..') return 'is not a name';
  if (/[<>:"|?*\\/]/.test(name))
    return 'holds one of the characters < > : " | ? * \\ /, which Windows does not allow';
  if (/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u.test(name)) return 'holds an invisible control character';
  if (/[. ]$/.test(name)) return 'ends with a dot or a space, which Windows drops';
  if (reserved.test(name.normalize('NFKC'))) return 'is reserved on Windows';
  if (isGitName(name)) return 'is reserved for git';
  if (Buffer.byteLength(name) > 255) return 'is longer than 255 bytes';
  return null;
}

/** What the name of a Markdown file says. */
export type ArticleName =
  | { readonly locale: Locale | null; readonly stem: string }
  /** Ends in what looks like a locale and is none. */
  | { readonly locale: 'unknown'; readonly stem: string; readonly suffix: string };

/** Takes `install.fr.md` apart; other dots belong to the name. Null for a file that is not Markdown. */
export function articleName(name: string): ArticleName | null {
  if (!name.endsWith('.md') || name === '.md') return null;
  const whole = name.slice(0, -'.md'.length);
  const dot = whole.lastIndexOf('.');
  const suffix = whole.slice(dot + 1);
  if (dot < 1) return { locale: null, stem: whole };
  const stem = whole.slice(0, dot);
  if (isLocale(suffix)) return { locale: suffix, stem };
  const unknown = looksLikeLocale(suffix) || /^[A-Za-z]{2,3}[-_](?:[A-Za-z]{4}|\d{3})$/.test(suffix);
  return unknown ? { locale: 'unknown', stem, suffix } : { locale: null, stem: whole };
}

/** `02-set_up-sso` as a title: `Set up sso`. Numbers that only order files are no part of it. */
export function titleOfName(stem: string): string {
  const words = stem
    .replace(/^\d{1,3}[-_. ]+(?=\D)/, '')
    .replaceAll(/[-_]+/g, ' ')
    .trim();
  return words === '' ? stem : words.charAt(0).toUpperCase() + words.slice(1);
}

const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$)(?:\.|$)/i;

/** What git refuses as well: `.git` and all that some disk takes for it. */
function isGitName(name: string): boolean {
  const seen = foldName(name.normalize('NFKC').replace(/\p{Default_Ignorable_Code_Point}/gu, ''));
  return /^(?:\.git|git~\d+)$/.test(seen.replace(/[. ]+$/, ''));
}
