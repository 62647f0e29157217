import { expect, test } from 'vitest';
import { withSettledTexts } from '../../src/engine/settled-texts.ts';
import { keepBody, withBodyOf } from '../../src/model/packed.ts';
import { TextChanged } from '../../src/model/text-changed.ts';

test('a run whose texts change while it decides reads and decides again, and gives up where that never ends', async () => {
  const changing = (times: number) => {
    let tries = 0;
    const answer = withSettledTexts(async () => {
      tries += 1;
      if (tries <= times) throw new TextChanged('a.md');
      return tries;
    });
    return answer.catch((error: unknown) => (error instanceof TextChanged ? 'given up' : error));
  };
  expect(await Promise.all([changing(0), changing(1), changing(4), changing(5)])).toEqual([
    1,
    2,
    5,
    'given up',
  ]);
  const other = new Error('of another kind');
  await expect(withSettledTexts(() => Promise.reject(other))).rejects.toBe(other);
});

test('a text that was taken into memory stays, whatever becomes of its file', () => {
  const file = { body: 'Words' };
  const content = withBodyOf<{ readonly title: string; readonly body: string }>({ title: 'T' }, file);
  keepBody(content);
  file.body = 'Other words';
  expect({ ...content }).toEqual({ title: 'T', body: 'Words' });
});
