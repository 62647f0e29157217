import fc from 'fast-check';
import { expect, test } from 'vitest';
import { blockMarkdown } from '../../../src/markup/print/block-markdown.ts';
import { baseOf, isBodyChanged, pulledBase } from '../../../src/markup/merge/body-base.ts';
import type { Body } from '../../../src/markup/meaning/body.ts';
import { type BodyMerge, mergeBodies } from '../../../src/markup/merge/merge-bodies.ts';
import { canonicalRefs, plainRefs } from '../../../src/markup/meaning/refs.ts';
import { spellHtml } from '../../../src/markup/spell/spell-html.ts';
import { spellMarkdown } from '../../../src/markup/spell/spell-markdown.ts';
import { html, markdown, meaningOf, toHtml } from '../helpers/meaning.ts';

const remote = (text: string): Body => html(toHtml(text));
const lines = (words: string): string => `${words.split(' ').join('\n\n')}\n`;

function merge(base: string, local: string, theirs: string): BodyMerge {
  return mergeBodies(baseOf(markdown(base), remote(base)), markdown(local), remote(theirs));
}

/** The outcome as words; conflicts as `local|remote`. */
function shown(merged: BodyMerge): string {
  const text = (blocks: readonly { content: readonly unknown[] }[]): string =>
    blocks.map((block) => blockMarkdown(block as never, plainRefs)).join(' ');
  const parts = merged.kind === 'clean' ? [{ blocks: merged.blocks }] : merged.parts;
  return parts
    .map((part) => ('blocks' in part ? text(part.blocks) : `${text(part.local)}|${text(part.remote)}`))
    .join(' ');
}

test.each([
  { what: 'nobody', base: 'a b c', local: 'a b c', theirs: 'a b c', merged: 'a b c' },
  { what: 'only the local side', base: 'a b c', local: 'a x c d', theirs: 'a b c', merged: 'a x c d' },
  { what: 'only the remote', base: 'a b c', local: 'a b c', theirs: 'a c x', merged: 'a c x' },
  { what: 'both alike', base: 'a b c', local: 'a x c', theirs: 'a x c', merged: 'a x c' },
  {
    what: 'both, apart from each other',
    base: 'a b c d e',
    local: 'a x c d e',
    theirs: 'a b c d y',
    merged: 'a x c d y',
  },
  {
    what: 'both, one adds and one removes',
    base: 'a b c d',
    local: 'new a b c d',
    theirs: 'a b d',
    merged: 'new a b d',
  },
  {
    what: 'both, the same block differently',
    base: 'a b c',
    local: 'a x c',
    theirs: 'a y c',
    merged: 'a x|y c',
  },
  {
    what: 'both, one edits what the other removes',
    base: 'a b c',
    local: 'a x c',
    theirs: 'a c',
    merged: 'a x| c',
  },
  { what: 'both, adding at one place', base: 'a b', local: 'a x b', theirs: 'a y b', merged: 'a x|y b' },
  {
    what: 'one moves what the other edits',
    base: 'a b c d e',
    local: 'b c d a e',
    theirs: 'x b c d e',
    merged: 'b c d x e',
  },
  {
    what: 'the remote moves what the local side edits',
    base: 'a b c d e',
    local: 'x b c d e',
    theirs: 'b c d a e',
    merged: 'b c d x e',
  },
])('changed by $what', ({ base, local, theirs, merged }) => {
  expect(shown(merge(lines(base), lines(local), lines(theirs)))).toBe(merged);
});

test('without a base equal blocks agree and all else is a conflict', () => {
  const merged = mergeBodies(null, markdown(lines('a b c')), remote(lines('a x c')));
  expect(shown(merged)).toBe('a b|x c');
  expect(mergeBodies(null, markdown(lines('a b')), remote(lines('a b'))).kind).toBe('clean');
});

test('different words of one block are merged when a cache still knows the block', () => {
  const [base, local, theirs] = [
    'The quick brown fox jumps.',
    'The slow brown fox jumps.',
    'The quick brown fox **sleeps**.',
  ];
  const old = markdown(base);
  const cache = new Map(old.blocks.map((block) => [block.fingerprint, blockMarkdown(block, canonicalRefs)]));
  const state = baseOf(old, remote(base));
  const merged = mergeBodies(state, markdown(local), remote(theirs), (one) => cache.get(one));
  expect(shown(merged)).toBe('The slow brown fox **sleeps**.');
  expect(shown(mergeBodies(state, markdown(local), remote(theirs)))).toContain('|');
  const clash = mergeBodies(state, markdown(local), remote('The sly brown fox jumps.'), (one) =>
    cache.get(one),
  );
  expect(clash.kind).toBe('conflict');
});

test('words are merged in lists, tables and headings, too', () => {
  const cases: readonly (readonly [string, string, string, string])[] = [
    [
      '- one\n- two\n- three\n',
      '- ONE\n- two\n- three\n',
      '- one\n- two\n- three\n- four\n',
      '- ONE\n- two\n- three\n- four',
    ],
    [
      '| a | b |\n|---|---|\n| c | d |\n',
      '| A | b |\n|---|---|\n| c | d |\n',
      '| a | b |\n|---|---|\n| c | D |\n',
      '| A   | b   |\n| --- | --- |\n| c   | D   |',
    ],
    [
      '# x\n\n## The old title\n',
      '# x\n\n## The new title\n',
      '# x\n\n## The old title, again\n',
      '# x ## The new title, again',
    ],
  ];
  for (const [base, local, theirs, wanted] of cases) {
    const old = markdown(base);
    const cache = new Map(
      old.blocks.map((block) => [block.fingerprint, blockMarkdown(block, canonicalRefs)]),
    );
    const merged = mergeBodies(baseOf(old, remote(base)), markdown(local), remote(theirs), (one) =>
      cache.get(one),
    );
    expect(shown(merged)).toBe(wanted);
  }
});

