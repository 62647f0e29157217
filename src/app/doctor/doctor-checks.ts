import type { Check } from '../../model/checkup.ts';
import { ShelfmarkError } from '../../model/error.ts';

export const ok = (check: string, message: string): Check => ({ check, status: 'ok', message, hint: null });

export const warning = (check: string, message: string, hint: string): Check => ({
  check,
  status: 'warning',
  message,
  hint,
});

export const failed = (check: string, message: string, hint: string): Check => ({
  check,
  status: 'failed',
  message,
  hint,
});

export const skipped = (check: string, why: string): Check => ({
  check,
  status: 'skipped',
  message: why,
  hint: null,
});

/** The check for what stopped it. Anything that is not ours to tell is passed on. */
export function failedBy(check: string, error: unknown): Check {
  if (error instanceof ShelfmarkError) return failed(check, error.message, error.hint);
  throw error;
}

/** Carries out a check; what it throws fails it. */
export async function attempt(check: string, work: () => Promise<Check>): Promise<Check> {
  try {
    return await work();
  } catch (error) {
    return failedBy(check, error);
  }
}

/** `1 article`, `2 articles`. */
export const counted = (count: number, one: string, more = `${one}s`): string =>
  `${count} ${count === 1 ? one : more}`;
