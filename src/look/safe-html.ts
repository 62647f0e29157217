/** HTML in which everything that came from outside is escaped. */
export interface Safe {
  readonly html: string;
}

type Value = string | number | Safe | readonly Safe[];

/** A template whose values are escaped, unless they are safe already. */
export function safe(parts: TemplateStringsArray, ...values: readonly Value[]): Safe {
  let text = parts[0] ?? '';
  for (const [at, value] of values.entries()) text += print(value) + (parts[at + 1] ?? '');
  return { html: text };
}

export const nothing: Safe = { html: '' };

/** For text that is HTML by itself and was checked where it was made. */
export function trusted(text: string): Safe {
  return { html: text };
}

export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

function print(value: Value): string {
  if (typeof value === 'string') return escapeHtml(value);
  if (typeof value === 'number') return String(value);
  return 'html' in value ? value.html : value.map((one) => one.html).join('');
}
