import { describe, expect, test } from 'vitest';
import type { Finding } from '../../src/model/checkup.ts';
import { probeIntercom } from '../../src/intercom/probe/probe.ts';
import type { Switches } from '../../src/simulator/state/switches.ts';
import { never } from './helpers/scripted.ts';
import { openSimulated } from './helpers/simulated.ts';
import type { Simulated } from './helpers/simulated.ts';

const probing = ({ options }: Simulated, signal: AbortSignal = never): AsyncGenerator<Finding> =>
  probeIntercom(options, signal);

async function probe(opened: Simulated): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for await (const finding of probing(opened)) findings.push(finding);
  return findings;
}

async function answersWith(switches: Partial<Switches>): Promise<ReadonlyMap<string, string>> {
  const findings = await probe(await openSimulated({ switches }));
  return new Map(findings.map((one) => [one.question, one.answer]));
}

describe('the probe', () => {
  test('asks every question of the simulator, answers all, and leaves nothing behind', async () => {
    const opened = await openSimulated();
    const { operator } = opened.simulator;
    const kept = operator.createArticle({ title: 'Mine', body: '<p>x</p>' });
    const findings = await probe(opened);
    expect(findings.length).toBeGreaterThan(35);
    expect(findings.filter((one) => one.answer === '')).toEqual([]);
    expect(operator.articles().map((one) => one.id)).toEqual([kept.id]);
    expect(operator.collections()).toEqual([]);
    expect(operator.calls().some((call) => call.body.includes('"published"'))).toBe(false);
  });

  test('stops at once where the token is refused', async () => {
    const opened = await openSimulated();
    const stranger = { ...opened, options: { ...opened.options, token: 'not-a-token' } };
    await expect(probe(stranger)).rejects.toMatchObject({ code: 'TOKEN_REFUSED' });
    expect(opened.simulator.operator.calls()).toHaveLength(1);
  });

  test('cleans up behind itself when it is interrupted', async () => {
    const opened = await openSimulated();
    const stop = new AbortController();
    const { operator } = opened.simulator;
    const asking = (async () => {
      for await (const finding of probing(opened, stop.signal)) {
        if (finding.topic === 'articles') stop.abort(new Error('Ctrl-C'));
      }
    })();
    await expect(asking).rejects.toThrow('Ctrl-C');
    expect(operator.articles()).toEqual([]);
    expect(operator.collections()).toEqual([]);
  });

  test('tells one remote from another by its answers', async () => {
    const likely = await answersWith({});
    const other = await answersWith({
      deleteCollection: 'lift',
      nullParent: 'ignore',
      idleUpdate: 'leave',
      authorOnUpdate: 'tokenAdmin',
      emptyBody: 'null',
      omittedLocaleFields: 'empty',
      nullLocale: 'ignore',
      localeTouchesTop: true,
      clash: 'locale',
      unknownLocale: 'refuse',
      collectionOrder: 'created',
      ties: 'idAscending',
      largePage: 'refuse',
      headingIds: 'renew',
      blockquote: 'keep',
    });
    const late = await answersWith({ listLag: 60 });
    const both = (question: string): readonly unknown[] => {
      const found = [likely, other].map((answers) => answers.get(question));
      if (found.includes(undefined)) throw new Error(`nobody asks "${question}"`);
      return found;
    };
    expect(both('What becomes of the collections inside a deleted one?')).toEqual([
      'they are deleted',
      expect.stringMatching(/^they stay, below \d+$/),
    ]);
    expect(both('What does parent_id null do to an article?')).toEqual([
      'its collections are []',
      expect.stringMatching(/^its collections are \[\d+\]$/),
    ]);
    expect(both('Does an update that changes nothing move updated_at?')).toEqual(['yes', 'no']);
    expect(both('Who is the author after an update that names none?')).toEqual([
      'the same as before',
      'the admin of the token',
    ]);
    expect(both('How does an empty body come back?')).toEqual(['""', 'null']);
    expect(both('What becomes of the body of a translation whose title alone is sent?')).toEqual([
      '<p class="no-margin">a</p>',
      'none',
    ]);
    expect(both('Does null take a translation out?')).toEqual([
      'it is then none',
      expect.stringContaining('Essai'),
    ]);
    expect(both('Does an edit of a translation move updated_at of the article?')).toEqual(['no', 'yes']);
    expect(both('What wins when the default language is sent at the top and under its own key?')).toEqual([
      'at the top',
      'under the key',
    ]);
    expect(both('What is said to a language that Intercom does not know?')).toEqual([
      '200',
      expect.stringMatching(/^400 /),
    ]);
    expect(both('How are collections sorted?')).toEqual([
      'by their last change, the newest first',
      'the oldest first, whatever was edited',
    ]);
    expect(both('What does per_page 1000 give?')).toEqual(['per_page 250', expect.stringMatching(/^400 /)]);
    expect(both('How does a quotation come back?')).toEqual([
      expect.not.stringContaining('<blockquote>'),
      expect.stringContaining('<blockquote>'),
    ]);
    expect(late.get('Does an article show in the list as soon as it was created?')).toBe('no');
    expect(likely.get('Does an article show in the list as soon as it was created?')).toBe('yes');
  });
});
