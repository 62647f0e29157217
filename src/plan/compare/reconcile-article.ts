import { isBodyChanged } from '../../markup/merge/body-base.ts';
import { mergeBodies } from '../../markup/merge/merge-bodies.ts';
import { isSameAsStored } from '../../markup/meaning/as-stored.ts';
import type { BaseArticle, BaseContent } from '../../model/base.ts';
import type { LocalContent, RemoteContent } from '../../model/entry.ts';
import type { RemoteId } from '../../model/identity.ts';
import type { Locale } from '../../model/locale.ts';
import type { Bodies } from '../links/bodies.ts';
import type { Authors, Policy } from '../terms/input.ts';
import type { ArticleTriple } from '../terms/triple.ts';
import { reconcileValue, settle } from '../terms/values.ts';
import type { BodyVerdict, FieldVerdict, LocaleVerdict, ValueVerdict } from '../terms/verdict.ts';

export interface ReconcileOptions {
  readonly bodies: Bodies;
  readonly authors: Authors;
  readonly policy: Policy;
  /** Null where the help center shows one language only. */
  readonly remoteDefaultLocale: Locale | null;
  readonly recall: ((fingerprint: string) => string | undefined) | undefined;
}

/**
 * Reconciles the languages of an article that both sides have, or that only the base and one side have. Nothing is
 * decided here about directions: that is the operations' part.
 */
export function reconcileLocales(triple: ArticleTriple, options: ReconcileOptions): readonly LocaleVerdict[] {
  const locales = new Set<Locale>([
    ...(triple.base?.locales.keys() ?? []),
    ...(triple.local?.locales.keys() ?? []),
    ...(triple.remote?.locales.keys() ?? []),
  ]);
  return [...locales].toSorted().map((locale) => reconcileLocale(triple, locale, options));
}

function reconcileLocale(triple: ArticleTriple, locale: Locale, options: ReconcileOptions): LocaleVerdict {
  const base = triple.base?.locales.get(locale) ?? null;
  const local = triple.local?.locales.get(locale) ?? null;
  const remote = triple.remote?.locales.get(locale) ?? null;
  if (local !== null && remote !== null) {
    return {
      locale,
      presence: 'both',
      adopted: base === null,
      fields: reconcileContent(base, local, remote, locale, options),
    };
  }
  if (local === null && remote === null) return { locale, presence: 'dropped' };
  if (local === null && remote !== null) {
    if (base === null) return { locale, presence: 'new-remote' };
    if (isRemoteContentChanged(base, remote, locale, options.bodies)) return { locale, presence: 'restore' };
    return { locale, presence: base.gone ? 'rest' : 'lost' };
  }
  if (local === null || base === null) return { locale, presence: 'new-local' };
  const isLocalChanged = isLocalContentChanged(base, local, locale, options);
  // A help center with one language hides the others: what is not shown there is not gone.
  const isHidden =
    base.hidden || (options.remoteDefaultLocale === null && locale !== options.policy.defaultLocale);
  if (triple.remote !== null && isHidden) return { locale, presence: isLocalChanged ? 'new-local' : 'rest' };
  return { locale, presence: isLocalChanged ? 'clash' : 'vanished' };
}

function reconcileContent(
  base: BaseContent | null,
  local: LocalContent,
  remote: RemoteContent,
  locale: Locale,
  options: ReconcileOptions,
): readonly FieldVerdict[] {
  const { policy } = options;
  const value = (
    field: ValueVerdict['field'],
    said: string | null,
    there: string | null,
    agreed: { local: string | null; remote: string | null } | null,
  ): ValueVerdict => ({
    field,
    locale,
    standing: settle(reconcileValue(agreed, said, there), policy.conflicts),
    local: said,
    remote: there,
  });
  const author = authorIdOf(local.author, base, options.authors);
  const agreedAuthor = base?.author.remote ?? null;
  return [
    value('title', local.title, remote.title, base?.title ?? null),
    // Never agreed, and only one side has one: that one is new, and nothing stands against it.
    value(
      'description',
      local.description,
      remote.description,
      base?.description ??
        (local.description === '' || remote.description === '' ? { local: '', remote: '' } : null),
    ),
    value('state', saidState(local, base), remote.state, agreedState(base)),
    value(
      'author',
      author,
      remote.author,
      base === null ? null : { local: agreedAuthor, remote: agreedAuthor },
    ),
    reconcileBody(base, local, remote, locale, options),
  ];
}

