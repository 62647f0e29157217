import { describe, expect, test } from 'vitest';
import { begin, complaint, fields, rows, workspace } from './workspace.ts';
import type { Json, Workspace } from './workspace.ts';

const path = '/help_center/collections';

function create(space: Workspace, input: Json = {}): Json {
  const reply = space.call('POST', path, { name: 'Start', ...input });
  expect(reply.text).not.toContain('error.list');
  return reply.json;
}

test('a collection comes back with the keys and types of a recorded answer', () => {
  const space = workspace({ multilingual: false });
  const top = create(space);
  expect(Object.keys(top)).toEqual(
    'id workspace_id name url order created_at updated_at description icon parent_id help_center_id'.split(
      ' ',
    ),
  );
  expect(top).toMatchObject({
    id: expect.stringMatching(/^\d+$/),
    name: 'Start',
    url: 'http://simulator.test/help/',
    order: 0,
    created_at: begin,
    updated_at: begin,
    description: '',
    icon: 'book-bookmark',
    parent_id: null,
    help_center_id: space.world.defaultHelpCenter.id,
  });
  const below = create(space, { parent_id: Number(top['id']) });
  expect(below).toMatchObject({ parent_id: top['id'], help_center_id: null, order: 0 });
  expect(create(space)).toMatchObject({ order: 1 });
});

test('the list is flat, twenty at a time, and says so when it is empty', () => {
  const space = workspace();
  expect(space.call('GET', path).text).toBe(
    '{"type":"list","data":[],"total_count":0,"pages":{"type":"pages","page":1,"per_page":20,"total_pages":0}}',
  );
  const top = create(space);
  create(space, { parent_id: top['id'] });
  const list = space.call('GET', path).json;
  expect(rows(list['data'])).toHaveLength(2);
});

test('an update without an icon resets it to a folder', () => {
  const space = workspace();
  const one = `${path}/${String(create(space, { icon: 'bookmark' })['id'])}`;
  expect(space.call('PUT', one, { name: 'Begin', icon: 'bookmark' }).json['icon']).toBe('bookmark');
  expect(space.call('PUT', one, { name: 'Begin' }).json['icon']).toBe('folder');
});

test('order cannot be written', () => {
  const space = workspace();
  const one = `${path}/${String(create(space)['id'])}`;
  expect(space.call('PUT', one, { order: 7 }).json['order']).toBe(0);
});

test('null lifts to the top level', () => {
  const space = workspace();
  const below = create(space, { parent_id: create(space)['id'] });
  const after = space.call('PUT', `${path}/${String(below['id'])}`, { parent_id: null }).json;
  expect(after).toMatchObject({ parent_id: null, help_center_id: space.world.defaultHelpCenter.id });
});

describe('a collection is refused', () => {
  test('without a name', () => {
    const reply = workspace().call('POST', path, { description: 'x' });
    expect([reply.status, complaint(reply)]).toEqual([
      400,
      { code: 'parameter_not_found', message: 'Name is a required parameter.' },
    ]);
  });

  test('on a fourth level, made or moved there', () => {
    const space = workspace();
    const one = create(space);
    const two = create(space, { parent_id: one['id'] });
    const three = create(space, { parent_id: two['id'] });
    expect(space.call('POST', path, { name: 'Deep', parent_id: three['id'] }).status).toBe(400);
    const other = create(space);
    create(space, { parent_id: other['id'] });
    expect(space.call('PUT', `${path}/${String(other['id'])}`, { parent_id: two['id'] }).status).toBe(400);
  });

  test('inside itself', () => {
    const space = workspace({ badMove: 422 });
    const one = create(space);
    const two = create(space, { parent_id: one['id'] });
    expect(space.call('PUT', `${path}/${String(one['id'])}`, { parent_id: two['id'] }).status).toBe(422);
  });

  test('in a parent that does not exist', () => {
    expect(workspace().call('POST', path, { name: 'a', parent_id: 5 }).status).toBe(404);
    expect(workspace({ unknownParent: 400 }).call('POST', path, { name: 'a', parent_id: 5 }).status).toBe(
      400,
    );
  });

  test('when an update names another help center', () => {
    const space = workspace();
    const id = Number(create(space)['id']);
    const own = space.world.defaultHelpCenter.id;
    expect(space.call('PUT', `${path}/${id}`, { help_center_id: own }).status).toBe(400);
    space.operator.createArticle({ title: 'a', parentId: id });
    expect(space.call('PUT', `${path}/${id}`, { help_center_id: own }).status).toBe(200);
    expect(space.call('PUT', `${path}/${id}`, { help_center_id: own + 1 }).status).toBe(400);
  });
});

