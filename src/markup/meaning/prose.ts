/* What somebody would have to translate of a text: its words, without addresses, pictures, code and numbers. */
import { hash } from 'node:crypto';
import type { Canon, Image, Run } from './canon.ts';
import { childrenOf } from './walk.ts';

/** The words of some blocks in the order in which they are read; empty where there is nothing to translate. */
export function proseOf(content: readonly Canon[]): string {
  const parts: string[] = [];
  const visit = (canon: Canon): void => {
    switch (canon.kind) {
      case 'paragraph':
      case 'heading':
      case 'button':
        parts.push(proseOfRuns(canon.runs));
        break;
      case 'image':
        parts.push(proseOfImage(canon.image));
        break;
      case 'code':
      case 'rule':
      case 'video':
        break;
      case 'list':
      case 'table':
      case 'callout':
      case 'section':
      case 'element':
        for (const child of childrenOf(canon)) visit(child);
    }
  };
  for (const canon of content) visit(canon);
  return plainProse(parts.join('\n'));
}

function proseOfRuns(runs: readonly Run[]): string {
  return runs
    .map((run) => {
      if (run.kind === 'image') return proseOfImage(run.image);
      return run.kind === 'break' ? ' ' : run.marks.includes('code') ? ' ' : run.text;
    })
    .join('');
}

const proseOfImage = ({ alt }: Image): string => ` ${alt} `;

/** A line of text, freed of what is the same in every language; empty where no letter is left. */
export function plainProse(text: string): string {
  const words = text
    .normalize('NFC')
    .replaceAll(/(?:https?:\/\/|mailto:)\S+/gi, ' ')
    .replaceAll(/\p{N}+(?:[.,:/-]\p{N}+)*/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return /\p{L}/u.test(words) ? words : '';
}

/** Characters of a sign. Compared within one text only, where 24 bits are plenty. */
export const proseSignLength = 4;

/** Stands for a text without words. */
export const noProse = '----';

/** Stands for words that nobody knows any more; equal to no sign. */
export const unknownProse = '????';

/** A short sign of what `plainProse` gives. */
export const proseSign = (prose: string): string =>
  prose === '' ? noProse : hash('sha256', prose, 'base64url').slice(0, proseSignLength);

/** The signs that are written one after the other. */
export const signsIn = (written: string): readonly string[] => written.match(/.{4}/g) ?? [];

/** Words of a text; in scripts that put no space between them each character is one. */
export const countWords = (prose: string): number => prose.match(wordPattern)?.length ?? 0;

const wordPattern =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]\p{M}*|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}])[\p{L}\p{M}\p{N}'’])+/gu;
