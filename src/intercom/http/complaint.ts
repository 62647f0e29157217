import * as z from 'zod';
import type { Complaint } from './failures.ts';

/** Reads Intercom's `error.list`; null for anything else, such as what a proxy answers. */
export function readComplaint(json: unknown): Complaint | null {
  const read = complaint.safeParse(json);
  if (!read.success) return null;
  return {
    requestId: read.data.request_id ?? null,
    errors: read.data.errors.map((one) => ({ code: one.code, message: one.message ?? '' })),
  };
}

const complaint = z.object({
  type: z.literal('error.list'),
  request_id: z.string().nullish(),
  errors: z.array(z.object({ code: z.string(), message: z.string().nullish() })).nonempty(),
});
