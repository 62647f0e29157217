import { expect, test } from 'vitest';
import { localPath } from '../../src/model/identity.ts';
import type { Conflict } from '../../src/model/plan.ts';
import { conflictsText } from '../../src/report/conflict-text.ts';
import { styleOf, type Style } from '../../src/report/style.ts';

const plain = styleOf(false);
const marked: Style = { ...plain, strong: (text) => `*${text}*` };

const conflict = (more: Partial<Conflict>): Conflict =>
  ({
    key: 'article:1',
    kind: 'article',
    path: 'billing/refunds.md',
    id: '1',
    locale: null,
    field: 'body',
    reason: 'the text was changed on both sides',
    local: null,
    remote: null,
    ...more,
  }) as Conflict;

test('both versions stand under each other, with the way to settle it', () => {
  expect(conflictsText([conflict({ local: 'Within 7 days.\n', remote: 'Within 30 days.\n' })], plain)).toBe(
    [
      'In conflict (left alone on both sides)',
      '  ! billing/refunds.md',
      '      the text was changed on both sides',
      '        here:  Within 7 days.',
      '        there: Within 30 days.',
      '  To settle it: shelfmark resolve billing/refunds.md --local (yours), --remote (theirs) or --markers (both, for you to edit)',
      '',
    ].join('\n'),
  );
});

test('on a terminal the words that differ are set off', () => {
  const text = conflictsText([conflict({ local: 'Within 7 days.', remote: 'Within 30 days.' })], marked);
  expect(text).toContain('here:  Within *7* days.');
  expect(text).toContain('there: Within *30* days.');
});

test('several fields of one entry stand under its name, with their locale', () => {
  const text = conflictsText(
    [
      conflict({ field: 'title', local: 'A', remote: 'B', reason: 'the title was changed on both sides' }),
      conflict({
        field: 'title',
        locale: 'fr',
        local: 'C',
        remote: 'D',
        reason: 'the title was changed on both sides',
      }),
    ],
    plain,
  );
  expect(text.match(/billing\/refunds\.md$/gm)).toHaveLength(1);
  expect(text).toContain('the title was changed on both sides (fr)');
});

test('what is gone is said to be gone, and the top level has a name', () => {
  const gone = conflictsText([conflict({ local: 'Text.', remote: null })], plain);
  expect(gone).toContain('here:  Text.');
  expect(gone).toContain('there: gone');
  const moved = conflictsText([conflict({ field: 'parent', local: '', remote: 'guides' })], plain);
  expect(moved).toContain('here:  the top level');
});

test('a long version is cut, and says by how much', () => {
  const local = Array.from({ length: 40 }, (_, index) => `line ${index}`).join('\n');
  expect(conflictsText([conflict({ local, remote: 'short' })], plain)).toContain('… 28 more lines');
});

test('nothing in a version reaches the terminal as a command, and a path with spaces can be copied', () => {
  const text = conflictsText(
    [conflict({ path: localPath('billing/how refunds work.md'), local: 'a\u001b[2Jb', remote: 'c' })],
    plain,
  );
  expect(text).not.toContain('\u001b');
  expect(text).toContain('resolve "billing/how refunds work.md" --local');
});

test('markers are offered only where both sides have a text to put between them', () => {
  const title = conflict({ field: 'title', local: 'A', remote: 'B' });
  const gone = conflict({ local: 'Edited.', remote: null });
  for (const one of [title, gone]) {
    const text = conflictsText([one], plain);
    expect(text).toContain('resolve billing/refunds.md --local (yours) or --remote (theirs)\n');
    expect(text).not.toContain('--markers');
  }
});