function reconcileBody(
  base: BaseContent | null,
  local: LocalContent,
  remote: RemoteContent,
  locale: Locale,
  options: ReconcileOptions,
): BodyVerdict {
  const { bodies, policy } = options;
  const verdict = (standing: BodyVerdict['standing'], blocks: BodyVerdict['blocks'] = []): BodyVerdict => ({
    field: 'body',
    locale,
    standing,
    blocks,
    conflicts: [],
    // Parsed only by those who look: most bodies are unchanged.
    get localBody() {
      return bodies.local(local, locale);
    },
    get remoteBody() {
      return bodies.remote(remote, locale);
    },
  });
  if (
    base !== null &&
    bodies.isLocalQuick(local, base.body.localQuick) &&
    bodies.remoteQuick(remote) === base.body.remoteQuick
  ) {
    return verdict('same');
  }
  const isLocalChanged = base !== null && isLocalBodyChanged(base, local, locale, bodies);
  const isRemoteChanged = base !== null && isRemoteBodyChanged(base, remote, locale, bodies);
  if (base !== null && !isLocalChanged && !isRemoteChanged) return verdict('same');
  const localBody = bodies.local(local, locale);
  const remoteBody = bodies.remote(remote, locale);
  if (base !== null && !isRemoteChanged) return verdict('ahead', localBody.blocks);
  if (isSameMeaning(localBody.blocks, remoteBody.blocks))
    return verdict(base === null ? 'same' : 'converged');
  if (base === null && isSameAsStored(localBody.blocks, remoteBody.blocks)) return verdict('same');
  const merge = mergeBodies(base?.body ?? null, localBody, remoteBody, options.recall);
  // The merge also for "behind": segments that the two sides spell differently stay as the file has them.
  if (merge.kind === 'clean') return verdict(isLocalChanged ? 'merged' : 'behind', merge.blocks);
  if (policy.conflicts === 'hold')
    return { ...verdict('conflict'), conflicts: merge.conflicts, localBody, remoteBody };
  const blocks = merge.parts.flatMap((part) =>
    'blocks' in part ? part.blocks : policy.conflicts === 'local' ? part.local : part.remote,
  );
  return verdict('merged', blocks);
}

/** Tells whether the remote holds anything of this language that the base does not know. */
export function isRemoteContentChanged(
  base: BaseContent,
  remote: RemoteContent,
  locale: Locale,
  bodies: Bodies,
): boolean {
  return (
    remote.title !== base.title.remote ||
    remote.description !== base.description.remote ||
    remote.state !== base.state.remote ||
    remote.author !== base.author.remote ||
    isRemoteBodyChanged(base, remote, locale, bodies)
  );
}

/** Tells whether the folder holds anything of this language that the base does not know. */
export function isLocalContentChanged(
  base: BaseContent,
  local: LocalContent,
  locale: Locale,
  options: ReconcileOptions,
): boolean {
  const state = saidState(local, base);
  const author = authorIdOf(local.author, base, options.authors);
  return (
    local.title !== base.title.local ||
    local.description !== base.description.local ||
    (state !== null && state !== agreedState(base)?.local) ||
    (author !== null && author !== base.author.remote) ||
    isLocalBodyChanged(base, local, locale, options.bodies)
  );
}

/** Tells whether the remote changed any language of an article since the base, or got one that the base lacks. */
export function isRemoteArticleChanged(
  base: BaseArticle,
  remote: ReadonlyMap<Locale, RemoteContent>,
  bodies: Bodies,
): boolean {
  for (const [locale, content] of remote) {
    const agreed = base.locales.get(locale);
    if (agreed === undefined || isRemoteContentChanged(agreed, content, locale, bodies)) return true;
  }
  return false;
}

function isLocalBodyChanged(base: BaseContent, local: LocalContent, locale: Locale, bodies: Bodies): boolean {
  return (
    !bodies.isLocalQuick(local, base.body.localQuick) && isBodyChanged(base.body, bodies.local(local, locale))
  );
}

function isRemoteBodyChanged(
  base: BaseContent,
  remote: RemoteContent,
  locale: Locale,
  bodies: Bodies,
): boolean {
  return (
    bodies.remoteQuick(remote) !== base.body.remoteQuick &&
    isBodyChanged(base.body, bodies.remote(remote, locale))
  );
}

/** The state that the file asks for; when it was away and does not say, the one that it had before. */
export function saidState(local: LocalContent, base: BaseContent | null): LocalContent['state'] {
  if (local.state !== null) return local.state;
  return base !== null && base.gone ? base.state.local : null;
}

/** While a file is away its state counts as what the remote was set to, so that its return is a change. */
function agreedState(base: BaseContent | null): BaseContent['state'] | null {
  if (base === null) return null;
  return base.gone ? { local: base.state.remote, remote: base.state.remote } : base.state;
}

/** The admin whom the file names; null when it names none. The agreed spelling stands for the agreed admin. */
export function authorIdOf(text: string | null, base: BaseContent | null, authors: Authors): RemoteId | null {
  if (text === null) return null;
  return base !== null && base.author.local === text ? base.author.remote : authors.idOf(text);
}

function isSameMeaning(
  left: readonly { readonly fingerprint: string }[],
  right: readonly { readonly fingerprint: string }[],
): boolean {
  return (
    left.length === right.length &&
    left.every((block, index) => block.fingerprint === right[index]?.fingerprint)
  );
}
