/* How much work commands have with a hostile text. Calls of functions are counted, so that a busy machine fails nothing. */
import { Session } from 'node:inspector/promises';
import { afterEach, expect, test } from 'vitest';
import { some } from '../helpers/long.ts';
import { openProject, type Project } from '../helpers/project.ts';

let project: Project;
afterEach(async () => {
  await project.close();
});

const size = 800_000;
const again = (piece: string): string => piece.repeat(size / piece.length);
const texts: Readonly<Record<string, string>> = {
  'opened headings': again('<h1>'),
  'headings that begin': again('<h1 <h1 '),
  'images that begin': again('<img <img '),
  'headings of HTML': again('<h1>a</h1>'),
  'thousands of headings of HTML': '<h1>a</h1>'.repeat(5000),
  'headings of Markdown': again('# a\n\n'),
};

/** Calls of functions while something runs. */
async function callsOf(run: () => Promise<unknown>): Promise<number> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
  await run();
  const { result } = await session.post('Profiler.takePreciseCoverage');
  await session.post('Profiler.stopPreciseCoverage');
  session.disconnect();
  const counts = result.flatMap(({ functions }) => functions.map((one) => one.ranges[0]?.count ?? 0));
  return counts.reduce((sum, count) => sum + count, 0);
}

// One in two in the gate, and all of them where there is time.
test.each(some(Object.entries(texts), 2))('no command has much work with a text of %s', async (_, text) => {
  project = await openProject();
  const { operator } = project.simulator;
  await project.write({ 'content/here.md': `---\ntitle: Here\nstate: published\n---\n\n${text}\n` });
  const there = operator.createArticle({ title: 'There', state: 'published' });
  operator.editArticle(there.id, { storedBody: text });
  const calls = [await callsOf(() => project.plan('sync')), await callsOf(() => project.push())];
  // What comes to more takes seconds; some 5 million is the most that any of these texts needs.
  expect(calls.filter((count) => count > 10_000_000)).toEqual([]);
});
