import { createHash } from 'node:crypto';
import type { Chance } from '../../ports/chance.ts';
import { ApiError, errorList, invalid, notFound } from '../state/api-error.ts';
import type { ApiRequest, ApiResponse, Call } from './call.ts';
import { drawText, lettersAndDigits } from '../state/chance.ts';
import type { App } from '../state/entities.ts';
import { isFields } from './input.ts';
import type { Limits } from '../state/limits.ts';
import { findRoute } from './routes.ts';
import { hasMarkdown, versionOf } from './versions.ts';
import type { Version } from './versions.ts';
import type { World } from '../state/world.ts';

/** What answers calls: a workspace, the count of its calls, and chance for ids that nobody keeps. */
export interface Desk {
  readonly world: World;
  readonly limits: Limits;
  readonly requestIds: Chance;
}

/** Answers one call to the API, at once and without I/O; with `instead`, refuses where it would be carried out. */
export function answer(desk: Desk, request: ApiRequest, instead: ApiError | null = null): ApiResponse {
  const requestId = drawText(desk.requestIds, lettersAndDigits, 20);
  const headers: Record<string, string> = {};
  try {
    const body = JSON.stringify(carryOut(desk, request, headers, instead));
    return respond(desk.world, 200, body, requestId, headers);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return respond(desk.world, error.status, errorList(requestId, error), requestId, headers);
  }
}

/** Tells whether a request may change something. */
export function isWrite(method: string): boolean {
  return method === 'POST' || method === 'PUT' || method === 'DELETE' || method === 'PATCH';
}

/** Adds to the headers as soon as it is known what they say, since refusals carry them too. */
function carryOut(
  desk: Desk,
  request: ApiRequest,
  headers: Record<string, string>,
  instead: ApiError | null,
): unknown {
  const { world } = desk;
  const app = appOf(world, request.headers['authorization']);
  const allowance = desk.limits.count(app);
  Object.assign(headers, allowance.headers);
  const version = versionFor(world, app, request.headers['intercom-version']);
  headers['intercom-version'] = version.name;
  if (!allowance.allowed) throw new ApiError(429, 'rate_limit_exceeded', allowance.message);
  if (instead !== null) {
    if (instead.status === 429) headers['X-RateLimit-Remaining'] = '0';
    throw instead;
  }
  checkAccept(world, request.headers['accept']);
  const url = new URL(request.target, 'http://simulator.test');
  const found = findRoute(request.method, url.pathname);
  if (found === null) throw notFound();
  if (version.number < found.route.since || version.number > found.route.until) {
    throw new ApiError(
      400,
      'intercom_version_invalid',
      'Requested resource is not available in current API version.',
    );
  }
  if (isWrite(request.method) && app.scope === 'read') {
    const code = world.settings.switches.readOnlyCode;
    throw new ApiError(403, code, 'Not authorized to manage knowledge base content');
  }
  const call: Call = {
    world,
    version,
    app,
    kind: found.route.path.includes('sections') ? 'section' : 'collection',
    ids: found.ids,
    query: url.searchParams,
    input: isWrite(request.method) && request.method !== 'DELETE' ? readBody(request.body) : {},
    images: request.images ?? new Map(),
    markdown: hasMarkdown(version) ? request.markdown : null,
  };
  return found.route.endpoint(call);
}

function appOf(world: World, authorization: string | undefined): App {
  const token = /^Bearer\s+(\S+)$/i.exec(authorization ?? '')?.[1];
  const app = world.settings.apps.find((one) => one.token === token);
  if (app === undefined) throw new ApiError(401, 'unauthorized', 'Access Token Invalid');
  return app;
}

function versionFor(world: World, app: App, sent: string | undefined): Version {
  const version = versionOf(sent?.trim() ?? app.version, world.settings.switches);
  if (version !== null) return version;
  throw new ApiError(400, 'intercom_version_invalid', 'The requested version could not be found');
}

function checkAccept(world: World, accept: string | undefined): void {
  const text = accept?.trim() ?? '';
  const fits =
    text === '' ? !world.settings.switches.strictAccept : /(?:application\/(?:json|\*)|\*\/\*)/i.test(text);
  if (!fits) throw new ApiError(406, 'client_error', 'Only application/json can be answered');
}

function readBody(body: string): Readonly<Record<string, unknown>> {
  if (body.trim() === '') return {};
  let input: unknown;
  try {
    input = JSON.parse(body);
  } catch {
    throw invalid('Request body is not valid JSON');
  }
  if (!isFields(input)) throw invalid('Request body must be a JSON object');
  return input;
}

const reasons: Readonly<Record<number, string>> = {
  200: 'OK',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  406: 'Not Acceptable',
  422: 'Unprocessable Entity',
  429: 'Too Many Requests',
};

function respond(
  world: World,
  status: number,
  body: string,
  requestId: string,
  headers: Readonly<Record<string, string>>,
): ApiResponse {
  const digest = createHash('md5').update(body).digest('hex');
  return {
    status,
    headers: {
      date: new Date(world.now()).toUTCString(),
      'content-type': 'application/json; charset=utf-8',
      status: `${status} ${reasons[status] ?? ''}`.trim(),
      'cache-control': status === 200 ? 'max-age=0, private, must-revalidate' : 'no-cache',
      ...(status === 200 ? { etag: `W/"${digest}"` } : {}),
      vary: 'Accept-Encoding',
      'x-request-id': requestId,
      'x-runtime': '0.021047',
      ...headers,
    },
    body,
  };
}
