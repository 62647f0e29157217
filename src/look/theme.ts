/** The colour that a help center has until somebody names one. */
export const usualColor = '#334bfa';

type Rgb = readonly [red: number, green: number, blue: number];

const white: Rgb = [255, 255, 255];
const black: Rgb = [0, 0, 0];
/** The grounds that links stand on, besides their own tint: `--wash` of the style. */
const lightWash: Rgb = [0xf6, 0xf7, 0xfa];
const darkWash: Rgb = [0x19, 0x1c, 0x27];

/** What a page's colours are made from one: readable on every ground, in the light and in the dark. */
export function themeOf(color: string): { readonly light: string; readonly dark: string } {
  const brand = rgbOf(color);
  const ink = contrast(brand, white) >= 4.5 ? white : contrast(brand, black) >= 4.5 ? black : white;
  const head =
    contrast(brand, ink) >= 4.5 ? brand : towards(brand, black, (one) => contrast(one, ink) >= 4.5);
  const link = towards(
    brand,
    black,
    (one) => contrast(one, lightWash) >= 4.6 && contrast(one, mix(white, one, 0.1)) >= 4.6,
  );
  const light = towards(brand, white, (one) => contrast(one, mix(darkWash, one, 0.18)) >= 4.6);
  const night = towards(mix(head, black, 0.35), black, (one) => contrast(one, white) >= 7);
  return {
    light: variables({ brand: link, 'brand-ink': white, head, 'head-ink': ink, tint: mix(white, link, 0.1) }),
    dark: variables({
      brand: light,
      'brand-ink': [0x10, 0x13, 0x1f],
      head: night,
      'head-ink': white,
      tint: mix(darkWash, light, 0.18),
    }),
  };
}

const variables = (colors: Readonly<Record<string, Rgb>>): string =>
  Object.entries(colors)
    .map(([name, color]) => `--${name}: ${hexOf(color)};`)
    .join(' ');

/** The first step on the way from one colour to another that is good enough. */
function towards(from: Rgb, to: Rgb, isGood: (color: Rgb) => boolean): Rgb {
  for (let step = 0; step < 20; step += 1) {
    const color = mix(from, to, step / 20);
    if (isGood(color)) return color;
  }
  return to;
}

function mix(from: Rgb, to: Rgb, share: number): Rgb {
  const part = (at: 0 | 1 | 2): number => Math.round(from[at] + (to[at] - from[at]) * share);
  return [part(0), part(1), part(2)];
}

/** As WCAG defines it. */
function contrast(one: Rgb, other: Rgb): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].toSorted((left, right) => right - left);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color: Rgb): number {
  const [red = 0, green = 0, blue = 0] = color.map((one) => {
    const part = one / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** From `#rgb` or `#rrggbb`. */
function rgbOf(color: string): Rgb {
  const digits = color.slice(1);
  const full = digits.length === 3 ? [...digits].map((one) => one + one).join('') : digits;
  const part = (at: number): number => Number.parseInt(full.slice(at, at + 2), 16);
  return [part(0), part(2), part(4)];
}

const hexOf = (color: Rgb): string => `#${color.map((one) => one.toString(16).padStart(2, '0')).join('')}`;
