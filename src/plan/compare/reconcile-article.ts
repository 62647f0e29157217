import {
  articleFields,
  articleValues,
  isContentChangedHere,
  isContentChangedThere,
  valueNames,
  type ValueField,
} from '../../fields/article-fields.ts';
import type { Bodies, Reading } from '../../fields/reading.ts';
import { isSameMeaning } from '../../markup/meaning/body.ts';
import { putBackBase } from '../../markup/merge/body-base.ts';
import { mergeBodies } from '../../markup/merge/merge-bodies.ts';
import { isSameAsStored } from '../../markup/meaning/as-stored.ts';
import type { BaseArticle, BaseContent } from '../../model/base.ts';
import type { LocalContent, RemoteContent } from '../../model/entry.ts';
import type { Locale } from '../../model/locale.ts';
import type { Policy } from '../terms/input.ts';
import type { ArticleTriple } from '../terms/triple.ts';
import { agreedOnce, isPutBack } from './put-back.ts';
import { signOfContent } from './sign.ts';
import { reconcileValue, settle } from '../terms/values.ts';
import type { BodyVerdict, FieldVerdict, LocaleVerdict, ValueVerdict } from '../terms/verdict.ts';

export interface ReconcileOptions extends Reading {
  readonly policy: Policy;
  /** Null where the help center shows one language only. */
  readonly remoteDefaultLocale: Locale | null;
  readonly recall: ((fingerprint: string) => string | undefined) | undefined;
  /** Whether the file of a language is here for nobody else, since git ignores it. */
  readonly isIgnored: (locale: Locale) => boolean;
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
  const isBack =
    local !== null && options.policy.takeBack !== true && isPutBack(base, () => signOfContent(local));
  if (local !== null && remote !== null) {
    return {
      locale,
      presence: 'both',
      adopted: base === null,
      isPutBack: isBack,
      fields: reconcileContent(base, local, remote, isBack, locale, options),
    };
  }
  if (local === null && remote === null) return { locale, presence: 'dropped' };
  if (local === null && remote !== null) {
    if (options.isIgnored(locale)) return { locale, presence: 'rest' };
    if (base === null) return { locale, presence: 'new-remote' };
    if (isContentChangedThere(base, remote, locale, options.bodies)) return { locale, presence: 'restore' };
    return { locale, presence: base.gone ? 'rest' : 'lost' };
  }
  if (local === null || base === null) return { locale, presence: 'new-local' };
  const isLocalChanged = !isBack && isContentChangedHere(base, local, locale, options);
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
  isBack: boolean,
  locale: Locale,
  options: ReconcileOptions,
): readonly FieldVerdict[] {
  const agreedBefore =
    base === null || !isBack
      ? base
      : { ...base, body: putBackBase(base.body, options.bodies.local(local, locale)) };
  return [
    ...valueNames.map((field): ValueVerdict<ValueField> => {
      const { said, there: valueThere, halves, half, presumed } = articleValues[field];
      const [here, there] = [said(local, base, options.authors), valueThere(remote)];
      const agreed =
        base === null ? presumed(local, remote) : { local: half(base), remote: halves(base).remote };
      // Nobody saw who became the author of a language that was hidden.
      const isUnseen = base?.hidden === true && field === 'author' && here === null;
      const once = isUnseen
        ? { local: here, remote: there }
        : isBack
          ? agreedOnce(agreed, here, there)
          : agreed;
      const standing = settle(reconcileValue(once, here, there), options.policy.conflicts);
      return { field, locale, standing, local: here, remote: there };
    }),
    reconcileBody(agreedBefore, local, remote, locale, options),
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
  const isLocalChanged = base !== null && articleFields.body.isChangedHere(base, local, locale, options);
  const isRemoteChanged = base !== null && articleFields.body.isChangedThere(base, remote, locale, bodies);
  if (base !== null && !isLocalChanged && !isRemoteChanged) return verdict('same');
  const localBody = bodies.local(local, locale);
  const remoteBody = bodies.remote(remote, locale);
  if (base !== null && !isRemoteChanged) return verdict('ahead', localBody.blocks);
  if (isSameMeaning(localBody.blocks, remoteBody.blocks))
    return verdict(base === null ? 'same' : 'converged');
  // A language that was hidden is seen for the first time: how it was stored nobody could tell before.
  const isNew = base === null || (base.hidden && !isLocalChanged);
  if (isNew && isSameAsStored(localBody.blocks, remoteBody.blocks)) return verdict('same');
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

/** Tells whether the remote changed any language of an article since the base, or got one that the base lacks. */
export function isRemoteArticleChanged(
  base: BaseArticle,
  remote: ReadonlyMap<Locale, RemoteContent>,
  bodies: Bodies,
): boolean {
  for (const [locale, content] of remote) {
    const agreed = base.locales.get(locale);
    if (agreed === undefined || isContentChangedThere(agreed, content, locale, bodies)) return true;
  }
  return false;
}
