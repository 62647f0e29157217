import type { Canon, Mark, Run } from './canon.ts';
import { canFlank } from './flanks.ts';
import { tidyRuns } from './tidy-runs.ts';
import { withChildren } from './walk.ts';

/**
 * Blocks as a person would write them in Markdown, where a web editor left more marks than words have: no-break
 * spaces are outside of bold, italics and links, and a lone sign that asterisks cannot reach is plain. The same
 * object where nothing is to be done.
 */
export function asWritten(content: readonly Canon[]): readonly Canon[] {
  let isSame = true;
  const made = content.map((block): Canon => {
    const one = written(block);
    isSame &&= one === block;
    return one;
  });
  return isSame ? content : made;
}

function written(block: Canon): Canon {
  if (block.kind === 'paragraph' || block.kind === 'heading') {
    const runs = runsAsWritten(block.runs);
    return runs === block.runs ? block : { ...block, runs };
  }
  let isSame = true;
  const made = withChildren(block, (blocks) => {
    const inner = asWritten(blocks);
    isSame &&= inner === blocks;
    return inner;
  });
  return isSame ? block : made;
}

function runsAsWritten(runs: readonly Run[]): readonly Run[] {
  if (!runs.some((run) => run.kind === 'text' && isMarked(run) && mayBeStray.test(run.text))) return runs;
  const made = withoutStraySigns(withoutMarkedBlanks(runs));
  return JSON.stringify(made) === JSON.stringify(runs) ? runs : made;
}

const mayBeStray = /^\u00a0|\u00a0$|^[^\p{L}\p{N}]{1,3}$/u;
const signs = /^[.,;:!?…·。，、；：！？'"’”)\]}»]{1,3}$/u;
const movable: readonly Mark[] = ['b', 'i'];

function isMarked({ marks, link }: Run): boolean {
  return link !== null || movable.some((mark) => marks.includes(mark));
}

/** Gives blanks at the edge of a mark or a link what applies on both sides of them. */
function withoutMarkedBlanks(runs: readonly Run[]): readonly Run[] {
  const pieces = runs.flatMap((run): readonly Run[] => {
    if (run.kind !== 'text' || run.marks.includes('code') || !isMarked(run)) return [run];
    const [, head = '', core = '', tail = ''] = /^([ \u00a0]*)(.*?)([ \u00a0]*)$/su.exec(run.text) ?? [];
    return [head, core, tail].flatMap((text) => (text === '' ? [] : [{ ...run, text }]));
  });
  return tidyRuns(
    pieces.map((run, at): Run => {
      if (!isBlank(run)) return run;
      const [before, after] = [
        pieces.slice(0, at).findLast((one) => !isBlank(one)),
        pieces.slice(at + 1).find((one) => !isBlank(one)),
      ];
      const marks = run.marks.filter(
        (mark) =>
          !movable.includes(mark) ||
          (before?.marks.includes(mark) === true && after?.marks.includes(mark) === true),
      );
      const isLinked =
        run.link !== null && before?.link?.ref === run.link.ref && after?.link?.ref === run.link.ref;
      return { ...run, marks, link: isLinked ? run.link : null };
    }),
  );
}

function isBlank(run: Run): boolean {
  return run.kind === 'text' && /^[ \u00a0]*$/u.test(run.text) && !run.marks.includes('code');
}

/** Takes marks from signs where asterisks would be no marks, such as a bold full stop behind a plain word. */
function withoutStraySigns(runs: readonly Run[]): readonly Run[] {
  return tidyRuns(
    runs.map((run, at): Run => {
      if (run.kind !== 'text' || !signs.test(run.text) || run.link !== null || run.marks.includes('code'))
        return run;
      const [before, after] = [runs[at - 1], runs[at + 1]];
      const isStray = (mark: Mark): boolean =>
        movable.includes(mark) &&
        before?.marks.includes(mark) !== true &&
        after?.marks.includes(mark) !== true &&
        !(canFlank(lastOf(before), run.text) && canFlank(firstOf(after), run.text));
      const marks = run.marks.filter((mark) => !isStray(mark));
      return marks.length === run.marks.length ? run : { ...run, marks };
    }),
  );
}

function lastOf(run: Run | undefined): string {
  return run?.kind === 'text' ? ([...run.text].at(-1) ?? ' ') : ' ';
}

function firstOf(run: Run | undefined): string {
  return run?.kind === 'text' ? ([...run.text][0] ?? ' ') : ' ';
}
