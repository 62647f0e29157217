/** An article as the search of the pages knows it. */
export interface SearchDocument {
  readonly address: string;
  readonly title: string;
  readonly description: string;
  /** Its text without marks. */
  readonly text: string;
  /** The collections it stands in, from the top down. */
  readonly trail: readonly string[];
}

/** What the script of a page is told, in its body's `data-page`. */
export interface PageData {
  readonly locale: string;
  /** Where the articles to search in are: JSON, or a script where pages are opened as files. */
  readonly documents: string;
  /** What addresses of articles begin with. */
  readonly root: string;
  /** Where the results of a search are shown. */
  readonly results: string;
  readonly words: {
    readonly none: string;
    readonly open: string;
    readonly close: string;
    /** Forms by plural category. */
    readonly articles: string;
  };
}
