/** Makes the fragment that GitHub gives a heading with this text. */
export function slugOf(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-');
}

/** Gives each heading of one body its own fragment: a second `setup` becomes `setup-1`. */
export class Slugs {
  readonly #taken = new Map<string, number>();

  next(heading: string): string {
    const slug = slugOf(heading);
    let unique = slug;
    let count = this.#taken.get(slug) ?? 0;
    while (this.#taken.has(unique)) {
      count += 1;
      unique = `${slug}-${String(count)}`;
    }
    this.#taken.set(slug, count);
    this.#taken.set(unique, 0);
    return unique;
  }
}
