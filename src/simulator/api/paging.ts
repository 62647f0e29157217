import { invalid } from '../state/api-error.ts';
import type { Call } from './call.ts';

/** As many rows as Intercom gives at once. */
const most = 250;

export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly total: number;
  readonly pages: Readonly<Record<string, unknown>>;
}

/** Cuts one page out of rows that are in order. `path` is where `next` leads. */
export function paged<Row>(call: Call, rows: readonly Row[], path: string, byDefault: number): Page<Row> {
  const perPage = pageSize(call, byDefault);
  const page = pageNumber(call);
  const first = Math.max(page - 1, 0) * perPage;
  const totalPages = Math.ceil(rows.length / perPage);
  const next = page < totalPages ? { next: nextAddress(call, path, page + 1, perPage) } : {};
  return {
    rows: rows.slice(first, first + perPage),
    total: rows.length,
    pages: { type: 'pages', ...next, page, per_page: perPage, total_pages: totalPages },
  };
}

function pageSize(call: Call, byDefault: number): number {
  const sent = wholeNumber(call, 'per_page');
  if (sent === null || sent < 1) return byDefault;
  if (sent > most && call.world.settings.switches.largePage === 'refuse') {
    throw invalid(`per_page must be at most ${most}`, 'per_page');
  }
  return Math.min(sent, most);
}

/** Page 0 is taken and answered like the first, as recorded. */
function pageNumber(call: Call): number {
  const sent = wholeNumber(call, 'page') ?? 1;
  if (sent >= 0) return sent;
  if (call.world.settings.switches.negativePage === 'refuse') throw invalid('page must be positive', 'page');
  return 1;
}

function wholeNumber(call: Call, name: string): number | null {
  const text = call.query.get(name);
  return text !== null && /^-?\d{1,9}$/.test(text) ? Number(text) : null;
}

function nextAddress(call: Call, path: string, page: number, perPage: number): string {
  const host =
    call.world.settings.switches.nextHost === 'own' ? call.world.origin.api : 'https://api.intercom.io';
  const query = new URLSearchParams(call.query);
  query.set('page', String(page));
  query.set('per_page', String(perPage));
  return `${host}${path}?${query.toString()}`;
}
