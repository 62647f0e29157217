const perDay = 24 * 60 * 60 * 1000;

/** The moment at which a day such as `2026-11-26` begins; null for what is none. */
export function dayOf(text: string): number | null {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return null;
  const moment = Date.parse(`${text}T00:00:00Z`);
  // `2026-02-30` would be taken for a day of March.
  return Number.isNaN(moment) || !new Date(moment).toISOString().startsWith(text) ? null : moment;
}

/** Whole days from one moment to another. */
export const ageInDays = (from: number, to: number): number => Math.floor((to - from) / perDay);
