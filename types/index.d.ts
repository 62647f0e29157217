declare type Action = 'create' | 'update' | 'move' | 'delete';

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
  readonly state: PublishState_2;
  readonly createdAt: Seconds;
  readonly updatedAt: Seconds;
  /** What somebody has written in the web editor and not yet published. */
  readonly draft:
    | (ArticleTexts & {
        readonly updatedAt: Seconds;
      })
    | null;
}

export declare interface ArticleEntry {
  readonly kind: 'article';
  /** The file of the default language, below the content folder. */
  readonly path: string;
  /** In the help center; null before it is there. */
  readonly id: string | null;
  /** By locale, such as `en`. */
  readonly locales: Readonly<Record<string, ArticleText>>;
}

/** A field of which an article has a value in each language. */
declare type ArticleField = keyof RemoteContent;

/** What changes in the file of an article; a missing property is left as it is. The body is Markdown, whole. */
declare type ArticleFileEdit = {
  readonly [Field in ArticleField]?: NonNullable<LocalFields[Field]>;
};

/** One language of an article, as its file says it. */
export declare interface ArticleText {
  /** Below the content folder. */
  readonly file: string;
  readonly title: string;
  /** Empty where the file has none. */
  readonly description: string;
  /** Null where the file does not say. */
  readonly state: 'published' | 'draft' | null;
  /** An e-mail address or an admin id; null where the file names none. */
  readonly author: string | null;
  /** Markdown, without front matter and without the heading that gave the title. */
  readonly body: string;
}

declare interface ArticleTexts {
  readonly title: string;
  readonly description: string;
  /** HTML as stored; image addresses without their signatures. */
  readonly body: string;
}

/** What a remote operation sends of an article; links to entries without an id yet are placeholders in it. */
declare interface ArticleWrite {
  /** Missing: left as it is. */
  readonly parent?: EntryKey | null;
  readonly locales: Readonly<Partial<Record<Locale, ContentEdit>>>;
}

/** Finds the bytes of an image; null where it cannot be fetched, undefined where it can but is not at hand. */
declare type Assets = (url: string) => Promise<Uint8Array | null | undefined>;

export declare interface AuditOptions extends ChosenPaths {
  /** Texts that nobody looked at for so many days are reported. By default as the config says. */
  readonly staleDays?: number;
  /** A commit, branch or tag: articles that cover what changed since, and were not touched, are reported. */
  readonly since?: string;
}

/** An entry that the remote changed and that a push therefore leaves alone. */
declare interface Behind {
  readonly key: EntryKey;
  readonly kind: Kind;
  readonly path: LocalPath;
  readonly id: RemoteId;
  readonly fields: readonly FieldChange[];
  readonly reason: string;
}

/** What of an entry a translator has to look at. */
declare interface Behind_2 {
  /** Fields whose text changed. */
  readonly fields: readonly ('title' | 'description' | 'name')[];
  /** Places of the source's blocks that are new or changed, from 0 among all of its blocks. */
  readonly blocks: readonly number[];
  /** Blocks of the source that are gone, beyond those that were replaced. */
  readonly removed: number;
  /** Words of what is new or changed. */
  readonly words: number;
  /** The day since when, such as `2026-11-26`; null where nobody knows, or where it was not sent yet. */
  readonly since: string | null;
}

declare type Brand<Name extends string> = string & {
  readonly [brand]: Name;
};

declare const brand: unique symbol;

/** Calls that were sent to the help center. */
export declare interface Calls {
  readonly total: number;
  readonly byMethod: Readonly<Record<string, number>>;
}

/** One place in which the source says something else than it did. */
declare interface Change {
  readonly what: 'title' | 'description' | 'block';
  /** Line of the source's file, from 1; null for what is gone, and for what is in front matter. */
  readonly line: number | null;
  /** As it was; null where it is new, or where nobody knows any more. */
  readonly before: string | null;
  /** As it is; null where it is gone. */
  readonly now: string | null;
  /** As it is in the translation; null where it has none for it, or where nobody can tell. */
  readonly translation: string | null;
  readonly translationLine: number | null;
}

