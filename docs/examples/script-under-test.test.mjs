// Tests a script that talks to Intercom, against the simulator: real HTTP, nothing of Intercom's own.
import { startSimulator } from 'shelfmark/simulator';
import { afterEach, beforeEach, expect, test } from 'vitest';

/** The script under test: gives every article without a description its title as one. */
async function describeAll({ url, token }) {
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
    'intercom-version': '2.11',
  };
  const { data } = await (await fetch(`${url}/articles?per_page=250`, { headers })).json();
  for (const { id, title, description } of data) {
    if (description) continue;
    const body = JSON.stringify({ description: title });
    const answer = await fetch(`${url}/articles/${id}`, { method: 'PUT', headers, body });
    if (!answer.ok) throw new Error(`Intercom answered ${answer.status}`);
  }
}

let intercom;
beforeEach(async () => {
  intercom = await startSimulator();
  intercom.operator.createArticle({ title: 'Refunds', body: '<p>Five days.</p>', state: 'published' });
});
afterEach(() => intercom.close());

test('articles without a description get one', async () => {
  await describeAll(intercom);
  expect(intercom.operator.articles()[0].contents.en.description).toBe('Refunds');
});

test('a failing Intercom is told, and writes nothing', async () => {
  intercom.operator.setFaults(['status=500,method=PUT']);
  await expect(describeAll(intercom)).rejects.toThrow('500');
  expect(intercom.operator.articles()[0].contents.en.description).toBe('');
});
