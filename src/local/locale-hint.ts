import { locales } from '../model/locale.ts';
import type { Locale } from '../model/locale.ts';

/** What people write for a locale that Intercom spells otherwise. */
const usual: Readonly<Record<string, Locale>> = {
  br: 'pt-BR',
  cn: 'zh-CN',
  cz: 'cs',
  dk: 'da',
  ee: 'et',
  gb: 'en',
  gr: 'el',
  iw: 'he',
  jp: 'ja',
  kr: 'ko',
  nn: 'nb',
  no: 'nb',
  rs: 'sr',
  se: 'sv',
  si: 'sl',
  tw: 'zh-TW',
  us: 'en',
  vn: 'vi',
  zh: 'zh-CN',
  'zh-hans': 'zh-CN',
  'zh-hant': 'zh-TW',
};

/** The locale that was probably meant; null where nothing is near. */
export function meantLocale(text: string): Locale | null {
  const lower = text.toLowerCase().replace('_', '-');
  const language = lower.split('-')[0];
  const spelled = locales.find((locale) => locale.toLowerCase() === lower);
  return spelled ?? usual[lower] ?? locales.find((locale) => locale === language) ?? null;
}

/** `Did you mean "fr"?`, or null where nothing is near. */
export function localeHint(text: string): string | null {
  const meant = meantLocale(text);
  return meant === null ? null : `Did you mean "${meant}"?`;
}
