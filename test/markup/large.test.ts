import { expect, test } from 'vitest';
import { plainRefs } from '../../src/markup/meaning/refs.ts';
import { baseOf } from '../../src/markup/merge/body-base.ts';
import { mergeBodies } from '../../src/markup/merge/merge-bodies.ts';
import { spellHtml } from '../../src/markup/spell/spell-html.ts';
import { spellMarkdown } from '../../src/markup/spell/spell-markdown.ts';
import { html, markdown } from './helpers/meaning.ts';

const large: Readonly<Record<string, string>> = {
  'eighteen thousand short paragraphs': '<p>entry of a log</p>'.repeat(18_000),
  'a table of 22,000 cells': `<table><tbody>${`<tr>${'<td><p>1</p></td>'.repeat(55)}</tr>`.repeat(400)}</tbody></table>`,
  'a list of 21,000 items': `<ul>${'<li><p>item of it</p></li>'.repeat(21_000)}</ul>`,
  '65,000 lines of code': `<pre><code>${'line of code<br>'.repeat(65_000)}</code></pre>`,
  'a megabyte in one paragraph': `<p>${'words and more words of it '.repeat(40_000)}</p>`,
  'two megabytes in many': `<p>${'words of a text that goes on. '.repeat(30)}</p>`.repeat(2300),
};

test.each(Object.entries(large))('%s can be read, written and edited by a word on both sides', (_, piece) => {
  const [start, end] = ['<p>START</p>', '<p>LAST</p>'];
  const remote = html(`${start}${piece}${end}`);
  const text = spellMarkdown(markdown(''), remote.blocks, plainRefs);
  const local = markdown(text);
  expect([...remote.findings, ...local.findings].filter((one) => one.severity === 'error')).toEqual([]);
  expect(local.blocks.map((one) => one.fingerprint)).toEqual(remote.blocks.map((one) => one.fingerprint));

  const edited = markdown(text.replace('START', 'BEGIN'));
  expect(spellHtml(remote, edited.blocks, plainRefs)).toMatch(/^<p[^>]*>BEGIN<\/p>/);
  const theirs = html(`${start}${piece}${end.replace('LAST', 'CHANGED')}`);
  const merged = mergeBodies(baseOf(local, remote), edited, theirs, undefined);
  expect(merged.kind).toBe('clean');
  if (merged.kind !== 'clean') return;
  expect(spellMarkdown(edited, merged.blocks, plainRefs) === edited.text.replace('LAST', 'CHANGED')).toBe(
    true,
  );
  expect(spellHtml(theirs, merged.blocks, plainRefs)).toMatch(/BEGIN<\/p>[^]*CHANGED<\/p>$/);
});
