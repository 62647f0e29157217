import { describe, expect, test } from 'vitest';
import { begin, complaint, fields, rows, workspace } from './workspace.ts';

test('a missing or wrong token is refused without rate-limit headers', () => {
  const space = workspace();
  for (const token of [null, 'wrong']) {
    const reply = space.call('GET', '/articles', undefined, { token });
    expect([reply.status, complaint(reply)]).toEqual([
      401,
      { code: 'unauthorized', message: 'Access Token Invalid' },
    ]);
    expect(Object.keys(reply.headers).join()).not.toMatch(/ratelimit/i);
  }
});

test('every answer carries the recorded headers', () => {
  const { headers, text } = workspace().call('GET', '/me');
  expect(headers).toMatchObject({
    'content-type': 'application/json; charset=utf-8',
    status: '200 OK',
    'cache-control': 'max-age=0, private, must-revalidate',
    'intercom-version': '2.11',
    'x-request-id': expect.stringMatching(/^[a-z0-9]{20}$/),
    etag: expect.stringMatching(/^W\/"[0-9a-f]{32}"$/),
    date: new Date(begin * 1000).toUTCString(),
  });
  expect(JSON.parse(text)).toMatchObject({ type: 'admin', app: { type: 'app', region: 'US' } });
});

test('an error names the request that failed', () => {
  const reply = workspace().call('GET', '/articles/5');
  expect(reply.text).toBe(
    `{"type":"error.list","request_id":"${String(reply.headers['x-request-id'])}","errors":[{"code":"not_found","message":"Resource Not Found"}]}`,
  );
});

describe('versions', () => {
  test.each(['1.0', '1.4', '2.0', '2.7', '2.10', '2.11', '2.16', 'Preview'])('%s is known', (version) => {
    const reply = workspace().call('GET', '/me', undefined, { version });
    expect([reply.status, reply.headers['intercom-version']]).toEqual([200, version]);
  });

  test.each(['1.5', '2.17', '3.0', '2.011', 'latest', 'Unstable'])('%s is not', (version) => {
    const reply = workspace().call('GET', '/me', undefined, { version });
    expect([reply.status, complaint(reply)]).toEqual([
      400,
      { code: 'intercom_version_invalid', message: 'The requested version could not be found' },
    ]);
  });

  test('without a header, the one set for the app counts', () => {
    expect(workspace().call('GET', '/me', undefined, { version: null }).headers['intercom-version']).toBe(
      '2.11',
    );
  });

  test('the search begins with 2.10', () => {
    const search = (version: string) =>
      workspace().call('GET', '/articles/search?phrase=a', undefined, { version });
    expect([search('2.9').status, search('2.10').status]).toEqual([400, 200]);
  });

  test('from 2.16 on, answers only name parent_ids, in requests parent_id still counts', () => {
    const space = workspace();
    const id = Number(space.call('POST', '/help_center/collections', { name: 'a' }).json['id']);
    const input = { title: 'a', author_id: space.author, parent_id: id, body_markdown: '# Hi\n\n- a\n- b' };
    const made = space.call('POST', '/articles', input, { version: '2.16' }).json;
    expect(made).not.toHaveProperty('parent_id');
    expect(made).not.toHaveProperty('parent_type');
    expect(made).toMatchObject({
      parent_ids: [id],
      tags: { type: 'tag.list', tags: [] },
      body: expect.stringMatching(
        /^<h1 id="h_[0-9a-f]{10}">Hi<\/h1><ul><li><p class="no-margin">a<\/p><\/li>/,
      ),
      body_markdown: '# Hi\n\n- a\n- b\n',
      has_unpublished_changes: false,
    });
    const both = { body: 'a', body_markdown: 'a' };
    expect(space.call('PUT', `/articles/${String(made['id'])}`, both, { version: '2.16' }).status).toBe(400);
    const centers = space.call('GET', '/help_center/help_centers', undefined, { version: '2.16' });
    expect(rows(centers.json['data'])[0]).toMatchObject({
      default: true,
      locales: expect.arrayContaining(['en']),
    });
  });

  test('Preview takes parent_ids, which win, and an empty list takes out', () => {
    const space = workspace();
    const make = () => Number(space.call('POST', '/help_center/collections', { name: 'a' }).json['id']);
    const [one, two] = [make(), make()];
    const options = { version: 'Preview' };
    const input = { title: 'a', author_id: space.author, parent_id: one, parent_ids: [two] };
    const made = space.call('POST', '/articles', input, options).json;
    expect(made['parent_ids']).toEqual([two]);
    const after = space.call('PUT', `/articles/${String(made['id'])}`, { parent_ids: [] }, options).json;
    expect(after['parent_ids']).toEqual([]);
  });
});

