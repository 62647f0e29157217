/*
 * What each translation was made from: a row remembers what the default locale said when the translation was last
 * touched, on either side. Addresses, pictures, code and numbers touch nothing: they are the same in every language.
 */
import type { Bodies } from '../../fields/reading.ts';
import { plainProse, proseSign, signsIn, unknownProse } from '../../markup/meaning/prose.ts';
import type { BaseArticle, BaseCollection, BaseContent, BaseEntry, Translated } from '../../model/base.ts';
import type { CollectionTexts, LocalArticle, LocalCollection, LocalContent } from '../../model/entry.ts';
import type { Locale } from '../../model/locale.ts';
import { checkedText } from '../links/checked-text.ts';
import { isBehind } from './behind.ts';

export interface SourceContext {
  readonly bodies: Bodies;
  readonly defaultLocale: Locale;
  /** Such as `2026-11-26`. */
  readonly day: string;
  /**
   * How the row came about. `pushed`: the folder's texts were sent. `created`: and nobody knew the entry before. `agreed`:
   * anything else, such as a pull, an adoption, or an edit that was made on both sides.
   */
  readonly how: 'pushed' | 'created' | 'agreed';
}

/** The row with what each translation in it was made from, as far as that is known. */
export function rememberSource(
  row: BaseEntry,
  before: BaseEntry | null,
  here: LocalArticle | LocalCollection,
  context: SourceContext,
): BaseEntry {
  if (row.kind === 'article' && here.kind === 'article')
    return ofArticle(row, before?.kind === 'article' ? before : null, here, context);
  if (row.kind === 'collection' && here.kind === 'collection')
    return ofCollection(row, before?.kind === 'collection' ? before : null, here, context);
  return row;
}

function ofArticle(
  row: BaseArticle,
  before: BaseArticle | null,
  here: LocalArticle,
  context: SourceContext,
): BaseArticle {
  const { defaultLocale, bodies } = context;
  const english = row.locales.get(defaultLocale);
  const source = here.locales.get(defaultLocale);
  // As nearly always in a help center of one language.
  if (row.locales === before?.locales || english === undefined || source === undefined) return row;
  const known = before?.locales.get(defaultLocale) ?? null;
  const hasMoved = !isSameContent(known, english);
  const locales = [...row.locales].map(([locale, content]): readonly [Locale, BaseContent] => {
    const text = here.locales.get(locale);
    const was = before?.locales.get(locale) ?? null;
    if (locale === defaultLocale || text === undefined) return [locale, content];
    const isMoved = !isSameContent(was, content);
    if (!isMoved && !hasMoved) return [locale, withTranslated(content, was?.translated)];
    const translated = next({
      was: was?.translated ?? null,
      isKnown: was !== null,
      isNew: before === null,
      isMoved,
      own: () => (isMoved ? articleSigns(text, locale, bodies) : agreedSigns(text, content, locale, bodies)),
      now: () => articleSigns(source, defaultLocale, bodies),
      agreed: () => agreedSigns(source, english, defaultLocale, bodies),
      formerly: () =>
        known === null || !hasMoved ? null : agreedSigns(source, known, defaultLocale, bodies),
      context,
    });
    return [locale, withTranslated(content, translated)];
  });
  return { ...row, locales: new Map(locales) };
}

function ofCollection(
  row: BaseCollection,
  before: BaseCollection | null,
  here: LocalCollection,
  context: SourceContext,
): BaseCollection {
  if (row.translations.size === 0) return row;
  const agreed = { name: row.name.local, description: row.description.local };
  const known = before === null ? null : { name: before.name.local, description: before.description.local };
  const now = { name: here.name ?? agreed.name, description: here.description ?? agreed.description };
  const hasMoved = known === null || textSigns(known) !== textSigns(agreed);
  const sources = [...row.translations].map(([locale, texts]): readonly [Locale, Translated] => {
    const was = before?.translations.get(locale) ?? null;
    const translated = before?.translated?.get(locale) ?? null;
    return [
      locale,
      next({
        was: translated,
        isKnown: was !== null,
        isNew: before === null,
        isMoved: was === null || was.name !== texts.name || was.description !== texts.description,
        own: () => textSigns(texts),
        now: () => textSigns(now),
        agreed: () => textSigns(agreed),
        formerly: () => (known === null || !hasMoved ? null : textSigns(known)),
        context,
      }),
    ];
  });
  return { ...row, translated: new Map(sources) };
}

interface Step {
  readonly was: Translated | null;
  /** Whether the row knew this language before. */
  readonly isKnown: boolean;
  /** Whether nobody knew the entry before. */
  readonly isNew: boolean;
  /** Whether the translation has changed on either side. */
  readonly isMoved: boolean;
  readonly own: () => string;
  /** What the default locale says in the folder, what both sides agree on of that, and what of it they did before. */
  readonly now: () => string;
  readonly agreed: () => string;
  readonly formerly: () => string | null;
  readonly context: SourceContext;
}

