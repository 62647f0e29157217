/* What a translator has to translate of an entry: its units, each with what helps to understand it. */
import type { Bodies } from '../../fields/reading.ts';
import { parseMarkdown } from '../../markup/markdown/parse-markdown.ts';
import type { Block } from '../../markup/meaning/body.ts';
import { plainProse } from '../../markup/meaning/prose.ts';
import type { LocalArticle, LocalCollection, LocalContent } from '../../model/entry.ts';
import type { Locale } from '../../model/locale.ts';
import { sourceChanges } from '../../plan/compare/behind.ts';
import { articleSigns } from '../../plan/compare/remember-source.ts';
import { checkedText } from '../../plan/links/checked-text.ts';
import { proseBlocks } from '../comparison.ts';
import { matchBlocks, type MatchedBlock } from '../match.ts';
import type { Standing } from '../terms.ts';
import { leavesOf, plainOf, type Leaf, type Part } from './parts.ts';

export interface Unit {
  /** Unique within its entry. */
  readonly id: string;
  readonly source: readonly Part[];
  /** For whoever translates it. */
  readonly notes: readonly string[];
  /** The stretch of the source's body; null for a title, a name or a description. */
  readonly leaf: Leaf | null;
}

/** All that is to be translated of one entry into one language. */
export interface EntryUnits {
  readonly standing: Standing;
  readonly units: readonly Unit[];
  /** How the blocks of the translation belong to those of the source; null where it is translated anew. */
  readonly matched: readonly MatchedBlock[] | null;
  /** The blocks of the source that are translated, by their places among all of its blocks. */
  readonly blocks: ReadonlyMap<number, readonly Unit[]>;
}

export function articleUnits(
  standing: Standing,
  { locales }: LocalArticle,
  bodies: Bodies,
  defaultLocale: Locale,
): EntryUnits | null {
  const source = locales.get(defaultLocale);
  if (source === undefined) return null;
  const text = locales.get(standing.locale) ?? null;
  const matched = text === null ? null : matchedOf(standing, source, text, bodies, defaultLocale);
  const isAnew = matched === null;
  const fields = (['title', 'description'] as const).filter(
    (name) => plainProse(source[name]) !== '' && (isAnew || standing.behind?.fields.includes(name) === true),
  );
  const places = checkedText(source, defaultLocale, bodies).prose.blocks;
  const wanted = new Set(isAnew ? places : (standing.behind?.blocks ?? []));
  const all = bodies.local(source, defaultLocale).blocks;
  const tree = parseMarkdown(source.body);
  const own = text === null ? [] : proseBlocks(text, standing.locale, bodies);
  const blocks = new Map<number, readonly Unit[]>();
  let heading = '';
  for (const [at, block] of all.entries()) {
    const within = tree.filter((one) => one.start < block.end && one.end > block.start);
    const leaves = leavesOf(within, source.body).filter(
      (leaf) => leaf.start >= block.start && leaf.end <= block.end,
    );
    if (wanted.has(at)) {
      const old = oldTextOf(matched, places.indexOf(at), own);
      blocks.set(
        at,
        leaves.map((leaf, index) => ({
          id: `block-${at + 1}${leaves.length === 1 ? '' : `-${index + 1}`}`,
          source: leaf.parts,
          leaf,
          notes: [
            `${source.file}, ${leaf.what === 'html' ? 'words within HTML' : leaf.what}${heading === '' ? '' : `, below "${heading}"`}`,
            ...(index === 0 && old !== null ? [`The translation says so far: ${old}`] : []),
            ...placeholderNotes(leaf.parts),
          ],
        })),
      );
    }
    const [first] = leaves;
    if (first?.what === 'heading') heading = plainOf(first.parts).trim();
  }
  const units = [
    ...fields.map((name) => fieldUnit(name, source[name], text?.[name] ?? '', source.file)),
    ...[...blocks.values()].flat(),
  ];
  return { standing, units, matched, blocks };
}

export function collectionUnits(
  standing: Standing,
  { name, description, translations, path }: LocalCollection,
): EntryUnits {
  const texts = { name: name ?? '', description: description ?? '' };
  const own = translations.get(standing.locale);
  const isAnew = own === undefined;
  const units = (['name', 'description'] as const)
    .filter(
      (field) =>
        plainProse(texts[field]) !== '' && (isAnew || standing.behind?.fields.includes(field) === true),
    )
    .map((field) => fieldUnit(field, texts[field], own?.[field] ?? '', path));
  return { standing, units, matched: null, blocks: new Map() };
}

const fieldUnit = (name: string, value: string, old: string, file: string): Unit => ({
  id: name,
  source: [{ kind: 'text', text: value }],
  leaf: null,
  notes: [`${file}, ${name}`, ...(old === '' ? [] : [`The translation says so far: ${old}`])],
});

function matchedOf(
  { was, locale }: Standing,
  source: LocalContent,
  text: LocalContent,
  bodies: Bodies,
  defaultLocale: Locale,
): readonly MatchedBlock[] | null {
  if (was === null) return null;
  const changes = sourceChanges(was, articleSigns(source, defaultLocale, bodies));
  return matchBlocks(changes, proseBlocks(source, defaultLocale, bodies), proseBlocks(text, locale, bodies));
}

function oldTextOf(
  matched: readonly MatchedBlock[] | null,
  place: number,
  own: readonly Block[],
): string | null {
  const found = matched?.find((one) => one.now === place)?.translated ?? null;
  return found === null ? null : (own[found]?.source.trim() ?? null);
}

/** What the placeholders stand for, so that nobody has to guess. */
function placeholderNotes(parts: readonly Part[]): readonly string[] {
  const said = parts.flatMap((part): readonly string[] => {
    if (part.kind === 'text') return [];
    if (part.kind === 'single') return [`<${part.id}/> is ${part.source}`];
    return [`<${part.id}> is ${part.open}…${part.close}`, ...placeholderNotes(part.parts)];
  });
  return said;
}