describe('a deleted collection', () => {
  function tree(space: Workspace) {
    const top = create(space);
    const below = create(space, { parent_id: top['id'] });
    const article = space.operator.createArticle({ title: 'a', parentId: Number(below['id']) });
    return { top: String(top['id']), below: String(below['id']), article: article.id };
  }

  test('takes those inside along and leaves the articles', () => {
    const space = workspace();
    const { top, below, article } = tree(space);
    expect(space.call('DELETE', `${path}/${top}`).json).toEqual({
      id: top,
      object: 'collection',
      deleted: true,
    });
    expect(space.call('GET', `${path}/${below}`).status).toBe(404);
    expect(space.call('DELETE', `${path}/${top}`).status).toBe(404);
    expect(space.call('GET', `/articles/${article}`).json['parent_ids']).toEqual([]);
  });

  test('is refused while it is full, where the switch says so', () => {
    const space = workspace({ deleteCollection: 'refuse' });
    const { top } = tree(space);
    expect(space.call('DELETE', `${path}/${top}`).status).toBe(400);
  });

  test('lifts those inside, where the switch says so', () => {
    const space = workspace({ deleteCollection: 'lift' });
    const { top, below, article } = tree(space);
    space.call('DELETE', `${path}/${top}`);
    expect(space.call('GET', `${path}/${below}`).json['parent_id']).toBeNull();
    expect(space.call('GET', `/articles/${article}`).json['parent_id']).toBe(Number(below));
  });
});

test('translations have names and descriptions of their own', () => {
  const space = workspace();
  const fr = { name: 'Débuter', description: 'Pour commencer' };
  const made = create(space, { translated_content: { fr } });
  const one = `${path}/${String(made['id'])}`;
  expect(fields(made['translated_content'])['fr']).toEqual({ type: 'group_content', ...fr });
  const after = space.call('PUT', one, { translated_content: { fr: { name: 'Commencer' } } }).json;
  expect(after['name']).toBe('Start');
  expect(fields(after['translated_content'])['fr']).toMatchObject({
    name: 'Commencer',
    description: 'Pour commencer',
  });
  const named = space.call('POST', path, { translated_content: { en: { name: 'Here' } } });
  expect(named.json['name']).toBe('Here');
});

test('the address leads to the help center until something inside is published', () => {
  const space = workspace();
  const top = create(space);
  const below = create(space, { parent_id: top['id'] });
  const id = space.operator.createArticle({ title: 'a', parentId: Number(below['id']) }).id;
  const url = () => space.call('GET', `${path}/${String(top['id'])}`).json['url'];
  expect(url()).toBe('http://simulator.test/help/');
  space.operator.editArticle(id, { state: 'published' });
  expect(url()).toBe(`http://simulator.test/help/en/collections/${String(top['id'])}-start`);
});

test('before version 2.10, collections inside others are sections', () => {
  const space = workspace();
  const top = create(space);
  const below = create(space, { parent_id: top['id'] });
  const old = { version: '2.8' };
  const [shown, ...more] = rows(space.call('GET', path, undefined, old).json['data']);
  expect(more).toEqual([]);
  expect(shown).toMatchObject({ type: 'collection', id: top['id'] });
  expect(shown).not.toHaveProperty('parent_id');
  const [section] = rows(space.call('GET', '/help_center/sections', undefined, old).json['data']);
  expect(section).toMatchObject({ type: 'section', id: below['id'], parent_id: Number(top['id']) });
  expect(space.call('GET', `${path}/${String(below['id'])}`, undefined, old).status).toBe(404);
  expect(complaint(space.call('GET', '/help_center/sections'))).toEqual({
    code: 'intercom_version_invalid',
    message: 'Requested resource is not available in current API version.',
  });
});
