import type { Mark, Run } from '../meaning/canon.ts';
import { isOddLink, plainer } from '../meaning/as-stored.ts';
import { tidyRuns } from '../meaning/tidy-runs.ts';
import { alignEqual } from './align.ts';
import { type Token, keyOf, lineTokens } from './line-tokens.ts';

/**
 * The text of a file with the changes of the remote's text, which was made from it: marks, links and pictures that the
 * remote cannot hold stay with the words that have them. `hasPictures` says whether the remote holds them in such a text.
 */
export function keepRuns(own: readonly Run[], remote: readonly Run[], hasPictures: boolean): readonly Run[] {
  const tokens = lineTokens(own);
  const shown = shownOf(tokens, hasPictures);
  const theirs = lineTokens(remote);
  const out: Run[] = [];
  // The next of the file's tokens that is not taken over yet.
  let next = 0;
  let [from, to] = [0, 0];
  const pairs = alignEqual(
    shown.map(({ key }) => key),
    theirs.map(({ key }) => key),
  );
  for (const [left, right] of [...pairs, [shown.length, theirs.length] as const]) {
    const gone = shown.slice(from, left);
    const fresh = theirs.slice(to, right);
    const around = gone.length > 0 ? gone : [shown[left - 1], shown[left]];
    const extra = extraOf(around.flatMap((one) => one?.own ?? []));
    // What the remote does not show stays where it is.
    const upTo = (at: number): void => {
      for (; next < at; next += 1) {
        const token = tokens[next];
        const isGone = gone.some(({ at: first, own: held }) => next >= first && next < first + held.length);
        if (token !== undefined && !isGone) out.push(token.run);
      }
    };
    const [first] = gone;
    upTo(first?.at ?? shown[left - 1]?.at ?? 0);
    for (const { run } of fresh) out.push(withExtra(run, extra));
    upTo(shown[left]?.at ?? tokens.length);
    const kept = shown[left];
    if (kept !== undefined) {
      for (const { run } of kept.own) out.push(run);
      next = kept.at + kept.own.length;
    }
    [from, to] = [left + 1, right + 1];
  }
  return tidyRuns(out);
}

interface Shown {
  readonly key: string;
  readonly text: string;
  readonly at: number;
  /** What shows as this: the three parts of `H<sub>2</sub>O` are one word. */
  readonly own: readonly Token[];
}

/** The tokens as the remote shows them. */
function shownOf(tokens: readonly Token[], hasPictures: boolean): readonly Shown[] {
  const shown: Shown[] = [];
  for (const [at, own] of tokens.entries()) {
    const [run] = own.run.kind === 'image' ? [own.run] : plainer([own.run]);
    if (run === undefined || (run.kind === 'image' && !hasPictures)) continue;
    const last = shown.at(-1);
    // Nothing is between the two spaces around what is not shown.
    if (own.text === ' ' && (last === undefined || last.text === ' ')) continue;
    const whole = `${last?.text ?? ''}${own.text}`;
    const isPart =
      last !== undefined && last.at + last.own.length === at && isWord(last.text) && isWord(own.text);
    if (isPart && last.key === keyOf(run, last.text))
      shown[shown.length - 1] = { ...last, key: keyOf(run, whole), text: whole, own: [...last.own, own] };
    else shown.push({ key: keyOf(run, own.text), text: own.text, at, own: [own] });
  }
  if (shown.at(-1)?.text === ' ') shown.pop();
  return shown;
}

/** Whether two such texts, side by side, would be one word. */
function isWord(text: string): boolean {
  return /^(?:(?![\p{sc=Han}\p{sc=Hira}\p{sc=Kana}])[\p{L}\p{M}\p{N}])+$/u.test(text);
}

interface Extra {
  readonly marks: readonly Mark[];
  readonly link: Run['link'];
}

/** What of all these words only the file can hold. */
function extraOf(tokens: readonly Token[]): Extra {
  const words = tokens.filter(({ text }) => text !== ' ');
  const [first] = words;
  if (first === undefined) return { marks: [], link: null };
  const [plain] = plainer([first.run]);
  const marks = first.run.marks.filter(
    (mark) => plain?.marks.includes(mark) !== true && words.every(({ run }) => run.marks.includes(mark)),
  );
  const { link } = first.run;
  const isOdd = link !== null && isOddLink(link.ref) && words.every(({ run }) => run.link?.ref === link.ref);
  return { marks, link: isOdd ? link : null };
}

function withExtra(run: Run, { marks, link }: Extra): Run {
  const isLinked = link !== null && run.link === null && run.marks.includes('a');
  const held = isLinked ? run.marks.filter((mark) => mark !== 'a') : run.marks;
  const fresh = marks.filter((mark) => !held.includes(mark));
  return { ...run, marks: sorted([...held, ...fresh]), link: isLinked ? link : run.link };
}

/** The one order in which marks are listed. */
function sorted(marks: readonly Mark[]): readonly Mark[] {
  const rank = (mark: Mark): number => ranks.indexOf(mark);
  const rankOf = (mark: Mark): number => (mark === 'code' ? 9 : rank(mark) === -1 ? 5 : rank(mark));
  return marks.toSorted((left, right) => rankOf(left) - rankOf(right) || (left < right ? -1 : 1));
}

const ranks: readonly Mark[] = ['a', 'b', 'i', 's'];
