import type { InlineSource } from './inline-source.ts';
import { type Definition, normalizeLabel, placeOf } from './link-definitions.ts';
import { type Destination, readDestination, readTitle, unescapeMarkdown } from './link-parts.ts';

/** Where a link leads, and where its text in the source ends. */
export type Target = Definition & { readonly end: number };

/** Reads what comes after the closing bracket of a link. */
export class LinkTargets {
  readonly #source: InlineSource;
  readonly #content: string;
  /** Quotes that have no partner any more. */
  readonly #absent = new Set<string>();

  constructor(source: InlineSource) {
    this.#source = source;
    this.#content = source.content;
  }

  /** An address in parentheses. */
  inlineAt(from: number): Target | null {
    if (this.#content[from] !== '(') return null;
    let at = this.#skipSpace(from + 1);
    if (this.#content[at] === ')') return this.#closed(at, { url: '', start: at, end: at }, null);
    const destination = readDestination(this.#content, at);
    if (destination === null) return null;
    at = this.#skipSpace(destination.end);
    const quote = this.#content[at] ?? '';
    const title = at > destination.end && !this.#absent.has(quote) ? readTitle(this.#content, at) : null;
    if (title === null) {
      if ((quote === '"' || quote === "'") && at > destination.end) this.#absent.add(quote);
      return this.#closed(at, destination, null);
    }
    return this.#closed(this.#skipSpace(title.end), destination, title.title);
  }

  /** A reference by name, or by the link's own text when that holds no brackets. */
  referenceAt(
    closeAt: number,
    own: { readonly from: number; readonly holdsBracket: boolean },
    definitions: ReadonlyMap<string, Definition>,
  ): Target | null {
    if (definitions.size === 0) return null;
    const label = /\[((?:[^\\[\]]|\\.){0,999}?)\]/suy;
    label.lastIndex = closeAt + 1;
    const found = label.exec(this.#content);
    const full = found?.[1] ?? '';
    if (full === '' && (own.holdsBracket || closeAt - own.from > 999)) return null;
    const name = normalizeLabel(full === '' ? this.#content.slice(own.from, closeAt) : full);
    const definition = name === '' ? undefined : definitions.get(name);
    return definition === undefined
      ? null
      : { ...definition, end: found === null ? closeAt + 1 : label.lastIndex };
  }

  #closed(at: number, destination: Destination, title: string | null): Target | null {
    if (this.#content[at] !== ')') return null;
    return {
      url: unescapeMarkdown(destination.url),
      address: placeOf(destination, this.#source),
      title: title === null ? null : unescapeMarkdown(title),
      end: at + 1,
    };
  }

  #skipSpace(from: number): number {
    let at = from;
    while (/[ \t\n]/u.test(this.#content[at] ?? '')) at += 1;
    return at;
  }
}
