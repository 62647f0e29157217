import { createArticle, deleteArticle, listArticles, retrieveArticle, updateArticle } from './articles.ts';
import type { Endpoint } from './call.ts';
import {
  createCollection,
  deleteCollection,
  listCollections,
  listSections,
  retrieveCollection,
  updateCollection,
} from './collections.ts';
import { publishDraft, retrieveDraft, stageDraft } from './drafts.ts';
import { listAdmins, listHelpCenters, retrieveAdmin, retrieveHelpCenter, retrieveMe } from './people.ts';
import { searchArticles } from './search.ts';
import { previewNumber } from './versions.ts';

export interface Route {
  readonly method: string;
  /** `*` stands for an id. */
  readonly path: readonly string[];
  /** First and last version that know it. */
  readonly since: number;
  readonly until: number;
  readonly endpoint: Endpoint;
}

/** Every endpoint. Of two rows that fit, the first one counts. */
const routes: readonly Route[] = [
  route('GET', '/me', retrieveMe, 100),
  route('GET', '/admins', listAdmins, 100),
  route('GET', '/admins/*', retrieveAdmin, 100),
  route('GET', '/help_center/help_centers', listHelpCenters),
  route('GET', '/help_center/help_centers/*', retrieveHelpCenter),
  route('GET', '/help_center/collections', listCollections),
  route('POST', '/help_center/collections', createCollection),
  route('GET', '/help_center/collections/*', retrieveCollection),
  route('PUT', '/help_center/collections/*', updateCollection),
  route('DELETE', '/help_center/collections/*', deleteCollection),
  route('GET', '/help_center/sections', listSections, 207, 209),
  route('POST', '/help_center/sections', createCollection, 207, 209),
  route('GET', '/help_center/sections/*', retrieveCollection, 207, 209),
  route('PUT', '/help_center/sections/*', updateCollection, 207, 209),
  route('DELETE', '/help_center/sections/*', deleteCollection, 207, 209),
  route('GET', '/articles/search', searchArticles, 210),
  route('GET', '/articles', listArticles),
  route('POST', '/articles', createArticle),
  route('GET', '/articles/*', retrieveArticle),
  route('PUT', '/articles/*', updateArticle),
  route('DELETE', '/articles/*', deleteArticle),
  route('GET', '/articles/*/draft', retrieveDraft, 216),
  route('PUT', '/articles/*/draft', stageDraft, 216),
  route('POST', '/articles/*/draft/publish', publishDraft, 216),
];

/** The row for a method and a path, with what is in place of ids; null where there is none. */
export function findRoute(method: string, path: string): { route: Route; ids: readonly string[] } | null {
  const parts = path.replace(/\/$/, '').split('/').slice(1);
  for (const one of routes) {
    if (one.method !== method || one.path.length !== parts.length) continue;
    if (!one.path.every((part, at) => part === '*' || part === parts[at])) continue;
    return { route: one, ids: parts.filter((_, at) => one.path[at] === '*') };
  }
  return null;
}

function route(
  method: string,
  path: string,
  endpoint: Endpoint,
  since = 200,
  until: number = previewNumber,
): Route {
  return { method, path: path.split('/').slice(1), since, until, endpoint };
}
