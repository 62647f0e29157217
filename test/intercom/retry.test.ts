import { describe, expect, test } from 'vitest';
import type { Attempt, Call } from '../../src/intercom/http/failures.ts';
import { decide } from '../../src/intercom/http/retry.ts';
import type { Method } from '../../src/intercom/http/transport.ts';

const call = (method: Method): Call => ({ method, path: '/articles/1', subject: 'article 1' });
const answer = (status: number, form: 'json' | 'page' = 'json'): Attempt => ({
  came: 'answer',
  answer: { status, headers: {}, json: form === 'json' ? {} : undefined, complaint: null },
});
const lost: Attempt = { came: 'lost', reason: 'the connection broke' };
const unsent: Attempt = { came: 'unsent', reason: 'refused' };

const stepOf = (method: Method, attempt: Attempt, sent = 1, limited = 0): string =>
  decide(call(method), attempt, { sent, limited }, 1).step;

describe('what is done about an answer', () => {
  test.each([
    ['200', answer(200), 'accept', 'accept'],
    ['200 that is not JSON', answer(200, 'page'), 'again', 'fail'],
    ['302', answer(302), 'fail', 'fail'],
    ['400', answer(400), 'fail', 'fail'],
    ['401', answer(401), 'fail', 'fail'],
    ['403', answer(403), 'fail', 'fail'],
    ['404', answer(404), 'fail', 'fail'],
    ['405 in JSON', answer(405), 'fail', 'fail'],
    ['405 as a captcha page', answer(405, 'page'), 'again', 'fail'],
    ['408', answer(408), 'again', 'fail'],
    ['409', answer(409), 'fail', 'fail'],
    ['422', answer(422), 'fail', 'fail'],
    ['429', answer(429), 'hold', 'hold'],
    ['500', answer(500), 'again', 'fail'],
    ['502 as a page', answer(502, 'page'), 'again', 'fail'],
    ['503', answer(503), 'again', 'fail'],
    ['504', answer(504, 'page'), 'again', 'fail'],
    ['none, lost', lost, 'again', 'fail'],
    ['none, never sent', unsent, 'again', 'fail'],
    ['none, turned away before it', { came: 'barred', reason: 'a password' } as const, 'fail', 'fail'],
    ['too large', { came: 'oversize', reason: 'too large' } as const, 'fail', 'fail'],
  ] as const)('%s', (_, attempt, otherwise, post) => {
    for (const method of ['GET', 'PUT', 'DELETE'] as const) expect(stepOf(method, attempt)).toBe(otherwise);
    expect(stepOf('POST', attempt)).toBe(post);
  });
});

test('waits double from half a second up to thirty, and end after eight tries', () => {
  const waits = Array.from({ length: 8 }, (_, index) => {
    const decision = decide(call('GET'), lost, { sent: index + 1, limited: 0 }, 1);
    return decision.step === 'again' ? decision.after : decision.step;
  });
  expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 30_000, 'fail']);
});

test('chance makes waits up to a quarter shorter', () => {
  const decision = decide(call('GET'), lost, { sent: 1, limited: 0 }, 0);
  expect(decision).toMatchObject({ step: 'again', after: 375 });
});

test('a remote that cannot be reached is given up after five tries', () => {
  expect(stepOf('GET', unsent, 4)).toBe('again');
  expect(stepOf('GET', unsent, 5)).toBe('fail');
});

test('a call is turned away by the limit five times, whatever else it met', () => {
  expect(stepOf('POST', answer(429), 5, 4)).toBe('hold');
  expect(stepOf('POST', answer(429), 6, 5)).toBe('fail');
  expect(stepOf('GET', lost, 7, 5)).toBe('again');
});
