import { articlesPath, collectionsPath, textAt } from './probe-bench.ts';
import type { Question, Reply } from './probe-bench.ts';

const topic = 'collections';

/** What is not documented of collections. */
export const collectionQuestions: readonly Question[] = [
  {
    topic,
    question: 'What becomes of the articles of a deleted collection?',
    ask: async ({ article, call, collection }) => {
      const shelf = idOf(await collection());
      const inside = idOf(await article({ parent_id: Number(shelf) }));
      const deleted = await call('DELETE', `${collectionsPath}/${shelf}`);
      if (!deleted.ok) return `the deletion is refused: ${deleted.said}`;
      const after = await call('GET', `${articlesPath}/${inside}`);
      return after.ok ? `they stay, in collections ${textAt(after.json, 'parent_ids')}` : 'they are deleted';
    },
  },
  {
    topic,
    question: 'What becomes of the collections inside a deleted one?',
    ask: async ({ call, collection }) => {
      const outer = idOf(await collection());
      const inner = idOf(await collection({ parent_id: Number(outer) }));
      const deleted = await call('DELETE', `${collectionsPath}/${outer}`);
      if (!deleted.ok) return `the deletion is refused: ${deleted.said}`;
      const after = await call('GET', `${collectionsPath}/${inner}`);
      return after.ok ? `they stay, below ${textAt(after.json, 'parent_id')}` : 'they are deleted';
    },
  },
  {
    topic,
    question: 'What is said to a fourth level?',
    ask: async ({ collection }) => {
      const second = idOf(await collection());
      const third = idOf(await collection({ parent_id: Number(second) }));
      return (await collection({ parent_id: Number(third) })).said;
    },
  },
  {
    topic,
    question: 'What is said to a collection that is moved below itself?',
    ask: async ({ call, collection }) => {
      const outer = idOf(await collection());
      const inner = idOf(await collection({ parent_id: Number(outer) }));
      return (await call('PUT', `${collectionsPath}/${outer}`, { parent_id: Number(inner) })).said;
    },
  },
  {
    topic,
    question: 'What is said to a parent that does not exist?',
    ask: async ({ collection }) => (await collection({ parent_id: 1 })).said,
  },
  {
    topic,
    question: 'Is an icon that is sent taken, and what does an update without one make of it?',
    ask: async ({ call, collection }) => {
      const created = await collection({ icon: 'bookmark' });
      const sent = await call('PUT', `${collectionsPath}/${idOf(created)}`, { icon: 'bulb' });
      const silent = await call('PUT', `${collectionsPath}/${idOf(created)}`, { name: 'Shelfmark probe' });
      const icons = [created, sent, silent].map((reply) => textAt(reply.json, 'icon'));
      return `created with "bookmark": ${icons[0]}; updated with "bulb": ${icons[1]}; updated without: ${icons[2]}`;
    },
  },
  {
    topic,
    question: 'What becomes of an icon that does not exist?',
    ask: async ({ collection }) => {
      const reply = await collection({ icon: 'no-such-icon' });
      return reply.ok ? `stored as ${textAt(reply.json, 'icon')}` : reply.said;
    },
  },
  {
    topic,
    question: 'Does a collection inside another one tell its help center?',
    ask: async ({ collection }) => textAt((await collection()).json, 'help_center_id'),
  },
];

function idOf(reply: Reply): string {
  return textAt(reply.json, 'id');
}
