import { describe, expect, test } from 'vitest';
import { articleNames } from '../../src/fields/article-fields.ts';
import { collectionNames, translatedNames } from '../../src/fields/collection-fields.ts';
import type { CollectionFields, CollectionTexts, LocalFields, RemoteContent } from '../../src/model/entry.ts';
import { remoteId } from '../../src/model/identity.ts';
import type { Direction, Plan } from '../../src/model/plan.ts';
import { makePlan } from '../../src/plan/make-plan.ts';
import type { PlanInput } from '../../src/plan/terms/input.ts';
import { article, collection, inputOf, type WorldSpec } from '../helpers/worlds.ts';

/* What one side removed and the other one changed, field by field: a change is never lost to a deletion. */

const changedArticle: { readonly here: LocalFields; readonly there: RemoteContent } = {
  here: { title: 'New', description: 'New.', state: 'draft', author: 'support@example.com', body: 'New.\n' },
  there: {
    title: 'New',
    description: 'New.',
    state: 'draft',
    author: remoteId('7310002'),
    body: '<p>New.</p>',
  },
};
const changedCollection: CollectionFields = { name: 'New', description: 'New.', icon: 'bolt' };
const changedTexts: CollectionTexts = { name: 'Neuf', description: 'Neuf.' };

const side = {
  guides: collection({ description: 'How.', fr: { name: 'Guides', description: 'Comment.' } }),
  install: article({ description: 'How.', fr: {} }),
  other: article(),
};
const { guides: _guides, ...withoutGuides } = side;
const { install: _install, ...withoutInstall } = side;
const french = article({ description: 'How.' });

const world = (given: Pick<WorldSpec, 'local' | 'remote'>): WorldSpec => ({
  base: side,
  local: side,
  remote: side,
  policy: { deletions: 'delete', allowEmptied: true },
  ...given,
});

/** The same input with every entry of one kind changed by `change`. */
function changing<Where extends 'local' | 'remote', Kind extends 'articles' | 'collections'>(
  input: PlanInput,
  where: Where,
  kind: Kind,
  change: (one: PlanInput[Where][Kind][number]) => PlanInput[Where][Kind][number],
): PlanInput {
  const snapshot = input[where];
  return { ...input, [where]: { ...snapshot, [kind]: snapshot[kind].map(change) } };
}

const removals = (plan: Plan): readonly string[] =>
  plan.operations
    .filter((one) => one.action === 'delete' || (one.side === 'local' && one.steps.some(isTrash)))
    .map((one) => `${one.side} ${one.path}`);

const isTrash = ({ step }: { readonly step: string }): boolean => step === 'trash';

const directions: readonly Direction[] = ['push', 'pull', 'sync'];

describe.each(directions)('%s', (direction) => {
  const planOf = (input: PlanInput): Plan => makePlan({ ...input, direction }).plan;

  test('what only one side touched is removed, so that the cases below show something', () => {
    const here = planOf(inputOf(world({ local: { other: side.other } })));
    const there = planOf(inputOf(world({ remote: { other: side.other } })));
    const frenchHere = planOf(inputOf(world({ local: { ...side, install: french } })));
    const frenchThere = planOf(inputOf(world({ remote: { ...side, install: french } })));
    for (const plan of [here, frenchHere]) expect(removals(plan).length > 0).toBe(direction !== 'pull');
    for (const plan of [there, frenchThere]) expect(removals(plan).length > 0).toBe(direction !== 'push');
  });

  test.each(collectionNames)('a collection that is removed here stays if its %s changed there', (name) => {
    const input = inputOf(world({ local: withoutGuides }));
    const changed = changing(input, 'remote', 'collections', (one) => ({
      ...one,
      [name]: changedCollection[name],
    }));
    expect(removals(planOf(changed))).toEqual([]);
  });

  test.each(translatedNames)(
    'a collection that is removed here stays if its French %s changed there',
    (name) => {
      const input = inputOf(world({ local: withoutGuides }));
      const changed = changing(input, 'remote', 'collections', (one) => ({
        ...one,
        translations: new Map(
          [...one.translations].map(([locale, texts]) => [locale, { ...texts, [name]: changedTexts[name] }]),
        ),
      }));
      expect(removals(planOf(changed))).toEqual([]);
    },
  );

  test.each(collectionNames)('a collection that is removed there stays if its %s changed here', (name) => {
    const input = inputOf(world({ remote: withoutGuides }));
    const changed = changing(input, 'local', 'collections', (one) => ({
      ...one,
      [name]: changedCollection[name],
    }));
    expect(removals(planOf(changed))).toEqual([]);
  });

  test.each(translatedNames)(
    'a collection that is removed there stays if its French %s changed here',
    (name) => {
      const input = inputOf(world({ remote: withoutGuides }));
      const changed = changing(input, 'local', 'collections', (one) => ({
        ...one,
        translations: new Map(
          [...one.translations].map(([locale, texts]) => [locale, { ...texts, [name]: changedTexts[name] }]),
        ),
      }));
      expect(removals(planOf(changed))).toEqual([]);
    },
  );

  describe.each(['en', 'fr'] as const)('in the language %s', (locale) => {
    const install = 'install.md';
    const changedThere = (input: PlanInput, name: keyof RemoteContent): PlanInput =>
      changing(input, 'remote', 'articles', (one) => {
        const content = one.locales.get(locale);
        if (content === undefined || one.id !== installId) return one;
        const next = { ...content, [name]: changedArticle.there[name] };
        return { ...one, locales: new Map([...one.locales, [locale, next]]) };
      });
    const changedHere = (input: PlanInput, name: keyof LocalFields): PlanInput =>
      changing(input, 'local', 'articles', (one) => {
        const content = one.locales.get(locale);
        if (content === undefined || one.path !== install) return one;
        const next = { ...content, [name]: changedArticle.here[name] };
        return { ...one, locales: new Map([...one.locales, [locale, next]]) };
      });
    const installId = inputOf(world({})).base.entries.find((row) => row.path === install)?.id;

    test.each(articleNames)('an article that is removed here stays if its %s changed there', (name) => {
      const input = inputOf(world({ local: withoutInstall }));
      expect(removals(planOf(changedThere(input, name)))).toEqual([]);
    });

    test.each(articleNames)('an article that is removed there stays if its %s changed here', (name) => {
      const input = inputOf(world({ remote: withoutInstall }));
      expect(removals(planOf(changedHere(input, name)))).toEqual([]);
    });

    if (locale === 'en') return;

    test.each(articleNames)('a language that is removed here stays if its %s changed there', (name) => {
      const input = inputOf(world({ local: { ...side, install: french } }));
      expect(removals(planOf(changedThere(input, name)))).toEqual([]);
    });

    test.each(articleNames)('a language that is removed there stays if its %s changed here', (name) => {
      const input = inputOf(world({ remote: { ...side, install: french } }));
      expect(removals(planOf(changedHere(input, name)))).toEqual([]);
    });
  });
});
