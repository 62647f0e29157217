import type { Locale } from '../../model/locale.ts';

/** What goes to a translator, and comes back: the units of some entries, in whatever format. */
export interface ExchangeFile {
  readonly source: Locale;
  readonly locale: Locale;
  readonly entries: readonly ExchangeEntry[];
}

export interface ExchangeEntry {
  /** The entry as the folder names it: the file of the default locale, or the folder. */
  readonly path: string;
  readonly units: readonly ExchangeUnit[];
}

export interface ExchangeUnit {
  readonly id: string;
  /** Both with placeholders, see `taggedOf`; the target is empty until somebody translates it. */
  readonly source: string;
  readonly target: string;
  readonly notes: readonly string[];
}
