import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ProjectOptions } from '../helpers/project.ts';
import { hasBrowser, openBrowser, openPage, startBoth, startPreview } from './previewing.ts';

const filler = Array.from({ length: 25 }, (_, at) => `Sentence ${at} of a text to scroll past.\n`).join('\n');
const article = (title: string, body: string, more = ''): string =>
  `---\ntitle: ${title}\nstate: published\n${more}---\n\n${body}\n`;
const picture =
  '<svg xmlns="http://www.w3.org/2000/svg" width="900" height="500"><rect width="900" height="500" fill="teal"/></svg>';
const files = {
  'content/1-start/collection.yaml': 'name: Start\ndescription: The first hour\nicon: rocket\n',
  'content/1-start/1-install.md': article(
    'Install it',
    `First words.\n\n## Before you begin\n\n${filler}\n## Download\n\n${filler}\n### On a server\n\n${filler}\n## The end\n\nLast words.`,
    'description: From nothing to running\nauthor: docs@example.com\n',
  ),
  'content/1-start/2-use.md': article(
    'Use it',
    '![A teal box](box.svg)\n\n> [!NOTE]\n> One.\n\n> [!TIP]\n> Two.\n\n> [!WARNING]\n> Three.\n\n> [!CAUTION]\n> Four.\n\n| A | B |\n| --- | --- |\n| 1 | 2 |\n',
  ),
  'content/1-start/box.svg': picture,
  'content/1-start/1-install.ar.md': article('تثبيت', 'كلمات.\n\n## أولا\n\nنص\n\n## ثانيا\n\nنص'),
  'content/1-start/deeper/collection.yaml': 'name: Deeper\n',
  'content/1-start/deeper/more.md': article('More of it', 'Text.'),
  'content/2-billing/collection.yaml': 'name: Billing\n',
  'content/2-billing/pay.md': article('Pay', 'Money.'),
  'content/3-team/collection.yaml': 'name: Team\n',
  'content/3-team/invite.md': article('Invite somebody', 'People.'),
};

const options: ProjectOptions = {
  config:
    'preview: {title: Aurora, greeting: Ask away, color: "#0a7f5a"}\nassets: {baseUrl: "https://cdn.example.com/{path}?v={hash}"}\n',
  simulator: {
    look: { title: 'Aurora', greetings: new Map([['en', 'Ask away']]), color: '#0a7f5a', logo: null },
  },
};

