/** What a visitor gets. */
export interface PageAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

export const commonHeaders: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

/** For what is shown within a page and does nothing by itself. */
export const stillPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

export function redirectTo(location: string, status: 301 | 302 = 301): PageAnswer {
  return { status, headers: { ...commonHeaders, location }, body: '' };
}

export function picture(type: string, body: string | Uint8Array): PageAnswer {
  const headers = { ...commonHeaders, 'content-type': type, 'content-security-policy': stillPolicy };
  return { status: 200, headers, body };
}
