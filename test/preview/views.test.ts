import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasBrowser, hindrances, openBrowser, openPage, startPreview } from './previewing.ts';

const article = (title: string, body: string, state = 'published'): string =>
  `---\ntitle: ${title}\nstate: ${state}\n---\n\n${body}\n`;
const files = {
  'sync.config.yaml': 'remote: {provider: intercom}\n',
  'content/guides/collection.yaml': 'name: Guides\n',
  'content/guides/ahead.md': article('Ahead', 'One two three.\n\nThe same.'),
  'content/guides/behind.md': article('Behind', 'One two three.'),
  'content/guides/both.md': article('Both', 'One two three.'),
  'content/guides/draft.md': article('Draft', 'Not yet.', 'draft'),
};

describe.runIf(hasBrowser)('what a push will change, on the page', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
  });

  /** Files that were pushed, then changed on both sides, and a preview that can ask the help center. */
  async function changed(): Promise<
    Awaited<ReturnType<typeof startPreview>> & { page: Page; complaints: string[] }
  > {
    const both = await startPreview(files, { isAsking: true, isPushed: true });
    const { project } = both;
    const { operator } = project.simulator;
    const id = (title: string): number =>
      operator.articles().find((one) => one.contents['en']?.title === title)?.id ?? 0;
    operator.editArticle(id('Behind'), { body: '<p class="no-margin">One two four.</p>' });
    operator.editArticle(id('Both'), { body: '<p class="no-margin">One two there.</p>' });
    await project.write({
      'content/guides/ahead.md': article('Ahead of it', 'One 2 three.\n\nThe same.\n\nNew.'),
      'content/guides/both.md': article('Both', 'One two here.'),
      'content/guides/draft.md': article('Draft', 'Not yet.'),
      'content/guides/new.md': article('New one', 'Fresh.'),
    });
    return { ...both, ...(await openPage(browser)) };
  }

  test('every way to look at an article holds what WCAG asks for, in light and dark', async () => {
    const { preview, page } = await changed();
    await page.goto(`${preview.url}/en/articles/guides/ahead.md?view=difference`);
    await page.waitForSelector('article ins >> text=2');
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      for (const path of [
        '/en',
        '/en/collections/guides',
        ...['ahead', 'behind', 'both', 'draft', 'new'].flatMap((name) =>
          ['', '?view=help-center', '?view=difference', '?view=markdown'].map(
            (view) => `/en/articles/guides/${name}.md${view}`,
          ),
        ),
      ]) {
        await page.goto(`${preview.url}${path}`);
        expect([colorScheme, path, await hindrances(page)]).toEqual([colorScheme, path, []]);
      }
    }
    await page.close();
  });

  test('the switch is one row on a narrow screen as well', async () => {
    const { preview, page } = await changed();
    await page.setViewportSize({ width: 375, height: 700 });
    await page.goto(`${preview.url}/en/articles/guides/ahead.md?view=difference`);
    const boxes = await Promise.all(
      (await page.locator('nav.views a').all()).map((one) => one.boundingBox()),
    );
    expect(boxes).toHaveLength(4);
    expect(new Set(boxes.map((box) => box?.y)).size).toBe(1);
    for (const box of boxes) expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(375);
    await page.close();
  });

  test('a switch shows the folder, the help center, and the words that differ', async () => {
    const { preview, page, complaints } = await changed();
    await page.goto(`${preview.url}/en/articles/guides/ahead.md`);
    await page.waitForSelector('h1 >> text=Ahead of it');
    expect(await page.locator('nav.views [aria-current]').allInnerTexts()).toEqual(['Folder']);
    await page.click('nav.views >> text=Help center');
    await page.waitForSelector('article >> text=One two three.');
    expect(await page.textContent('article')).not.toContain('New.');
    await page.click('nav.views >> text=Difference');
    await page.waitForSelector('article ins >> text=2');
    expect(await page.locator('article > p > del').allInnerTexts()).toEqual(['two']);
    expect(await page.locator('article > ins').allInnerTexts()).toEqual(['New.']);
    expect(await page.locator('article del, article ins').filter({ hasText: 'The same' }).count()).toBe(0);
    expect(await page.textContent('ul.changed')).toContain('Title: Ahead of it');
    await page.goto(`${preview.url}/en/articles/guides/new.md?view=help-center`);
    await page.waitForSelector('text=The help center has no such article yet.');
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('badges say on cards and pages what is ahead, behind, in conflict, a draft, and what goes public', async () => {
    const { preview, page } = await changed();
    await page.goto(`${preview.url}/en/articles/guides/both.md?view=difference`);
    await page.waitForSelector('h1 .badge >> text=conflict');
    await page.goto(`${preview.url}/en/collections/guides`);
    await page.waitForSelector('li:has-text("Ahead of it") .badge');
    const rows = await page.evaluate<string[]>(
      '[...document.querySelectorAll("ul.rows li")].map((one) => one.textContent.replaceAll(/\\s+/g, " ").trim())',
    );
    expect(rows).toEqual([
      'Ahead of it ahead',
      'Behind behind',
      'Both conflict',
      'Draft ahead goes public',
      'New one ahead goes public',
    ]);
    await page.goto(`${preview.url}/en`);
    expect(await page.locator('.card .badge').allInnerTexts()).toEqual([
      '3 ahead',
      '1 behind',
      '1 conflict',
      '2 goes public',
    ]);
    await page.close();
  });

  test('without a help center to ask, the lock file tells what is ahead, and the page says why there is no more', async () => {
    const { preview, project } = await startPreview(files, { isPushed: true });
    await project.write({ 'content/guides/ahead.md': article('Ahead', 'Another.') });
    const { page } = await openPage(browser);
    await page.goto(`${preview.url}/en/articles/guides/ahead.md`);
    await page.waitForSelector('h1 .badge >> text=ahead');
    await page.click('nav.views >> text=Help center');
    await page.waitForSelector('text=The help center could not be read.');
    await page.close();
  });

  test('Intercom’s way is shown, and can be lifted for comparison', async () => {
    const { preview } = await startPreview({
      'content/g/way.md': article(
        'Way',
        '# One\n\n## Two\n\n### Three\n\n#### Four\n\nA <kbd>key</kbd> and <u>under</u>.\n\nNext.',
      ),
    });
    const { page } = await openPage(browser);
    const shown = async (view: string): Promise<string> => {
      await page.goto(`${preview.url}/en/articles/g/way.md${view}`);
      return page.innerHTML('article');
    };
    const theirs = await shown('');
    expect(theirs).not.toContain('<h5');
    expect(theirs).not.toContain('<u>');
    expect(theirs).toContain('<p class="tight"><br></p>');
    const promised = await shown('?view=markdown');
    expect(promised).toContain('<h5');
    expect(promised).toContain('<u>under</u>');
    expect(promised).not.toContain('class="tight"');
    await page.close();
  });
});
