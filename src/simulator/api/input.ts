import { isLocale } from '../../model/locale.ts';
import { invalid } from '../state/api-error.ts';
import type { PublishState } from '../state/entities.ts';
import type { Switches } from '../state/switches.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Text, or what is harmlessly taken for text. Undefined when the field was not sent. */
export function textField(fields: Fields, name: string): string | null | undefined {
  const value = fields[name];
  if (value === undefined || value === null) return value;
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw invalid(`${name} must be a string`, name);
}

/** An id as a number or as digits in a string; an empty string counts as null. */
export function idField(fields: Fields, name: string): number | null | undefined {
  const value = fields[name];
  if (value === undefined || value === null) return value;
  if (value === '') return null;
  const number = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
  if (typeof number === 'number' && Number.isSafeInteger(number) && number >= 0) return number;
  throw invalid(`${name} must be an integer`, name);
}

export function stateField(fields: Fields): PublishState | undefined {
  const value = fields['state'];
  if (value === undefined || value === null) return undefined;
  if (value === 'published' || value === 'draft') return value;
  throw invalid("state must be either 'published' or 'draft'", 'state');
}

/** A title or a name: refused when blank or too long, as far as the switches say so. */
export function checkTitle(text: string, name: string, switches: Switches): void {
  if (switches.blankTitle === 'refuse' && text.trim() === '') throw invalid(`${name} can't be blank`, name);
  if (switches.longestTitle > 0 && Array.from(text).length > switches.longestTitle) {
    throw invalid(`${name} is too long (maximum is ${switches.longestTitle} characters)`, name);
  }
}

/** What was sent for each locale: an object, or null. */
export function localeFields(fields: Fields, switches: Switches): [locale: string, Fields | null][] {
  const sent = fields['translated_content'];
  if (sent === undefined || sent === null) return [];
  if (!isFields(sent)) throw invalid('translated_content must be an object', 'translated_content');
  const found: [string, Fields | null][] = [];
  for (const [locale, value] of Object.entries(sent)) {
    if (locale === 'type') continue;
    if (!isLocale(locale)) {
      if (switches.unknownLocale === 'refuse')
        throw invalid(`Unknown locale: ${locale}`, 'translated_content');
    } else if (value === null || isFields(value)) {
      found.push([locale, value]);
    } else {
      throw invalid(`translated_content.${locale} must be an object`, 'translated_content');
    }
  }
  return found;
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
