import { IntercomClient, IntercomError } from 'intercom-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startSimulator } from '../../src/simulator/server.ts';
import type { Simulator } from '../../src/simulator/server.ts';

let simulator: Simulator;
let client: IntercomClient;

beforeAll(async () => {
  simulator = await startSimulator({});
  client = new IntercomClient({
    environment: simulator.url,
    token: simulator.token,
    version: '2.11',
    maxRetries: 0,
  });
});

afterAll(() => simulator.close());

async function author(): Promise<number> {
  const me = await client.admins.identify();
  return Number(me?.id);
}

async function refused(work: PromiseLike<unknown>): Promise<IntercomError> {
  const error = await Promise.resolve(work).then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof IntercomError) return error;
  throw new TypeError(`Not refused: ${String(error)}`);
}

test('the official client finds out who it is and who else is there', async () => {
  const me = await client.admins.identify();
  expect(me).toMatchObject({ type: 'admin', email: 'docs@example.com', app: { region: 'US' } });
  const { admins } = await client.admins.list();
  expect(admins?.map((one) => one?.email)).toContain('docs@example.com');
  await expect(client.admins.find({ admin_id: Number(me?.id) })).resolves.toMatchObject({ id: me?.id });
});

test('the official client lists and finds help centers', async () => {
  const { data } = await client.helpCenters.list();
  const [first] = data;
  expect(first).toMatchObject({ identifier: 'help', website_turned_on: true });
  await expect(client.helpCenters.find({ help_center_id: Number(first?.id) })).resolves.toEqual(first);
});

test('the official client makes, reads, lists, changes and deletes collections', async () => {
  const { collections } = client.helpCenters;
  const made = await collections.create({ name: 'Start', description: 'First steps' });
  expect(made).toMatchObject({
    name: 'Start',
    description: 'First steps',
    icon: 'book-bookmark',
    parent_id: null,
  });
  const below = await collections.create({ name: 'More', parent_id: made.id });
  expect(below.parent_id).toBe(made.id);
  const changed = await collections.update({ collection_id: Number(made.id), name: 'Begin' });
  expect(changed).toMatchObject({ name: 'Begin', icon: 'folder' });
  await expect(collections.find({ collection_id: Number(made.id) })).resolves.toEqual(changed);
  const seen: string[] = [];
  for await (const one of await collections.list({ per_page: 1 })) seen.push(one.id);
  expect(seen.sort()).toEqual([made.id, below.id].sort());
  await expect(collections.delete({ collection_id: Number(made.id) })).resolves.toEqual({
    id: made.id,
    object: 'collection',
    deleted: true,
  });
  expect((await refused(collections.find({ collection_id: Number(below.id) }))).statusCode).toBe(404);
});

test('the official client makes, reads, lists, finds, changes and deletes articles', async () => {
  const author_id = await author();
  const made = await client.articles.create({
    title: 'Thanks for everything',
    description: 'Description of the article',
    body: 'Body of the article',
    author_id,
    state: 'published',
    translated_content: {
      fr: { type: 'article_content', title: 'Merci pour tout', author_id, state: 'published' },
    },
  });
  expect(made).toMatchObject({
    type: 'article',
    body: '<p class="no-margin">Body of the article</p>',
    state: 'published',
    author_id,
    translated_content: { type: 'article_translated_content', fr: { title: 'Merci pour tout' } },
  });
  const article_id = Number(made.id);
  const changed = await client.articles.update({
    article_id,
    title: 'Christmas is here!',
    body: '<h2>New gifts</h2>',
  });
  expect(changed.body).toMatch(/^<h1 id="h_[0-9a-f]{10}">New gifts<\/h1>$/);
  await expect(client.articles.find({ article_id })).resolves.toEqual(changed);
  await client.articles.create({ title: 'Another', author_id });
  const titles: string[] = [];
  for await (const one of await client.articles.list({ per_page: 1 })) titles.push(one.title);
  expect(titles.sort()).toEqual(['Another', 'Christmas is here!']);
  const found = await client.articles.search({ phrase: 'Christmas', state: 'published', highlight: true });
  expect(found).toMatchObject({ total_count: 1, data: { articles: [{ id: made.id }] } });
  await expect(client.articles.delete({ article_id })).resolves.toEqual({
    id: made.id,
    object: 'article',
    deleted: true,
  });
  const gone = await refused(client.articles.find({ article_id }));
  expect([gone.statusCode, gone.body]).toEqual([
    404,
    expect.objectContaining({
      type: 'error.list',
      errors: [{ code: 'not_found', message: 'Resource Not Found' }],
    }),
  ]);
});

test('the official client is refused as Intercom refuses it', async () => {
  const stranger = new IntercomClient({ environment: simulator.url, token: 'wrong', maxRetries: 0 });
  expect((await refused(stranger.articles.list())).statusCode).toBe(401);
  const missing = await refused(client.articles.create({ title: 'a', author_id: 1 }));
  expect(missing.statusCode).toBe(400);
});
