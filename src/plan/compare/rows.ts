import { baseOf, isBodyChanged, pulledBase } from '../../markup/merge/body-base.ts';
import type { BaseArticle, BaseCollection, BaseContent } from '../../model/base.ts';
import type {
  LocalArticle,
  LocalCollection,
  LocalContent,
  RemoteArticle,
  RemoteCollection,
  RemoteContent,
} from '../../model/entry.ts';
import type { RemoteId } from '../../model/identity.ts';
import type { Locale } from '../../model/locale.ts';
import type { Bodies } from '../links/bodies.ts';
import type { Authors } from '../terms/input.ts';
import { authorIdOf, saidState } from './reconcile-article.ts';

export interface RowOptions {
  readonly bodies: Bodies;
  readonly authors: Authors;
}

/** Fields of one language that a write carried; only they may move the base. */
export type Sent = ReadonlySet<'title' | 'description' | 'state' | 'author' | 'body'>;

/** The row of one language after both sides were seen to agree on the fields in `sent`, or on all of them. */
export function agreedContent(
  before: BaseContent | null,
  local: LocalContent,
  remote: RemoteContent,
  locale: Locale,
  sent: Sent | 'all',
  { bodies }: RowOptions,
): BaseContent {
  const moves = (field: 'title' | 'description' | 'state' | 'author' | 'body'): boolean =>
    before === null || sent === 'all' || sent.has(field);
  return {
    title: moves('title') || before === null ? { local: local.title, remote: remote.title } : before.title,
    description:
      moves('description') || before === null
        ? { local: local.description, remote: remote.description }
        : before.description,
    state:
      moves('state') || before === null
        ? { local: saidState(local, before) ?? remote.state, remote: remote.state }
        : before.state,
    author:
      moves('author') || before === null ? { local: local.author, remote: remote.author } : before.author,
    body:
      moves('body') || before === null
        ? {
            ...baseOf(bodies.local(local, locale), bodies.remote(remote, locale)),
            localQuick: bodies.localQuick(local),
            remoteQuick: bodies.remoteQuick(remote),
          }
        : before.body,
    gone: false,
    hidden: false,
  };
}

/**
 * The row of one language after the folder took in what the remote holds: the base moves to the remote's present,
 * and what the file has of its own stays a change.
 */
export function pulledContent(
  before: BaseContent,
  local: LocalContent,
  remote: RemoteContent,
  locale: Locale,
  options: RowOptions,
): BaseContent {
  const { bodies, authors } = options;
  const body =
    bodies.remoteQuick(remote) === before.body.remoteQuick ||
    !isBodyChanged(before.body, bodies.remote(remote, locale))
      ? before.body
      : pulledBase(before.body, bodies.remote(remote, locale), bodies.local(local, locale));
  const isLocalSame =
    bodies.isLocalQuick(local, body.localQuick) || !isBodyChanged(body, bodies.local(local, locale));
  return {
    title:
      remote.title === before.title.remote ? before.title : { local: remote.title, remote: remote.title },
    description:
      remote.description === before.description.remote
        ? before.description
        : { local: remote.description, remote: remote.description },
    state:
      remote.state === before.state.remote && !before.gone
        ? before.state
        : { local: remote.state, remote: remote.state },
    author:
      remote.author === before.author.remote
        ? before.author
        : {
            local:
              local.author !== null && authorIdOf(local.author, before, authors) === remote.author
                ? local.author
                : remote.author === null
                  ? null
                  : authors.textOf(remote.author),
            remote: remote.author,
          },
    body: {
      ...body,
      localQuick: isLocalSame ? bodies.localQuick(local) : body.localQuick,
      remoteQuick: bodies.remoteQuick(remote),
    },
    gone: false,
    hidden: false,
  };
}

/** The row of a language that was sent to a help center which does not show it. */
export function hiddenContent(
  local: LocalContent,
  locale: Locale,
  author: RemoteId | null,
  { bodies }: RowOptions,
): BaseContent {
  const body = bodies.local(local, locale);
  const state = local.state ?? 'draft';
  return {
    title: { local: local.title, remote: local.title },
    description: { local: local.description, remote: local.description },
    state: { local: state, remote: state },
    author: { local: local.author, remote: author },
    body: { ...baseOf(body, body), localQuick: bodies.localQuick(local), remoteQuick: '' },
    gone: false,
    hidden: true,
  };
}

/** The row of a whole article that both sides agree on. */
export function agreedArticle(
  before: BaseArticle | null,
  local: LocalArticle,
  remote: RemoteArticle,
  parent: RemoteId | null,
  options: RowOptions,
): BaseArticle {
  const locales = new Map<Locale, BaseContent>();
  for (const [locale, content] of local.locales) {
    const there = remote.locales.get(locale);
    const agreed = before?.locales.get(locale) ?? null;
    if (there !== undefined)
      locales.set(locale, agreedContent(agreed, content, there, locale, 'all', options));
    else
      locales.set(
        locale,
        agreed !== null && agreed.hidden ? agreed : hiddenContent(content, locale, null, options),
      );
  }
  for (const [locale, agreed] of before?.locales ?? []) {
    const there = remote.locales.get(locale);
    // Its file is gone, and the remote holds no more of it than a draft: nothing is left to be done about it.
    if (!locales.has(locale) && there !== undefined) locales.set(locale, goneContent(agreed, there));
  }
  return { kind: 'article', path: local.path, id: remote.id, parent, locales };
}

/** The row of a collection that both sides agree on; what the folder does not say is taken from the remote. */
export function agreedCollection(
  local: LocalCollection,
  remote: RemoteCollection,
  parent: RemoteId | null,
): BaseCollection {
  return {
    kind: 'collection',
    path: local.path,
    id: remote.id,
    parent,
    name: { local: local.name ?? remote.name, remote: remote.name },
    description: { local: local.description ?? remote.description, remote: remote.description },
    icon: { local: local.icon ?? remote.icon, remote: remote.icon },
    translations: local.file === null ? remote.translations : local.translations,
    gone: false,
  };
}

/** The row of an entry whose file went, after the remote was told so. */
export function goneArticle(
  before: BaseArticle,
  remote: RemoteArticle,
  locales: readonly Locale[],
): BaseArticle {
  const rows = new Map(before.locales);
  for (const locale of locales) {
    const agreed = before.locales.get(locale);
    const there = remote.locales.get(locale);
    if (agreed === undefined) continue;
    rows.set(locale, there === undefined ? { ...agreed, gone: true } : goneContent(agreed, there));
  }
  return { ...before, locales: rows };
}

function goneContent(agreed: BaseContent, there: RemoteContent): BaseContent {
  // What it was before is remembered, so that the file's return can undo this.
  const state = { local: agreed.gone ? agreed.state.local : agreed.state.remote, remote: there.state };
  return { ...agreed, state, gone: true };
}
