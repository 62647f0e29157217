/* Rules about texts that say the same. */
import { signsIn } from '../markup/meaning/prose.ts';
import { byText } from '../model/identity.ts';
import { checkedText } from '../plan/links/checked-text.ts';
import { groupBy } from '../plan/terms/group-by.ts';
import { auditedText } from './audited-text.ts';
import { alikePairs } from './sketch.ts';
import { textsOf, type AuditInput, type Found, type Text } from './terms.ts';

/** The part of their words that near-twins share. */
const leastAlike = 0.6;
/** Texts of fewer words are alike by chance. */
const leastWords = 20;

export function twinFindings(input: AuditInput): readonly Found[] {
  const byLocale = groupBy(textsOf(input.folder), ({ locale }) => locale);
  return [...byLocale.values()]
    .flatMap((texts) => [...sameTitles(texts), ...sameTexts(texts, input)])
    .concat(untranslated(input));
}

function sameTitles(texts: readonly Text[]): readonly Found[] {
  const byTitle = groupBy(texts, ({ content }) => content.title.trim().toLowerCase());
  return [...byTitle.values()].flatMap((same) => {
    const [first, ...others] = same.toSorted((left, right) => byText(left.content.file, right.content.file));
    return others.map(({ content }): Found => ({
      rule: 'TITLE_TWICE',
      file: content.file,
      line: 1,
      message: `The title is that of ${first?.content.file ?? ''} as well.`,
      hint: 'Give them titles that tell them apart in a list of search results.',
    }));
  });
}

function sameTexts(texts: readonly Text[], { folder }: AuditInput): readonly Found[] {
  const { bodies } = folder;
  const sorted = texts.toSorted((left, right) => byText(left.content.file, right.content.file));
  const long = sorted.filter(({ content, locale }) => wordsOf(content, locale, bodies) >= leastWords);
  const audited = long.map(({ content, locale }) => auditedText(content, locale, bodies));
  const found: Found[] = [];
  const firsts = new Map<string, string>();
  const isTwin = new Set<number>();
  for (const [at, { whole }] of audited.entries()) {
    const file = long[at]?.content.file ?? '';
    const first = firsts.get(whole);
    if (first === undefined) firsts.set(whole, file);
    else {
      isTwin.add(at);
      found.push({
        rule: 'ARTICLES_SAME',
        file,
        line: 0,
        message: `The article says word for word what ${first} says.`,
        hint: 'Keep one of them, and link to it from where the other one was.',
      });
    }
  }
  const pairs = alikePairs(
    audited.map(({ sketch }) => sketch),
    leastAlike,
  );
  for (const [one, other, shared] of pairs) {
    if (isTwin.has(one) || isTwin.has(other)) continue;
    found.push({
      rule: 'ARTICLES_ALIKE',
      file: long[other]?.content.file ?? '',
      line: 0,
      message: `The article shares about ${Math.round(shared * 100)} % of its words with ${long[one]?.content.file ?? ''}.`,
      hint: 'Put them together, or say in each what is special about it.',
    });
  }
  return found;
}

const wordsOf = (
  content: Text['content'],
  locale: Text['locale'],
  bodies: AuditInput['folder']['bodies'],
): number => checkedText(content, locale, bodies).prose.words.reduce((all, one) => all + one, 0);

/** The part of a translation's words that its source has as well, from which on nobody can have translated it all. */
const leastUntranslated = 0.3;

/** Translations of which much says what the source says: it was copied, and never translated. */
function untranslated({ folder }: AuditInput): readonly Found[] {
  const { bodies, policy } = folder;
  return textsOf(folder).flatMap(({ article, content, locale }): readonly Found[] => {
    const source = article.locales.get(policy.defaultLocale);
    if (locale === policy.defaultLocale || source === undefined) return [];
    const known = new Set(signsIn(checkedText(source, policy.defaultLocale, bodies).prose.signs));
    const { signs, words } = checkedText(content, locale, bodies).prose;
    const same = signsIn(signs).map((sign) => known.has(sign));
    const all = words.reduce((sum, one) => sum + one, 0);
    const copied = words.reduce((sum, one, at) => sum + (same[at] === true ? one : 0), 0);
    if (copied < leastUntranslatedWords || copied < all * leastUntranslated) return [];
    return [
      {
        rule: 'TRANSLATION_SAME',
        file: content.file,
        line: 0,
        message: `${copied} of the ${all} words are those of ${source.file}: they were never translated.`,
        hint: 'Translate them, or remove the file until somebody does.',
      },
    ];
  });
}

/** Names of products and commands are the same in every language. */
const leastUntranslatedWords = 8;
