import { describe, expect, test } from 'vitest';
import { Description, knownErrors } from './description.ts';
import { workspace } from './workspace.ts';
import type { Workspace } from './workspace.ts';

interface Judged {
  readonly call: string;
  readonly request: unknown;
  readonly status: number;
  readonly answer: unknown;
}

/** Every endpoint in every way that it answers, on a help center with one language and on one with several. */
function tour(): Judged[] {
  const judged: Judged[] = [];
  for (const multilingual of [true, false]) {
    const space = workspace({ multilingual });
    const go = caller(space, judged);
    go('GET', '/me');
    go('GET', '/admins?display_avatar=true');
    go('GET', '/help_center/help_centers');
    go('GET', `/help_center/help_centers/${space.world.defaultHelpCenter.id}`);
    go('GET', '/help_center/help_centers/1');
    const fr = { name: 'Débuter' };
    const top = go('POST', '/help_center/collections', { name: 'Start', translated_content: { fr } });
    go('POST', '/help_center/collections', { translated_content: { en: { name: 'Only there' } } });
    const below = go('POST', '/help_center/collections', { name: 'More', parent_id: Number(top) });
    go('POST', '/help_center/collections', { description: 'no name' });
    go('PUT', `/help_center/collections/${below}`, { name: 'Much more', icon: 'star', parent_id: null });
    go('PUT', '/help_center/collections/5', { name: 'a' });
    go('GET', `/help_center/collections/${top}`);
    go('GET', '/help_center/collections?per_page=1');
    const article = go('POST', '/articles', {
      title: 'Install',
      author_id: space.author,
      body: '<p>Hi <img src="https://x.test/a.png"></p>',
      state: 'published',
      parent_id: Number(top),
      parent_type: 'collection',
      translated_content: { fr: { title: 'Installer', body: '<p>Bonjour</p>' } },
    });
    go('POST', '/articles', { title: 'No author' });
    go('GET', `/articles/${article}`);
    go('GET', '/articles/5');
    go('PUT', `/articles/${article}`, { title: 'Set up', parent_id: Number(below), author_id: space.author });
    go('PUT', `/articles/${article}`, { parent_id: null, translated_content: { fr: null } });
    go('PUT', '/articles/5', { title: 'a' });
    go('POST', '/articles', { title: 'Another', author_id: space.author });
    go('GET', '/articles?per_page=1');
    go('GET', '/articles?page=2&per_page=1');
    go('GET', '/articles/search?phrase=set&highlight=true');
    go('GET', '/articles/search?phrase=nowhere');
    go('DELETE', `/articles/${article}`);
    go('DELETE', `/articles/${article}`);
    go('DELETE', `/help_center/collections/${below}`);
    go('DELETE', `/help_center/collections/${below}`);
  }
  return judged;
}

function caller(space: Workspace, judged: Judged[]) {
  return (method: string, path: string, input?: unknown): string => {
    const reply = space.call(method, path, input);
    const described = input !== undefined && reply.status === 200 ? input : undefined;
    judged.push({ call: `${method} ${path}`, request: described, status: reply.status, answer: reply.json });
    const refused = space.call(method, path, input, { token: null });
    judged.push({
      call: `${method} ${path}`,
      request: described,
      status: refused.status,
      answer: refused.json,
    });
    return String(reply.json['id']);
  };
}

function complaints(description: Description, judged: readonly Judged[]): string[] {
  return judged.flatMap(({ call, request, status, answer }) => {
    const [method = '', path = ''] = call.split(' ');
    return [
      ...(request === undefined ? [] : description.faultsOfRequest(method, path, request)),
      ...description.faultsOfAnswer(method, path, status, answer),
    ].map((one) => `${call} ${status}: ${one}`);
  });
}

const judged = tour();

test('every answer is as Intercom describes it, apart from where the description is known to be wrong', () => {
  expect(complaints(new Description(), judged)).toEqual([]);
  expect(new Set(judged.map((one) => one.status))).toEqual(new Set([200, 400, 401, 404]));
});

describe('the description is wrong where it says that', () => {
  test.each(knownErrors.map((one) => [one.says, one] as const))('%s', (_, error) => {
    expect(complaints(new Description(error), judged)).not.toEqual([]);
  });
});
