import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { textOfUtf8 } from '../../src/ports/utf8.ts';

/** What Node's own strict decoder says. */
function strictly(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

test('bytes are the text that a strict decoder finds in them, and no text where it finds none', () => {
  const text = fc.string({ unit: 'binary' }).map((one) => new TextEncoder().encode(one));
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array(), text), (bytes) => {
      expect(textOfUtf8(bytes)).toBe(strictly(bytes));
    }),
  );
  for (const bytes of [
    [0xef, 0xbb, 0xbf, 0x61],
    [0xed, 0xa0, 0x80],
    [0xc0, 0x80],
    [0xf4, 0x90, 0x80, 0x80],
    [0xe2, 0x82],
  ])
    expect(textOfUtf8(Uint8Array.from(bytes))).toBe(strictly(Uint8Array.from(bytes)));
  expect(textOfUtf8(Uint8Array.from([0x78, 0xe2, 0x82, 0xac, 0x79]).subarray(1, 4))).toBe('€');
});
