import type { RemoteId } from '../model/identity.ts';
import { nameFault } from './names.ts';

const maxSlugSize = 80;

// Names have at most 255 bytes, and a locale, an id and an ending may follow.
const maxBytes = 180;

/**
 * A file name for a title: letters, digits and hyphens, at most 80 of them, and a name on every system. Latin, Greek and
 * Cyrillic letters become a–z; those of other scripts stay what they are, since nobody could read them otherwise. Empty
 * where the title has neither letters nor digits.
 */
export function slugOfTitle(title: string): string {
  const plain = title
    .replace(/[\u2019']/g, '')
    .normalize('NFKD')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .replace(/([\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}])\p{M}+/gu, '$1')
    .toLowerCase()
    .replace(/[^\0-\x7f]/g, (character) => latin[character] ?? character)
    .normalize('NFC');
  const words = plain.replace(/[^a-z0-9\p{Lo}\p{Lm}\p{M}\p{Nd}]+/gu, '-').replace(/^[-\p{M}]+|-+$/gu, '');
  const slug = cut(words, maxSlugSize);
  return nameFault(slug) === null || slug === '' ? slug : `${slug}-page`;
}

/** The wanted name, or one with the remote id behind it where that one is taken: the same name on every run. */
export function freeName(wanted: string, id: RemoteId, taken: (name: string) => boolean): string {
  if (wanted !== '' && !taken(wanted)) return wanted;
  const named = `${cut(wanted === '' ? 'entry' : wanted, maxSlugSize - id.length - 1)}-${id}`;
  let name = named;
  for (let count = 2; taken(name); count += 1) name = `${named}-${count}`;
  return name;
}

/** Cuts at a hyphen where one is near, else anywhere. */
function cut(slug: string, size: number): string {
  const letters = [...slug];
  if (letters.length <= size && Buffer.byteLength(slug) <= maxBytes) return slug;
  let end = Math.min(size, letters.length);
  while (Buffer.byteLength(letters.slice(0, end).join('')) > maxBytes) end -= 1;
  const hyphen = letters.lastIndexOf('-', end);
  return letters
    .slice(0, hyphen > end / 2 ? hyphen : end)
    .join('')
    .replace(/-+$/, '');
}

/** Letters that do not come apart into a letter and a mark, with Greek and Cyrillic as they are usually romanised. */
const latin: Readonly<Record<string, string>> = {
  ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ħ: 'h', ı: 'i',
  α: 'a', β: 'v', γ: 'g', δ: 'd', ε: 'e', ζ: 'z', η: 'i', θ: 'th', ι: 'i', κ: 'k', λ: 'l', μ: 'm',
  ν: 'n', ξ: 'x', ο: 'o', π: 'p', ρ: 'r', σ: 's', ς: 's', τ: 't', υ: 'y', φ: 'f', χ: 'ch', ψ: 'ps', ω: 'o',
  а: 'a', б: 'b', в: 'v', г: 'g', д: 'd', е: 'e', ж: 'zh', з: 'z', и: 'i', к: 'k', л: 'l', м: 'm',
  н: 'n', о: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u', ф: 'f', х: 'kh', ц: 'ts', ч: 'ch', ш: 'sh',
  щ: 'shch', ъ: '', ы: 'y', ь: '', э: 'e', ю: 'yu', я: 'ya', і: 'i', є: 'ie', ґ: 'g', ђ: 'dj', ј: 'j',
  љ: 'lj', њ: 'nj', ћ: 'c', џ: 'dz', ө: 'o', ү: 'u',
}; // prettier-ignore
