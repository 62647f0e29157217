import { articlesPath, textAt } from './probe-bench.ts';
import type { Bench, Question, Reply } from './probe-bench.ts';

const topic = 'articles';
const locales = 'languages';

/** What is not documented of articles and their languages. */
export const articleQuestions: readonly Question[] = [
  {
    topic,
    question: 'What does parent_id null do to an article?',
    ask: async (bench) => {
      const reply = await change(bench, await bench.article(), { parent_id: null });
      return reply.ok ? `its collections are ${textAt(reply.json, 'parent_ids')}` : reply.said;
    },
  },
  {
    topic,
    question: 'What is said to a collection that does not exist?',
    ask: async ({ article }) => (await article({ parent_id: 1 })).said,
  },
  {
    topic,
    question: 'What is said to an author who is no admin?',
    ask: async ({ article }) => (await article({ author_id: 1 })).said,
  },
  {
    topic,
    question: 'What is said to no title, an empty one, one of 300 and one of 5,000 characters?',
    ask: async ({ article }) => {
      const titles = [undefined, '', 'x'.repeat(300), 'x'.repeat(5000)];
      const replies: Reply[] = [];
      for (const title of titles) replies.push(await article({ title }));
      return replies.map((reply) => reply.said).join('; ');
    },
  },
  {
    topic,
    question: 'Does an update that changes nothing move updated_at?',
    ask: async (bench) => {
      const made = await bench.article();
      await bench.wait(2);
      const after = await change(bench, made, { title: textAt(made.json, 'title') });
      return moved(made, after);
    },
  },
  {
    topic,
    question: 'Who is the author after an update that names none?',
    ask: async (bench) => {
      const { json } = await bench.call('GET', '/admins');
      const admins = Array.isArray(json['admins']) ? json['admins'] : [];
      const others = admins.filter((one) => textAt(one, 'id') !== bench.self);
      for (const other of others) {
        const made = await bench.article({ author_id: Number(textAt(other, 'id')) });
        if (!made.ok) continue;
        const after = await change(bench, made, { title: 'Shelfmark probe again' });
        return textAt(after.json, 'author_id') === textAt(made.json, 'author_id')
          ? 'the same as before'
          : 'the admin of the token';
      }
      return 'unknown: nobody else here may be an author';
    },
  },
  {
    topic,
    question: 'How does an empty body come back?',
    ask: async ({ article }) => JSON.stringify((await article({ body: '' })).json['body'] ?? null),
  },
  {
    topic: locales,
    question: 'Is the help center multilingual, and which languages does an answer name?',
    ask: async ({ article }) => {
      const { json } = await article();
      const content = json['translated_content'];
      if (typeof content !== 'object' || content === null) return 'no: translated_content is missing';
      const names = Object.keys(content).filter((name) => name !== 'type');
      return `default ${textAt(json, 'default_locale')}; ${names.length} named: ${names.join(' ')}`;
    },
  },
  {
    topic: locales,
    question: 'What wins when the default language is sent at the top and under its own key?',
    ask: async (bench) => {
      const made = await bench.article();
      const main = textAt(made.json, 'default_locale');
      const content = translated({ [main === 'none' ? 'en' : main]: { title: 'under the key' } });
      const after = await change(bench, made, { title: 'at the top', ...content });
      return after.ok ? textAt(after.json, 'title') : after.said;
    },
  },
  {
    topic: locales,
    question: 'What becomes of the body of a translation whose title alone is sent?',
    ask: async (bench) => {
      const made = await withTranslation(bench);
      const after = await change(bench, made, translated({ fr: { title: 'Sonde' } }));
      return after.ok ? textAt(after.json, 'translated_content.fr.body') : after.said;
    },
  },
  {
    topic: locales,
    question: 'Does null take a translation out?',
    ask: async (bench) => {
      const made = await withTranslation(bench);
      const after = await change(bench, made, translated({ fr: null }));
      return after.ok ? `it is then ${textAt(after.json, 'translated_content.fr')}` : after.said;
    },
  },
  {
    topic: locales,
    question: 'Does an edit of a translation move updated_at of the article?',
    ask: async (bench) => {
      const made = await withTranslation(bench);
      await bench.wait(2);
      const after = await change(bench, made, translated({ fr: { title: 'Sonde', body: '<p>b</p>' } }));
      return moved(made, after);
    },
  },
  {
    topic: locales,
    question: 'What is said to a language that Intercom does not know?',
    ask: async (bench) =>
      (await change(bench, await bench.article(), translated({ 'xx-XX': { title: 'x' } }))).said,
  },
];

function change(bench: Bench, made: Reply, body: Readonly<Record<string, unknown>>): Promise<Reply> {
  return bench.call('PUT', `${articlesPath}/${textAt(made.json, 'id')}`, body);
}

function withTranslation({ article }: Bench): Promise<Reply> {
  return article(translated({ fr: { title: 'Essai', body: '<p>a</p>' } }));
}

function translated(contents: Readonly<Record<string, object | null>>): { translated_content: object } {
  const typed = Object.entries(contents).map(([locale, content]) => [
    locale,
    content === null ? null : { type: 'article_content', ...content },
  ]);
  return { translated_content: { type: 'article_translated_content', ...Object.fromEntries(typed) } };
}

function moved(before: Reply, after: Reply): string {
  if (!after.ok) return after.said;
  return textAt(before.json, 'updated_at') === textAt(after.json, 'updated_at') ? 'no' : 'yes';
}
