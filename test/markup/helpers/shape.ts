/** A tree without places, and with white space that means nothing in HTML and code made alike. */
export function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shapeOf);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value)
    .filter(([key]) => !['start', 'end', 'lines'].includes(key))
    .sort(([left], [right]) => (left < right ? -1 : 1));
  const kind = 'type' in value ? value.type : null;
  return Object.fromEntries(
    entries.map(([key, one]) => {
      const loose =
        (kind === 'code' && key === 'text') ||
        (typeof one === 'string' && ['html', 'alt', 'info'].includes(key));
      return [key, loose ? String(one).replace(/\s+/gu, ' ').trim() : shapeOf(one)];
    }),
  );
}
