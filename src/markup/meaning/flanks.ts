/** Tells whether asterisks between these two signs stick to the inner one. */
export function canFlank(outer: string, inner: string): boolean {
  if (/^\s/u.test(inner)) return false;
  return !isPunctuation(inner) || /^\s/u.test(outer) || isPunctuation(outer);
}

/** Stands for the signs of the emphasis around, which are no neighbours to keep apart from. */
export const edgeSign = '\u0001';

export function isPunctuation(sign: string): boolean {
  return sign === edgeSign || /^[\p{P}\p{S}]/u.test(sign);
}
