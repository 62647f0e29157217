import { isDeepStrictEqual } from 'node:util';
import type { RemoteId } from '../../model/identity.ts';
import type { Row } from './listing.ts';
import type { WirePage } from './wire.ts';

export interface Newer<Listed> {
  readonly rows: ReadonlyMap<RemoteId, Listed>;
  /** Whether any row is otherwise than it was known. */
  readonly isChanged: boolean;
  /** False where the rows are not as many as the remote counts: something was deleted, or slipped away. */
  readonly isWhole: boolean;
}

/**
 * Brings what a listing held up to date by its head: pages from the newest change down, until one holds nothing that
 * is new. Where nothing happened that is a single call. What vanished shows in the count only.
 */
export async function readNewer<Listed extends Row>(
  page: (number: number) => Promise<WirePage<Listed>>,
  known: ReadonlyMap<RemoteId, Listed>,
): Promise<Newer<Listed>> {
  let newest = -Infinity;
  for (const row of known.values()) newest = Math.max(newest, row.updated_at);
  const rows = new Map(known);
  let isChanged = false;
  for (let number = 1; ; number += 1) {
    const head = await page(number);
    const fresh = head.data.filter((row) => isNews(row, known.get(row.id)));
    for (const row of fresh) rows.set(row.id, row);
    isChanged ||= fresh.length > 0;
    const isOlder = head.data.some((row) => row.updated_at < newest);
    if (fresh.length === 0 || isOlder || !head.pages.more)
      return { rows, isChanged, isWhole: rows.size === head.total_count };
  }
}

/** Stamps are whole seconds, so a row of the same second is looked at itself. */
function isNews<Listed extends Row>(row: Listed, known: Listed | undefined): boolean {
  if (known === undefined) return true;
  return row.updated_at >= known.updated_at && !isDeepStrictEqual(row, known);
}
