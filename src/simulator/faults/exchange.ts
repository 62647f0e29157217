import { answer } from '../api/api.ts';
import type { Desk } from '../api/api.ts';
import { ApiError } from '../state/api-error.ts';
import type { ApiRequest, ApiResponse } from '../api/call.ts';
import type { Trouble } from './faults.ts';

/** How a call ends on the wire. */
export type Ending =
  | { readonly end: 'answer'; readonly response: ApiResponse }
  /** The answer begins, and the connection closes in the middle of it. */
  | { readonly end: 'cut'; readonly response: ApiResponse }
  | { readonly end: 'drop' }
  /** The connection closes at once; the call is carried out that many milliseconds later. */
  | { readonly end: 'late'; readonly after: number };

/** Carries out a call, with the trouble that it meets. Without I/O, so that a simulation can drive it. */
export function exchange(desk: Desk, request: ApiRequest, trouble: Trouble): Ending {
  if (trouble.kind === 'late') return { end: 'late', after: Number(trouble.value) };
  if (trouble.kind === 'drop' && !trouble.applied) return { end: 'drop' };
  if (trouble.kind === 'edit') editAsTeammate(desk, request);
  if (trouble.kind === 'status' && !trouble.applied) {
    return { end: 'answer', response: answer(desk, request, refusal(Number(trouble.value))) };
  }
  const response = trouble.applied ? answer(desk, request) : null;
  switch (trouble.kind) {
    case 'drop':
      return { end: 'drop' };
    case 'truncate':
      return { end: 'cut', response: response ?? gatewayPage(502) };
    case 'status':
      return { end: 'answer', response: answer(desk, request, refusal(Number(trouble.value))) };
    case 'html':
      return { end: 'answer', response: gatewayPage(Number(trouble.value)) };
    case 'nonjson':
      return { end: 'answer', response: plain(200, 'text/plain', 'upstream request timeout') };
    case 'empty':
      return { end: 'answer', response: plain(200, 'application/json; charset=utf-8', '') };
    case 'huge':
      return {
        end: 'answer',
        response: {
          ...plain(200, 'application/json; charset=utf-8', '{"data":"'),
          padding: Number(trouble.value),
        },
      };
    case 'redirect': {
      const moved = plain(302, 'text/html; charset=utf-8', '');
      return {
        end: 'answer',
        response: { ...moved, headers: { ...moved.headers, location: trouble.value } },
      };
    }
    case 'edit':
    case null:
      return { end: 'answer', response: response ?? answer(desk, request) };
  }
}

/** Another person saves the article that the call is about, just before the call is carried out. */
function editAsTeammate(desk: Desk, request: ApiRequest): void {
  const id = /^\/articles\/(\d+)/.exec(request.target)?.[1];
  const article = id === undefined ? undefined : desk.world.articles.get(Number(id));
  const content = article?.contents[article.defaultLocale];
  if (article === undefined || content === undefined) return;
  const sentence = `<p class="no-margin">A teammate was here at ${desk.world.seconds()}.</p>`;
  const edited = { ...content, body: content.body + sentence, updatedAt: desk.world.seconds() };
  desk.world.putArticle({ ...article, contents: { ...article.contents, [article.defaultLocale]: edited } });
}

const codes: ReadonlyMap<number, readonly [code: string, message: string]> = new Map([
  [400, ['parameter_invalid', 'Bad request']],
  [401, ['unauthorized', 'Access Token Invalid']],
  [403, ['forbidden', 'Not authorized to manage knowledge base content']],
  [404, ['not_found', 'Resource Not Found']],
  [408, ['request_timeout', 'Request timed out']],
  [409, ['conflict', 'Conflict']],
  [422, ['unprocessable_entity', 'Unprocessable entity']],
  [429, ['rate_limit_exceeded', 'Exceeded rate limit of 167 in 10_seconds']],
  [503, ['service_unavailable', 'Service unavailable']],
]);

function refusal(status: number): ApiError {
  const [code, message] =
    codes.get(status) ?? (status < 500 ? ['client_error', 'Client error'] : ['server_error', 'Server error']);
  return new ApiError(status, code, message);
}

/** A gateway between Intercom and the world answers in HTML. */
function gatewayPage(status: number): ApiResponse {
  const title = status === 405 ? 'Human Verification' : `${status} Gateway error`;
  const html = `<!DOCTYPE html>\n<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>\n`;
  return plain(status, 'text/html; charset=utf-8', html);
}

function plain(status: number, type: string, body: string): ApiResponse {
  return { status, headers: { 'content-type': type }, body };
}
