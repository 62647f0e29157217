/** Tells whether a sign is white space, as emphasis understands it. */
export function isSpace(sign: string): boolean {
  const code = sign.charCodeAt(0);
  return code < 128 ? kinds[code] === 1 : /\s/u.test(sign);
}

/** Tells whether a sign is punctuation or a symbol, as emphasis understands it. */
export function isPunctuation(sign: string): boolean {
  const code = sign.charCodeAt(0);
  return code < 128 ? kinds[code] === 2 : /[\p{P}\p{S}]/u.test(sign);
}

/** For each sign of ASCII: 1 for white space, 2 for punctuation. */
const kinds: Uint8Array = Uint8Array.from({ length: 128 }, (_, code) => {
  if (code === 32 || (code >= 9 && code <= 13)) return 1;
  const isMark =
    (code >= 33 && code <= 47) ||
    (code >= 58 && code <= 64) ||
    (code >= 91 && code <= 96) ||
    (code >= 123 && code <= 126);
  return isMark ? 2 : 0;
});
