import { isDeepStrictEqual } from 'node:util';
import type { RemoteId } from '../model/identity.ts';
import type { Row } from './listing.ts';
import type { WirePage } from './wire/wire.ts';

export interface Newer<Listed> {
  /** Rows that are otherwise than they were known. */
  readonly fresh: readonly Listed[];
  /** False where the rows are not as many as the remote counts: something was deleted, or slipped away. */
  readonly isWhole: boolean;
  /** The newest change when the reading began, whoever made it; seconds. */
  readonly newest: number;
}

/** How far a reading has seen all there is. */
export interface Since {
  readonly second: number;
  /** False where more may have been changed in that very second, after the reading. */
  readonly isOver: boolean;
}

/** @param now the remote's time before the reading began, in milliseconds */
export function sinceOf(second: number, now: number): Since {
  return { second, isOver: now > (second + 2) * 1000 };
}

/**
 * Brings what a listing held up to date by its head: pages from the newest change down, until one holds nothing that
 * is new. Where nothing happened that is a single call. What vanished shows in the count only.
 *
 * @param since the newest change that a reading has seen. Rows may be known that are younger: those that were written
 *   meanwhile. They say nothing about those between.
 */
export async function readNewer<Listed extends Row>(
  page: (number: number) => Promise<WirePage<Listed>>,
  known: ReadonlyMap<RemoteId, Listed>,
  since: Since,
): Promise<Newer<Listed>> {
  const found = new Map<RemoteId, Listed>();
  let newest = since.second;
  for (let number = 1; ; number += 1) {
    const head = await page(number);
    const fresh = head.data.filter((row) => isNews(row, known.get(row.id)));
    for (const row of fresh) found.set(row.id, row);
    // Later pages are older, but for what was changed while they were read: the next reading is to find that.
    if (number === 1) newest = Math.max(newest, newestOf(head.data));
    const oldest = Math.min(...head.data.map((row) => row.updated_at));
    const isEnd = oldest < since.second || (since.isOver && oldest === since.second && fresh.length === 0);
    if (!isEnd && head.pages.more && number < mostPages) continue;
    const added = [...found.keys()].filter((id) => !known.has(id)).length;
    return {
      fresh: [...found.values()],
      isWhole: (isEnd || !head.pages.more) && known.size + added === head.total_count,
      newest,
    };
  }
}

/** Where more than these are new, reading everything is no slower; and a head that never ends is given up. */
const mostPages = 100;

/** The newest change among rows. */
export function newestOf(rows: Iterable<Row>): number {
  let newest = -Infinity;
  for (const row of rows) newest = Math.max(newest, row.updated_at);
  return newest;
}

/** Stamps are whole seconds, so a row of the same second is checked itself. */
function isNews<Listed extends Row>(row: Listed, known: Listed | undefined): boolean {
  if (known === undefined) return true;
  return row.updated_at >= known.updated_at && !isDeepStrictEqual(row, known);
}
