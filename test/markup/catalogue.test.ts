import { expect, test } from 'vitest';
import { catalogue } from './helpers/catalogue.ts';
import { pairFrom, pairOf, pulled, pushed } from './long/one-word.ts';
import { html, markdown, meaningOf, toHtml, toMarkdown } from './helpers/meaning.ts';

test.each(catalogue)('%s', (_, stored, wanted) => {
  const text = toMarkdown(stored);
  expect(text).toBe(`${wanted}\n`);
  expect(meaningOf(markdown(text))).toEqual(meaningOf(html(stored)));
  const sent = toHtml(text);
  expect(meaningOf(html(sent))).toEqual(meaningOf(html(stored)));
  expect(toMarkdown(sent)).toBe(text);
});

test('all patterns in one body stay apart', () => {
  const stored = catalogue.map(([, one]) => one).join('');
  const text = toMarkdown(stored);
  expect(meaningOf(markdown(text))).toEqual(meaningOf(html(stored)));
  expect(toMarkdown(toHtml(text))).toBe(text);
});

test.each([
  ['Click <b>Save&nbsp;</b>now', 'Click **Save**&nbsp;now'],
  ['Click<b>&nbsp;Save</b> now', 'Click&nbsp;**Save** now'],
  ['Click <a href="/u">&nbsp;Save</a>', 'Click &nbsp;[Save](/u)'],
  ['one<b>&nbsp;</b>two', 'one&nbsp;two'],
  ['Click <b>Save</b> now<b>.</b> Then', 'Click **Save** now. Then'],
  ['Click <b>!</b> now<i>...</i>', 'Click **!** now...'],
])(
  'of marks on blanks and lone signs nothing is written that no person would write: %s',
  (stored, wanted) => {
    const text = toMarkdown(`<p>${stored}</p>`);
    expect(text).toBe(`${wanted}\n`);
    const pair = pairFrom(`<p>${stored}</p>`);
    // And yet both sides are in step: an edit of one word later is one in Intercom as well.
    expect(pushed(pair, pair.file)).toBe(pair.stored);
    expect(pulled(pair, pair.stored)).toBe(pair.file);
    const edited = pair.stored.replace(/Click|one/u, 'Press');
    expect(pulled(pair, edited)).toBe(text.replace(/Click|one/u, 'Press'));
    expect(pushed(pair, text.replace(/Click|one/u, 'Press'))).toBe(edited);
  },
);

test.each([
  ['See [the docs][a] and more.', ' docs', '', 'See [the][a] and more.'],
  ['See [the docs][] and more.', ' docs', '', 'See [the][the docs] and more.'],
  ['Run `npm test` now.', 'test', '<b>test</b>', 'Run `npm `**`test`** now.'],
])(
  'what a teammate takes out of a link, or makes bold in code, changes no more than that: %s',
  (text, from, to, wanted) => {
    const end = '\n\n[a]: /u "T"\n[the docs]: /v\n';
    const pair = pairOf(text + end);
    if (pair === null) throw new Error('Intercom would refuse it');
    expect(pulled(pair, pair.stored.replace(from, to))).toBe(wanted + end);
  },
);

test('a definition follows the heading that it leads to, and the links by reference stay as they are', () => {
  const file =
    '# Install it\n\nSee [below][b] and [there][b].\n\n## Set up\n\nWords.\n\n[b]: #set-up "T"\n[c]: #install-it\n';
  const pair = pairOf(file);
  if (pair === null) throw new Error('Intercom would refuse it');
  expect(pulled(pair, pair.stored.replace('Set up', 'Set it up'))).toBe(
    file.replace('Set up', 'Set it up').replace('#set-up', '#set-it-up'),
  );
});
