import { expect, test } from 'vitest';
import type { Problem } from '../../src/model/problem.ts';
import { problemsText } from '../../src/report/problems-text.ts';
import { plainSight } from '../../src/report/sight/sight.ts';
import { widthOf, wrapped } from '../../src/report/sight/wrap.ts';
import { styleOf } from '../../src/report/style.ts';

const style = styleOf(false);

const problem = (line: number, column?: number, more: Partial<Problem> = {}): Problem => ({
  severity: 'error',
  code: 'STATE_UNKNOWN',
  place: { file: 'content/a.md', line, ...(column === undefined ? {} : { column }) },
  message: 'The state "publised" is not known.',
  hint: 'Did you mean "published"?',
  ...more,
});

const shown = (one: Problem, source: string, width = Number.POSITIVE_INFINITY): string =>
  problemsText([one], {
    style,
    sight: { ...plainSight, width, sources: new Map([['content/a.md', source]]) },
    isWhole: true,
  });

/** What stands right above the mark. */
function marked(text: string): string {
  const lines = text.split('\n');
  const at = lines.findIndex((line) => /^ {7}\| *\^$/.test(line));
  const column = lines[at]?.indexOf('^') ?? -1;
  let width = 0;
  for (const { segment } of new Intl.Segmenter().segment(lines[at - 1] ?? '')) {
    if (width === column) return segment;
    width += widthOf(segment);
  }
  return '';
}

test('a problem shows its place, its code, the line with a mark, and the way out', () => {
  expect(shown(problem(3, 8), '---\ntitle: S\nstate: publised\n---\n')).toBe(
    [
      'content/a.md:3:8: error: The state "publised" is not known. [STATE_UNKNOWN]',
      '     3 | state: publised',
      '       |        ^',
      '  Did you mean "published"?',
      '',
    ].join('\n'),
  );
});

test.each([
  ['after wide letters', '日本語と[x](y)', 5, '['],
  ['after an accent of two characters', 'e\u0301e\u0301[x](y)', 5, '['],
  ['after a family of one sign', '👩‍👩‍👧 [x](y)', '👩‍👩‍👧 '.length + 1, '['],
  ['after a tab', '\t\t[x](y)', 3, '['],
  ['at the end of a paragraph', `${'words and '.repeat(40)}[x](y)`, 401, '['],
  ['in the middle of one', `${'words and '.repeat(40)}[x](y) ${'more '.repeat(60)}`, 401, '['],
  ['behind a byte order mark', '\ufeff[x](y)', 1, '['],
])('the mark stands under the place %s', (_what, source, column, sign) => {
  const text = shown(problem(1, column), source, 80);
  expect(marked(text)).toBe(sign);
  for (const line of text.split('\n').slice(1)) expect(widthOf(line)).toBeLessThanOrEqual(80);
});

test('a line that cannot be shown is left out: a problem with a file, a blank line, a file that has changed', () => {
  for (const one of [problem(0), problem(2, 1), problem(9, 1)])
    expect(shown(one, 'text\n\n').split('\n')).toHaveLength(3);
});

test('what a file says in its line cannot move the cursor or forge a line', () => {
  expect(shown(problem(1, 1), '\u001b[2Jx\rcontent/b.md: error')).toContain('\\u{1b}[2Jx\\u{d}content');
});

test('a message breaks at spaces where a terminal ends, and never in a pipe', () => {
  const long = problem(0, undefined, { message: `${'word '.repeat(40).trim()}.` });
  const lines = shown(long, '', 60).split('\n');
  expect(lines.length).toBeGreaterThan(4);
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(60);
  expect(shown(long, '').split('\n')).toHaveLength(3);
  expect(wrapped(`see ${'x'.repeat(90)} there`, 40)).toEqual(['see', 'x'.repeat(90), 'there']);
});

test('in a plan only errors show their lines, and the warnings beyond fifteen are counted', () => {
  const warnings = Array.from({ length: 20 }, (_, at) => problem(1, at + 1, { severity: 'warning' }));
  const text = problemsText([...warnings, problem(1, 1)], {
    style,
    sight: { ...plainSight, sources: new Map([['content/a.md', 'text']]) },
  });
  expect(text.match(/warning:/g)).toHaveLength(15);
  expect(text.match(/ \| text/g)).toHaveLength(1);
  expect(text).toContain('… and 5 more warnings; "shelfmark validate" shows them all');
});
