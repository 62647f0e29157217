/**
 * The 37 locales that Intercom knows, case as Intercom spells them.
 * Source: Intercom's API description 2.11, schema `group_translated_content`.
 */
export const locales = [
  'ar',
  'bg',
  'bs',
  'ca',
  'cs',
  'da',
  'de',
  'el',
  'en',
  'es',
  'et',
  'fi',
  'fr',
  'he',
  'hr',
  'hu',
  'id',
  'it',
  'ja',
  'ko',
  'lt',
  'lv',
  'mn',
  'nb',
  'nl',
  'pl',
  'pt',
  'ro',
  'ru',
  'sl',
  'sr',
  'sv',
  'tr',
  'vi',
  'pt-BR',
  'zh-CN',
  'zh-TW',
] as const;

export type Locale = (typeof locales)[number];

const known: ReadonlySet<string> = new Set(locales);

export function isLocale(text: string): text is Locale {
  return known.has(text);
}

/** Tells whether a part of a file name is meant as a locale: two letters, perhaps with a region (`fr`, `pt-BR`, `us`). */
export function looksLikeLocale(text: string): boolean {
  return /^[A-Za-z]{2}([-_][A-Za-z]{2})?$/.test(text);
}
