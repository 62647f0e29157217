import { describe, expect, test } from 'vitest';
import type { RemoteArticle } from '../../src/model/entry.ts';
import { remoteId } from '../../src/model/identity.ts';
import type { ArticleEdit } from '../../src/model/remote-side.ts';
import { never } from './helpers/scripted.ts';
import { openSimulated } from './helpers/simulated.ts';

const titled = (title: string): ArticleEdit => ({
  locales: new Map([['en', { title, body: `<p>${title}</p>` }]]),
});

describe('over HTTP', () => {
  test('an article and its collections live and die as the edits say', async () => {
    const { side } = await openSimulated();
    const outer = await side.createCollection({ name: 'Guides', icon: 'bulb' }, never);
    const inner = await side.createCollection({ name: 'Inner', parent: outer.id }, never);
    const made = await side.createArticle({ ...titled('Install'), parent: inner.id }, never);
    expect(made).toMatchObject({ parents: [inner.id], url: null });
    expect(made.locales.get('en')).toEqual({
      title: 'Install',
      description: '',
      state: 'draft',
      author: '7310001',
      body: '<p class="no-margin">Install</p>',
    });
    const moved = await side.updateArticle(made, { parent: outer.id, locales: new Map() }, never);
    expect(moved.parents).toEqual([outer.id]);
    const out = await side.updateArticle(moved, { parent: null, locales: new Map() }, never);
    expect(out.parents).toEqual([]);
    const renamed = await side.updateCollection(outer, { name: 'Better' }, never);
    expect(renamed).toMatchObject({ name: 'Better', icon: 'bulb' });
    const lifted = await side.updateCollection(inner, { parent: null }, never);
    expect(lifted.parent).toBeNull();
    const { articles, collections } = await side.read(never);
    expect(articles).toEqual([out]);
    expect(collections.map((one) => one.name)).toEqual(['Better', 'Inner']);
    await side.deleteArticle(made.id, never);
    await side.deleteArticle(made.id, never);
    await side.deleteCollection(inner.id, never);
    expect(await side.retrieveArticle(made.id, never)).toBeNull();
    expect(await side.retrieveCollection(inner.id, never)).toBeNull();
  });

  test('what an edit answers is what reading gives', async () => {
    const { side } = await openSimulated();
    const { wasLookedUp, ...made } = await side.createArticle(
      {
        locales: new Map([
          ['en', { title: 'Install', description: 'How', body: '<h2>A</h2>\n<p>b</p>', state: 'published' }],
          ['fr', { title: 'Installer', body: '<p>c</p>', state: 'draft' }],
        ]),
      },
      never,
    );
    expect(wasLookedUp).toBe(false);
    expect(await side.retrieveArticle(made.id, never)).toEqual(made);
    expect((await side.read(never)).articles).toEqual([made]);
  });

  test('translations and their authors are kept apart', async () => {
    const { side } = await openSimulated();
    const author = await side.findAuthor('SUPPORT@example.com', never);
    const made = await side.createArticle(titled('Install'), never);
    const both = await side.updateArticle(
      made,
      {
        locales: new Map([
          ['fr', { title: 'Installer', body: '<p>c</p>', ...(author === null ? {} : { author }) }],
        ]),
      },
      never,
    );
    expect(both.locales.get('fr')).toMatchObject({ title: 'Installer', author: '7310002' });
    const again = await side.updateArticle(
      both,
      { locales: new Map([['fr', { state: 'published' }]]) },
      never,
    );
    expect(again.locales.get('fr')).toEqual({ ...both.locales.get('fr'), state: 'published' });
    expect(again.locales.get('en')).toEqual(made.locales.get('en'));
    expect(await side.nameAuthor(remoteId('7310002'), never)).toBe('support@example.com');
  });

  test('an author stays although Intercom would put the acting admin in their place', async () => {
    const { side } = await openSimulated({ switches: { authorOnUpdate: 'tokenAdmin' } });
    const made = await side.createArticle(
      { locales: new Map([['en', { title: 'Install', author: remoteId('7310002') }]]) },
      never,
    );
    const edited = await side.updateArticle(made, titled('Set up'), never);
    expect(edited.locales.get('en')?.author).toBe('7310002');
  });

  test('a translation stays whole although Intercom would empty what is left out of it', async () => {
    const { side } = await openSimulated({ switches: { omittedLocaleFields: 'empty' } });
    const made = await side.createArticle(
      {
        locales: new Map([
          ['en', { title: 'Install' }],
          ['fr', { title: 'Installer', description: 'Comment', body: '<p>c</p>' }],
        ]),
      },
      never,
    );
    const edited = await side.updateArticle(made, { locales: new Map([['fr', { title: 'Mettre' }]]) }, never);
    expect(edited.locales.get('fr')).toEqual({ ...made.locales.get('fr'), title: 'Mettre' });
  });

  test('an article that will not leave its collection is told, not taken for moved', async () => {
    const { side } = await openSimulated({ switches: { nullParent: 'ignore' } });
    const home = await side.createCollection({ name: 'Guides' }, never);
    const made = await side.createArticle({ ...titled('Install'), parent: home.id }, never);
    await expect(side.updateArticle(made, { parent: null, locales: new Map() }, never)).rejects.toMatchObject(
      {
        code: 'NOT_MOVED',
      },
    );
  });

  test.each(['2.10', '2.11', '2.12', '2.13', '2.14', '2.15', '2.16'])(
    'version %s is read and written alike',
    async (version) => {
      const { side } = await openSimulated({}, { version });
      const home = await side.createCollection({ name: 'Guides' }, never);
      const made = await side.createArticle({ ...titled('Install'), parent: home.id }, never);
      const edited = await side.updateArticle(made, titled('Set up'), never);
      expect(edited.parents).toEqual([home.id]);
      expect((await side.read(never)).articles).toEqual([edited]);
    },
  );

  test('a version that Intercom does not know is refused before anything is written', async () => {
    const { side } = await openSimulated({}, { version: '9.9' });
    await expect(side.read(never)).rejects.toMatchObject({ code: 'VERSION_REFUSED' });
  });

  test('each of two help centers has its own collections and articles', async () => {
    const { side, simulator, another } = await openSimulated();
    const first = await side.createCollection({ name: 'Guides' }, never);
    await side.createArticle({ ...titled('Install'), parent: first.id }, never);
    const second = simulator.operator.createHelpCenter({ identifier: 'other', displayName: 'Other' });
    const other = another({ helpCenter: remoteId(String(second.id)) });
    const theirs = await other.createCollection({ name: 'Theirs' }, never);
    const nested = await other.createCollection({ name: 'Nested', parent: theirs.id }, never);
    const made = await other.createArticle({ ...titled('Elsewhere'), parent: nested.id }, never);
    const snapshot = await other.read(never);
    expect(snapshot.collections.map((one) => one.name)).toEqual(['Theirs', 'Nested']);
    expect(snapshot.articles.map((one) => one.id)).toEqual([made.id]);
    await expect(another({}).read(never)).rejects.toMatchObject({ code: 'HELP_CENTER_AMBIGUOUS' });
  });

  test('a workspace of many pages is read whole while a teammate edits it', async () => {
    const { side, simulator } = await openSimulated();
    const { operator } = simulator;
    const ids = Array.from({ length: 600 }, (_, index) => {
      operator.moveClock(1000);
      return operator.createArticle({ title: `Article ${index}`, body: '<p>x</p>' }).id;
    });
    operator.setFaults(['edit,chance=50%,path=/articles']);
    const { articles } = await side.read(never);
    const edited = operator.calls().filter((call) => call.fault !== null).length;
    expect(edited).toBeGreaterThan(0);
    const there = new Set(articles.map((one: RemoteArticle) => one.id));
    expect(ids.filter((one) => !there.has(remoteId(String(one))))).toEqual([]);
  });
});

