import { expect, test } from 'vitest';
import type { LocalContent } from '../../../src/model/entry.ts';
import { localPath, remoteId } from '../../../src/model/identity.ts';
import { openBodies } from '../../../src/plan/links/bodies.ts';
import type { Directory, RefsOptions } from '../../../src/plan/links/refs.ts';
import { keyOfLocal } from '../../../src/plan/terms/keys.ts';

const other = localPath('other.md');
const key = keyOfLocal('article', other);

/** Knows one other article, by its path, once it has an id; and no image. */
const knowing = (id: string | null): RefsOptions => ({
  directory: {
    keyOfPath: (path) => (path === other ? key : null),
    keyOfId: () => null,
    idOf: (one) => (one === key && id !== null ? remoteId(id) : null),
    pathOf: () => other,
    sameName: () => null,
    siteRoot: '',
    movedFrom: () => null,
    formerPlaces: () => [],
    isGone: () => false,
    textOf: () => null,
    headingsOf: () => null,
    digestOfAsset: () => null,
    newPlaceOfAsset: () => null,
    addressOfAsset: () => null,
    assetOfAddress: () => null,
  } satisfies Directory,
  sites: [],
  assetBaseUrl: null,
});

const content = (body: string): LocalContent => ({
  title: 'A',
  description: '',
  state: 'published',
  author: null,
  body,
  file: localPath('a.md'),
  bodyLine: 1,
  digest: 'a',
});

test('a text is read once, also by whoever asks later with what was learned since', () => {
  const text = content('Some words, and [a page](https://example.com) of [another article](other.md).');
  const first = openBodies(knowing('7'));
  expect(openBodies(knowing('7'), first).local(text, 'en')).toBe(first.local(text, 'en'));
  expect(openBodies(knowing('7')).local(text, 'en')).not.toBe(first.local(text, 'en'));
});

test('a text is read anew where one of its links means something else by now', () => {
  const text = content('Some words, and [a link](other.md).');
  const first = openBodies(knowing(null));
  const before = first.local(text, 'en');
  const later = openBodies(knowing('7'), first);
  expect(later.local(text, 'en').blocks[0]?.fingerprint).not.toBe(before.blocks[0]?.fingerprint);
  expect(later.local(text, 'en')).toEqual(openBodies(knowing('7')).local(text, 'en'));
  expect(first.local(text, 'en')).toEqual(before);
});
