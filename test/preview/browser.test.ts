import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasBrowser, hindrances, openBrowser, openPage, previewOf, startPreview } from './previewing.ts';

if (!hasBrowser)
  process.stderr.write(
    'Tests of the preview in a browser are left out: there is no /usr/bin/chromium (apt-get install chromium).\n',
  );

const root = resolve(import.meta.dirname, '../..');
const long = Array.from({ length: 60 }, (_, index) => `Paragraph number ${index}, to scroll past.\n`).join(
  '\n',
);
const files = {
  'content/guides/collection.yaml': 'name: Guides\ndescription: How to\nicon: rocket\n',
  'content/guides/install.md': `---\ntitle: Install\nstate: published\n---\n\nFirst words.\n\n${long}\n## The end\n\nLast words.\n`,
  'content/guides/install.fr.md': '---\ntitle: Installer\nstate: published\n---\n\nVoir.\n',
  'content/guides/deep/all.md': `---\ntitle: All blocks\n---\n\nSee [install](../install.md#the-end).\n\n> [!NOTE]\n> A note.\n\n> [!TIP]\n> A tip with \`code\`.\n\n> [!WARNING]\n> A warning with a [link](../install.md).\n\n> [!CAUTION]\n> Careful.\n\n| A | B |\n| --- | --- |\n| 1 | 2 |\n\n\`\`\`js\ncode();\n\`\`\`\n\n<details><summary>More</summary>\n\nInside.\n\n</details>\n\n![Nothing here](https://example.com/a.png)\n\n<!-- button -->\n[Start](https://example.com)\n\n1. one\n2. two\n   - three\n`,
};