function next({ was, isKnown, isNew, isMoved, own, now, agreed, formerly, context }: Step): Translated {
  const { how, day } = context;
  const signs = isMoved || was === null ? own() : was.own;
  const isTouched = isMoved && (isKnown ? was === null || signs !== was.own : !isNew || how === 'created');
  const written = now();
  if (isTouched) {
    const source = how === 'agreed' ? agreed() : written;
    return { own: signs, source, ...(isBehind(source, written) ? { since: day } : {}) };
  }
  // Of what was never noted, what has changed since is known all the same.
  const changed = (signs: string | null): string | null =>
    signs?.includes(unknownProse) === true ? signs : null;
  const source = was?.source ?? changed(formerly());
  if (source === null || !isBehind(source, written)) return { own: signs, source };
  return { own: signs, source, since: was?.since ?? day };
}

/** The signs of all that a file says. */
export const articleSigns = (content: LocalContent, locale: Locale, bodies: Bodies): string =>
  `${textSigns({ name: content.title, description: content.description })}${checkedText(content, locale, bodies).prose.signs}`;

/** The signs of a name and a description. */
export const textSigns = ({ name, description }: CollectionTexts): string =>
  `${proseSign(plainProse(name))}${proseSign(plainProse(description))}`;

/** The signs of what a file says, as far as both sides agree on it; a mark for each place that is another one by now. */
export function agreedSigns(
  content: LocalContent,
  agreed: BaseContent,
  locale: Locale,
  bodies: Bodies,
): string {
  const { prose } = checkedText(content, locale, bodies);
  const known = new Set(agreed.body.segments.flatMap((segment) => segment.local));
  const { blocks } = bodies.local(content, locale);
  const isOld = ({ local }: { readonly local: string }, is: string): boolean =>
    proseSign(plainProse(local)) === proseSign(plainProse(is));
  const signs = signsIn(prose.signs).map((sign, at) =>
    known.has(blocks[prose.blocks[at] ?? 0]?.fingerprint ?? '') ? sign : unknownProse,
  );
  const [title = '', description = ''] = signsIn(
    textSigns({ name: content.title, description: content.description }),
  );
  const present = new Set(blocks.map(({ fingerprint }) => fingerprint));
  // What is in the place of a block that went has a sign of its own already.
  const gone = [...known].filter((one) => !present.has(one)).length;
  const less = Math.max(0, gone - signs.filter((sign) => sign === unknownProse).length);
  return [
    isOld(agreed.title, content.title) ? title : unknownProse,
    isOld(agreed.description, content.description) ? description : unknownProse,
    ...signs,
    ...Array.from({ length: less }, () => unknownProse),
  ].join('');
}

/** Whether two rows agree on the same text. */
function isSameContent(before: BaseContent | null, after: BaseContent): boolean {
  if (before === null) return false;
  if (before === after) return true;
  const fingerprints = ({ body }: BaseContent): string =>
    body.segments.map(({ local }) => local.join(',')).join(' ');
  return (
    before.title.local === after.title.local &&
    before.description.local === after.description.local &&
    fingerprints(before) === fingerprints(after)
  );
}

function withTranslated(content: BaseContent, translated: Translated | undefined): BaseContent {
  return translated === undefined || translated === content.translated ? content : { ...content, translated };
}

/** The row with one language noted as up to date; null where the row does not know that language. */
export function markedFresh(
  row: BaseEntry,
  here: LocalArticle | LocalCollection,
  locale: Locale,
  defaultLocale: Locale,
  bodies: Bodies,
): BaseEntry | null {
  if (row.kind === 'article' && here.kind === 'article') {
    const content = row.locales.get(locale);
    const [text, source] = [here.locales.get(locale), here.locales.get(defaultLocale)];
    if (content === undefined || text === undefined || source === undefined) return null;
    const translated = {
      own: articleSigns(text, locale, bodies),
      source: articleSigns(source, defaultLocale, bodies),
    };
    return { ...row, locales: new Map([...row.locales, [locale, { ...content, translated }]]) };
  }
  if (row.kind !== 'collection' || here.kind !== 'collection') return null;
  const texts = here.translations.get(locale);
  if (texts === undefined || !row.translations.has(locale)) return null;
  const source = {
    name: here.name ?? row.name.local,
    description: here.description ?? row.description.local,
  };
  const translated = { own: textSigns(texts), source: textSigns(source) };
  return { ...row, translated: new Map([...(row.translated ?? []), [locale, translated]]) };
}
