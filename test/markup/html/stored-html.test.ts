import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseAnyHtml } from '../../../src/markup/html/parse-dom.ts';
import { parseStoredHtml } from '../../../src/markup/html/stored-html.ts';
import { documentHtml } from '../helpers/documents.ts';
import { toHtml, toMarkdown } from '../helpers/meaning.ts';
import { tries } from '../../helpers/long.ts';

test('the fast parser reads stored bodies as browsers do', () => {
  fc.assert(
    fc.property(documentHtml, (document) => {
      for (const stored of [document, toHtml(toMarkdown(document))]) {
        const tree = parseStoredHtml(stored);
        if (tree !== null) expect(tree).toEqual(parseAnyHtml(stored));
      }
    }),
    { numRuns: tries(30, 150) },
  );
});

test('it reads what is stored, not only what is easy', () => {
  const stored = toHtml(
    '# a\n\n- b\n  - c\n\n| d | e |\n|---|---|\n| f | g |\n\n> [!NOTE]\n> h\n\n<details>\n<summary>i</summary>\n\n```\nj\n```\n\n</details>\n\n![k](https://x.test)\n',
  );
  expect(parseStoredHtml(stored)).toEqual(parseAnyHtml(stored));
});

const tags = fc.constantFrom(
  '<p>',
  '</p>',
  '<b>',
  '</b>',
  '<i>',
  '</i>',
  '<a href="/x">',
  '</a>',
  '<ul>',
  '</ul>',
  '<li>',
  '</li>',
  '<table>',
  '</table>',
  '<tbody>',
  '</tbody>',
  '<tr>',
  '</tr>',
  '<td>',
  '</td>',
  '<div class="a b">',
  '</div>',
  '<h1>',
  '</h1>',
  '<h2 id="c">',
  '</h2>',
  '<br>',
  '<hr>',
  '<img src="/y" alt>',
  '<pre>',
  '</pre>',
  '\n',
  ' ',
  'text',
  '&amp;',
  '&copy',
  '<',
  '>',
  '&',
  '<details>',
  '</details>',
  '<summary>',
  '</summary>',
  '<code>',
  '</code>',
  '<p class="x" class="y">',
  '<iframe src="z"></iframe>',
  '<!-- c -->',
  '<svg>',
);

test('what it does not know for certain it leaves to the parser for any HTML', () => {
  fc.assert(
    fc.property(fc.array(tags, { maxLength: 12 }), (parts) => {
      const text = parts.join('');
      const tree = parseStoredHtml(text);
      if (tree !== null) expect(tree).toEqual(parseAnyHtml(text));
    }),
    { numRuns: tries(800, 4000) },
  );
});
