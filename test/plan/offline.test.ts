import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Operation } from '../../src/model/plan.ts';
import { makePlan } from '../../src/plan/make-plan.ts';
import { planOffline } from '../../src/plan/offline.ts';
import { article, collection, inputOf, type SideSpec } from '../helpers/worlds.ts';
import { tries } from '../helpers/long.ts';

const usual: SideSpec = {
  guides: collection({ fr: { name: 'Guides', description: '' } }),
  install: article({ in: 'guides', text: 'First.\nSecond.', fr: { title: 'Installer', text: 'Un.' } }),
  fees: article({ in: 'guides', state: 'published' }),
  news: article({ author: 'docs@example.com' }),
};

const offline = (local: SideSpec, base: SideSpec = usual): ReturnType<typeof planOffline> =>
  planOffline(inputOf({ base, local, remote: {} }, 'push'));

/** What an operation is about, without what only the help center knows. */
const outline = ({ action, kind, path, id, fields }: Operation): unknown => ({
  action,
  kind,
  path,
  id,
  fields: fields.map(({ field, locale, before, after }) =>
    field === 'body' ? { field, locale } : { field, locale, before, after },
  ),
});

describe('a plan without the help center', () => {
  test('has nothing to do where the folder is as it was agreed on', () => {
    expect(offline(usual)).toMatchObject({ operations: [], conflicts: [], behind: [], refusals: [] });
  });

  test('says of a text that it changed, and not from what', () => {
    const [operation] = offline({
      ...usual,
      install: article({ in: 'guides', text: 'New.', fr: { title: 'Installer', text: 'Un.' } }),
    }).operations;
    expect(operation).toMatchObject({
      action: 'update',
      path: 'guides/install.md',
      fields: [{ field: 'body', locale: null, before: null, after: null }],
    });
  });

  test('before anything was synced everything is new', () => {
    expect(offline(usual, {}).summary).toMatchObject({ create: 4, update: 0 });
  });

  test('is refused where too much would be deleted', () => {
    const many = Object.fromEntries(
      Array.from({ length: 9 }, (_, index) => [`a${index}`, article()] as const),
    );
    expect(offline({ a0: article() }, many).refusals).toMatchObject([{ code: 'TOO_MANY_DELETIONS' }]);
  });

  const changes: readonly (readonly [string, SideSpec])[] = [
    ['title', { news: article({ title: 'Old news', author: 'docs@example.com' }) }],
    ['author', { news: article({ author: 'support@example.com' }) }],
    ['place', { fees: article({ state: 'published' }) }],
    ['state', { fees: article({ in: 'guides', state: 'draft' }) }],
    [
      'translation',
      {
        install: article({
          in: 'guides',
          text: 'First.\nSecond.',
          fr: { title: 'Installation', text: 'Un.' },
        }),
      },
    ],
    [
      'new language',
      { news: article({ author: 'docs@example.com', fr: { title: 'Nouvelles', text: 'Rien.' } }) },
    ],
    ['new article', { plans: article({ in: 'guides' }) }],
    ['collection', { guides: collection({ name: 'Manual', fr: { name: 'Guides', description: '' } }) }],
    ['description', { news: article({ description: 'What is new', author: 'docs@example.com' }) }],
  ];

  test('says what the plan with an untouched help center says, but for texts', () => {
    fc.assert(
      fc.property(fc.subarray([...changes]), fc.subarray(['install', 'fees', 'news']), (some, gone) => {
        const changed = { ...usual, ...Object.fromEntries(some.flatMap(([, side]) => Object.entries(side))) };
        const local = Object.fromEntries(Object.entries(changed).filter(([name]) => !gone.includes(name)));
        const online = makePlan(inputOf({ base: usual, local, remote: usual }, 'push')).plan;
        const found = offline(local);
        expect(found.operations.map(outline)).toEqual(online.operations.map(outline));
        expect(found.summary).toEqual(online.summary);
      }),
      { numRuns: tries(38, 150) },
    );
  });
});
