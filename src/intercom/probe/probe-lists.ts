import { articlesPath, collectionsPath, textAt } from './probe-bench.ts';
import type { Bench, Json, Question } from './probe-bench.ts';

const topic = 'lists';

const notShown = 'unknown: what was made does not show';

/** What is not documented of listings. */
export const listQuestions: readonly Question[] = [
  {
    topic,
    question: 'Does an article show in the list as soon as it was created?',
    ask: async (bench) => {
      const { json } = await bench.article();
      const listed = await idsIn(bench, `${articlesPath}?per_page=50`);
      return listed.includes(textAt(json, 'id')) ? 'yes' : 'no';
    },
  },
  {
    topic,
    question: 'What does per_page 1000 give?',
    ask: async ({ call }) => {
      const reply = await call('GET', `${articlesPath}?per_page=1000`);
      return reply.ok ? `per_page ${textAt(reply.json, 'pages.per_page')}` : reply.said;
    },
  },
  {
    topic,
    question: 'What do page 0, page -1 and a page beyond the last give?',
    ask: async ({ call }) => {
      const said: string[] = [];
      for (const page of [0, -1, 100_000]) {
        const reply = await call('GET', `${articlesPath}?page=${page}`);
        said.push(reply.ok ? `page ${textAt(reply.json, 'pages.page')}` : reply.said);
      }
      return said.join('; ');
    },
  },
  {
    topic,
    question: 'What does pages.next look like?',
    ask: async (bench) => {
      await bench.article();
      await bench.article();
      return textAt((await bench.call('GET', `${articlesPath}?per_page=1`)).json, 'pages.next');
    },
  },
  {
    topic,
    question: 'How are collections sorted?',
    ask: async (bench) => {
      const first = textAt((await bench.collection()).json, 'id');
      await bench.wait(2);
      const second = textAt((await bench.collection()).json, 'id');
      const fresh = await idsIn(bench, `${collectionsPath}?per_page=150`);
      await bench.wait(2);
      await bench.call('PUT', `${collectionsPath}/${first}`, { name: 'Shelfmark probe again' });
      const edited = await idsIn(bench, `${collectionsPath}?per_page=150`);
      const unseen = [fresh, edited].some((ids) => !ids.includes(first) || !ids.includes(second));
      if (unseen) return notShown;
      const isFirst = (ids: readonly string[]): boolean => ids.indexOf(first) < ids.indexOf(second);
      if (isFirst(fresh) !== isFirst(edited)) return 'by their last change, the newest first';
      return isFirst(fresh)
        ? 'the oldest first, whatever was edited'
        : 'the newest first, whatever was edited';
    },
  },
  {
    topic,
    question: 'How are rows of the same second sorted?',
    ask: async (bench) => {
      const made: Json[] = [];
      for (let count = 0; count < 6; count += 1) made.push((await bench.article()).json);
      const listed = await idsIn(bench, `${articlesPath}?per_page=50`);
      if (!made.every((one) => listed.includes(textAt(one, 'id')))) return notShown;
      const pairs = made.flatMap((one, index) => {
        const next = made[index + 1];
        const together = next !== undefined && textAt(one, 'updated_at') === textAt(next, 'updated_at');
        return together ? [listed.indexOf(textAt(one, 'id')) < listed.indexOf(textAt(next, 'id'))] : [];
      });
      if (pairs.length === 0) return 'unknown: no two were made in the same second';
      if (pairs.every(Boolean)) return 'by id, ascending';
      return pairs.some(Boolean) ? 'in no order of ids' : 'by id, descending';
    },
  },
];

async function idsIn(bench: Bench, path: string): Promise<readonly string[]> {
  const { data } = (await bench.call('GET', path)).json;
  return Array.isArray(data) ? data.map((row) => textAt(row, 'id')) : [];
}
