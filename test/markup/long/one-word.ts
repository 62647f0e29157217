import type { Body } from '../../../src/markup/meaning/body.ts';
import { plainRefs } from '../../../src/markup/meaning/refs.ts';
import { type BodyBase, baseOf, isBodyChanged, pulledBase } from '../../../src/markup/merge/body-base.ts';
import { mergeBodies } from '../../../src/markup/merge/merge-bodies.ts';
import { readHtml } from '../../../src/markup/read/read-html.ts';
import { readMarkdown } from '../../../src/markup/read/read-markdown.ts';
import { spellHtml } from '../../../src/markup/spell/spell-html.ts';
import { spellMarkdown } from '../../../src/markup/spell/spell-markdown.ts';
import { rewriteBody } from '../../../src/simulator/rewrite/rewriter.ts';
import { defaultSwitches } from '../../../src/simulator/state/switches.ts';

/** A document that both sides hold: as a file, and as the simulated Intercom stored what was sent. */
export interface Pair {
  readonly file: string;
  readonly stored: string;
  readonly local: Body;
  readonly remote: Body;
  readonly base: BodyBase;
}

/** A one-word edit that changed anything else, or did not arrive. */
export interface Miss {
  readonly way: 'to the file' | 'to Intercom';
  readonly word: string;
  readonly expected: string;
  readonly saw: string;
}

export const NEW_WORD = 'Changedword';

/** A body as Intercom stores it. */
export function stored(html: string): string {
  let heading = 0;
  return rewriteBody(html, {
    switches: defaultSwitches,
    origin: 'api',
    newHeadingDigits: () => (heading += 1).toString(16).padStart(10, '0'),
    storeImage: (source) =>
      source.startsWith('https://downloads.intercomcdn.com/')
        ? source
        : `https://downloads.intercomcdn.com/i/o/w/1/${String(source.length)}/${
            source
              .replace(/[?#].*$/u, '')
              .split('/')
              .at(-1) ?? ''
          }`,
  });
}

/** What a teammate may have done to a body that only Intercom can hold. */
export const decorate = (html: string): string =>
  html
    .replace(/(<img src="[^"]*" alt="[^"]*")>/gu, '$1 width="326" height="196" style="height: auto;">')
    .replace(/<td>/gu, '<td style="width: 200px;">')
    .replace(/<p class="no-margin">(?=[A-M])/gu, '<p class="intercom-align-left no-margin">')
    .replace(/(?<=<\/p>)(?=<p)/gu, '<p class="no-margin"></p>');

/** A file, and the same as it is stored; null for what Intercom refuses. `decorate` is what a teammate made of it. */
export function pairOf(file: string, decorate = (html: string): string => html): Pair | null {
  const local = readMarkdown(file, plainRefs);
  if (local.findings.some(({ severity }) => severity === 'error') || local.blocks.length === 0) return null;
  let html: string;
  try {
    html = decorate(stored(spellHtml(readHtml('', plainRefs), local.blocks, plainRefs)));
  } catch {
    return null;
  }
  const remote = readHtml(html, plainRefs);
  return { file, stored: html, local, remote, base: baseOf(local, remote) };
}

/** The file after a teammate made of it what `html` is; a conflict where there is one. */
export function pulled({ base, local }: Pair, html: string): string {
  const theirs = readHtml(html, plainRefs);
  const merge = mergeBodies(base, local, theirs);
  return merge.kind === 'conflict' ? 'conflict' : spellMarkdown(local, merge.blocks, plainRefs);
}

/** What is sent after an author made of the file what `file` is; a conflict where there is one. */
export function pushed({ base, remote }: Pair, file: string): string {
  const merge = mergeBodies(base, readMarkdown(file, plainRefs), remote);
  return merge.kind === 'conflict' ? 'conflict' : spellHtml(remote, merge.blocks, plainRefs);
}

/** A body that Intercom has, and the file that a pull makes of it. */
export function pairFrom(html: string): Pair {
  const remote = readHtml(html, plainRefs);
  const file = spellMarkdown(readMarkdown('', plainRefs), remote.blocks, plainRefs);
  const local = readMarkdown(file, plainRefs);
  return { file, stored: html, local, remote, base: baseOf(local, remote) };
}

/** Where words stand in text between tags, at most so many for each piece of text. */
function wordsOf(html: string, most: number): readonly { readonly at: number; readonly word: string }[] {
  return [...html.matchAll(/(?<=>)[^<>]+(?=<)/gu)].flatMap((piece) =>
    [...piece[0].matchAll(/(?<![\p{L}\p{N}&;_])[A-Za-z]{3,}(?![\p{L}\p{N};_])/gu)]
      .filter(() => !isLinkedHeading(html, piece.index))
      .filter((word) => !/[/@]/u.test(piece[0]) || !isAddress(piece[0], word.index))
      .filter((_, at, all) => at < most || at === all.length - 1)
      .map((word) => ({ at: piece.index + word.index, word: word[0] })),
  );
}

/** With a word of a heading changes what links to it. */
function isLinkedHeading(html: string, at: number): boolean {
  const heading = /<h[1-6][^>]*\sid="([^"]+)"[^>]*>(?:(?!<\/h[1-6]>)[^])*$/u.exec(
    html.slice(Math.max(0, at - 1000), at),
  );
  return heading !== null && html.includes(`href="#${heading[1] ?? ''}"`);
}

