import { describe, expect, test } from 'vitest';
import { themeOf } from '../../src/look/theme.ts';
import { ago, countArticles, directionOf, languageName, wordsOf } from '../../src/look/words.ts';
import { locales } from '../../src/model/locale.ts';

const day = 86_400_000;
const now = Date.UTC(2026, 10, 26, 12);

describe('the words of the pages', () => {
  test.each(locales)('are all there in %s, with every form in which it counts', (locale) => {
    const words = wordsOf(locale);
    expect(Object.entries(words).filter(([, text]) => text.trim() === '')).toEqual([]);
    if (locale !== 'en') expect(words.placeholder).not.toBe(wordsOf('en').placeholder);
    for (const name of ['by', 'updated', 'none'] as const) expect(words[name]).toContain('{}');
    for (const count of [0, 1, 2, 3, 5, 11, 21, 100]) {
      const text = countArticles(locale, count);
      expect(text).not.toMatch(/[{}=;]/);
      if (count > 2) expect(text).toMatch(/\p{N}/u);
    }
  });

  test('count as each language does', () => {
    expect([1, 3, 5].map((count) => countArticles('pl', count))).toEqual([
      '1 artykuł',
      '3 artykuły',
      '5 artykułów',
    ]);
    expect([1, 2, 3, 11].map((count) => countArticles('ar', count))).toEqual([
      'مقال واحد',
      'مقالان',
      expect.stringContaining('مقالات') as string,
      expect.stringContaining('مقالًا') as string,
    ]);
    expect(countArticles('en', 1)).toBe('1 article');
  });

  test('say how long ago something was, and name languages in their own words', () => {
    expect(ago('en', now - 60_000, now)).toBe('today');
    expect(ago('en', now - 9 * day, now)).toBe('last week');
    expect(ago('fr', now - 3 * day, now)).toBe('il y a 3 jours');
    expect(ago('de', now - 800 * day, now)).toBe('vor 2 Jahren');
    expect(ago('en', now, null)).toBe('November 26, 2026');
    expect([languageName('fr'), languageName('pt-BR'), languageName('ja')]).toEqual([
      'Français',
      'Português (Brasil)',
      '日本語',
    ]);
    expect([directionOf('ar'), directionOf('he'), directionOf('fr')]).toEqual(['rtl', 'rtl', 'ltr']);
  });
});

describe('the colours of the pages', () => {
  const luminance = (hex: string): number => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
      const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (one: string, other: string): number => {
    const [light = 0, dark = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  };

  test.each(['#334bfa', '#fff', '#000000', '#ffe600', '#d92b2b', '#8aff8a', '#777777'])(
    'made from %s can be read on every ground',
    (color) => {
      const read = (text: string): Record<string, string> =>
        Object.fromEntries([...text.matchAll(/--([\w-]+): (#\w+);/g)].map((one) => [one[1], one[2]]));
      const { light, dark } = themeOf(color);
      for (const [colors, papers] of [
        [read(light), ['#ffffff', '#f6f7fa']],
        [read(dark), ['#12141c', '#191c27']],
      ] as const) {
        const pairs = [
          ['brand', ...papers],
          ['brand', colors['tint'] ?? ''],
          ['head', colors['head-ink'] ?? ''],
          ['brand', colors['brand-ink'] ?? ''],
        ].flatMap(([name = '', ...others]) => others.map((other) => [colors[name] ?? '', other] as const));
        for (const [one, other] of pairs)
          expect([color, one, other, contrast(one, other) >= 4.5]).toEqual([color, one, other, true]);
      }
    },
  );
});
