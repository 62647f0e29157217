/** Makes the fragment that GitHub gives a heading with this text. */
export function slugOf(heading: string): string {
  const words = heading.trim().toLowerCase();
  // A heading may be a megabyte of marks, so those of ASCII are not looked for by a pattern, one by one.
  const kept = new Uint16Array(words.length);
  let count = 0;
  let isPlain = true;
  for (let at = 0; at < words.length; at += 1) {
    const code = words.charCodeAt(at);
    const sign = code < 128 ? (slugSigns[code] ?? 0) : code;
    if (sign === 0) continue;
    if (code >= 128) isPlain = false;
    kept[count] = sign;
    count += 1;
  }
  const slug = lettersOf(kept, count);
  return isPlain ? slug : slug.replace(/[^\p{L}\p{M}\p{N}\p{Pc}-]+/gu, '');
}

function lettersOf(codes: Uint16Array, count: number): string {
  let letters = '';
  // A call takes only so many arguments.
  for (let at = 0; at < count; at += 4096) {
    letters += Reflect.apply(String.fromCharCode, null, codes.subarray(at, Math.min(count, at + 4096)));
  }
  return letters;
}

/** What each sign of ASCII is in a fragment; 0 for those that are left out. */
const slugSigns: Uint8Array = Uint8Array.from({ length: 128 }, (_, code) => {
  const sign = String.fromCharCode(code);
  return sign === ' ' ? 45 : /[a-z0-9_-]/u.test(sign) ? code : 0;
});

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
