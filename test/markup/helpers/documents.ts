import fc from 'fast-check';

/** Words, signs and spaces that look like syntax in one place or another. */
const words = fc.constantFrom(
  'word',
  'two words',
  'snake_case',
  '__init__',
  '*',
  '**',
  '_',
  '~',
  '~~',
  '`',
  '``',
  '[',
  ']',
  '(x)',
  '](',
  '![',
  '<b>',
  '&amp;',
  '&copy;',
  '\\',
  '#',
  '# ',
  '- ',
  '+ ',
  '1. ',
  '> ',
  '|',
  '---',
  '===',
  '```',
  'C#',
  '!',
  '@',
  'a@b.co',
  'https://x.test/a_b',
  'www.x.test',
  '「字」',
  '中文。',
  'été',
  '❤️',
  '\u00a0',
  '\u200b',
  '{{ name }}',
  '$5',
  ':',
  '.',
  ',',
  ' ',
  ' ',
  ' ',
  '[ ] ',
  '[^1]',
  'a.',
  '"',
  "'",
);
const text = fc.array(words, { minLength: 1, maxLength: 5 }).map((parts) => parts.join(''));
const escape = (value: string): string =>
  value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
const address = fc.constantFrom(
  'https://x.test',
  'https://x.test/a_(b)',
  '/a b',
  '#top',
  'mailto:a@b.co',
  'https://x.test/?a=1&b=2',
  'a)b',
  '<x>',
);

/** Inline HTML as an editor may store it. */
export const inlineHtml: fc.Arbitrary<string> = fc.letrec<{ inline: string; line: string }>((tie) => ({
  inline: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'inline' },
    text.map(escape),
    fc
      .tuple(fc.constantFrom('b', 'i', 'b', 'i', 's', 'u', 'sup', 'code'), tie('line'))
      .map(([tag, inner]) => `<${tag}>${inner}</${tag}>`),
    fc.tuple(address, tie('line')).map(([href, inner]) => `<a href="${escape(href)}">${inner}</a>`),
    text.map((inner) => `<code>${escape(inner)}</code>`),
    fc.constantFrom('<br>', ' ', '<span style="color: red">x</span>'),
  ),
  line: fc
    .array(tie('inline'), { minLength: 1, maxLength: 4, depthIdentifier: 'inline' })
    .map((parts) => parts.join('')),
})).line;

const image = fc
  .tuple(address, text)
  .map(
    ([src, alt]) => `<div class="intercom-container"><img src="${escape(src)}" alt="${escape(alt)}"></div>`,
  );
const code = fc
  .array(fc.constantFrom('a', '\n', '\n\n', '  b', '\t', '```', '~~~', '<b>', '&amp;', '`'), {
    minLength: 1,
    maxLength: 6,
  })
  .map((parts) => `<pre><code>${escape(parts.join(''))}</code></pre>`);
const paragraph = fc.oneof(
  { weight: 6, arbitrary: inlineHtml.map((inner) => `<p class="no-margin">${inner}</p>`) },
  {
    weight: 1,
    arbitrary: inlineHtml.map((inner) => `<p class="intercom-align-center no-margin">${inner}</p>`),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('<p dir="rtl">x</p>', '<p class="no-margin"></p>', '<p>&nbsp;</p>'),
  },
);
const heading = fc
  .tuple(fc.integer({ min: 1, max: 4 }), inlineHtml)
  .map(([level, inner]) => `<h${level}>${inner}</h${level}>`);
const table = fc
  .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }), fc.boolean())
  .chain(([columns, rows, tinted]) =>
    fc
      .array(
        fc.oneof(
          inlineHtml,
          fc.constant(''),
          inlineHtml.map((inner) => `<p class="no-margin">${inner}</p>`),
        ),
        {
          minLength: columns * rows,
          maxLength: columns * rows,
        },
      )
      .map((cells) => {
        const cell = (inner: string, row: number): string =>
          tinted && row === 0
            ? `<td style="background-color: #d7efdc80;">${inner}</td>`
            : `<td>${inner}</td>`;
        const line = (row: number): string =>
          cells
            .slice(row * columns, (row + 1) * columns)
            .map((inner) => cell(inner, row))
            .join('');
        return `<table><tbody>${Array.from({ length: rows }, (_, row) => `<tr>${line(row)}</tr>`).join('')}</tbody></table>`;
      }),
  );

/** One block of a stored body. */
export const blockHtml: fc.Arbitrary<string> = fc.letrec<{ block: string; blocks: string; item: string }>(
  (tie) => ({
    block: fc.oneof(
      { maxDepth: 3, depthIdentifier: 'block' },
      { weight: 5, arbitrary: paragraph },
      { weight: 2, arbitrary: heading },
      { weight: 1, arbitrary: code },
      { weight: 1, arbitrary: image },
      {
        weight: 1,
        arbitrary: fc.constantFrom(
          '<hr>',
          '<iframe src="https://www.youtube.com/embed/abc123"></iframe>',
          '<div class="card"><p>x</p></div>',
        ),
      },
      {
        weight: 3,
        arbitrary: fc
          .tuple(fc.constantFrom('ul', 'ol'), fc.array(tie('item'), { minLength: 1, maxLength: 3 }))
          .map(([tag, items]) => `<${tag}>${items.join('')}</${tag}>`),
      },
      { weight: 2, arbitrary: table },
      {
        weight: 1,
        arbitrary: tie('blocks').map(
          (inner) =>
            `<div class="intercom-interblocks-callout" style="background-color: #feedaf80; border-color: #fbc91633;">${inner}</div>`,
        ),
      },
      {
        weight: 1,
        arbitrary: fc
          .tuple(inlineHtml, tie('blocks'))
          .map(
            ([title, inner]) =>
              `<details><summary><h2>${title}</h2></summary><div class="collapsible-section-content">${inner}</div></details>`,
          ),
      },
    ),
    blocks: fc
      .array(tie('block'), { minLength: 1, maxLength: 3, depthIdentifier: 'block' })
      .map((parts) => parts.join('')),
    item: fc.oneof(
      inlineHtml.map((inner) => `<li>${inner}</li>`),
      fc
        .array(tie('block'), { maxLength: 3, depthIdentifier: 'block' })
        .map((parts) => `<li>${parts.join('')}</li>`),
    ),
  }),
).block;

export const documentHtml: fc.Arbitrary<string> = fc
  .array(blockHtml, { minLength: 1, maxLength: 5 })
  .map((blocks) => blocks.join(''));
