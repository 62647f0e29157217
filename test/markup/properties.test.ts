import fc from 'fast-check';
import { expect, test } from 'vitest';
import { documentHtml } from './helpers/documents.ts';
import { html, markdown, meaningOf, toHtml, toMarkdown } from './helpers/meaning.ts';

test('any stored body becomes Markdown that means the same, and comes back as it was', () => {
  fc.assert(
    fc.property(documentHtml, (stored) => {
      const body = html(stored);
      const text = toMarkdown(stored);
      expect(meaningOf(markdown(text)).join(' ')).toBe(meaningOf(body).join(' '));
      expect(meaningOf(html(toHtml(text))).join(' ')).toBe(meaningOf(body).join(' '));
    }),
    { numRuns: 150 },
  );
});
