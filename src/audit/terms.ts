import type { LocalArticle, LocalContent } from '../model/entry.ts';
import type { LocalPath } from '../model/identity.ts';
import type { Locale } from '../model/locale.ts';
import type { Problem } from '../model/problem.ts';
import type { OfflineFolder } from '../plan/offline-folder.ts';

export type Severity = Problem['severity'] | 'off';

/** What an audit looks for beyond what `validate` does, and how it is reported where the config does not say. */
export const rules = {
  LINK_BY_HAND: 'warning',
  ARTICLE_ORPHAN: 'warning',
  ARTICLE_UNLINKED: 'off',
  COLLECTION_EMPTY: 'warning',
  COLLECTION_OF_ONE: 'warning',
  ARTICLES_SAME: 'warning',
  ARTICLES_ALIKE: 'warning',
  TITLE_TWICE: 'warning',
  TRANSLATION_SAME: 'warning',
  DESCRIPTION_MISSING: 'warning',
  ALT_MISSING: 'warning',
  ARTICLE_LONG: 'warning',
  ARTICLE_SHORT: 'warning',
  HEADING_SKIPPED: 'warning',
  REVIEW_UNREADABLE: 'warning',
  REVIEW_OVERDUE: 'warning',
  ARTICLE_STALE: 'warning',
  COVERS_NOTHING: 'warning',
  ARTICLE_COVERED: 'warning',
  ORDER_DIFFERS: 'warning',
  ARTICLE_DISLIKED: 'warning',
  ARTICLE_UNREAD: 'warning',
  ARTICLE_OUTDATED: 'warning',
  WEB_DEAD: 'error',
  WEB_MOVED: 'warning',
  WEB_ANCHOR: 'warning',
  WEB_UNREACHABLE: 'warning',
} as const satisfies Readonly<Record<string, Severity>>;

export type Rule = keyof typeof rules;

export interface AuditInput {
  readonly folder: OfflineFolder;
  /** The day of the audit, in milliseconds since 1970. */
  readonly now: number;
  /** After how many days nobody can rely on a text any more; null where nobody said. */
  readonly staleDays: number | null;
  /** The day of the last commit of each file, such as `2026-11-26`; empty where git does not tell. */
  readonly changed: ReadonlyMap<LocalPath, string>;
}

/** One language of an article. */
export interface Text {
  readonly article: LocalArticle;
  readonly locale: Locale;
  readonly content: LocalContent;
}

/** What a rule has found; its severity is decided by whoever asked. */
export interface Found {
  readonly rule: Rule;
  readonly file: string;
  /** From 1; 0 for the file as a whole. */
  readonly line: number;
  readonly message: string;
  readonly hint: string;
}

/** All texts of the folder that readers see, or will. */
export const textsOf = ({ local }: OfflineFolder): readonly Text[] =>
  local.articles.flatMap((article) =>
    [...article.locales].flatMap(([locale, content]) =>
      content.state === 'draft' ? [] : [{ article, locale, content }],
    ),
  );
