import { decodeHTML } from 'entities';
import { Slugs } from '../../markup/meaning/slug.ts';

/** The headings of a stored body: what Markdown calls each of them, and the id that a link needs. */
export interface Headings {
  readonly idOf: ReadonlyMap<string, string>;
  readonly slugOf: ReadonlyMap<string, string>;
}

/** Finds the headings of a stored body without parsing it whole; slugs are made as for Markdown headings. */
export function headingsOf(html: string): Headings {
  const idOf = new Map<string, string>();
  const slugOf = new Map<string, string>();
  const slugs = new Slugs();
  for (const match of html.matchAll(/<h([1-6])\b([^>]*)>([\s\S]*?)<\/h\1>/gi)) {
    const text = decodeHTML((match[3] ?? '').replaceAll(/<[^>]*>/g, '')).replaceAll(/\s+/g, ' ');
    const slug = slugs.next(text);
    const id = /\bid="([^"]+)"/.exec(match[2] ?? '')?.[1];
    if (id === undefined) continue;
    idOf.set(slug, id);
    slugOf.set(id, slug);
  }
  return { idOf, slugOf };
}
