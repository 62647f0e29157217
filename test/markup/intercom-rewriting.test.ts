import fc from 'fast-check';
import { expect, test } from 'vitest';
import { baseOf, isBodyChanged, pulledBase } from '../../src/markup/merge/body-base.ts';
import { mergeBodies } from '../../src/markup/merge/merge-bodies.ts';
import { plainRefs } from '../../src/markup/meaning/refs.ts';
import { spellHtml } from '../../src/markup/spell/spell-html.ts';
import { spellMarkdown } from '../../src/markup/spell/spell-markdown.ts';
import { rewriteBody } from '../../src/simulator/rewrite/rewriter.ts';
import { defaultSwitches } from '../../src/simulator/state/switches.ts';
import { catalogue } from './helpers/catalogue.ts';
import { documentHtml } from './helpers/documents.ts';
import { html, markdown, meaningOf, toHtml, toMarkdown } from './helpers/meaning.ts';
import { tries } from '../helpers/long.ts';

/** A body as our stand-in for Intercom stores it. */
function stored(sent: string): string {
  let count = 0;
  return rewriteBody(sent, {
    switches: defaultSwitches,
    origin: 'api',
    newHeadingDigits: () => String((count += 1)).padStart(10, '0'),
    // What Intercom has stored already it signs anew.
    storeImage: (source) =>
      `${source.startsWith('https://downloads.') ? source : same(source)}?expires=1&signature=2&req=3`,
  });
}

const same = (source: string): string =>
  `https://downloads.intercomcdn.com/i/o/1/${encodeURIComponent(source)}`;

test.each([
  ['headings', '## A\n\n### B\n\n## C\n'],
  ['text', 'a **b** *c* `d` [e](https://x.test)\\\nf\n'],
  ['lists', '- a\n  1. b\n     - c\n\n- d\n\n  e\n'],
  ['a table', '| a | b |\n|---|:-:|\n| c | d<br>e |\n'],
  ['code', '```js\na\n\n  b\n```\n'],
  ['callouts', '> [!NOTE]\n> a\n>\n> - b\n\n> [!CAUTION]\n> c\n'],
  ['a quotation', '> a\n>\n> b\n'],
  ['a section', '# Top\n\n<details>\n<summary>More</summary>\n\ntext\n\n</details>\n'],
  ['a button', '<!-- button align: center -->\n[Go](https://x.test)\n'],
  ['a video', '<iframe src="https://www.youtube.com/embed/abc123"></iframe>\n'],
  ['alignment', '<!-- align: center -->\na\n\n<!-- align: right -->\n# b\n'],
  ['an empty line', 'a\n\n&nbsp;\n\nb\n'],
  ['links to headings', '[go](#set-up)\n\n# Set up\n'],
  ['rules', 'a\n\n---\n\nb\n'],
])('%s are stored as they were meant', (_, text) => {
  const remote = stored(toHtml(text));
  expect(meaningOf(html(remote))).toEqual(meaningOf(markdown(text)));
  // Sending the stored body again changes nothing.
  expect(spellHtml(html(remote), markdown(text).blocks, plainRefs)).toBe(remote);
});

/** Patterns that our stand-in refuses or does not store as they are, each with the reason. */
const changed: ReadonlyMap<string, string> = new Map([
  ['bold in code', 'code is stored as text alone'],
  ['what Markdown has no word for', 'underlined, raised and coloured text is stored as text alone'],
  ['an unknown box', 'a box of an unknown class is left out, and what is in it stays'],
  ['an unknown element', 'it is left out, and what is in it stays'],
  ['text from right to left', 'the attribute is left out'],
]);

/** Addresses as the stand-in gives them to images, so that only what it does to the rest is compared. */
const withImages = (document: string): string =>
  document.replace(/(<img src=")([^"]*)/gu, (_, before: string, source: string) =>
    source.startsWith('https://downloads.') ? before + source : before + same(source),
  );

test.each(catalogue)('a pull after a push of this changes nothing: %s', (what, pattern) => {
  const local = markdown(toMarkdown(withImages(pattern)));
  const remote = html(stored(spellHtml(html(''), local.blocks, plainRefs)));
  if (changed.has(what)) expect(meaningOf(remote)).not.toEqual(meaningOf(local));
  else expect(meaningOf(remote)).toEqual(meaningOf(local));
  const merged = mergeBodies(baseOf(local, remote), local, remote);
  if (merged.kind !== 'clean') throw new Error('a pull after a push must be clean');
  expect(spellMarkdown(local, merged.blocks, plainRefs)).toBe(local.text);
  expect(spellHtml(remote, merged.blocks, plainRefs)).toBe(remote.text);
});

test('a pull after a push changes nothing, whatever Intercom did to the body', () => {
  fc.assert(
    fc.property(documentHtml, (document) => {
      const local = markdown(
        toMarkdown(document.replace(/(<img src=")[^"]*/gu, `$1${same('https://x.test/a.png')}`)),
      );
      fc.pre(!local.findings.some(({ severity }) => severity === 'error'));
      const sent = spellHtml(html(''), local.blocks, plainRefs);
      const remote = html(stored(sent));
      const base = baseOf(local, remote);
      expect(isBodyChanged(base, local)).toBe(false);
      expect(isBodyChanged(base, remote)).toBe(false);
      const merged = mergeBodies(base, local, remote);
      if (merged.kind !== 'clean') throw new Error('a pull after a push must be clean');
      expect(spellMarkdown(local, merged.blocks, plainRefs)).toBe(local.text);
      expect(meaningOf(html(spellHtml(remote, merged.blocks, plainRefs)))).toEqual(meaningOf(remote));
    }),
    { numRuns: tries(25, 100) },
  );
});

test.each([
  ['words', '#### Deep', 'Deep down', '#### Deep down'],
  ['all of it', '##### Deep', 'Other', '##### Other'],
])(
  'a heading deeper than Intercom stores keeps its depth when a teammate edits %s',
  (_, heading, words, edited) => {
    const text = `# a\n\n## b\n\n### c\n\n${heading}\n\nd\n`;
    const local = markdown(text);
    const sent = html(stored(spellHtml(html(''), local.blocks, plainRefs)));
    const base = baseOf(local, sent);
    const there = html(sent.text.replace('>Deep<', `>${words}<`));
    const merged = mergeBodies(base, local, there);
    const blocks = merged.kind === 'clean' ? merged.blocks : [];
    const pulled = spellMarkdown(local, blocks, plainRefs);
    expect(pulled).toBe(text.replace(heading, edited));
    // Nothing is left to do after that: neither a change of the file nor anything to send.
    expect(spellHtml(there, blocks, plainRefs)).toBe(there.text);
    const after = pulledBase(base, there, markdown(pulled));
    expect([isBodyChanged(after, markdown(pulled)), isBodyChanged(after, there)]).toEqual([false, false]);
  },
);

test('a heading that a teammate moves up comes back at the level that they gave it', () => {
  const local = markdown('# a\n\n## b\n\n### c\n\n#### d\n');
  const sent = html(stored(spellHtml(html(''), local.blocks, plainRefs)));
  const there = html(sent.text.replace(/<h3([^<]*)>d<\/h3>/u, '<h2$1>d</h2>'));
  const merged = mergeBodies(baseOf(local, sent), local, there);
  expect(spellMarkdown(local, merged.kind === 'clean' ? merged.blocks : [], plainRefs)).toBe(
    '# a\n\n## b\n\n### c\n\n## d\n',
  );
});
