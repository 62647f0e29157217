/** One line of the table. */
export interface Row {
  readonly what: string;
  readonly figure: string;
  readonly aim: string;
  /** Null where the row only tells. */
  readonly isMet: boolean | null;
}

/** A row for a figure that must be at most so much. */
export function atMost(what: string, value: number, most: number, unit: string): Row {
  return { what, figure: `${short(value)}${unit}`, aim: `≤ ${most}${unit}`, isMet: value <= most };
}

/** A row for a figure that must be at least so much. */
export function atLeast(what: string, value: number, least: number, unit: string): Row {
  return { what, figure: `${short(value)}${unit}`, aim: `≥ ${short(least)}${unit}`, isMet: value >= least };
}

export function tell(what: string, figure: string): Row {
  return { what, figure, aim: '', isMet: null };
}

export function printTable(rows: readonly Row[]): string {
  const lines = rows.map(({ what, figure, aim, isMet }) => [
    what,
    figure,
    aim,
    isMet === null ? '' : isMet ? 'pass' : 'misses',
  ]);
  const all = [['what', 'figure', 'aim', ''], ...lines];
  const width = (column: number): number => Math.max(...all.map((line) => (line[column] ?? '').length), 3);
  const print = (line: readonly string[]): string =>
    `| ${line.map((cell, column) => cell.padEnd(width(column))).join(' | ')} |`;
  const rule = `| ${[0, 1, 2, 3].map((column) => '-'.repeat(width(column))).join(' | ')} |`;
  return [print(all[0] ?? []), rule, ...lines.map(print)].join('\n');
}

export function short(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(value >= 10 ? 1 : 2);
}
