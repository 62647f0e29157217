/* What a translator wants to see: what changed in the source, beside what the translation says in that place. */
import { signsIn } from '../markup/meaning/prose.ts';
import type { Block } from '../markup/meaning/body.ts';
import type { Bodies } from '../fields/reading.ts';
import type { LocalContent } from '../model/entry.ts';
import type { Locale } from '../model/locale.ts';
import { sourceChanges } from '../plan/compare/behind.ts';
import { articleSigns } from '../plan/compare/remember-source.ts';
import { checkedText } from '../plan/links/checked-text.ts';
import { matchBlocks } from './match.ts';

/** One place in which the source says something else than it did. */
export interface Change {
  readonly what: 'title' | 'description' | 'block';
  /** Line of the source's file, from 1; null for what is gone, and for what is in front matter. */
  readonly line: number | null;
  /** As it was; null where it is new, or where nobody knows any more. */
  readonly before: string | null;
  /** As it is; null where it is gone. */
  readonly now: string | null;
  /** As it is in the translation; null where it has none for it, or where nobody can tell. */
  readonly translation: string | null;
  readonly translationLine: number | null;
}

export interface ComparisonInput {
  readonly source: LocalContent;
  readonly text: LocalContent;
  readonly locale: Locale;
  readonly defaultLocale: Locale;
  /** What the source said when the translation was last touched, as signs. */
  readonly was: string;
  /** The source as it was was; null where nobody has it any more. */
  readonly former: LocalContent | null;
  readonly bodies: Bodies;
}

/** What changed, in the order of the source. */
export function comparisonOf(input: ComparisonInput): readonly Change[] {
  const { source, text, locale, defaultLocale, was, former, bodies } = input;
  const changes = sourceChanges(was, articleSigns(source, defaultLocale, bodies));
  const [now, own] = [proseBlocks(source, defaultLocale, bodies), proseBlocks(text, locale, bodies)];
  const old = former === null ? [] : proseBlocks(former, defaultLocale, bodies);
  const matched = matchBlocks(changes, now, own) ?? [];
  const isMatched = matched.length > 0;
  const isOfThen = signsIn(was).length - 2 === old.length;
  const changed = new Set(changes.blocks);
  const fields = (['title', 'description'] as const)
    .filter((what) => changes[what])
    .map((what): Change => ({
      what,
      line: null,
      before: former?.[what] ?? null,
      now: source[what],
      translation: text[what] === '' ? null : text[what],
      translationLine: null,
    }));
  const rows = isMatched
    ? matched.filter((one) => one.now === null || changed.has(one.now))
    : changes.blocks.map((at) => ({ now: at, was: null, translated: null }));
  const blocks = rows.map((one): Change => {
    const [is, translated] = [blockAt(now, one.now), blockAt(own, one.translated)];
    return {
      what: 'block',
      line: is === null ? null : is.line + source.bodyLine - 1,
      before: isOfThen ? (blockAt(old, one.was)?.source.trim() ?? null) : null,
      now: is?.source.trim() ?? null,
      translation: translated?.source.trim() ?? null,
      translationLine: translated === null ? null : translated.line + text.bodyLine - 1,
    };
  });
  return [...fields, ...blocks];
}

/** The blocks of a text that have words. */
export function proseBlocks(content: LocalContent, locale: Locale, bodies: Bodies): readonly Block[] {
  const { blocks } = bodies.local(content, locale);
  return checkedText(content, locale, bodies).prose.blocks.flatMap((at) => blocks[at] ?? []);
}

const blockAt = (blocks: readonly Block[], at: number | null): Block | null =>
  at === null ? null : (blocks[at] ?? null);