const words = fc
  .array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), { maxLength: 7 })
  .map((row) => (row.length === 0 ? '' : lines(row.join(' '))));

test('the laws of a merge hold', () => {
  fc.assert(
    fc.property(words, words, words, (base, left, right) => {
      const fingerprints = (merged: BodyMerge): readonly string[] | null =>
        merged.kind === 'clean' ? merged.blocks.map(({ fingerprint }) => fingerprint) : null;
      expect(fingerprints(merge(base, base, right))).toEqual(meaningOf(markdown(right)));
      expect(fingerprints(merge(base, left, base))).toEqual(meaningOf(markdown(left)));
      expect(fingerprints(merge(base, left, left))).toEqual(meaningOf(markdown(left)));
      const merged = merge(base, left, right);
      const mirrored = merge(base, right, left);
      expect(merged.kind).toBe(mirrored.kind);
      expect(fingerprints(merged)).toEqual(fingerprints(mirrored));
      // What somebody added is in the outcome or in a conflict.
      const all =
        merged.kind === 'clean'
          ? merged.blocks
          : merged.parts.flatMap((part) =>
              'blocks' in part ? part.blocks : [...part.local, ...part.remote],
            );
      const held = new Set(all.map(({ fingerprint }) => fingerprint));
      const before = new Set(meaningOf(markdown(base)));
      for (const one of [...meaningOf(markdown(left)), ...meaningOf(markdown(right))]) {
        if (!before.has(one)) expect(held).toContain(one);
      }
    }),
    { numRuns: 200 },
  );
});

test('what the remote stores differently from what was sent looks changed on neither side', () => {
  const local = markdown('a\n\n~~gone~~ text\n\n#### deep\n\n# top\n');
  const stored = html(
    '<p>a</p><p>gone text</p><h3 id="h_0000000001">deep</h3><h1 id="h_0000000002">top</h1>',
  );
  const base = baseOf(local, stored);
  expect(isBodyChanged(base, local)).toBe(false);
  expect(isBodyChanged(base, stored)).toBe(false);
  const merged = mergeBodies(base, local, stored);
  if (merged.kind !== 'clean') throw new Error('expected a clean merge');
  expect(spellMarkdown(local, merged.blocks, plainRefs)).toBe(local.text);
  expect(spellHtml(stored, merged.blocks, plainRefs)).toBe(stored.text);
});

test('a change beside such a block disturbs it on neither side', () => {
  const local = markdown('a\n\n~~gone~~ text\n');
  const stored = html('<p>a</p><p>gone text</p>');
  const base = baseOf(local, stored);
  const edited = markdown('b\n\n~~gone~~ text\n');
  const push = mergeBodies(base, edited, stored);
  if (push.kind !== 'clean') throw new Error('expected a clean merge');
  expect(spellHtml(stored, push.blocks, plainRefs)).toBe('<p>b</p><p>gone text</p>');
  const theirs = html('<p>c</p><p>gone text</p>');
  const pull = mergeBodies(base, local, theirs);
  if (pull.kind !== 'clean') throw new Error('expected a clean merge');
  expect(spellMarkdown(local, pull.blocks, plainRefs)).toBe('c\n\n~~gone~~ text\n');
  const after = pulledBase(base, theirs);
  expect(isBodyChanged(after, markdown('c\n\n~~gone~~ text\n'))).toBe(false);
  expect(isBodyChanged(after, theirs)).toBe(false);
});

test('thousands of equal blocks are merged in the time that they take to be read, not in its square', () => {
  const many = 'a\n\n'.repeat(4000);
  const body = markdown(many);
  const start = process.cpuUsage();
  const merged = mergeBodies(
    baseOf(body, remote(many)),
    markdown(`x\n\n${'a\n\n'.repeat(3500)}`),
    remote(`${'a\n\n'.repeat(3000)}y\n`),
  );
  expect(merged.kind).toBeDefined();
  // The processor's time, since others may be at work on it; a square of it would be minutes.
  const { user, system } = process.cpuUsage(start);
  expect((user + system) / 1000).toBeLessThan(6000);
});

test('what the remote cannot hold survives when both sides change words of its block', () => {
  const before = 'It costs ~~ten~~ twelve a month.';
  const [local, stored] = [markdown(`${before}\n`), html('<p>It costs ten twelve a month.</p>')];
  const merge = mergeBodies(
    baseOf(local, stored),
    markdown('It costs ~~ten~~ twelve a year.\n'),
    html('<p>It comes to ten twelve a month.</p>'),
    (fingerprint) => (fingerprint === local.blocks[0]?.fingerprint ? before : undefined),
  );
  if (merge.kind !== 'clean') throw new Error('expected a clean merge');
  expect(spellMarkdown(markdown('It costs ~~ten~~ twelve a year.\n'), merge.blocks, plainRefs)).toBe(
    'It comes to ~~ten~~ twelve a year.\n',
  );
});