/** A word of an address changes the whole of it into a link with another text. */
function isAddress(text: string, at: number): boolean {
  return [...text.matchAll(/\S*(?::\/\/|www\.|@)\S*/gu)].some(
    (one) => one.index <= at && at < one.index + one[0].length,
  );
}

const replaced = (text: string, at: number, word: string): string =>
  text.slice(0, at) + NEW_WORD + text.slice(at + word.length);

/** Tells whether a text is another with one such word changed. */
function isOneWord(there: string, here: string, word: string): boolean {
  // A link follows the heading that it leads to.
  const [before, after] = [there, here].map((text) =>
    text.replace(/(?<=\]\()#[^)\s]*|(?<=^\[[^\]]+\]: )#\S+/gmu, '#'),
  );
  if (before === undefined || after === undefined) return false;
  // A link that was named by its own text is named by what that was.
  const unnamed = new RegExp(`(\\[[^\\]]*${NEW_WORD}[^\\]]*\\])\\[[^\\]]*\\]`, 'u');
  const forms = new Set([after, after.replace(unnamed, '$1[]'), after.replace(unnamed, '$1')]);
  for (let at = before.indexOf(word); at !== -1; at = before.indexOf(word, at + 1))
    if (forms.has(replaced(before, at, word))) return true;
  return false;
}

/** A teammate changes one word after another, every so-and-so-many-th of them, and each time the file takes it over. */
export function editsToFile(
  pair: Pair,
  most: number,
  every = 1,
): { readonly count: number; readonly misses: readonly Miss[] } {
  const { file, local, base } = pair;
  const misses: Miss[] = [];
  const words = wordsOf(pair.stored, most).filter((_, at) => at % every === 0);
  for (const { at, word } of words) {
    const html = replaced(pair.stored, at, word);
    const miss = (expected: string, saw: string): void => {
      misses.push({ way: 'to the file', word, expected, saw });
    };
    const theirs = readHtml(html, plainRefs);
    const merge = mergeBodies(base, local, theirs);
    if (merge.kind === 'conflict') {
      miss(
        'no conflict',
        JSON.stringify(merge.conflicts.map((one) => one.local.map(({ source }) => source))),
      );
      continue;
    }
    const text = spellMarkdown(local, merge.blocks, plainRefs);
    if (!isOneWord(file, text, word)) {
      miss(file, text);
      continue;
    }
    const now = readMarkdown(text, plainRefs);
    const after = pulledBase(base, theirs, now);
    if (isBodyChanged(after, now) || isBodyChanged(after, theirs)) miss('nothing to do afterwards', text);
  }
  return { count: words.length, misses };
}

/** An author changes one word after another, every so-and-so-many-th of them, and each time Intercom gets it. */
export function editsToIntercom(
  pair: Pair,
  most: number,
  every = 1,
): { readonly count: number; readonly misses: readonly Miss[] } {
  const { file, base, remote } = pair;
  const misses: Miss[] = [];
  let [count, seen] = [0, 0];
  for (const block of pair.local.blocks) {
    const words = [
      ...block.source.matchAll(/(?<![\p{L}\p{N}&;_\\/.:#?=<-])[A-Za-z]{3,}(?![\p{L}\p{N};_/:=>-])/gu),
    ];
    for (const found of words.filter((_, at, all) => at < most || at === all.length - 1)) {
      seen += 1;
      if (seen % every !== 0) continue;
      const word = found[0];
      const text = replaced(file, block.start + found.index, word);
      const local = readMarkdown(text, plainRefs);
      // Only where it is a word that readers see: as a new article it makes one word of difference.
      const fresh = freshly(pair.local);
      const wanted = freshly(local);
      if (fresh === null || wanted === null || !isOneWord(fresh, wanted, word)) continue;
      count += 1;
      const merge = mergeBodies(base, local, remote);
      if (merge.kind === 'conflict') {
        misses.push({ way: 'to Intercom', word, expected: 'no conflict', saw: block.source });
        continue;
      }
      const sent = spellHtml(remote, merge.blocks, plainRefs);
      const answer = stored(sent);
      if (!isOneWord(pair.stored, answer, word))
        misses.push({ way: 'to Intercom', word, expected: pair.stored, saw: answer });
    }
  }
  return { count, misses };
}

const known = new WeakMap<Body, string | null>();

function freshly(body: Body): string | null {
  const made = known.get(body);
  if (made !== undefined) return made;
  let html: string | null;
  try {
    html = stored(spellHtml(readHtml('', plainRefs), body.blocks, plainRefs));
  } catch {
    html = null;
  }
  known.set(body, html);
  return html;
}

/** Where two texts begin to differ, for people. */
export function around({ way, word, expected, saw }: Miss): string {
  let at = 0;
  while (at < expected.length && expected[at] === saw[at]) at += 1;
  const from = Math.max(0, at - 60);
  return `${way}: ${word}\n  expected ${JSON.stringify(expected.slice(from, at + 120))}\n  saw      ${JSON.stringify(saw.slice(from, at + 120))}`;
}
