import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasBrowser, openBrowser, openPage, startBoth } from './previewing.ts';

const article = (title: string, body: string): string =>
  `---\ntitle: ${title}\nstate: published\n---\n\n${body}\n`;
const files = {
  'content/a/first.md': article('Merging', 'A conflict here, a conflict there, and a conflict everywhere.'),
  'content/a/second.md': article('Conflicts', 'Both sides changed the same words.'),
  'content/a/third.md': article('Über uns', 'Ein Café in der Nähe.'),
  'content/a/third.ja.md': article('返金について', '注文の返金は三日以内に行われます。'),
};

describe.runIf(hasBrowser)('the search of the preview and of the simulated help center', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
  });

  async function found(page: Page, phrase: string): Promise<readonly string[]> {
    await page.fill('input[type=search]', '');
    await page.fill('input[type=search]', phrase);
    await page.waitForSelector('.suggestions');
    return page.locator('.suggestions strong').allInnerTexts();
  }

  test('puts titles first, takes beginnings, forgives slips and accents, and asks no server while one types', async () => {
    const { urls } = await startBoth(files);
    for (const url of urls) {
      const { page, complaints } = await openPage(browser);
      await page.goto(url);
      expect(await found(page, 'conflict')).toEqual(['Conflicts', 'Merging']);
      const asked: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      expect(await found(page, 'conf')).toEqual(['Conflicts', 'Merging']);
      expect((await found(page, 'conflcits'))[0]).toBe('Conflicts');
      expect(await found(page, 'uber cafe')).toEqual(['Über uns']);
      expect(await page.locator('.suggestions mark').allInnerTexts()).toEqual(['Über', 'Café']);
      expect(asked).toEqual([]);
      expect(complaints).toEqual([]);
      await page.close();
    }
  });

  test('finds words of languages that have no blanks between them, and can be used by keys alone', async () => {
    const { preview } = await startBoth(files);
    const { page } = await openPage(browser);
    await page.goto(`${preview.url}/ja`);
    await page.keyboard.press('/');
    await page.keyboard.insertText('返金');
    await page.waitForSelector('.suggestions mark');
    await page.keyboard.press('ArrowDown');
    expect(await page.getAttribute('input[type=search]', 'aria-activedescendant')).toBe('hit-0');
    await page.keyboard.press('Enter');
    await page.waitForSelector('article h1 >> text=返金について');
    await page.goto(`${preview.url}/ja/search?q=zzz`);
    await page.waitForSelector('text=「zzz」に一致する結果はありません');
    await page.close();
  });
});
