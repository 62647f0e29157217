import { resolve } from 'node:path';
import type { Operation } from '../../model/plan.ts';
import { visibilityOf } from '../../model/visibility.ts';
import type { Link } from '../../report/entry-markdown.ts';
import { entryFile, insideOf } from './annotations.ts';
import type { ActionContext } from '../event/context.ts';

export interface Whereabouts {
  /** The commit that the files are shown at, and whose repository holds it. */
  readonly commit: string;
  readonly repository: string;
  /** Empty where it is not known. */
  readonly workspace: string;
  /** Where readers find the help center; empty where it is not known. */
  readonly site: string;
  /** After a run: the ids of what it made, by path. */
  readonly ids?: ReadonlyMap<string, string>;
}

/** Where an entry can be seen: its file at that commit, what readers see, and the editor of Intercom. */
export function linksOf(
  context: Pick<ActionContext, 'config' | 'event'>,
  { commit, repository, workspace, site, ids }: Whereabouts,
): (operation: Operation) => readonly Link[] {
  const { config, event } = context;
  return (operation) => {
    const { kind, action, path } = operation;
    const id = operation.id ?? ids?.get(path) ?? null;
    const links: Link[] = [];
    const file = insideOf(event.root, resolve(config.folder, entryFile({ kind, path }, context)));
    const isThere = operation.side === 'remote' && action !== 'delete' && kind === 'article';
    if (isThere && file !== null && repository !== '' && /^[0-9a-f]{7,64}$/.test(commit))
      links.push({
        name: 'File',
        url: `${event.serverUrl}/${repository}/blob/${commit}/${file.split('/').map(encodeURIComponent).join('/')}`,
      });
    if (kind !== 'article' || operation.side === 'local' || id === null) return links;
    const live =
      operation.readers.url ??
      (ids === undefined || site === '' ? null : `${site}/${config.defaultLocale}/articles/${id}`);
    const seen = visibilityOf(operation).map((one) => one.visibility);
    const isPublic =
      ids === undefined ? operation.readers.locales.length > 0 : seen.some((one) => /public/.test(one));
    if (live !== null && isPublic && isWeb(live)) links.push({ name: 'Article', url: live });
    // An assumption: no source of Intercom's says what the address of its editor is.
    if (workspace !== '' && config.provider === 'intercom' && operation.removal !== 'delete')
      links.push({
        name: 'Editor',
        url: `${apps[config.region]}/a/apps/${encodeURIComponent(workspace)}/articles/articles/${id}/show`,
      });
    return links;
  };
}

const apps = {
  us: 'https://app.intercom.com',
  eu: 'https://app.eu.intercom.com',
  au: 'https://app.au.intercom.com',
} as const;

const isWeb = (url: string): boolean => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
