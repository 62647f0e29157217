import { ShelfmarkError } from '../model/error.ts';
import type { RemoteId } from '../model/identity.ts';
import type { WirePage } from './wire/wire.ts';

/** What a listing needs to know of its rows. */
export interface Row {
  readonly id: RemoteId;
  readonly created_at: number;
  readonly updated_at: number;
}

export interface ListingOptions<Listed extends Row> {
  /** Fetches one page; pages count from 1. */
  readonly page: (number: number) => Promise<WirePage<Listed>>;
  /** Waits before a pass is made again; milliseconds. */
  readonly pause: (milliseconds: number) => Promise<void>;
  /** Tells how far it is. */
  readonly progress: (count: number, total: number) => void;
  /** For messages: `articles`. */
  readonly what: string;
}

/**
 * Reads a whole listing that others may change while it is read. Intercom has no snapshot and no cursor: rows
 * are numbered from the newest change down, so an edit, a creation or a deletion moves rows across the pages
 * that are still to come, and some are met twice or not at all.
 *
 * A pass is trusted when it can be shown to have missed nothing. After the last page the head is read again,
 * down to what was the newest row when the pass began; that brings in all that was edited or created since.
 * Then the rows must be as many as Intercom counts, and the count must have moved by exactly the creations
 * seen: a deletion, the one thing that slides rows away unseen, shows as a difference. A pass that fails this
 * is made again, and after a few the listing is given up: an incomplete one is never returned.
 */
export async function listAll<Listed extends Row>(
  options: ListingOptions<Listed>,
): Promise<readonly Listed[]> {
  let why = '';
  for (const pause of pauses) {
    if (pause > 0) await options.pause(pause);
    const pass = await onePass(options);
    if (pass.complete) return pass.rows;
    why = pass.why;
  }
  throw new ShelfmarkError('LISTING_INCOMPLETE', {
    message: `The ${options.what} could not be listed whole: ${why}, ${pauses.length} times in a row. Nothing was changed.`,
    hint: 'Somebody may be changing many of them just now; run again when it is quiet.',
  });
}

/** Waits before each pass, in milliseconds. */
const pauses = [0, 0, 500, 1000, 2000] as const;

/** Many times what the largest help centers need; a count beyond it is a mistake or a trap. */
const mostPages = 5000;

type Pass<Listed> =
  | { readonly complete: true; readonly rows: readonly Listed[] }
  | { readonly complete: false; readonly why: string };

async function onePass<Listed extends Row>(options: ListingOptions<Listed>): Promise<Pass<Listed>> {
  const rows = new Map<RemoteId, Listed>();
  const first = await options.page(1);
  addRows(rows, first.data);
  options.progress(rows.size, first.total_count);
  if (expectedPages(first) > mostPages) {
    return {
      complete: false,
      why: `Intercom counts ${first.total_count}, which would take more than ${mostPages} pages`,
    };
  }
  const last = await readOn(options, rows, first);
  const seen = new Set(rows.keys());
  const final = last === first ? first : await readHeadAgain(options, rows, first);
  if (rows.size !== final.total_count) {
    return { complete: false, why: `${rows.size} came, although Intercom counts ${final.total_count}` };
  }
  const created = countCreated(rows, seen, newestOf(first));
  if (first.total_count + created !== final.total_count) {
    return { complete: false, why: 'some were deleted meanwhile' };
  }
  return { complete: true, rows: [...rows.values()] };
}

/** Reads the pages after the first, several at a time once their number is known; gives the last one read. */
async function readOn<Listed extends Row>(
  options: ListingOptions<Listed>,
  rows: Map<RemoteId, Listed>,
  first: WirePage<Listed>,
): Promise<WirePage<Listed>> {
  let last = first;
  let read = 1;
  const take = async (number: number): Promise<void> => {
    const page = await options.page(number);
    addRows(rows, page.data);
    options.progress(rows.size, page.total_count);
    if (number > read) {
      read = number;
      last = page;
    }
  };
  const told = Math.min(first.pages.totalPages ?? 1, expectedPages(first));
  await Promise.all(Array.from({ length: told - 1 }, (_, index) => take(index + 2)));
  while (last.data.length > 0 && isMore(last, read) && read < pagesWorthReading(first)) {
    await take(read + 1);
  }
  return last;
}

/**
 * Reads from page 1 again until everything changed since the pass began has been seen. Where page 1 is as it
 * was, nothing has; so one call is all that a quiet help center costs.
 */
async function readHeadAgain<Listed extends Row>(
  options: ListingOptions<Listed>,
  rows: Map<RemoteId, Listed>,
  first: WirePage<Listed>,
): Promise<WirePage<Listed>> {
  const newest = newestOf(first);
  for (let number = 1; ; number += 1) {
    const page = await options.page(number);
    addRows(rows, page.data);
    options.progress(rows.size, page.total_count);
    const unchanged = number === 1 && sameRows(page, first);
    const older = page.data.some((row) => row.updated_at < newest);
    const isEnough = page.data.length === 0 || !isMore(page, number) || number >= pagesWorthReading(first);
    if (unchanged || older || isEnough) return page;
  }
}

/** Keeps the newer of two readings of a row; the later one where they are of the same second. */
function addRows<Listed extends Row>(rows: Map<RemoteId, Listed>, found: readonly Listed[]): void {
  for (const row of found) {
    const known = rows.get(row.id);
    if (known === undefined || known.updated_at <= row.updated_at) rows.set(row.id, row);
  }
}

/**
 * Counts the rows that were not yet there when the first page was answered: those younger than all it held, and
 * of the same second those that only the second look at the head brought up.
 */
function countCreated<Listed extends Row>(
  rows: ReadonlyMap<RemoteId, Listed>,
  seen: ReadonlySet<RemoteId>,
  newest: number,
): number {
  const isNew = (row: Row): boolean =>
    row.created_at > newest || (row.created_at === newest && !seen.has(row.id));
  return [...rows.values()].filter(isNew).length;
}

function newestOf(page: WirePage<Row>): number {
  return page.data.reduce((newest, row) => Math.max(newest, row.updated_at), -Infinity);
}

function isMore(page: WirePage<Row>, number: number): boolean {
  return page.pages.more || (page.pages.totalPages ?? 0) > number;
}

/** A listing that says that it goes on beyond this never ends. */
function pagesWorthReading(first: WirePage<Row>): number {
  return 2 * expectedPages(first) + 2;
}

function expectedPages(first: WirePage<Row>): number {
  return Math.ceil(first.total_count / Math.max(1, first.data.length));
}

function sameRows(left: WirePage<Row>, right: WirePage<Row>): boolean {
  return (
    left.total_count === right.total_count &&
    left.data.length === right.data.length &&
    left.data.every((row, index) => {
      const other = right.data[index];
      return other !== undefined && row.id === other.id && row.updated_at === other.updated_at;
    })
  );
}
