import type { Locale } from '../model/locale.ts';

const names = new Intl.DisplayNames(['en'], { type: 'language' });

/** How people call a language, such as `French`. */
export const languageOf = (locale: Locale): string => names.of(locale) ?? locale;
