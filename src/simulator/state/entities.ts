import type { Switches } from './switches.ts';

/** Whole seconds since 1970. */
export type Seconds = number;
export type PublishState = 'published' | 'draft';

/** A teammate. Bots are listed among the admins and cannot be authors. */
export interface Admin {
  readonly id: number;
  readonly name: string;
  readonly email: string;
  readonly bot: boolean;
  /** Without it, articles cannot be written in this admin's name. */
  readonly mayWrite: boolean;
}

/** Whoever holds a token: several apps share the workspace's rate limit, and each has its own. */
export interface App {
  readonly name: string;
  readonly token: string;
  readonly adminId: number;
  readonly scope: 'read' | 'write';
  /** Version used for calls that name none. */
  readonly version: string;
  /** Calls per window of ten seconds. */
  readonly perWindow: number;
}

export interface HelpCenter {
  readonly id: number;
  readonly identifier: string;
  readonly displayName: string;
  readonly customDomain: string | null;
  /** Off: nothing has a public address. */
  readonly websiteOn: boolean;
  readonly defaultLocale: string;
  /** Locales that are switched on. */
  readonly locales: readonly string[];
  readonly createdAt: Seconds;
  readonly updatedAt: Seconds;
}

export interface CollectionTexts {
  readonly name: string;
  readonly description: string;
}

export interface Collection {
  readonly id: number;
  readonly helpCenterId: number;
  readonly parentId: number | null;
  readonly order: number;
  readonly icon: string;
  readonly texts: Readonly<Record<string, CollectionTexts>>;
  readonly createdAt: Seconds;
  readonly updatedAt: Seconds;
}

export interface ArticleTexts {
  readonly title: string;
  readonly description: string;
  /** HTML as stored; image addresses without their signatures. */
  readonly body: string;
}

/** One language of an article. */
export interface ArticleContent extends ArticleTexts {
  readonly id: number;
  readonly authorId: number;
  readonly state: PublishState;
  readonly createdAt: Seconds;
  readonly updatedAt: Seconds;
  /** What somebody has written in the web editor and not yet published. */
  readonly draft: (ArticleTexts & { readonly updatedAt: Seconds }) | null;
}

export interface Reactions {
  readonly happy: number;
  readonly neutral: number;
  readonly sad: number;
}

export interface Article {
  readonly id: number;
  /** At most one collection per help center. */
  readonly parentIds: readonly number[];
  readonly defaultLocale: string;
  readonly contents: Readonly<Record<string, ArticleContent>>;
  readonly views: number;
  /** How readers liked it; missing where nobody said. */
  readonly reactions?: Reactions;
}

/** An image that was copied from where a body pointed to. */
export interface StoredImage {
  /** Path of its address, such as `/i/o/123/0a1b2c3d4e5f/shot.png`; names the image. */
  readonly path: string;
  readonly source: string;
  /** Base64; null where the picture itself is not at hand. */
  readonly bytes: string | null;
}

/** The workspace apart from its contents. */
export interface Settings {
  readonly seed: number;
  readonly workspace: {
    readonly id: string;
    readonly name: string;
    readonly region: 'US' | 'EU' | 'AU';
    readonly createdAt: Seconds;
  };
  readonly apps: readonly App[];
  /** Calls per window of ten seconds of all apps together. */
  readonly workspacePerWindow: number;
  /** Milliseconds that the workspace's clock is ahead of the real one. */
  readonly clockOffset: number;
  readonly switches: Switches;
  readonly admins: readonly Admin[];
  /** The first one is the default. */
  readonly helpCenters: readonly HelpCenter[];
}

/** The last number given, by kind; numbers are never given twice. */
export interface Counters {
  readonly collection: number;
  readonly article: number;
  readonly content: number;
  readonly helpCenter: number;
  readonly admin: number;
  /** Numbers drawn from the seed so far. */
  readonly draws: number;
}

/** What is replaced or removed by one step; a list of them is one line of the state file's journal. */
export type Change =
  | { readonly kind: 'settings'; readonly value: Settings }
  | { readonly kind: 'counters'; readonly value: Counters }
  | { readonly kind: 'collection'; readonly id: number; readonly value: Collection | null }
  | { readonly kind: 'article'; readonly id: number; readonly value: Article | null }
  | { readonly kind: 'image'; readonly value: StoredImage };
