import { columns, table } from './words-table.ts';

type Name = (typeof columns)[number];
export type Words = Readonly<Record<Name, string>>;

const byLocale: ReadonlyMap<string, Words> = new Map(
  table
    .trim()
    .split('\n')
    .map((line) => {
      const [locale = '', ...cells] = line.split(' | ');
      const words = Object.fromEntries(columns.map((name, at) => [name, cells[at] ?? '']));
      return [locale, words as Words];
    }),
);

/** What a page says in a language; in English where it is none of Intercom's. */
export function wordsOf(locale: string): Words {
  const words = byLocale.get(locale) ?? byLocale.get('en');
  if (words === undefined) throw new Error('The table of words lacks English.');
  return words;
}

/** "3 articles", as the language counts. */
export function countArticles(locale: string, count: number): string {
  const forms = new Map(
    wordsOf(locale)
      .articles.split(';')
      .map((form) => [form.slice(0, form.indexOf('=')), form.slice(form.indexOf('=') + 1)]),
  );
  const form = forms.get(new Intl.PluralRules(locale).select(count)) ?? forms.get('other') ?? '{}';
  return form.replace('{}', new Intl.NumberFormat(locale).format(count));
}

export const directionOf = (locale: string): 'rtl' | 'ltr' => (/^(?:ar|he)$/.test(locale) ? 'rtl' : 'ltr');

/** A language in its own words. */
export function languageName(locale: string): string {
  const name = new Intl.DisplayNames([locale], { type: 'language' }).of(locale) ?? locale;
  return name.charAt(0).toLocaleUpperCase(locale) + name.slice(1);
}

/** Names in a row, as the language lists them. */
export const listed = (locale: string, names: readonly string[]): string =>
  new Intl.ListFormat(locale, { type: 'conjunction' }).format(names);

const units = [
  ['year', 365],
  ['month', 30],
  ['week', 7],
  ['day', 1],
] as const;

/** How long ago something was, such as "3 days ago"; its date where nobody says what day it is. */
export function ago(locale: string, at: number, now: number | null): string {
  if (now === null) return dateOf(locale, at);
  const days = Math.max(0, Math.floor(now / 86_400_000) - Math.floor(at / 86_400_000));
  const [unit, length] = units.find(([, length]) => days >= length) ?? ['day', 1];
  return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(-Math.floor(days / length), unit);
}

export const dateOf = (locale: string, at: number): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(at));