describe('below the limit', () => {
  test('hundreds of calls at once meet no 429, though another app uses a third of it', async () => {
    const { side, simulator, clock } = await openSimulated();
    simulator.operator.setLimits({ perWindow: 60, workspacePerWindow: 60 });
    const spending = async (): Promise<void> => {
      for (let turn = 0; turn < 20; turn += 1) {
        simulator.operator.spend(2);
        await clock.sleep(1000);
      }
    };
    const creating = Array.from({ length: 200 }, (_, one) =>
      side.createArticle(titled(`Article ${one}`), never),
    );
    await Promise.all([spending(), ...creating]);
    const statuses = simulator.operator.calls().map((call) => call.status);
    expect(statuses.filter((status) => status === 429)).toEqual([]);
    expect(simulator.operator.articles()).toHaveLength(200);
  });

  test('calls come through, a few turned away, when others use the limit up behind our back', async () => {
    const { side, simulator } = await openSimulated();
    simulator.operator.setLimits({ perWindow: 30, workspacePerWindow: 30 });
    await side.read(never);
    simulator.operator.spend(30);
    const made = await Promise.all(
      Array.from({ length: 40 }, (_, one) => side.createArticle(titled(`Article ${one}`), never)),
    );
    expect(new Set(made.map((one) => one.id)).size).toBe(40);
    expect(simulator.operator.articles()).toHaveLength(40);
  });
});

describe('the faults of the simulator', () => {
  test.each([
    ['redirect=https://example.com/', 'REDIRECTED'],
    ['huge=70000000', 'ANSWER_TOO_LARGE'],
    ['status=401', 'TOKEN_REFUSED'],
    ['status=403', 'FORBIDDEN'],
    ['html=404', 'NOT_JSON'],
    ['nonjson', 'NOT_JSON'],
    ['empty', 'NOT_JSON'],
    ['truncate', 'NO_ANSWER'],
    ['drop=before', 'NO_ANSWER'],
    ['html=502', 'SERVER_FAILED'],
  ])('%s while reading is %s', async (fault, code) => {
    const { side } = await openSimulated({ faults: [fault] });
    await expect(side.read(never)).rejects.toMatchObject({ code });
  });
});
