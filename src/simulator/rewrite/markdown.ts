/** Both ways between a stored body and its `body_markdown`. */
export interface Markdown {
  /** HTML of a `body_markdown`. */
  toHtml(markdown: string): string;
  /** A stored body as `body_markdown`. */
  fromHtml(body: string): string;
}

/** Loads the two converters: 300 kB, and only calls to version 2.16 and later speak Markdown. */
export async function loadMarkdown(): Promise<Markdown> {
  const [{ htmlOf }, { markdownOf }] = await Promise.all([
    import('./markdown-in.ts'),
    import('./markdown-out.ts'),
  ]);
  return { toHtml: htmlOf, fromHtml: markdownOf };
}
