/* What a project is for whoever scripts with it: the types of the door. */
import type { Direction } from '../model/plan.ts';
import type { Problem } from '../model/problem.ts';
import type { JsonPlan } from '../report/plan-json.ts';
import type { JsonOutcome } from '../report/run-text.ts';
import type { JsonStatus } from '../report/status-text.ts';
import type { JsonTranslations } from '../report/state/translations-json.ts';
import type { ProjectListener } from './events.ts';

/** Which project to open, and as whom to talk to its help center. */
export interface OpenOptions {
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

export interface ChosenPaths {
  /** Files and folders, from the project's folder or below the content folder; all by default. */
  readonly paths?: readonly string[];
}

export interface PlanOptions extends ChosenPaths {
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

/** Calls that were sent to the help center. */
export interface Calls {
  readonly total: number;
  readonly byMethod: Readonly<Record<string, number>>;
}

/** What `plan --json` prints. Carry it out with `apply` of the project that made it. */
export interface ProjectPlan extends JsonPlan {
  readonly calls: Calls;
}

/** What `push --json` prints: the plan, and what became of each operation. */
export interface RunReport extends ProjectPlan {
  /** Empty where nothing was carried out: there was nothing to do, or a guard refused it. */
  readonly outcomes: readonly JsonOutcome[];
  /** What the command line would end with: 0 done, 1 failed, 3 conflicts or entries behind remain, 4 refused by a guard. */
  readonly exitCode: number;
}

/** What `validate --json` prints. */
export interface Validation {
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

export interface TranslationsOptions extends ChosenPaths {
  /** Languages to look at, such as `fr`; all that the folder has by default. */
  readonly locales?: readonly string[];
}

export interface AuditOptions extends ChosenPaths {
  /** Texts that nobody looked at for so many days are reported. By default as the config says. */
  readonly staleDays?: number;
  /** A commit, branch or tag: articles that cover what changed since, and were not touched, are reported. */
  readonly since?: string;
}

/** One language of an article, as its file says it. */
export interface ArticleText {
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

export interface ArticleEntry {
  readonly kind: 'article';
  /** The file of the default language, below the content folder. */
  readonly path: string;
  /** In the help center; null before it is there. */
  readonly id: string | null;
  /** By locale, such as `en`. */
  readonly locales: Readonly<Record<string, ArticleText>>;
}

export interface CollectionEntry {
  readonly kind: 'collection';
  /** The folder, below the content folder. */
  readonly path: string;
  readonly id: string | null;
  /** Null where its `collection.yaml` does not say; the folder's name serves. */
  readonly name: string | null;
  readonly description: string | null;
  readonly icon: string | null;
  readonly translations: Readonly<Record<string, { readonly name: string; readonly description: string }>>;
}

/** Something to know about a text that was converted; an `error` means that Intercom cannot be given it. */
export interface ConversionFinding {
  readonly severity: 'error' | 'warning';
  /** Fixed, in capitals; `shelfmark explain CODE` says more. */
  readonly code: string;
  /** Both counted from 1. */
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly hint: string;
}

/** Markdown and Intercom's HTML, each as the other. Addresses stay as they are. */
export interface Converter {
  /** @param markdown a body, without front matter */
  toHtml(markdown: string): { readonly html: string; readonly findings: readonly ConversionFinding[] };
  /** @param html a body as Intercom stores it */
  toMarkdown(html: string): { readonly markdown: string; readonly findings: readonly ConversionFinding[] };
}

/**
 * A folder and its help center. Each method does what the command of its name does, by the same code; each reads both
 * sides anew. Throws `ShelfmarkError` with a `code`, a `message` that says what state things are in, and a `hint`.
 */
export interface Project {
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
