/** As much of git as a check-up asks for; nothing here changes a repository. */
export interface Git {
  /** Such as `2.43.0`; null where there is no git. */
  version(): Promise<string | null>;
  /** Whether a folder lies in the work tree of a repository. */
  isRepository(folder: string): Promise<boolean>;
  /** Whether git passes a path over, relative to the folder; null where it does not tell. */
  ignores(folder: string, path: string): Promise<boolean | null>;
  /** Files below a path that are in the repository. */
  tracked(folder: string, path: string): Promise<readonly string[]>;
}
