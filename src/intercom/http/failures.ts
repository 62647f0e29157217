import type { FailureKind, Method } from './transport.ts';

/** A call to Intercom, before any header is put to it. */
export interface Call {
  readonly method: Method;
  /** Without the query. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number>>;
  readonly body?: unknown;
  /** Of the API, where it is another one than usual. */
  readonly version?: string;
  /** What it is about, for people: `article 12 ("Install")`. */
  readonly subject: string;
}

/** An answer as it came, decoded as far as it could be. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined where the answer is not JSON. */
  readonly json: unknown;
  /** Intercom's own account of what is wrong; null where the answer is not of its form. */
  readonly complaint: Complaint | null;
}

/** Intercom's `error.list`. */
export interface Complaint {
  readonly requestId: string | null;
  readonly errors: readonly { readonly code: string; readonly message: string }[];
}

/** What became of sending a call once. */
export type Attempt =
  | { readonly came: 'answer'; readonly answer: Answer }
  | { readonly came: FailureKind; readonly reason: string };

export function saysCode(answer: Answer, code: string): boolean {
  return answer.complaint?.errors.some((one) => one.code === code) ?? false;
}

/** Intercom's own word that there is no such entry; the 404 of a proxy or of a wrong address is not that. */
export function saysGone(answer: Answer): boolean {
  return answer.status === 404 && saysCode(answer, 'not_found');
}
