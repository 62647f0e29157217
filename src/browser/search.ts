import MiniSearch from 'minisearch';
import type { SearchDocument } from '../look/search-document.ts';

/** A text in pieces; those that were looked for are marked. */
export type Marked = readonly { readonly text: string; readonly isMarked: boolean }[];

export interface Hit {
  readonly document: SearchDocument;
  readonly title: Marked;
  /** What stands around the words in the text. */
  readonly snippet: Marked;
}

export type Search = (phrase: string) => readonly Hit[];

/** Makes articles searchable: titles count most, the beginning of a word is enough, and a slip of the pen is forgiven. */
export async function openSearch(documents: readonly SearchDocument[], locale: string): Promise<Search> {
  const segmenter = /^(?:ja|zh)/.test(locale) ? new Intl.Segmenter(locale, { granularity: 'word' }) : null;
  const wordsOf = (text: string): Piece[] => (segmenter === null ? spaced(text) : segmented(text, segmenter));
  const index = new MiniSearch<SearchDocument>({
    idField: 'address',
    fields: ['title', 'description', 'text'],
    tokenize: (text) => wordsOf(text).map((one) => one.text),
    processTerm: folded,
    searchOptions: {
      boost: { title: 8, description: 2 },
      prefix: true,
      fuzzy: (term) => (term.length > 3 ? 0.2 : false),
      weights: { prefix: 0.6, fuzzy: 0.25 },
    },
  });
  await index.addAllAsync(documents, { chunkSize: 40 });
  const known = new Map(documents.map((one) => [one.address, one]));
  return (phrase) => {
    const all = index.search(phrase, { combineWith: 'AND' });
    const found = all.length > 0 ? all : index.search(phrase, { combineWith: 'OR' });
    return found.flatMap(({ id, terms }): Hit[] => {
      const document = known.get(id as string);
      if (document === undefined) return [];
      const wanted = new Set(terms);
      const text = document.text === '' ? document.description : document.text;
      return [
        {
          document,
          title: marked(document.title, wanted, wordsOf),
          snippet: snippetOf(text, wanted, wordsOf),
        },
      ];
    });
  };
}

interface Piece {
  readonly text: string;
  readonly at: number;
}

const spaced = (text: string): Piece[] =>
  [...text.matchAll(/[\p{L}\p{N}\p{M}_]+/gu)].map((match) => ({ text: match[0], at: match.index }));

const segmented = (text: string, segmenter: Intl.Segmenter): Piece[] =>
  [...segmenter.segment(text)].flatMap((one) =>
    one.isWordLike === true ? [{ text: one.segment, at: one.index }] : [],
  );

/** The same for all spellings of a word: small letters without accents. */
const folded = (term: string): string => term.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();

function marked(text: string, wanted: ReadonlySet<string>, wordsOf: (text: string) => Piece[]): Marked {
  const pieces: { text: string; isMarked: boolean }[] = [];
  let end = 0;
  for (const word of wordsOf(text)) {
    if (!wanted.has(folded(word.text))) continue;
    if (word.at > end) pieces.push({ text: text.slice(end, word.at), isMarked: false });
    end = word.at + word.text.length;
    pieces.push({ text: text.slice(word.at, end), isMarked: true });
  }
  if (end < text.length) pieces.push({ text: text.slice(end), isMarked: false });
  return pieces;
}

/** How many letters of the text a hit shows. */
const length = 170;

/** The stretch of the text in which most of the words stand. */
function snippetOf(text: string, wanted: ReadonlySet<string>, wordsOf: (text: string) => Piece[]): Marked {
  const words = wordsOf(text.slice(0, 40_000));
  const hits = words.filter((one) => wanted.has(folded(one.text)));
  let best = { at: 0, count: 0 };
  for (const { at } of hits) {
    const count = new Set(
      hits.filter((one) => one.at >= at && one.at < at + length).map((one) => folded(one.text)),
    ).size;
    if (count > best.count) best = { at, count };
  }
  const from = words.findLast((one) => one.at <= Math.max(0, best.at - 40))?.at ?? 0;
  const until = words.find((one) => one.at >= from + length)?.at ?? text.length;
  const cut = `${from > 0 ? '… ' : ''}${text.slice(from, until).trim()}${until < text.length ? ' …' : ''}`;
  return marked(cut, wanted, wordsOf);
}
