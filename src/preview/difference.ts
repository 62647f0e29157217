import { diffArrays, diffWordsWithSpace } from 'diff';
import { escapeHtml, trusted, type Safe } from '../look/safe-html.ts';

/**
 * Two texts as one, block by block: what is the same once, and in what is not the words that go and those that come.
 * Both are HTML that was printed here, cut into its blocks.
 */
export function differenceOf(before: readonly string[], after: readonly string[]): Safe {
  const [old, fresh] = [before, after].map((parts) => parts.filter((one) => !isSpace(one)));
  const hunks = diffArrays([...(old ?? [])], [...(fresh ?? [])]);
  const printed: string[] = [];
  for (let at = 0; at < hunks.length; at += 1) {
    const hunk = hunks[at];
    if (hunk === undefined) continue;
    if (!hunk.added && !hunk.removed) {
      printed.push(...hunk.value);
      continue;
    }
    const next = hunks[at + 1];
    const isPair = hunk.removed && next?.added === true;
    if (isPair) at += 1;
    printed.push(
      ...changed(hunk.removed ? hunk.value : [], isPair ? next.value : hunk.added ? hunk.value : []),
    );
  }
  return trusted(printed.join(''));
}

/** Two values of one line, such as a title. */
export const wordsThatDiffer = (before: string, after: string): Safe =>
  trusted(markWords(escapeHtml(before), escapeHtml(after)));

/** Blocks that take each other's place, the first with the first, and what is left over on one side. */
function changed(before: readonly string[], after: readonly string[]): readonly string[] {
  return Array.from({ length: Math.max(before.length, after.length) }, (_, at) => {
    const [old, fresh] = [before[at], after[at]];
    if (old === undefined) return wrap('come', fresh ?? '');
    if (fresh === undefined) return wrap('gone', old);
    return inOne(old, fresh) ?? `${wrap('gone', old)}${wrap('come', fresh)}`;
  });
}

/** For the eye a bar and a colour, for the ear a word before and after. */
const wrap = (kind: 'gone' | 'come', html: string): string => {
  const tag = kind === 'gone' ? 'del' : 'ins';
  // Names of headings stand once in a page.
  return `<${tag} class="block ${kind}">${kind === 'gone' ? html.replaceAll(/ id="[^"]*"/g, '') : html}</${tag}>`;
};

/** Where both are built alike, the words that differ; null where they are not. */
function inOne(before: string, after: string): string | null {
  const cut = (html: string): readonly string[] => html.split(/(<[^>]*>)/);
  const [old, fresh] = [cut(before), cut(after)];
  if (old.length !== fresh.length) return null;
  const isAlike = fresh.every((piece, at) => at % 2 === 0 || piece === old[at]);
  if (!isAlike) return null;
  return fresh.map((piece, at) => (at % 2 === 1 ? piece : markWords(old[at] ?? '', piece))).join('');
}

/** Of texts that are escaped already. Entities are words of their own, so none is cut in two. */
function markWords(before: string, after: string): string {
  if (before === after) return after;
  return diffWordsWithSpace(before, after)
    .map(({ value, added, removed }) =>
      added ? `<ins>${value}</ins>` : removed ? `<del>${value}</del>` : value,
    )
    .join('');
}

const isSpace = (html: string): boolean => /^(?:<p class="tight"><br><\/p>|\s*)$/.test(html);
