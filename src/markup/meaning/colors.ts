import type { CalloutColor } from './canon.ts';

/** The five tints that Intercom's editor offers, each with the name of a GitHub alert. */
export const calloutColors: readonly {
  readonly color: CalloutColor;
  readonly alert: string;
  readonly background: string;
  readonly border: string;
}[] = [
  { color: 'blue', alert: 'NOTE', background: '#e3e7fa80', border: '#334bfa33' },
  { color: 'green', alert: 'TIP', background: '#d7efdc80', border: '#1bb15733' },
  { color: 'yellow', alert: 'WARNING', background: '#feedaf80', border: '#fbc91633' },
  { color: 'red', alert: 'CAUTION', background: '#fed9db80', border: '#fd3a5733' },
  { color: 'grey', alert: 'IMPORTANT', background: '#e8e8e880', border: '#73737633' },
];

/** The tint of a table's first row that needs no mention; no tint at all means the same. */
export const usualHeader = '#e8e8e880';

/** Finds the tint that a `style` means, or `null` when none is near: hex and rgb spellings are one. */
export function calloutColorOf(style: string): CalloutColor | null {
  const background = backgroundOf(style);
  const wanted = background === null ? null : channelsOf(background);
  if (wanted === null) return null;
  for (const { color, background: hex } of calloutColors) {
    const known = channelsOf(hex);
    if (known !== null && isNear(known, wanted)) return color;
  }
  return null;
}

/** Spells a color one way: one of the five tints where it is near one, lower-case text otherwise. */
export function tintOf(color: string): string {
  const wanted = channelsOf(color);
  if (wanted === null) return color.trim().toLowerCase();
  for (const { background } of calloutColors) {
    const known = channelsOf(background);
    if (known !== null && isNear(known, wanted)) return background;
  }
  return color.trim().toLowerCase();
}

/** Takes the background out of a `style`; white and transparent are none. */
export function backgroundOf(style: string): string | null {
  const found = /(?:^|;)\s*background(?:-color)?\s*:\s*([^;]+)/iu.exec(style)?.[1]?.trim().toLowerCase();
  if (
    found === undefined ||
    /^(?:|none|transparent|initial|inherit|white|#fff(?:f{3})?(?:f{2})?)$/u.test(found)
  ) {
    return null;
  }
  return found;
}

type Channels = readonly [red: number, green: number, blue: number];

function channelsOf(color: string): Channels | null {
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})(?:[0-9a-f]{2})?$/iu.exec(color.trim());
  if (hex !== null) return [1, 2, 3].map((at) => Number.parseInt(hex[at] ?? '', 16)) as unknown as Channels;
  const rgb = /^rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})\b/iu.exec(color.trim());
  if (rgb !== null) return [1, 2, 3].map((at) => Number(rgb[at])) as unknown as Channels;
  return null;
}

function isNear(left: Channels, right: Channels): boolean {
  return left.every((value, at) => Math.abs(value - (right[at] ?? 0)) <= 3);
}
