import { answer, isWrite } from './api/api.ts';
import type { Desk } from './api/api.ts';
import type { ApiRequest, ApiResponse } from './api/call.ts';
import { exchange } from './faults/exchange.ts';
import type { Ending } from './faults/exchange.ts';
import type { Faults, Trouble } from './faults/faults.ts';
import { isStored } from './state/images.ts';
import { isFields } from './api/input.ts';
import { hasMarkdown, versionOf } from './api/versions.ts';
import type { Markdown } from './rewrite/markdown.ts';
import { imageSources } from './rewrite/rewriter.ts';
import type { Tricks } from './operator/tricks.ts';

/** Paths below which the API answers; all others are the public site. */
export function isApiPath(path: string): boolean {
  return /^\/(?:me|admins|articles|help_center)(?:\/|$)/.test(path);
}

export interface Office {
  readonly desk: Desk;
  readonly faults: Faults;
  readonly tricks: Tricks;
}

/** What becomes of a call to the API: decided and logged here, carried out on the wire by the server. */
export function handleCall(office: Office, request: ApiRequest, trouble: Trouble): Ending {
  const ending = exchange(office.desk, request, trouble);
  const response = ending.end === 'answer' ? ending.response : null;
  const kind = trouble.kind ?? (trouble.wait > 0 ? 'delay' : trouble.bytesPerSecond === null ? null : 'slow');
  office.tricks.log({
    at: office.desk.world.now(),
    method: request.method,
    path: request.target,
    status: response?.status ?? null,
    version: request.headers['intercom-version'] ?? null,
    requestId: response?.headers['x-request-id'] ?? null,
    body: request.body,
    fault: kind === null || trouble.value === '' ? kind : `${kind}=${trouble.value}`,
  });
  return ending;
}

/** Carries out a call whose connection was closed long ago. */
export function carryOutLate(office: Office, request: ApiRequest): ApiResponse {
  return answer(office.desk, request);
}

/** Tells whether a call may need the converters between Markdown and HTML. */
export function speaksMarkdown(office: Office, request: Pick<ApiRequest, 'target' | 'headers'>): boolean {
  const name = request.headers['intercom-version'];
  const version = name === undefined ? null : versionOf(name.trim(), office.desk.world.settings.switches);
  return request.target.startsWith('/articles') && (version === null || hasMarkdown(version));
}

/** Images that a request mentions and that are not at hand yet. */
export function newImages(office: Office, request: ApiRequest): readonly string[] {
  if (!isWrite(request.method) || !/img|!\[/i.test(request.body)) return [];
  let input: unknown;
  try {
    input = JSON.parse(request.body);
  } catch {
    return [];
  }
  if (!isFields(input)) return [];
  const translated = isFields(input['translated_content']) ? Object.values(input['translated_content']) : [];
  const sources = new Set<string>();
  for (const fields of [input, ...translated]) {
    if (!isFields(fields)) continue;
    const bodies = [fields['body'], markdownHtml(request.markdown, fields['body_markdown'])];
    for (const body of bodies)
      if (typeof body === 'string') for (const one of safeSources(body)) sources.add(one);
  }
  return [...sources].filter((one) => !isStored(office.desk.world, one));
}

function markdownHtml(converter: Markdown | null, markdown: unknown): string | null {
  return typeof markdown === 'string' && converter !== null ? converter.toHtml(markdown) : null;
}

/** A body that cannot be parsed is refused when the call is carried out. */
function safeSources(body: string): readonly string[] {
  try {
    return imageSources(body);
  } catch {
    return [];
  }
}
