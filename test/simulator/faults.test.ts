import { describe, expect, test } from 'vitest';
import { ShelfmarkError } from '../../src/model/error.ts';
import { readFault } from '../../src/simulator/faults/fault-spec.ts';
import { Faults } from '../../src/simulator/faults/faults.ts';

const get = { method: 'GET', path: '/articles?page=1' };
const put = { method: 'PUT', path: '/articles/5' };

function struck(specs: readonly string[], calls: number, call = get, seed = 1): number[] {
  const faults = new Faults(seed, specs.map(readFault));
  return Array.from({ length: calls }, (_, at) => (faults.next(call).kind === null ? 0 : at + 1)).filter(
    (one) => one > 0,
  );
}

test('a fault strikes at its call, every so often, or a number of times', () => {
  expect(struck(['status=503,nth=3'], 6)).toEqual([3]);
  expect(struck(['status=503,every=2'], 6)).toEqual([2, 4, 6]);
  expect(struck(['drop=after,times=2'], 6)).toEqual([1, 2]);
});

test('a chance strikes about as often as it says, the same calls for the same seed', () => {
  const first = struck(['status=503,chance=20%'], 2000);
  expect(first.length).toBeGreaterThan(330);
  expect(first.length).toBeLessThan(470);
  expect(struck(['status=503,chance=0.2'], 2000)).toEqual(first);
  expect(struck(['status=503,chance=20%'], 2000, get, 2)).not.toEqual(first);
});

test('a fault can be for some methods or paths only', () => {
  expect(struck(['status,method=write'], 2, get)).toEqual([]);
  expect(struck(['status,method=write'], 2, put)).toEqual([1, 2]);
  expect(struck(['status,path=page=1'], 2, get)).toEqual([1, 2]);
  expect(struck(['status,method=get|delete,path=/articles/'], 2, get)).toEqual([]);
});

test('delays add up and go with any other fault, of which the first counts', () => {
  const faults = new Faults(1, ['delay=100', 'delay=50', 'slow=10', 'drop', 'status=500'].map(readFault));
  expect(faults.next(get)).toEqual({
    wait: 150,
    bytesPerSecond: 10,
    kind: 'drop',
    value: 'before',
    applied: false,
  });
});

describe('a fault that is not understood is wrong usage:', () => {
  test.each([
    'explode',
    'status=200',
    'status=abc',
    'drop=never',
    'delay=soon',
    'truncate=3',
    'status,chance=2',
    'status,chance=',
    'status,nth=0',
    'status,when=later',
    'status,applied=maybe',
    '',
  ])('%j', (spec) => {
    let caught: unknown = null;
    try {
      readFault(spec);
    } catch (error) {
      caught = error;
    }
    if (!(caught instanceof ShelfmarkError)) throw new TypeError('Accepted');
    expect(caught.kind).toBe('usage');
    expect(caught.hint).toContain('Kinds: status, html, delay');
  });
});