describe('requests', () => {
  test('with broken JSON are refused', () => {
    const reply = workspace().call('POST', '/articles', '{"title":');
    expect([reply.status, complaint(reply).code]).toEqual([400, 'parameter_invalid']);
  });

  test('for unknown paths and methods answer like unknown ids', () => {
    const space = workspace();
    expect(space.call('GET', '/tickets').status).toBe(404);
    expect(space.call('PATCH', '/articles/5', {}).status).toBe(404);
  });

  test('that only accept something else are refused', () => {
    const accept = (value: string) =>
      workspace().call('GET', '/me', undefined, { headers: { accept: value } }).status;
    expect([accept('text/html'), accept('application/json, */*'), accept('*/*')]).toEqual([406, 200, 200]);
  });

  test('to write need a token that may write', () => {
    const space = workspace();
    const { token } = space.operator.addApp({ scope: 'read' });
    expect(space.call('GET', '/articles', undefined, { token }).status).toBe(200);
    const reply = space.call('POST', '/articles', { title: 'a', author_id: space.author }, { token });
    expect([reply.status, complaint(reply).code]).toEqual([403, 'forbidden']);
  });
});

test('the list of admins is not paged and holds a bot', () => {
  const space = workspace();
  const { json } = space.call('GET', '/admins?display_avatar=true');
  expect(Object.keys(json)).toEqual(['type', 'admins']);
  expect(json['type']).toBe('admin.list');
  expect(rows(json['admins']).map((one) => one['name'])).toContain('Fin');
  expect(fields(rows(json['admins'])[0]?.['avatar'])['type']).toBe('avatar');
  expect(complaint(space.call('GET', '/admins/1')).code).toBe('admin_not_found');
});

test('the list of help centers is one page, and ends behind it', () => {
  const space = workspace();
  expect(space.call('GET', '/help_center/help_centers?page=2').json).toEqual({ type: 'list', data: [] });
  const { json } = space.call('GET', '/help_center/help_centers?page=1');
  expect(Object.keys(json)).toEqual(['type', 'data']);
  const [one] = rows(json['data']);
  expect(one).toMatchObject({
    identifier: 'help',
    website_turned_on: true,
    url: 'http://simulator.test/help',
  });
  expect(space.call('GET', `/help_center/help_centers/${String(one?.['id'])}`).json).toEqual(one);
  expect(space.call('GET', '/help_center/help_centers/1').status).toBe(404);
});

describe('the rate limit', () => {
  const limits = (reply: { headers: Readonly<Record<string, string>> }) =>
    ['Limit', 'Remaining', 'Reset'].map((one) => Number(reply.headers[`X-RateLimit-${one}`]));

  test('counts down in windows of ten seconds, and names the end of the window plus six', () => {
    const space = workspace();
    space.operator.setLimits({ perWindow: 3 });
    space.wait(2);
    const replies = Array.from({ length: 5 }, () => space.call('GET', '/me'));
    expect(replies.map((one) => one.status)).toEqual([200, 200, 200, 429, 429]);
    expect(replies.map((one) => limits(one)[1])).toEqual([3, 2, 1, 0, 0]);
    expect(limits(replies[0] ?? space.call('GET', '/me'))).toEqual([3, 3, begin + 16]);
    expect(complaint(replies[3] ?? space.call('GET', '/me'))).toEqual({
      code: 'rate_limit_exceeded',
      message: 'Exceeded rate limit of 3 in 10_seconds',
    });
    expect(replies[3]?.headers).not.toHaveProperty('Retry-After');
    space.wait(8);
    expect(limits(space.call('GET', '/me'))).toEqual([3, 3, begin + 26]);
  });

  test('is 1,667 calls per window unless it is set', () => {
    expect(limits(workspace().call('GET', '/me'))[0]).toBe(1667);
  });

  test('is shared by all apps of a workspace, each of which has its own as well', () => {
    const space = workspace();
    space.operator.setLimits({ perWindow: 10, workspacePerWindow: 5 });
    const { token } = space.operator.addApp({ perWindow: 2 });
    expect(limits(space.call('GET', '/me', undefined, { token }))).toEqual([2, 2, begin + 16]);
    space.operator.spend(3);
    expect(space.call('GET', '/me').status).toBe(200);
    expect(space.call('GET', '/me').status).toBe(429);
  });
});