export declare interface ChosenPaths {
  /** Files and folders, from the project's folder or below the content folder; all by default. */
  readonly paths?: readonly string[];
}

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
  readonly texts: Readonly<Record<string, CollectionTexts_2>>;
  readonly createdAt: Seconds;
  readonly updatedAt: Seconds;
}

export declare interface CollectionEntry {
  readonly kind: 'collection';
  /** The folder, below the content folder. */
  readonly path: string;
  readonly id: string | null;
  /** Null where its `collection.yaml` does not say; the folder's name serves. */
  readonly name: string | null;
  readonly description: string | null;
  readonly icon: string | null;
  readonly translations: Readonly<
    Record<
      string,
      {
        readonly name: string;
        readonly description: string;
      }
    >
  >;
}

declare type CollectionField = keyof CollectionFields;

/** What a collection has in the default language, and once. */
declare interface CollectionFields extends CollectionTexts {
  readonly icon: string | null;
}

/** What changes in a `collection.yaml`; a missing property is left as it is. */
declare interface CollectionFileEdit extends CollectionFileFields {
  /** Null removes a translation. */
  readonly translations?: Readonly<Partial<Record<Locale, CollectionTexts | null>>>;
}

declare type CollectionFileFields = {
  readonly [Field in CollectionField]?: NonNullable<CollectionFields[Field]>;
};

/** What a collection has in every language. */
declare interface CollectionTexts {
  readonly name: string;
  readonly description: string;
}

declare interface CollectionTexts_2 {
  readonly name: string;
  readonly description: string;
}

declare interface CollectionWrite extends Partial<CollectionFields> {
  readonly parent?: EntryKey | null;
  readonly translations?: Readonly<Partial<Record<Locale, CollectionTexts>>>;
}

declare interface Common {
  readonly action: Action;
  readonly key: EntryKey;
  /** The entry's place in the folder: where it is, or for a create where it will be. */
  readonly path: LocalPath;
  /** Null while the remote has not named it yet. */
  readonly id: RemoteId | null;
  /** Operations of one wave may run side by side; lower waves come first. */
  readonly wave: number;
  readonly fields: readonly FieldChange[];
  /** Why, in a few words. */
  readonly reason: string;
}

/** Both sides changed one value differently; the entry is written on neither side until somebody answers. */
declare interface Conflict {
  readonly key: EntryKey;
  readonly kind: Kind;
  readonly path: LocalPath;
  readonly id: RemoteId | null;
  readonly field: FieldName;
  readonly locale: Locale | null;
  /** Null: that side does not have it any more. For a body: the blocks concerned, as Markdown. */
  readonly local: string | null;
  readonly remote: string | null;
  readonly reason: string;
}

/** What is written of one language; a missing property is left as it is. */
declare type ContentEdit = {
  readonly [Field in ArticleField]?: NonNullable<RemoteContent[Field]>;
};

/** Something to know about a text that was converted; an `error` means that Intercom cannot be given it. */
export declare interface ConversionFinding {
  readonly severity: 'error' | 'warning';
  /** Fixed, in capitals; `shelfmark explain CODE` says more. */
  readonly code: string;
  /** Both counted from 1. */
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly hint: string;
}

/** Converts bodies as a push and a pull do. */
export declare const convert: Converter;

/** Markdown and Intercom's HTML, each as the other. Addresses stay as they are. */
export declare interface Converter {
  /** @param markdown a body, without front matter */
  toHtml(markdown: string): {
    readonly html: string;
    readonly findings: readonly ConversionFinding[];
  };
  /** @param html a body as Intercom stores it */
  toMarkdown(html: string): {
    readonly markdown: string;
    readonly findings: readonly ConversionFinding[];
  };
}

/** Which side a plan may write: push the remote, pull the local side, sync both. */
export declare type Direction = 'push' | 'pull' | 'sync';

