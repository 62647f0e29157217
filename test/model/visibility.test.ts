import { describe, expect, test } from 'vitest';
import { visibilityOf } from '../../src/model/visibility.ts';
import { makePlan } from '../../src/plan/make-plan.ts';
import { article, collection, inputOf } from '../helpers/worlds.ts';

type Sides = Parameters<typeof inputOf>[0];
type Article = Parameters<typeof article>[0];

/** What readers notice of the one operation that a push of this article has. */
function seen(before: Article | null, after: Article | null, more: Partial<Sides> = {}): readonly string[] {
  const side = (one: Article | null) => ({
    guides: collection(),
    ...(one === null ? {} : { a: article(one) }),
  });
  const { plan } = makePlan(
    inputOf({ base: side(before), remote: side(before), local: side(after), ...more }, 'push'),
  );
  expect(plan.operations).toHaveLength(1);
  return plan.operations.flatMap((operation) =>
    visibilityOf(operation).map(
      ({ locale, visibility, hasNewAddress }) =>
        `${locale ?? 'default'}: ${visibility}${hasNewAddress ? ', new address' : ''}`,
    ),
  );
}

const published = { state: 'published' } as const;
const draft = { state: 'draft' } as const;

describe('whether readers will see an article', () => {
  test.each([
    ['a new published article goes public', null, published, ['default: goes public']],
    ['a new article that does not say stays a draft', null, { state: null }, ['default: draft']],
    ['a draft that is edited stays out of sight', draft, { ...draft, text: 'New.' }, ['default: draft']],
    [
      'a public text that is edited stays public',
      published,
      { ...published, text: 'New.' },
      ['default: public'],
    ],
    ['a draft that is published goes public', draft, published, ['default: goes public']],
    ['a public article that becomes a draft goes offline', published, draft, ['default: goes offline']],
    ['an article whose file is gone goes offline', published, null, ['default: goes offline']],
    [
      'a public article with another title gets another address',
      published,
      { ...published, title: 'Other' },
      ['default: public, new address'],
    ],
    ['a draft has no address to change', draft, { ...draft, title: 'Other' }, ['default: draft']],
    [
      'a public article that moves stays public',
      published,
      { ...published, in: 'guides' },
      ['default: public'],
    ],
  ] as const)('%s', (_, before, after, expected) => {
    expect(seen(before, after)).toEqual(expected);
  });

  test('each language is told by itself, and only those that change', () => {
    const fr = { title: 'Tarifs', text: 'Prix.', ...published };
    expect(seen(null, { ...draft, fr })).toEqual(['default: draft', 'fr: goes public']);
    expect(seen({ ...published, fr }, { ...published, fr: { ...fr, text: 'Gratuit.' } })).toEqual([
      'fr: public',
    ]);
  });

  test('of a collection, and of what a pull does in the folder, readers notice nothing', () => {
    const { plan } = makePlan(inputOf({ remote: { guides: collection(), a: article(published) } }, 'pull'));
    expect(plan.operations).toHaveLength(2);
    expect(plan.operations.flatMap(visibilityOf)).toEqual([]);
  });
});

test('what follows the create of the same plan says nothing of its own', () => {
  const link = (text: string): Article => ({ ...published, text });
  const { plan } = makePlan(
    inputOf(
      {
        local: {
          guides: collection(),
          a: article(link('See [b](b.md).')),
          b: article(link('See [a](a.md).')),
        },
      },
      'push',
    ),
  );
  const said = plan.operations.flatMap((operation) =>
    operation.kind === 'article'
      ? [[operation.action, visibilityOf(operation).map((one) => one.visibility)]]
      : [],
  );
  for (const one of said)
    expect(one).toEqual(one[0] === 'create' ? ['create', ['goes public']] : ['update', []]);
  expect(said.length).toBeGreaterThan(1);
});
