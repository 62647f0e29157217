/* Words with their placeholders as one line: `See <1>the guide</1> and run <2/>.` */
import type { Part } from './parts.ts';

/** What a translator gave back: placeholders by their numbers. */
export type Said =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'single'; readonly id: string }
  | { readonly kind: 'pair'; readonly id: string; readonly parts: readonly Said[] };

export const taggedOf = (parts: readonly (Part | Said)[]): string =>
  parts
    .map((part) => {
      switch (part.kind) {
        case 'text':
          return escaped(part.text);
        case 'single':
          return `<${part.id}/>`;
        case 'pair':
          return `<${part.id}>${taggedOf(part.parts)}</${part.id}>`;
      }
    })
    .join('');

/** Null where the placeholders do not fit together. */
export function saidIn(tagged: string): readonly Said[] | null {
  const tokens = tagged.split(/(<\/?\d+\/?>)/);
  const stack: { readonly id: string; readonly parts: Said[] }[] = [{ id: '', parts: [] }];
  for (const token of tokens) {
    const top = stack.at(-1);
    if (top === undefined) return null;
    const [, close, id = '', isSingle] = /^<(\/)?(\d+)(\/)?>$/.exec(token) ?? [];
    if (id === '') {
      if (token !== '') top.parts.push({ kind: 'text', text: unescaped(token) });
    } else if (isSingle !== undefined) top.parts.push({ kind: 'single', id });
    else if (close === undefined) stack.push({ id, parts: [] });
    else {
      stack.pop();
      const around = stack.at(-1);
      if (top.id !== id || around === undefined) return null;
      around.parts.push({ kind: 'pair', id, parts: top.parts });
    }
  }
  const [whole] = stack;
  return stack.length === 1 && whole !== undefined ? whole.parts : null;
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const unescaped = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** All placeholders, sorted; each has to come back exactly once. */
export const placeholdersIn = (parts: readonly (Part | Said)[]): string => idsIn(parts).toSorted().join(' ');

const idsIn = (parts: readonly (Part | Said)[]): readonly string[] =>
  parts.flatMap((part) =>
    part.kind === 'text' ? [] : part.kind === 'single' ? [part.id] : [part.id, ...idsIn(part.parts)],
  );
