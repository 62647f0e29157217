import { expect, test } from 'vitest';
import { complaint, workspace } from './workspace.ts';

const modern = { version: '2.16' };

function published(switches: Parameters<typeof workspace>[0] = {}) {
  const space = workspace(switches);
  const input = { title: 'a', author_id: space.author, body: '<p>a</p>', state: 'published' };
  const path = `/articles/${String(space.call('POST', '/articles', input).json['id'])}`;
  const call = (method: string, end: string, sent?: unknown) => space.call(method, path + end, sent, modern);
  return { space, path, call };
}

test('a draft is staged, read and published without touching the public text before', () => {
  const { call } = published();
  expect(call('GET', '/draft').status).toBe(404);
  const staged = call('PUT', '/draft', { body: '<p>b</p>', state: 'draft' }).json;
  expect(staged).toMatchObject({ has_unpublished_changes: true, state: 'published' });
  expect(call('GET', '/draft').json['body']).toBe('<p class="no-margin">b</p>');
  expect(call('GET', '').json['body']).toBe('<p class="no-margin">a</p>');
  const after = call('POST', '/draft/publish', { locales: ['en'] }).json;
  expect(after).toMatchObject({
    body: '<p class="no-margin">b</p>',
    has_unpublished_changes: false,
    draft_updated_at: null,
  });
});

test('drafts are refused with the words of the description', () => {
  const { space, path, call } = published();
  expect(complaint(call('POST', '/draft/publish', { locales: ['en'] })).message).toBe(
    'Article has no draft to publish',
  );
  call('PUT', '/draft', { title: 'b' });
  expect(complaint(call('POST', '/draft/publish', {}))).toEqual({
    code: 'parameter_not_found',
    message: 'locales must be specified to publish a draft on a multilingual workspace',
  });
  expect(complaint(call('POST', '/draft/publish', { locales: ['fr'] })).message).toBe(
    'Cannot publish a draft for locale(s) without pending changes: fr',
  );
  space.call('PUT', path, { state: 'draft' });
  const refused = call('PUT', '/draft', { title: 'c' });
  expect([refused.status, complaint(refused).message]).toEqual([
    422,
    'Article must be published before a draft can be staged',
  ]);
});

test('where there is one language, no locales are named', () => {
  const { call } = published({ multilingual: false });
  call('PUT', '/draft', { title: 'b' });
  expect(call('POST', '/draft/publish').json['title']).toBe('b');
});

test('before 2.16 there are no drafts', () => {
  const { space, path } = published();
  expect(complaint(space.call('GET', `${path}/draft`)).code).toBe('intercom_version_invalid');
});
