import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { protectMain } from './helpers/protect.ts';
import { repository } from './helpers/github.ts';
import {
  article,
  onMain,
  keepStage,
  withToken,
  type Ran,
  type RunOptions,
  type Stage,
} from './helpers/stage.ts';

let stage: Stage;
let proposed: RunOptions;

const waiting = keepStage({ 'content/guides/install.md': article('Install', 'Text.') }, async (kept) => {
  await kept.change({ 'content/guides/fees.md': article('Fees', 'Free.') }, 'fees');
  proposed = await kept.proposed('fees', 7);
});

beforeEach(async () => {
  stage = await waiting.open();
});
afterAll(() => waiting.drop());
afterEach(async () => {
  await stage.close();
});

const plan = (): Promise<Ran> => stage.run(withToken(stage, proposed));
const comments = `/repos/${repository}/issues/7/comments`;

describe('a comment that GitHub does not take at first', () => {
  test.each([
    [
      'an error of its own, although it took the comment',
      { status: 502, message: 'Server Error', isDone: true },
    ],
    ['a reset', { status: 0, message: '' }],
    [
      'the secondary limit',
      { status: 403, message: 'You have exceeded a secondary rate limit.', headers: { 'retry-after': '1' } },
    ],
    ['too many requests', { status: 429, message: 'Slow down.', headers: { 'retry-after': '1' } }],
  ])('is made up for in the same run, once: %s', async (_, refusal) => {
    stage.github.refusals.set(`POST ${comments}`, { ...refusal, times: 1 });
    const ran = await plan();
    expect(ran.log).not.toContain('No comment');
    expect(stage.github.comments).toHaveLength(1);
  });

  test('is looked for again where listing failed', async () => {
    stage.github.refusals.set(`GET ${comments}`, { status: 503, message: 'Unavailable', times: 2 });
    await plan();
    expect(stage.github.comments).toHaveLength(1);
  });
});

describe('why there is no comment is told as it is', () => {
  test.each([
    [
      'the primary limit',
      {
        status: 403,
        message: 'API rate limit exceeded for installation ID 1.',
        headers: {
          'x-ratelimit-remaining': '0',
          'x-ratelimit-reset': String(Math.floor(Date.now() / 1000) + 3000),
        },
      },
      /API rate limit exceeded.*Run the job again in \d+ minutes/,
    ],
    [
      'a locked conversation',
      { status: 403, message: 'Unable to create comment because issue is locked.' },
      /the conversation is locked/,
    ],
    [
      'a missing permission',
      { status: 403, message: 'Resource not accessible by integration' },
      /lacks the permission "pull-requests: write"/,
    ],
    ['something else', { status: 422, message: 'Validation Failed' }, /\(422\): Validation Failed/],
  ])('%s', async (what, refusal, said) => {
    stage.github.refusals.set('POST', refusal);
    const ran = await plan();
    const line = ran.log.split('\n').find((one) => one.startsWith('::warning title=No comment')) ?? '';
    expect(line).toMatch(said);
    if (!what.includes('permission')) expect(line).not.toContain('lacks the permission');
    expect(ran.code).toBe(0);
    expect(stage.github.comments).toEqual([]);
  });
});

test.each([
  ['an error', { status: 502, message: 'Server Error' }],
  ['an error, although it was opened', { status: 502, message: 'Server Error', isDone: true }],
])('a pull request that GitHub answers with %s is opened once', async (_, refusal) => {
  await protectMain(stage);
  stage.github.refusals.set(`POST /repos/${repository}/pulls`, { ...refusal, times: 1 });
  const ran = await stage.run(withToken(stage, onMain('push')));
  expect(ran.log).not.toContain('::error');
  expect(stage.github.pulls).toHaveLength(1);
});
