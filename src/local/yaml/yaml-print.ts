/** How a value is spelled in YAML. */
export type YamlStyle = 'plain' | 'single' | 'double';

/** Spells a value in the lightest style that holds it: plain, else double quotes, else single ones where those need fewer escapes. */
export function printValue(value: string): string {
  return (
    printAs(value, 'plain') ?? (/["\\]/.test(value) ? printAs(value, 'single') : null) ?? printDouble(value)
  );
}

/** Spells a value in one style; null where the style cannot hold it. */
export function printAs(value: string, style: YamlStyle): string | null {
  switch (style) {
    case 'plain':
      return isPlain(value) ? value : null;
    case 'single':
      return unprintable.test(value) ? null : `'${value.replaceAll("'", "''")}'`;
    case 'double':
      return printDouble(value);
  }
}

/** A value as a block under `header` (`|` or `>`), to be at the end of a line. */
export function printBlock(value: string, header: string, indent: string, eol: string): string {
  const lines = value.split('\n');
  const joined = header.startsWith('>')
    ? lines.flatMap((line, index) => (index === 0 ? [line] : ['', line]))
    : lines;
  return [header, ...joined.map((line) => (line === '' ? '' : indent + line))].join(eol) + eol;
}

// Control characters, line ends, invisible marks of direction and half characters: visible only when escaped.
const unprintable =
  /[\p{Cc}\p{Surrogate}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/u;

/** Whether a value of several lines holds something that a reader of the file would not see. */
export const isHiding = (value: string): boolean => unprintable.test(value.replace(/[\n\t]/g, ''));

/** Other tools would read these as something else than text. */
const notText =
  /^(?:~|null|true|false|yes|no|on|off|y|n|[-+]?(?:\d[\d_]*(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?|[-+]?\.inf|\.nan|0[xo][\da-f]+|[-+]?\d+(?::\d+)+|\d{4}-\d\d?-\d\d?.*)$/i;

function isPlain(value: string): boolean {
  if (value === '' || value !== value.trim() || unprintable.test(value) || notText.test(value)) return false;
  if (/^[,[\]{}#&*!|>'"%@`]/.test(value) || /^[-?:](?:\s|$)/.test(value) || /^(?:---|\.\.\.|<<)/.test(value))
    return false;
  return !/:(?:\s|$)|\s#/.test(value);
}

function printDouble(value: string): string {
  const escaped = JSON.stringify(value).replace(/\p{Surrogate}/gu, '\ufffd');
  return escaped.replace(
    new RegExp(unprintable.source, 'gu'),
    (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
}