describe.runIf(hasBrowser)('the look of a help center, of the preview and of the simulated one alike', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
  });

  const seen = (page: Page, selector: string): Promise<string[]> =>
    page
      .locator(selector)
      .allInnerTexts()
      .then((texts) => texts.map((one) => one.replaceAll(/\s+/g, ' ').trim()));

  test('both show the same words, the same order and the same figures on every page', async () => {
    const { urls } = await startBoth(files, options);
    const shown: string[][][] = [];
    for (const url of urls) {
      const { page, complaints } = await openPage(browser);
      await page.goto(url);
      const parts = [
        await seen(
          page,
          'title, h1, .card h2, .card p, .card .foot > :last-child, .brand, form.search button',
        ),
      ];
      await page.click('.card >> text=Start');
      parts.push(await seen(page, 'nav.trail, h1, .lead, .foot > :last-child, ul.rows li, section.shelf h2'));
      await page.click('text=Install it');
      parts.push(
        await seen(
          page,
          'nav.trail, article h1, article .lead, article h2, details.contents li, .feedback h2, .related',
        ),
      );
      expect(complaints).toEqual([]);
      shown.push(parts);
      await page.close();
    }
    expect(shown[0]?.[0]).toContain('3 articles');
    expect(shown[0]?.[1]).toContain('Deeper');
    expect(shown[0]?.[2]).toContain('Related Articles Use it');
    expect(shown[1]).toEqual(shown[0]);
  });

  test.each([
    [375, 1],
    [768, 2],
    [1280, 3],
    [1920, 3],
  ])('cards stand side by side as the window of %i pixels allows: %i', async (width, columns) => {
    const { preview } = await startPreview(files, options);
    const { page } = await openPage(browser, { viewport: { width, height: 900 } });
    await page.goto(preview.url);
    const lefts = await page.evaluate<number[]>(
      '[...document.querySelectorAll(".card")].map((one) => one.getBoundingClientRect().left)',
    );
    expect(new Set(lefts).size).toBe(columns);
    for (const path of [
      '/en',
      '/en/collections/1-start',
      '/en/articles/1-start/1-install.md',
      '/en/articles/1-start/2-use.md',
    ]) {
      await page.goto(`${preview.url}${path}`);
      expect([path, await page.evaluate('document.documentElement.scrollWidth')]).toEqual([path, width]);
    }
    if (width === 1920) {
      const wide = (await page.locator('main .wrap').boundingBox())?.width;
      expect(wide).toBeGreaterThan(1300);
    }
    await page.close();
  });

  test('the table of contents marks where somebody reads, and is folded on a narrow screen', async () => {
    const { urls } = await startBoth(files, options);
    for (const url of urls) {
      const { page } = await openPage(browser, { viewport: { width: 1280, height: 800 } });
      await page.goto(url);
      await page.click('.card >> text=Start');
      await page.click('text=Install it');
      expect(await seen(page, 'details.contents li')).toEqual([
        'Before you begin',
        'Download',
        'On a server',
        'The end',
      ]);
      await page.evaluate(
        'scrollTo({ top: document.querySelector("article h3").getBoundingClientRect().top + scrollY - 60, behavior: "instant" })',
      );
      await page.waitForSelector('details.contents [aria-current] >> text=On a server');
      await page.click('details.contents >> text=Download');
      await page.waitForSelector('details.contents [aria-current] >> text=Download');
      const box = await page.locator('details.contents').boundingBox();
      expect(box?.y).toBeGreaterThanOrEqual(0);
      await page.setViewportSize({ width: 600, height: 800 });
      await page.waitForSelector('details.contents:not([open])');
      await page.close();
    }
  });

  test('pictures and tables open large, by mouse and by keys, and close again', async () => {
    const { preview } = await startPreview(files, options);
    const { page, complaints } = await openPage(browser);
    await page.goto(`${preview.url}/en/articles/1-start/2-use.md`);
    await page.click('.figure > img');
    expect(await page.locator('dialog.large img').getAttribute('alt')).toBe('A teal box');
    await page.keyboard.press('Escape');
    await page.waitForSelector('dialog.large', { state: 'detached' });
    await page.locator('.figure:has(.table) > button').focus();
    await page.keyboard.press('Enter');
    expect(await page.locator('dialog.large td').count()).toBe(4);
    await page.click('dialog.large button.close');
    await page.waitForSelector('dialog.large', { state: 'detached' });
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('callouts are told apart by their signs as well, and the answers are dead and say so', async () => {
    const { preview } = await startPreview(files, options);
    const { page } = await openPage(browser);
    await page.goto(`${preview.url}/en/articles/1-start/2-use.md`);
    const signs = await page.evaluate<string[]>(
      '[...document.querySelectorAll(".callout .sign path")].map((one) => one.getAttribute("d"))',
    );
    expect(new Set(signs).size).toBe(4);
    expect(await page.locator('.feedback button:disabled').count()).toBe(3);
    expect(await page.textContent('.feedback p')).toContain('Not counted here');
    await page.close();
  });

  test('the author, the date and what else there is to read stand where readers look for them', async () => {
    const { preview } = await startPreview(files, options);
    const { page } = await openPage(browser);
    await page.goto(`${preview.url}/en/articles/1-start/1-install.md`);
    expect(await seen(page, '.byline p')).toEqual(['Written by Docs', 'Updated today']);
    expect(await seen(page, '.related li')).toEqual(['Use it']);
    await page.goto(`${preview.url}/en`);
    expect(await page.locator('.card .avatars').getAttribute('aria-label')).toBe('Written by Docs');
    await page.close();
  });

  test('the pages speak the language of their readers, and run the way it is read', async () => {
    const { urls } = await startBoth(files, options);
    for (const url of urls) {
      const { page } = await openPage(browser, { viewport: { width: 1280, height: 800 } });
      await page.goto(url);
      await page.click('nav.locales summary');
      await page.click('text=العربية');
      expect(await page.getAttribute('html', 'dir')).toBe('rtl');
      expect(await page.textContent('header h1')).toBe('كيف يمكننا مساعدتك؟');
      expect(await page.getAttribute('form.search input', 'placeholder')).toBe('ابحث عن مقالات…');
      await page.click('.card a');
      await page.click('ul.rows a');
      expect(await seen(page, 'details.contents summary')).toEqual(['جدول المحتويات']);
      const [contents, text] = await Promise.all(
        ['details.contents', 'article'].map((one) => page.locator(one).boundingBox()),
      );
      expect(contents?.x).toBeLessThan(text?.x ?? 0);
      await page.close();
    }
  });

  test('on paper there is the article and nothing around it', async () => {
    const { preview } = await startPreview(files, options);
    const { page } = await openPage(browser);
    await page.goto(`${preview.url}/en/articles/1-start/1-install.md`);
    await page.emulateMedia({ media: 'print' });
    for (const part of [
      'header.top',
      'nav.trail',
      'details.contents',
      '.feedback',
      '.related',
      'footer',
      '#tools',
    ])
      expect([part, await page.locator(part).isVisible()]).toEqual([part, false]);
    expect(await page.locator('article').isVisible()).toBe(true);
    await page.close();
  });
});
