import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkTaken } from '../../src/engine/advance.ts';
import { readHtml } from '../../src/markup/read/read-html.ts';
import { plainRefs } from '../../src/markup/meaning/refs.ts';
import { spellHtml } from '../../src/markup/spell/spell-html.ts';
import type { RemoteArticle } from '../../src/model/entry.ts';
import { localPath, type RemoteId } from '../../src/model/identity.ts';
import type { Locale } from '../../src/model/locale.ts';
import { rewriteBody } from '../../src/simulator/rewrite/rewriter.ts';
import { defaultSwitches, type Switches } from '../../src/simulator/state/switches.ts';
import { blockHtml } from '../markup/helpers/documents.ts';
import { tries } from '../helpers/long.ts';

const en = 'en' as Locale;

function article(body: string): RemoteArticle {
  const content = { title: 'A', description: '', body, state: 'published', author: null } as const;
  return {
    kind: 'article',
    id: '1' as RemoteId,
    parent: null,
    locales: new Map([[en, content]]),
  } as unknown as RemoteArticle;
}

function rewritten(html: string, switches: Switches): string | null {
  let number = 0;
  try {
    return rewriteBody(html, {
      switches,
      origin: 'api',
      newHeadingDigits: () => (number += 1).toString(16).padStart(10, '0'),
      storeImage: (source) => `https://downloads.intercomcdn.com/i/o/w/1/${source.split('/').at(-1) ?? ''}`,
    });
  } catch {
    // Refused, which is told in another way.
    return null;
  }
}

const check = (was: string, sent: string, is: string): void => {
  checkTaken(localPath('a.md'), { locales: new Map([[en, { body: sent }]]) }, article(was), article(is));
};

/** Every way in which Intercom may store bodies. */
const ways: readonly Switches[] = (
  [
    {},
    { otherInline: 'keep' },
    { blockquote: 'keep' },
    { codeBreaks: 'br' },
    { collapsibleSections: 'unwrap' },
    { headingIds: 'replace' },
  ] as const
).map((one) => ({ ...defaultSwitches, ...one }) as Switches);

const sendable = (html: string): string =>
  spellHtml(readHtml('', plainRefs), readHtml(html, plainRefs).blocks, plainRefs);

test('whatever Intercom makes of what it is sent is no draft of somebody else', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...ways),
      fc.array(blockHtml, { minLength: 1, maxLength: 3 }),
      fc.array(blockHtml, { minLength: 1, maxLength: 3 }),
      (switches, before, after) => {
        const [was, sent] = [rewritten(sendable(before.join('')), switches), sendable(after.join(''))];
        const is = rewritten(sent, switches);
        if (was === null || is === null) return;
        check(was, sent, is);
      },
    ),
    { numRuns: tries(300, 5000) },
  );
});

test.each([
  [
    'a struck word that is stored without its line',
    '<p>one</p>',
    '<p><s>one</s></p>',
    '<p class="no-margin">one</p>',
  ],
  [
    'a key that is stored without its frame',
    '<p>Press Ctrl</p>',
    '<p>Press <kbd>Ctrl</kbd></p>',
    '<p>Press Ctrl</p>',
  ],
  ['a comment that is stored nowhere', '<p>one</p>', '<p>o<!-- x -->ne</p>', '<p>one</p>'],
  [
    'an address that is taken away',
    '<p><a>one</a></p>',
    '<p><a href="app://x">one</a></p>',
    '<p><a target="_blank">one</a></p>',
  ],
  [
    'signs in a description',
    '<p>a</p>',
    '<img src="https://x.test/a.png" alt="a < b > c">',
    '<div><img src="https://downloads.intercomcdn.com/i/a.png" alt="a &lt; b &gt; c"></div>',
  ],
  ['a deep heading', '<h1>A</h1><h3>B</h3>', '<h1>A</h1><h5>B</h5>', '<h1>A</h1><h3>B</h3>'],
  [
    'a section that is stored without its lid',
    '<p>M</p><p>x</p>',
    '<details><summary>M</summary><p>x</p></details>',
    '<p>M</p><p>x</p>',
  ],
])('%s counts as taken', (_, was, sent, is) => {
  expect(() => {
    check(was, sent, is);
  }).not.toThrow();
});

test.each([
  ['of words', '<p>one</p>', '<p>two</p>', '<p>one</p>'],
  ['of a mark that Intercom stores', '<p>one</p>', '<p><b>one</b></p>', '<p>one</p>'],
  ['of an address', '<p><a href="/a">x</a></p>', '<p><a href="/b">x</a></p>', '<p><a href="/a">x</a></p>'],
  ['for words of somebody else', '<p>one</p>', '<p>one two</p>', '<p>three</p>'],
])('a change %s that does not show is told', (_, was, sent, is) => {
  expect(() => {
    check(was, sent, is);
  }).toThrow('unpublished draft');
});
