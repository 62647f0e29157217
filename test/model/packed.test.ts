import fc from 'fast-check';
import { isDeepStrictEqual } from 'node:util';
import { expect, test } from 'vitest';
import { ownText, packed, withBodyOf } from '../../src/model/packed.ts';

const anyText = fc.oneof(
  fc.string({ maxLength: 2000 }),
  fc.string({ unit: 'binary', maxLength: 2000 }),
  fc.string({ maxLength: 20 }).map((text) => text.repeat(100)),
  fc.constant('\ud800 alone'.repeat(100)),
);

test('what is packed reads, compares, copies and prints as it did before', () => {
  fc.assert(
    fc.property(anyText, fc.string(), (body, title) => {
      const plain = { title, body };
      const small = packed(plain);
      expect(small.body).toBe(body);
      expect(isDeepStrictEqual(small, plain)).toBe(true);
      expect({ ...small }).toEqual(plain);
      expect(JSON.parse(JSON.stringify(small))).toEqual(JSON.parse(JSON.stringify(plain)));
      expect(withBodyOf<typeof plain>({ title }, small)).toEqual(plain);
      expect(ownText(body)).toBe(body);
    }),
    { numRuns: 300 },
  );
});
