/** A teammate. Bots are listed among the admins and cannot be authors. */
declare interface Admin {
  readonly id: number;
  readonly name: string;
  readonly email: string;
  readonly bot: boolean;
  /** Without it, articles cannot be written in this admin's name. */
  readonly mayWrite: boolean;
}

/** Whoever holds a token: several apps share the workspace's rate limit, and each has its own. */
declare interface App {
  readonly name: string;
  readonly token: string;
  readonly adminId: number;
  readonly scope: 'read' | 'write';
  /** Version used for calls that name none. */
  readonly version: string;
  /** Calls per window of ten seconds. */
  readonly perWindow: number;
}

declare interface Article {
  readonly id: number;
  /** At most one collection per help center. */
  readonly parentIds: readonly number[];
  readonly defaultLocale: string;
  readonly contents: Readonly<Record<string, ArticleContent>>;
  readonly views: number;
  /** How readers liked it; missing where nobody said. */
  readonly reactions?: Reactions;
}

/** One language of an article. */
declare interface ArticleContent extends ArticleTexts {
  readonly id: number;
  readonly authorId: number;
  readonly state: PublishState;
  readonly createdAt: Seconds;
  readonly updatedAt: Seconds;
  /** What somebody has written in the web editor and not yet published. */
  readonly draft:
    | (ArticleTexts & {
        readonly updatedAt: Seconds;
      })
    | null;
}

declare interface ArticleTexts {
  readonly title: string;
  readonly description: string;
  /** HTML as stored; image addresses without their signatures. */
  readonly body: string;
}

/** Finds the bytes of an image; null where it cannot be fetched, undefined where it can but is not at hand. */
declare type Assets = (url: string) => Promise<Uint8Array | null | undefined>;

/** Time as the engine sees it, so that a test can make it pass. */
declare interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves after that many milliseconds; rejects with the signal's reason when it is aborted before. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

declare interface Collection {
  readonly id: number;
  readonly helpCenterId: number;
  readonly parentId: number | null;
  readonly order: number;
  readonly icon: string;
  readonly texts: Readonly<Record<string, CollectionTexts>>;
  readonly createdAt: Seconds;
  readonly updatedAt: Seconds;
}

declare interface CollectionTexts {
  readonly name: string;
  readonly description: string;
}

/** Properties at the top are those of the default locale. */
export declare interface EditorArticle extends EditorContent {
  /** The collection; null takes the article out of all. */
  readonly parentId?: number | null;
  /** One collection per help center. */
  readonly parentIds?: readonly number[];
  /** By locale; null takes a language out. */
  readonly locales?: Readonly<Record<string, EditorContent | null>>;
  /** Texts are not published but left as an unpublished draft, as when a teammate is in the middle of it. */
  readonly draft?: boolean;
  /** Readers counted in the statistics, which changes nothing else. */
  readonly views?: number;
  /** How readers liked it. */
  readonly reactions?: Reactions;
}

export declare interface EditorCollection {
  readonly name?: string;
  readonly description?: string;
  readonly icon?: string;
  readonly parentId?: number | null;
  readonly helpCenterId?: number;
  /** Place among its siblings. */
  readonly order?: number;
  /** By locale; null takes a language out. */
  readonly locales?: Readonly<
    Record<
      string,
      {
        readonly name?: string;
        readonly description?: string;
      } | null
    >
  >;
}

/** What a teammate changes of one language; a missing property stays as it is. */
export declare interface EditorContent {
  readonly title?: string;
  readonly description?: string;
  /** HTML; tidied as the web editor does, which leaves the levels of headings alone. */
  readonly body?: string;
  /** HTML to be stored as it is, for bodies older than the editor's present form. */
  readonly storedBody?: string;
  readonly authorId?: number;
  readonly state?: PublishState;
}

export declare type EditorHelpCenter = Partial<
  Pick<HelpCenter, 'identifier' | 'displayName' | 'customDomain' | 'websiteOn' | 'defaultLocale' | 'locales'>
>;

