/**
 * What the client builds on, held against whatever answers: the simulator always, and a live workspace where
 * its token is in the environment, so that anyone with an account can check the one against the other.
 *
 *     INTERCOM_CONTRACT_TOKEN         an access token with the permission to read and write articles
 *     INTERCOM_CONTRACT_URL           the API of its region; that of the US when left out
 *     INTERCOM_CONTRACT_HELP_CENTER   an id, where the workspace has several help centers
 *
 * On a live workspace all is made inside one collection named for this purpose and deleted at the end; articles
 * stay drafts throughout.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RemoteArticle, RemoteCollection } from '../../src/model/entry.ts';
import { remoteId } from '../../src/model/identity.ts';
import type { RemoteId } from '../../src/model/identity.ts';
import type { ContentEdit } from '../../src/model/remote-side.ts';
import { nodeChance } from '../../src/ports/node-chance.ts';
import { nodeClock } from '../../src/ports/node-clock.ts';
import { openIntercom } from '../../src/intercom/open-intercom.ts';
import type { IntercomSide } from '../../src/intercom/open-intercom.ts';
import { startSimulator } from '../../src/simulator/server.ts';

interface Target {
  readonly name: string;
  readonly open: () => Promise<Opened>;
}

interface Opened {
  readonly url: string;
  readonly side: IntercomSide;
  readonly close: () => Promise<void>;
}

const never = new AbortController().signal;

function openAt(url: string, token: string, helpCenter: string | null): IntercomSide {
  return openIntercom({
    url,
    token,
    version: '2.11',
    helpCenter: helpCenter === null ? null : remoteId(helpCenter),
    defaultLocale: 'en',
    author: null,
    clock: nodeClock,
    chance: nodeChance,
  });
}

const simulated: Target = {
  name: 'the simulator',
  open: async () => {
    const simulator = await startSimulator({ seed: 11 });
    const { url, token } = simulator;
    return { url, side: openAt(url, token, null), close: () => simulator.close() };
  },
};

function liveTargets(): readonly Target[] {
  const {
    INTERCOM_CONTRACT_TOKEN: token = '',
    INTERCOM_CONTRACT_URL: url = 'https://api.intercom.io',
    INTERCOM_CONTRACT_HELP_CENTER: helpCenter,
  } = process.env;
  if (token === '') {
    console.info('INTERCOM_CONTRACT_TOKEN is not set: the contract is held against the simulator alone.');
    return [];
  }
  const side = openAt(url, token, helpCenter ?? null);
  return [{ name: 'a live workspace', open: async () => ({ url, side, close: async () => undefined }) }];
}

describe.each([simulated, ...liveTargets()])('$name', ({ open }) => {
  let opened: Opened | null = null;
  let scratch: RemoteCollection | null = null;
  const articles: RemoteId[] = [];
  const collections: RemoteId[] = [];

  const side = (): IntercomSide => {
    if (opened === null) throw new Error('nothing is open');
    return opened.side;
  };
  const home = (): RemoteCollection => {
    if (scratch === null) throw new Error('there is no scratch collection');
    return scratch;
  };
  const create = async (
    content: ContentEdit,
    parent: RemoteId | null = home().id,
  ): Promise<RemoteArticle> => {
    const made = await side().createArticle({ parent, locales: new Map([['en', content]]) }, never);
    articles.push(made.id);
    return made;
  };
  const shelve = async (name: string, parent: RemoteId): Promise<RemoteCollection> => {
    const made = await side().createCollection({ name, parent }, never);
    collections.push(made.id);
    return made;
  };
  const textOf = (article: RemoteArticle | null): ContentEdit | undefined => {
    const content = article?.locales.get('en');
    return content && { title: content.title, description: content.description, body: content.body };
  };

  beforeAll(async () => {
    opened = await open();
    const name = `Shelfmark contract ${new Date().toISOString()}`;
    scratch = await opened.side.createCollection({ name, icon: 'bookmark' }, never);
  });

  afterAll(async () => {
    if (opened === null) return;
    for (const id of articles) await opened.side.deleteArticle(id, never);
    for (const id of collections.reverse()) await opened.side.deleteCollection(id, never);
    if (scratch !== null) await opened.side.deleteCollection(scratch.id, never);
    await opened.close();
  });

  test('tells whose token it is, and of which workspace and region', async () => {
    const me = await side().me(never);
    expect(me.id).toMatch(/^\d+$/);
    expect(me.app?.id_code).toMatch(/^\w+$/);
    expect(me.app?.region).toMatch(/^(US|EU|AU)$/);
  });

  test('tells its limit with its answers', async () => {
    await side().retrieveCollection(home().id, never);
    const rate = side().rate();
    expect(rate?.limit).toBeGreaterThan(0);
    // The reset lies six seconds after the end of a window, which is at a multiple of ten seconds.
    expect((rate?.resetAt ?? 0) % 10_000).toBe(6000);
  });

  test('lists the admin of the token among the admins', async () => {
    const me = await side().me(never);
    const admins = await side().admins(never);
    expect(admins.map((admin) => admin.id)).toContain(me.id);
    expect(await side().findAuthor(me.email, never)).toBe(me.id);
  });

  test('makes a draft by the admin of the token unless told otherwise', async () => {
    const made = await create({ title: 'A draft', body: '<p>Text</p>' });
    const content = made.locales.get('en');
    expect(content).toMatchObject({ title: 'A draft', state: 'draft', author: (await side().me(never)).id });
    expect(made).toMatchObject({ parents: [home().id], url: null });
  });

  test('answers a create and an update with what it gives when asked again', async () => {
    const made = await create({ title: 'Same', description: 'As told', body: '<p>One</p><p>Two</p>' });
    expect(textOf(await side().retrieveArticle(made.id, never))).toEqual(textOf(made));
    const edited = await side().updateArticle(
      made,
      { locales: new Map([['en', { body: '<h1>Now</h1><p>Three</p>' }]]) },
      never,
    );
    expect(textOf(await side().retrieveArticle(made.id, never))).toEqual(textOf(edited));
  });

  test('rewrites a body, and leaves its own rewriting alone', async () => {
    const made = await create({
      title: 'Rewritten',
      body: '<p>See <strong>this</strong> and <em>that</em></p><ul><li>One</li></ul>',
    });
    const stored = made.locales.get('en')?.body ?? '';
    expect(stored).toContain('<p class="no-margin">See <b>this</b> and <i>that</i></p>');
    expect(stored).toContain('<li><p class="no-margin">One</p></li>');
    const again = await side().updateArticle(made, { locales: new Map([['en', { body: stored }]]) }, never);
    expect(again.locales.get('en')?.body).toBe(stored);
  });

  test('leaves what an update does not name', async () => {
    const made = await create({ title: 'Before', description: 'Kept', body: '<p>Kept</p>' });
    const edited = await side().updateArticle(
      made,
      { locales: new Map([['en', { title: 'After' }]]) },
      never,
    );
    expect(textOf(edited)).toEqual({ ...textOf(made), title: 'After' });
    expect(edited.parents).toEqual(made.parents);
  });

  test('keeps text of every script, and what looks like markup', async () => {
    const title = 'Ünï 日本語 🙂 "quoted" <tag> & more';
    const made = await create({ title, body: '<p>日本語 🙂 &lt;tag&gt; &amp; more</p>' });
    const read = await side().retrieveArticle(made.id, never);
    expect(read?.locales.get('en')).toMatchObject({
      title,
      body: expect.stringContaining('日本語 🙂 &lt;tag&gt; &amp; more'),
    });
  });

  test('moves an article between collections', async () => {
    const other = await shelve('Other', home().id);
    const made = await create({ title: 'Moved', body: '<p>x</p>' });
    const moved = await side().updateArticle(made, { parent: other.id, locales: new Map() }, never);
    expect(moved.parents).toEqual([other.id]);
    expect((await side().retrieveArticle(made.id, never))?.parents).toEqual([other.id]);
  });

  test('holds collections three deep, and keeps the icon that is sent along', async () => {
    const second = await shelve('Second', home().id);
    const third = await shelve('Third', second.id);
    expect((await side().retrieveCollection(third.id, never))?.parent).toBe(second.id);
    const renamed = await side().updateCollection(home(), { description: 'For tests' }, never);
    expect(renamed).toMatchObject({ name: home().name, description: 'For tests', icon: 'bookmark' });
  });

  test('lists all that was made, once each, as it was answered', async () => {
    const made = await create({ title: 'Listed', body: '<p>Listed</p>' });
    const snapshot = await side().read(never);
    const found = snapshot.articles.filter((one) => one.id === made.id);
    expect(found.map((one) => textOf(one))).toEqual([textOf(made)]);
    expect(snapshot.collections.filter((one) => one.id === home().id)).toHaveLength(1);
    expect(snapshot.sites.length).toBeGreaterThan(0);
  });

  test('says in its own words that an entry is gone', async () => {
    const made = await create({ title: 'Gone', body: '<p>x</p>' });
    await side().deleteArticle(made.id, never);
    expect(await side().retrieveArticle(made.id, never)).toBeNull();
    await expect(side().deleteArticle(made.id, never)).resolves.toBeUndefined();
    await expect(
      side().updateArticle(made, { locales: new Map([['en', { title: 'Back' }]]) }, never),
    ).rejects.toMatchObject({ code: 'ENTRY_GONE' });
  });

  test('says in its own words what is wrong with a create', async () => {
    await expect(create({ body: '<p>No title</p>' })).rejects.toMatchObject({ code: 'REFUSED_BY_REMOTE' });
  });

  test('refuses a token that is none', async () => {
    const stranger = openAt(opened?.url ?? '', 'not-a-token', null);
    await expect(stranger.me(never)).rejects.toMatchObject({ code: 'TOKEN_REFUSED' });
  });
});