/** Properties at the top are those of the default locale. */
declare interface EditorArticle extends EditorContent {
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

declare interface EditorCollection {
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
declare interface EditorContent {
  readonly title?: string;
  readonly description?: string;
  /** HTML; tidied as the web editor does, which leaves the levels of headings alone. */
  readonly body?: string;
  /** HTML to be stored as it is, for bodies older than the editor's present form. */
  readonly storedBody?: string;
  readonly authorId?: number;
  readonly state?: PublishState_2;
}

declare type EditorHelpCenter = Partial<
  Pick<HelpCenter, 'identifier' | 'displayName' | 'customDomain' | 'websiteOn' | 'defaultLocale' | 'locales'>
>;

/** An entry's identity inside the engine; the same for both sides and in the base. */
declare type EntryKey = Brand<'EntryKey'>;

declare interface EntryStatus {
  readonly key: EntryKey;
  readonly kind: Kind;
  readonly path: LocalPath | null;
  readonly id: RemoteId | null;
  readonly title: string;
  readonly standing: Standing;
  /** What differs, in a few words. */
  readonly details: readonly string[];
}

/** Why a run stopped, in terms of the exit code that it leads to. */
export declare type ErrorKind = 'failed' | 'refused' | 'usage';

/** One value that an operation changes, as text for people: bodies as Markdown, parents as folders. */
declare interface FieldChange {
  readonly field: FieldName;
  /** Null for what the entry has once, whatever the language. */
  readonly locale: Locale | null;
  /** Null: there was none. */
  readonly before: string | null;
  readonly after: string | null;
}

/** Everything of an entry that is synced; `fields/` says how. */
declare type FieldName = ArticleField | CollectionField | 'parent';

/** One step on one file; `digest` is the fingerprint that the file must still have. */
declare type FileStep =
  | {
      readonly step: 'create-article';
      readonly path: LocalPath;
      readonly content: NewArticleFile;
    }
  | {
      readonly step: 'create-collection';
      readonly path: LocalPath;
      readonly content: NewCollectionFile;
    }
  | {
      readonly step: 'edit-article';
      readonly path: LocalPath;
      readonly digest: string;
      readonly edit: ArticleFileEdit;
    }
  | {
      readonly step: 'edit-collection';
      readonly path: LocalPath;
      readonly digest: string;
      readonly edit: CollectionFileEdit;
    }
  | {
      readonly step: 'move-file';
      readonly path: LocalPath;
      readonly to: LocalPath;
      readonly digest: string;
    }
  | {
      readonly step: 'move-folder';
      readonly path: LocalPath;
      readonly to: LocalPath;
    }
  | {
      readonly step: 'trash';
      readonly path: LocalPath;
      readonly digest: string;
    };

/**
 * An address of a text that is written otherwise, wherever the file has it; links of another tool with what they are in
 * Markdown; or a file that gets another name.
 */
export declare type Fix =
  | {
      readonly address: string;
      readonly to: string;
    }
  | {
      readonly links: Readonly<Record<string, string>>;
    }
  | {
      readonly rename: string;
    };

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

/** One step of a plan as machines read it. Stable; documented in docs/json.md. */
export declare interface JsonOperation {
  readonly side: string;
  readonly action: string;
  readonly kind: string;
  readonly path: string;
  readonly id: string | null;
  readonly fields: readonly {
    readonly field: string;
    readonly locale: string | null;
    readonly before: string | null;
    readonly after: string | null;
  }[];
  readonly reason: string;
  readonly wave: number;
  /** Only deletions on the remote: `unpublish` or `delete`. */
  readonly removal?: string;
  /** Only remote operations: whether readers see each language, before and after. */
  readonly readers?: readonly SeenByReaders[];
  /** Only local moves: where the entry is afterwards. */
  readonly to?: string;
}

/** What became of an operation, as machines read it. Stable; documented in docs/json.md. */
export declare interface JsonOutcome {
  readonly status: Outcome['status'];
  readonly side: string;
  readonly action: string;
  readonly kind: string;
  readonly path: string;
  readonly id: string | null;
  /** What happened, where it was not done. */
  readonly message: string | null;
  /** What to do about it. */
  readonly hint: string | null;
}

/** A plan as machines read it. Stable; documented in docs/json.md. */
export declare interface JsonPlan {
  readonly version: 1;
  readonly direction: Direction;
  readonly summary: Summary;
  /** In the order in which they are carried out. */
  readonly operations: readonly JsonOperation[];
  /** What both sides changed differently; neither side of it is written until somebody answers. */
  readonly conflicts: readonly Omit<Conflict, 'key'>[];
  /** What the help center changed, and a push therefore leaves alone. */
  readonly behind: readonly Omit<Behind, 'key'>[];
  readonly problems: readonly Problem[];
  /** Why a guard lets nothing of it be carried out; empty for most plans. */
  readonly refusals: readonly Refusal[];
  /** Entries that are the same on both sides and that are linked from now on. */
  readonly links: readonly {
    readonly kind: string;
    readonly path: string;
    readonly id: string;
  }[];
  /** What is left alone on both sides, and why. */
  readonly held: readonly {
    readonly path: string | null;
    readonly reason: string;
  }[];
  /** What stays in the help center although its file is gone (`deletions: keep`). */
  readonly kept: readonly {
    readonly kind: string;
    readonly path: string | null;
    readonly id: string | null;
  }[];
}

/** How things stand, as machines read it. Stable; documented in docs/json.md. */
export declare interface JsonStatus {
  readonly version: 1;
  /** Only entries that are not in step. */
  readonly entries: readonly Omit<EntryStatus, 'key'>[];
  /** How many are in step. */
  readonly unchanged: number;
  readonly conflicts: readonly Omit<Conflict, 'key'>[];
  readonly problems: readonly Problem[];
  readonly refusals: readonly Refusal[];
}

/** How the translations stand, as machines read it. Stable; documented in docs/json.md. */
export declare interface JsonTranslations {
  readonly version: 1;
  readonly locales: readonly LocaleSummary[];
  readonly translations: readonly (Omit<Standing_2, 'behind' | 'was'> &
    Partial<Pick<Standing_2, 'behind'>>)[];
  /** Only where the question is about one article in one language that is behind: what changed in its source. */
  readonly changes?: readonly Change[];
}

declare type Kind = 'collection' | 'article';

declare type Locale = (typeof locales)[number];

/**
 * The 37 locales that Intercom knows, case as Intercom spells them.
 * Source: Intercom's API description 2.11, schema `group_translated_content`.
 */
declare const locales: readonly [
  'ar',
  'bg',
  'bs',
  'ca',
  'cs',
  'da',
  'de',
  'el',
  'en',
  'es',
  'et',
  'fi',
  'fr',
  'he',
  'hr',
  'hu',
  'id',
  'it',
  'ja',
  'ko',
  'lt',
  'lv',
  'mn',
  'nb',
  'nl',
  'pl',
  'pt',
  'ro',
  'ru',
  'sl',
  'sr',
  'sv',
  'tr',
  'vi',
  'pt-BR',
  'zh-CN',
  'zh-TW',
];

/** One language of a help center. */
declare interface LocaleSummary {
  readonly locale: Locale;
  readonly articles: Tally;
  readonly collections: Tally;
  /** Words of the default locale's articles, and of those that are translated, up to date or not. */
  readonly words: {
    readonly all: number;
    readonly translated: number;
    readonly fresh: number;
  };
}

/** What a file says of an article in its language. Null means "not said": the agreed value stays. */
declare interface LocalFields {
  readonly title: string;
  /** Empty when the front matter names none. */
  readonly description: string;
  /** Null when the front matter does not say: a new article then starts as a draft, a known one stays as it is. */
  readonly state: PublishState | null;
  /** An e-mail address or an admin id, as written. */
  readonly author: string | null;
  /** Markdown after the front matter, without the heading that gave the title. */
  readonly body: string;
}

declare type LocalOperation = Common & {
  readonly side: 'local';
  readonly kind: Kind;
  readonly steps: readonly FileStep[];
  /** Where the entry is afterwards; the same as `path` unless it moves. */
  readonly to: LocalPath;
};

/** A place below the content folder, with `/` between its parts and no leading one; `''` is the folder itself. */
declare type LocalPath = Brand<'LocalPath'>;

/** One call that came in. */
declare interface LoggedCall {
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

declare type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

declare type NewArticleFile = LocalFields;

declare interface NewCollectionFile extends CollectionFields {
  readonly translations: Readonly<Partial<Record<Locale, CollectionTexts>>>;
}

/** Which project to open, and as whom to talk to its help center. */
export declare interface OpenOptions {
  /**
   * A folder of the project, absolute or from the current one. Its config file is looked for there and in the folders
   * above, up to the repository's. The current folder by default.
   */
  readonly folder?: string;
  /**
   * A config file, from `folder`; or what such a file would say, as an object with the same keys. Paths in an object are
   * relative to `folder`.
   */
  readonly config?: string | Readonly<Record<string, unknown>>;
  /** A target of the config, such as `staging`. */
  readonly target?: string;
  /** The access token. By default that of the environment variable which the config names, `INTERCOM_TOKEN`. */
  readonly token?: string;
  /** Where the API is, such as `http://127.0.0.1:8080`. By default `INTERCOM_URL`, else Intercom's host of the region. */
  readonly url?: string;
  /** Ends what is going on: nothing new is begun, and what is under way is finished. */
  readonly signal?: AbortSignal;
  /** Is told what goes on. */
  readonly onEvent?: ProjectListener;
}

/**
 * Opens a project. Reads its config and nothing else; both sides are read by the methods.
 *
 * Throws `ShelfmarkError`: `CONFIG_MISSING`, `CONFIG_INVALID`, `TARGET_UNKNOWN`.
 */
export declare function openProject(options?: OpenOptions): Promise<Project>;

declare type Operation = RemoteOperation | LocalOperation;

/**
 * The workspace as a teammate sees it in the web app, without any of the API's habits, and the means to play
 * tricks. Every step takes effect at once; wrong ids and values throw a ShelfmarkError of the kind `usage`.
 */
declare interface Operator {
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

/** What became of one operation. */
declare interface Outcome {
  readonly operation: Operation;
  /** `stale`: the side had changed since the plan, so nothing was written. `skipped`: something before it failed. */
  readonly status: 'done' | 'stale' | 'failed' | 'skipped';
  /** Set unless done: what happened, in a sentence. */
  readonly message: string | null;
  readonly hint: string | null;
  /** The remote id, once there is one. */
  readonly id: string | null;
}

/** A place in a file, lines and columns counted from 1; `line` 0 means the file as a whole. */
export declare interface Place {
  /** As the user knows it: relative to the config file's folder, with `/`. */
  readonly file: string;
  readonly line: number;
  readonly column?: number;
}

export declare interface PlanOptions extends ChosenPaths {
  /** `push` writes the help center only, `pull` the folder only, `sync` both. `sync` by default. */
  readonly direction?: Direction;
  /** Allows exactly this many deletions, beyond what the config allows. */
  readonly allowDeletes?: number;
  /** Allows that one side is empty. */
  readonly allowEmptied?: boolean;
  /** Sends files that were put back to what they said before a pull. */
  readonly takeBack?: boolean;
  /** Nothing at all is carried out while there is an error; else an error holds its own entry only. */
  readonly strict?: boolean;
}

/**
 * A finding about one file or entry. An `error` holds the entry and what depends on it: neither side of it is written, and
 * it is never taken for a deletion. Everything else is carried out. A `warning` is only reported.
 */
export declare interface Problem {
  readonly severity: 'error' | 'warning';
  /** Fixed, in capitals, such as `TITLE_MISSING`; documented in docs/problems.md. */
  readonly code: string;
  readonly place: Place;
  /** One sentence: what is wrong. */
  readonly message: string;
  /** One sentence: what to do. */
  readonly hint: string;
  /** What the hint says, done by a machine; only where nothing comes to mean anything else by it. */
  readonly fix?: Fix;
}

/**
 * A folder and its help center. Each method does what the command of its name does, by the same code; each reads both
 * sides anew. Throws `ShelfmarkError` with a `code`, a `message` that says what state things are in, and a `hint`.
 */
export declare interface Project {
  /** The folder of the config file, absolute. */
  readonly folder: string;
  /** The content folder, absolute. */
  readonly content: string;
  readonly target: string | null;
  readonly defaultLocale: string;
  /** How things stand, entry by entry. Writes nothing. */
  status(): Promise<JsonStatus>;
  /** What a run would do. Writes nothing. */
  plan(options?: PlanOptions): Promise<ProjectPlan>;
  /**
   * Carries out a plan that this project made: what it says and nothing else. Refused as a whole (`PLAN_STALE`) where
   * config, lock or content changed since; what changed in the help center is left out, with the outcome `stale`.
   */
  apply(plan: ProjectPlan): Promise<RunReport>;
  /** Checks the content folder without the help center. Writes nothing. */
  validate(options?: ChosenPaths): Promise<Validation>;
  /** Which translations are missing or behind, and by what. Offline. Writes nothing. */
  translations(options?: TranslationsOptions): Promise<JsonTranslations>;
  /** What is broken, old or doubled in the folder. Offline. Writes nothing. */
  audit(options?: AuditOptions): Promise<Validation>;
  /**
   * An article or a collection as the folder has it.
   *
   * @param path of a file or folder, as for `paths`; throws `PATH_UNKNOWN`
   */
  read(path: string): Promise<ArticleEntry | CollectionEntry>;
  /** All articles and collections of the folder, by path. */
  list(): Promise<readonly (ArticleEntry | CollectionEntry)[]>;
}

/** What a project tells of what goes on. Holds neither the token nor anybody's text. */
export declare type ProjectEvent =
  /** Both sides are being read. */
  | {
      readonly event: 'reading';
    }
  /** The plan is made. */
  | {
      readonly event: 'planned';
      readonly operations: number;
    }
  /** An operation came to its end; `done` of `total`. */
  | {
      readonly event: 'outcome';
      readonly path: string;
      readonly action: string;
      readonly status: 'done' | 'stale' | 'failed' | 'skipped';
      readonly done: number;
      readonly total: number;
    }
  /** An earlier run was cut off, or may still be at work; so long it is waited for. */
  | {
      readonly event: 'settling' | 'watching';
      readonly milliseconds: number;
    }
  /** The lock file was changed meanwhile, such as by git, and left alone. */
  | {
      readonly event: 'lock-left';
    }
  /** Calls, pauses and retries. */
  | RemoteEvent;

export declare type ProjectListener = (event: ProjectEvent) => void;

/** What `plan --json` prints. Carry it out with `apply` of the project that made it. */
export declare interface ProjectPlan extends JsonPlan {
  readonly calls: Calls;
}

declare type PublishState = 'published' | 'draft';

declare type PublishState_2 = 'published' | 'draft';

declare interface Reactions {
  readonly happy: number;
  readonly neutral: number;
  readonly sad: number;
}

/** What readers see of an article before an operation; nothing of one that is new, nor of a collection. */
declare interface ReadersSee {
  /** The public address; null where there is none, or where it is not known. */
  readonly url: string | null;
  /** The languages in which it is published; null means the default one, as in the fields. */
  readonly locales: readonly (Locale | null)[];
}

/** "No, because": a guard found the plan dangerous; nothing of it is carried out. */
export declare interface Refusal {
  /** Fixed, in capitals. */
  readonly code: string;
  readonly message: string;
  /** The exact flag or step that allows it. */
  readonly hint: string;
}

/** One language of an article as the remote holds it. */
declare interface RemoteContent {
  readonly title: string;
  readonly description: string;
  readonly state: PublishState;
  readonly author: RemoteId | null;
  /** HTML as stored. */
  readonly body: string;
}

/** What is worth telling while the remote is used; nothing in it holds the token or anybody's text. */
declare type RemoteEvent =
  | {
      readonly event: 'call';
      readonly method: Method;
      readonly path: string;
      /** Null when no answer came. */
      readonly status: number | null;
      readonly ms: number;
    }
  | {
      readonly event: 'waiting';
      readonly reason: 'pace' | 'limited';
      readonly milliseconds: number;
    }
  | {
      readonly event: 'retry';
      readonly method: Method;
      readonly path: string;
      readonly reason: string;
      readonly milliseconds: number;
    }
  | {
      readonly event: 'listed';
      readonly kind: Kind;
      readonly count: number;
      readonly total: number;
    };

/** What the remote calls an entry: decimal digits, as text, since they may exceed what a number holds. */
declare type RemoteId = Brand<'RemoteId'>;

declare type RemoteOperation = Common & {
  readonly side: 'remote';
  /** Fingerprint of the remote entry that the plan was made from; null for a create. */
  readonly expected: string | null;
  readonly removal: Removal | null;
  readonly readers: ReadersSee;
} & (
    | {
        readonly kind: 'article';
        readonly write: ArticleWrite;
      }
    | {
        readonly kind: 'collection';
        readonly write: CollectionWrite;
      }
  );

/** How a deletion is carried out on the remote. */
declare type Removal = 'unpublish' | 'delete';

/** What `push --json` prints: the plan, and what became of each operation. */
export declare interface RunReport extends ProjectPlan {
  /** Empty where nothing was carried out: there was nothing to do, or a guard refused it. */
  readonly outcomes: readonly JsonOutcome[];
  /** What the command line would end with: 0 done, 1 failed, 3 conflicts or entries behind remain, 4 refused by a guard. */
  readonly exitCode: number;
}

/** Whole seconds since 1970. */
declare type Seconds = number;

declare interface SeenByReaders {
  /** Null for the default language, as in the fields of an operation. */
  readonly locale: Locale | null;
  readonly visibility: Visibility;
  /** A public article gets another title, and its address is made from that. The former address leads to it still. */
  readonly hasNewAddress: boolean;
}

/**
 * A failure that ends the run: what happened and in what state things are (`message`), what to do (`hint`).
 * The doors print both and never a stack trace.
 */
export declare class ShelfmarkError extends Error {
  readonly name = 'ShelfmarkError';
  /** Fixed, in capitals, such as `BASE_UNREADABLE`. */
  readonly code: string;
  readonly hint: string;
  readonly kind: ErrorKind;
  constructor(
    code: string,
    text: {
      message: string;
      hint: string;
      cause?: unknown;
      kind?: ErrorKind;
    },
  );
}

declare interface Simulator {
  /** Where the API answers, without a slash at the end. */
  readonly url: string;
  /** The public help center. */
  readonly site: string;
  readonly token: string;
  readonly operator: Operator;
  /** Stops serving, writes the state and lets go of it. */
  close(): Promise<void>;
}

declare interface SimulatorOptions {
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

/** How an entry is doing, for `status`. */
export declare type Standing = 'ahead' | 'behind' | 'both' | 'conflict' | 'unmanaged' | 'adopt' | 'held';

/** How one language of an entry stands. */
declare interface Standing_2 {
  readonly kind: 'article' | 'collection';
  /** The entry as the folder names it: the file of the default locale, or the folder. */
  readonly path: LocalPath;
  readonly locale: Locale;
  /** The file of the translation: where it is, or where it belongs. */
  readonly file: LocalPath;
  readonly state: State;
  /** Null unless it is behind. */
  readonly behind: Behind_2 | null;
  /** What the source said when the translation was last touched, as signs; null unless it is behind. */
  readonly was: string | null;
  /** Words of the source. */
  readonly words: number;
  /** Who says so: the lock file, the history of git, or an edit that was not sent yet. */
  readonly by: 'lock' | 'git' | 'edit' | null;
}

/**
 * Serves a simulated Intercom workspace on a port of the loopback interface: the API, the public help center, and the
 * operator's door for what a teammate does. Ends with `close`, or with the process.
 */
export declare function startSimulator(options?: SimulatorOptions): Promise<Simulator>;

/** How a translation stands to the default locale. */
declare type State = 'missing' | 'behind' | 'fresh' | 'unknown';

export declare interface Summary {
  readonly create: number;
  readonly update: number;
  readonly move: number;
  readonly delete: number;
  readonly conflict: number;
  readonly behind: number;
  readonly adopt: number;
  readonly unchanged: number;
}

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

declare type Tally = Readonly<Record<State, number>>;

export declare interface TranslationsOptions extends ChosenPaths {
  /** Languages to look at, such as `fr`; all that the folder has by default. */
  readonly locales?: readonly string[];
}

/** What `validate --json` prints. */
export declare interface Validation {
  readonly version: 1;
  readonly summary: {
    readonly articles: number;
    readonly collections: number;
    readonly errors: number;
    readonly warnings: number;
  };
  /** By file and line. */
  readonly problems: readonly Problem[];
}

/** Whether readers see one language of an article, before and after an operation. */
declare type Visibility = 'public' | 'draft' | 'goes public' | 'goes offline';

export {};