declare interface HelpCenter {
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

/** One call that came in. */
export declare interface LoggedCall {
  /** Milliseconds since 1970, by the workspace's clock. */
  readonly at: number;
  readonly method: string;
  /** With its query. */
  readonly path: string;
  /** Null when no answer was given. */
  readonly status: number | null;
  readonly version: string | null;
  readonly requestId: string | null;
  /** What was sent with it. */
  readonly body: string;
  /** The fault that struck, as it is written in a spec; null for none. */
  readonly fault: string | null;
}

declare interface Logo {
  readonly type: string;
  readonly bytes: Uint8Array;
}

/**
 * The workspace as a teammate sees it in the web app, without any of the API's habits, and the means to play
 * tricks. Every step takes effect at once; wrong ids and values throw a ShelfmarkError of the kind `usage`.
 */
export declare interface Operator {
  articles(): readonly Article[];
  article(id: number): Article;
  createArticle(article: EditorArticle): Article;
  editArticle(id: number, edit: EditorArticle): Article;
  /** Publishes the unpublished draft of an article, or throws it away. */
  publishDraft(id: number): Article;
  discardDraft(id: number): Article;
  deleteArticle(id: number): void;
  collections(): readonly Collection[];
  collection(id: number): Collection;
  createCollection(collection: EditorCollection): Collection;
  editCollection(id: number, edit: EditorCollection): Collection;
  /** Removes a collection with those inside; the articles stay. */
  deleteCollection(id: number): void;
  helpCenters(): readonly HelpCenter[];
  createHelpCenter(helpCenter: EditorHelpCenter): HelpCenter;
  editHelpCenter(id: number, edit: EditorHelpCenter): HelpCenter;
  admins(): readonly Admin[];
  addAdmin(admin: Pick<Admin, 'name' | 'email'> & Partial<Pick<Admin, 'mayWrite'>>): Admin;
  /** Their articles keep the author. */
  removeAdmin(id: number): void;
  /** Milliseconds since 1970 by the workspace's clock. */
  now(): number;
  /** Moves that clock by milliseconds, forward or back. */
  moveClock(milliseconds: number): void;
  calls(): readonly LoggedCall[];
  clearCalls(): void;
  faults(): readonly string[];
  /** Replaces all faults; see the grammar of `--fault`. */
  setFaults(specs: readonly string[]): void;
  switches(): Switches;
  /** Turns the switches that are named and leaves the others. */
  setSwitches(switches: Partial<Switches>): Switches;
  /** Calls per window of ten seconds: of the first app, and of the whole workspace. */
  setLimits(limits: { readonly perWindow?: number; readonly workspacePerWindow?: number }): void;
  /** Lets other apps of the workspace make that many calls in the present window. */
  spend(calls: number): void;
  apps(): readonly App[];
  /** Another app with a token of its own. */
  addApp(app: Partial<Omit<App, 'token'>>): App;
  /** Milliseconds added to every call. */
  setLatency(milliseconds: number): void;
}

declare type PublishState = 'published' | 'draft';

declare interface Reactions {
  readonly happy: number;
  readonly neutral: number;
  readonly sad: number;
}

/** Whole seconds since 1970. */
declare type Seconds = number;

export declare interface Simulator {
  /** Where the API answers, without a slash at the end. */
  readonly url: string;
  /** The public help center. */
  readonly site: string;
  readonly token: string;
  readonly operator: Operator;
  /** Stops serving, writes the state and lets go of it. */
  close(): Promise<void>;
}

export declare interface SimulatorOptions {
  /** 0 or missing: any free one. Only the loopback interface is served. */
  readonly port?: number;
  /** Where the workspace is kept; without it, it ends with the process. */
  readonly stateFile?: string;
  /** Serves the state without claiming it and writes nothing to disk, for whoever only reads. */
  readonly isReadOnly?: boolean;
  /** The token, ids and all chance follow from it. Only used for a state that does not exist yet. */
  readonly seed?: number;
  /** See `readFault` for the grammar. */
  readonly faults?: readonly string[];
  /** Milliseconds added to every call. */
  readonly latency?: number;
  /** Only what is named; a state that exists keeps its other switches. */
  readonly switches?: Partial<Switches>;
  readonly clock?: Clock;
  /**
   * Where an image is found that the simulator is told to fetch: null for one that is not there, undefined for one
   * that is somewhere on the web. Without it every address counts as the latter; nothing is downloaded.
   */
  readonly assets?: Assets;
  /** Begins the addresses of articles, collections and help centers; by default the simulator's own. */
  readonly siteOrigin?: string;
  /** How the public pages look; by default in the usual colour, under the help center's own name. */
  readonly look?: SiteLook;
  /** Default locale of a help center that does not exist yet. */
  readonly defaultLocale?: string;
}

/** How the preview and the simulated help center present themselves; `preview` in the config file says it. */
declare interface SiteLook {
  readonly title: string;
  /** What the home page asks its readers, by language; where a language has none, the usual question. */
  readonly greetings: ReadonlyMap<string, string>;
  /** `#rrggbb` or `#rgb`; null for the usual one. */
  readonly color: string | null;
  readonly logo: Logo | null;
}

/**
 * Serves a simulated Intercom workspace on a port of the loopback interface: the API, the public help center, and the
 * operator's door for what a teammate does. Ends with `close`, or with the process.
 */
export declare function startSimulator(options?: SimulatorOptions): Promise<Simulator>;

/** What nobody could find out about Intercom: one switch for each open question. */
declare interface Switches {
  /** answers carry default_locale and translated_content; by default true */
  readonly multilingual: boolean;
  /** translated_content names all 37 locales (null where empty) or only those switched on; by default "all" */
  readonly localeKeys: 'all' | 'enabled';
  /** a locale that Intercom does not know is passed over, or answered with 400; by default "ignore" */
  readonly unknownLocale: 'ignore' | 'refuse';
  /** which text wins when the default locale is sent at the top and under its own key; by default "top" */
  readonly clash: 'top' | 'locale';
  /** fields left out of a locale object that exists already stay, or are emptied; by default "keep" */
  readonly omittedLocaleFields: 'keep' | 'empty';
  /** null sent for a locale removes that translation, or does nothing; by default "remove" */
  readonly nullLocale: 'remove' | 'ignore';
  /** an edit of one translation moves updated_at of the whole article; by default false */
  readonly localeTouchesTop: boolean;
  /** a PUT that changes nothing moves updated_at, or not; by default "touch" */
  readonly idleUpdate: 'touch' | 'leave';
  /** a PUT without author_id keeps the author, or takes the admin of the token; by default "keep" */
  readonly authorOnUpdate: 'keep' | 'tokenAdmin';
  /** status for an author_id that is no admin of the workspace; by default 400 */
  readonly unknownAdmin: 400 | 401;
  /** code of the 400 for an article without a title; by default "parameter_not_found" */
  readonly missingTitle: 'parameter_not_found' | 'parameter_invalid';
  /** an empty title or name is answered with 400, or stored; by default "refuse" */
  readonly blankTitle: 'refuse' | 'accept';
  /** titles and names of more characters are answered with 400; 0 for no such limit; by default 0 */
  readonly longestTitle: number;
  /** status for a parent_id that does not exist; by default 404 */
  readonly unknownParent: 404 | 400;
  /** status for a fourth level and for a collection moved below itself; by default 400 */
  readonly badMove: 400 | 422;
  /** a parent_id written to an article in several help centers replaces all its collections, or one; by default "replaceAll" */
  readonly severalParents: 'replaceAll' | 'sameHelpCenter';
  /** parent_id null takes an article out of its collections, or does nothing; by default "takeOut" */
  readonly nullParent: 'takeOut' | 'ignore';
  /** whether a published article outside every collection has a url; by default "given" */
  readonly parentlessUrl: 'given' | 'null';
  /** what becomes of collections inside a deleted one: deleted too, 400, or moved up; by default "cascade" */
  readonly deleteCollection: 'cascade' | 'refuse' | 'lift';
  /** help_center_id of a collection inside another one; by default "null" */
  readonly nestedHelpCenterId: 'null' | 'given';
  /** whether an icon in a collection request is read; by default "taken" */
  readonly collectionIcon: 'taken' | 'ignored';
  /** lists of collections: newest updated_at first, or oldest id first; by default "updated" */
  readonly collectionOrder: 'updated' | 'created';
  /** order of rows of the same second; by default "idDescending" */
  readonly ties: 'idDescending' | 'idAscending';
  /** whether help_center_id filters the list of collections; by default "ignored" */
  readonly helpCenterFilter: 'ignored' | 'applied';
  /** per_page above 250 counts as 250, or is answered with 400; by default "clamp" */
  readonly largePage: 'clamp' | 'refuse';
  /** a negative page counts as the first, or is answered with 400; by default "first" */
  readonly negativePage: 'first' | 'refuse';
  /** pages.next names this server, or https://api.intercom.io; by default "own" */
  readonly nextHost: 'own' | 'intercom';
  /** seconds until a write shows in lists; by default 0 */
  readonly listLag: number;
  /** seconds until a write shows in the search; by default 0 */
  readonly searchLag: number;
  /** every published article counts as having an unpublished draft, which swallows text changes; by default false */
  readonly webDraftPending: boolean;
  /** heading ids of Intercom’s own form are kept when sent, or made anew at each write; by default "keep" */
  readonly headingIds: 'keep' | 'renew';
  /** a list inside a list is stored, or 400; by default "keep" */
  readonly nestedLists: 'keep' | 'refuse';
  /** u, s, del, sup and sub lose their tag, or keep it; by default "unwrap" */
  readonly otherInline: 'unwrap' | 'keep';
  /** blockquote loses its tag, or keeps it; by default "unwrap" */
  readonly blockquote: 'unwrap' | 'keep';
  /** line breaks in code blocks come back as line feeds, or as br; by default "newline" */
  readonly codeBreaks: 'newline' | 'br';
  /** details that is sent is stored as a collapsible section, or as its contents; by default "keep" */
  readonly collapsibleSections: 'keep' | 'unwrap';
  /** an image as a data: URI is answered with 400, or left out; by default "refuse" */
  readonly dataImages: 'refuse' | 'drop';
  /** an image that cannot be fetched is answered with 400, or stored and broken; by default "refuse" */
  readonly brokenImages: 'refuse' | 'accept';
  /** stored images are addressed on downloads.intercomcdn.com, or on this server; by default "intercom" */
  readonly imageAddresses: 'intercom' | 'own';
  /** image signatures last until noon UTC of the next day, or to the next quarter of an hour; by default "day" */
  readonly signingPeriod: 'day' | 'quarter';
  /** an empty body is answered as "" or null; by default "empty" */
  readonly emptyBody: 'empty' | 'null';
  /** a 429 carries Retry-After; by default false */
  readonly retryAfter: boolean;
  /** code of the 403 for a write with a token that may only read; by default "forbidden" */
  readonly readOnlyCode: 'forbidden' | 'action_forbidden';
  /** a call without an Accept header is answered with 406; by default false */
  readonly strictAccept: boolean;
  /** Unstable still works as a name of Preview; by default false */
  readonly unstableVersion: boolean;
}

export {};