describe.runIf(hasBrowser)('the preview in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
  });

  test('leads from the home page through a collection to an article, by links, keys and search', async () => {
    const { preview } = await startPreview(files);
    const { page, complaints } = await openPage(browser);
    await page.goto(preview.url);
    await page.click('text=Guides');
    expect(await page.textContent('h1')).toBe('Guides 1 draft');
    await page.click('main >> text=Deep');
    expect(await page.textContent('h1')).toBe('Deep 1 draft');
    await page.click('text=All blocks');
    expect(await page.textContent('h1')).toBe('All blocks draft');
    await page.click('article >> text=install');
    expect(new URL(page.url()).hash).toBe('#the-end');
    expect(await page.evaluate('scrollY')).toBeGreaterThan(500);
    await page.keyboard.press('/');
    await page.keyboard.type('first words');
    await page.keyboard.press('Enter');
    await page.waitForSelector('text=1 article · “first words”');
    await page.click('nav.locales summary');
    await page.click('nav.locales >> text=Français');
    expect(await page.getAttribute('html', 'lang')).toBe('fr');
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('shows a save by itself and stays where it was scrolled to', async () => {
    const { preview, project } = await startPreview(files);
    const { page, complaints } = await openPage(browser);
    await page.goto(`${preview.url}/en/articles/guides/install.md`);
    await page.evaluate('scrollTo(0, 900)');
    await project.write({
      'content/guides/install.md': files['content/guides/install.md'].replace('Last words', 'Newest words'),
    });
    await page.waitForSelector('text=Newest words');
    expect(await page.evaluate('scrollY')).toBe(900);
    expect(await page.textContent('#said')).toBe('The page was updated.');
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('shows a problem with its file and line as soon as it is there, and drops it when it is mended', async () => {
    const { preview, project } = await startPreview(files);
    const { page } = await openPage(browser);
    await page.goto(`${preview.url}/en`);
    expect(await page.locator('.problems').count()).toBe(0);
    await project.write({ 'content/guides/broken.md': '---\ntitle: [\n---\n' });
    await page.waitForSelector('.problems >> text=content/guides/broken.md:3');
    expect(await page.locator('.problems').getAttribute('open')).toBe('');
    await page.goto(`${preview.url}/en/articles/guides/install.md`);
    const box = await page.locator('#tools').boundingBox();
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(720);
    await project.write({ 'content/guides/broken.md': null });
    await page.waitForSelector('.problems', { state: 'detached' });
    await page.close();
  });

  test('shows the conflicts of a watch', async () => {
    const { preview } = await startPreview(files);
    const { page } = await openPage(browser);
    await page.goto(`${preview.url}/en`);
    preview.showConflicts([
      {
        key: 'article:1' as never,
        kind: 'article',
        path: 'guides/install.md' as never,
        id: null,
        field: 'body',
        locale: null,
        local: 'a',
        remote: 'b',
        reason: 'both sides changed the same words',
      },
    ]);
    await page.waitForSelector('.problems >> text=both sides changed the same words');
    await page.close();
  });

  test.each(['light', 'dark'] as const)('holds what WCAG asks for, in %s', async (colorScheme) => {
    const { preview } = await startPreview({ ...files, 'content/broken.md': '---\ntitle: [\n---\n' });
    for (const path of [
      '/en',
      '/en/collections/guides',
      '/en/articles/guides/deep/all.md',
      '/en/search?q=install',
      '/fr/articles/guides/install.md',
      '/en/nothing',
    ]) {
      const { page } = await openPage(browser, { colorScheme });
      await page.goto(`${preview.url}${path}`);
      expect([path, await hindrances(page)]).toEqual([path, []]);
      await page.close();
    }
  });

  test('fits a narrow screen and looks different in the dark', async () => {
    const { preview } = await startPreview(files);
    const background = async (colorScheme: 'light' | 'dark'): Promise<string> => {
      const { page } = await openPage(browser, { colorScheme, viewport: { width: 320, height: 640 } });
      await page.goto(`${preview.url}/en/articles/guides/deep/all.md`);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
      const color = await page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
      await page.close();
      return color;
    };
    expect(await background('light')).not.toBe(await background('dark'));
  });

  // With SHELFMARK_SCREENSHOTS set, the pictures of the README are taken anew.
  test.each(['light', 'dark'] as const)(
    'shows this project’s own help center, in %s',
    async (colorScheme) => {
      const preview = await previewOf(root);
      const { page, complaints } = await openPage(browser, {
        colorScheme,
        viewport: { width: 1200, height: 790 },
        deviceScaleFactor: 1.5,
      });
      await page.goto(`${preview.url}/en`);
      expect(await page.locator('.card').count()).toBeGreaterThan(3);
      expect(await page.locator('.problems').count()).toBe(0);
      expect(complaints).toEqual([]);
      const picture = await page.screenshot();
      expect(picture.byteLength).toBeGreaterThan(20_000);
      if ((process.env['SHELFMARK_SCREENSHOTS'] ?? '') !== '')
        writeFileSync(join(root, `docs/images/preview-${colorScheme}.png`), picture);
      await page.close();
    },
  );

  test('can be read and used without a mouse', async () => {
    const { preview, project } = await startPreview(files);
    const { page } = await openPage(browser);
    await page.goto(`${preview.url}/en`);
    const focused = (): Promise<string> =>
      page.evaluate<string>('document.activeElement.textContent.trim() || document.activeElement.name');
    const seen: string[] = [];
    for (let step = 0; step < 5; step += 1) {
      await page.keyboard.press('Tab');
      seen.push(await focused());
      expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).not.toBe('none');
    }
    const [, name = ''] = /([^/]+)$/.exec(project.folder) ?? [];
    expect(seen).toEqual([
      'Skip to main content',
      `SS${name.slice(1).replaceAll('-', ' ')}`,
      'English',
      'q',
      'Search',
    ]);
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('Guides');
    await page.keyboard.press('Enter');
    await page.waitForSelector('h1:has-text("Guides")');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('location.hash')).toBe('#content');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('All Collections');
    await page.close();
  });
});
