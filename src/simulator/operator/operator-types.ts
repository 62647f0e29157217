import type {
  Admin,
  App,
  Article,
  Collection,
  HelpCenter,
  PublishState,
  Reactions,
} from '../state/entities.ts';
import type { Switches } from '../state/switches.ts';

/** One call that came in. */
export interface LoggedCall {
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

/** What a teammate changes of one language; a missing property stays as it is. */
export interface EditorContent {
  readonly title?: string;
  readonly description?: string;
  /** HTML; tidied as the web editor does, which leaves the levels of headings alone. */
  readonly body?: string;
  /** HTML to be stored as it is, for bodies older than the editor's present form. */
  readonly storedBody?: string;
  readonly authorId?: number;
  readonly state?: PublishState;
}

/** Properties at the top are those of the default locale. */
export interface EditorArticle extends EditorContent {
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

export interface EditorCollection {
  readonly name?: string;
  readonly description?: string;
  readonly icon?: string;
  readonly parentId?: number | null;
  readonly helpCenterId?: number;
  /** Place among its siblings. */
  readonly order?: number;
  /** By locale; null takes a language out. */
  readonly locales?: Readonly<
    Record<string, { readonly name?: string; readonly description?: string } | null>
  >;
}

export type EditorHelpCenter = Partial<
  Pick<HelpCenter, 'identifier' | 'displayName' | 'customDomain' | 'websiteOn' | 'defaultLocale' | 'locales'>
>;

/**
 * The workspace as a teammate sees it in the web app, without any of the API's habits, and the means to play
 * tricks. Every step takes effect at once; wrong ids and values throw a ShelfmarkError of the kind `usage`.
 */
export interface Operator {
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
