import { expect, test } from 'vitest';
import { hiddenLanguages } from '../../src/plan/hidden-languages.ts';
import { localPath } from '../../src/model/identity.ts';
import type { Locale } from '../../src/model/locale.ts';
import type { LocalSnapshot, RemoteSnapshot } from '../../src/model/snapshot.ts';
import type { Policy } from '../../src/plan/terms/input.ts';

const policy = { contentName: 'content', defaultLocale: 'en' } as Policy;

const folder = {
  articles: [
    { locales: new Map(['en', 'fr', 'de'].map((locale) => [locale, { file: localPath(`b.${locale}.md`) }])) },
    { locales: new Map([['fr', { file: localPath('a.fr.md') }]]) },
  ],
  collections: [{ file: localPath('x/collection.yaml'), translations: new Map([['es', { name: 'X' }]]) }],
} as unknown as LocalSnapshot;

const told = (shown: readonly string[] | null): readonly string[] =>
  hiddenLanguages(folder, { shown: shown as readonly Locale[] | null } as RemoteSnapshot, policy).map(
    ({ place, message }) => `${place.file}: ${message.slice(0, 2)}`,
  );

test('each language that the folder has and readers do not see is told once, at the first of its files', () => {
  expect(told(['en'])).toEqual(
    ['content/b.de.md: de', 'content/a.fr.md: fr', 'content/x/collection.yaml: es'].toSorted(
      (left, right) =>
        ['fr', 'de', 'es'].indexOf(left.slice(-2)) - ['fr', 'de', 'es'].indexOf(right.slice(-2)),
    ),
  );
  expect(told(['en', 'fr', 'es'])).toEqual(['content/b.de.md: de']);
});

test('nothing is told where the help center shows them all, or does not tell which it shows', () => {
  expect(told(['en', 'fr', 'de', 'es'])).toEqual([]);
  expect(told(null)).toEqual([]);
});
