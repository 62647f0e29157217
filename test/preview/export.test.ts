import { readFile, readdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { runCommand } from '../helpers/command.ts';
import { openProject, type Project } from '../helpers/project.ts';
import { hasBrowser, openBrowser, openPage } from './previewing.ts';

const article = (title: string, body: string): string =>
  `---\ntitle: ${title}\nstate: published\n---\n\n${body}\n`;
const files = {
  'sync.config.yaml':
    'remote: {provider: intercom}\npreview: {title: Aurora, logo: logo.svg}\nassets: {baseUrl: "https://cdn.example.com/{path}?v={hash}"}\n',
  'logo.svg':
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>',
  'content/guides/collection.yaml': 'name: Guides & more\n',
  'content/guides/one.md': article(
    'One',
    'See [two](deep/two.md#end).\n\n![A box](box.svg)\n\nA `</script>` word.',
  ),
  'content/guides/one.fr.md': article('Un', 'Voir [deux](deep/two.md).'),
  'content/guides/box.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="300"/>',
  'content/guides/deep/two.md': article('Two', 'Zebras.\n\n## Start\n\nText.\n\n## End\n\nLast.'),
};

async function exported(
  more: Readonly<Record<string, string>> = {},
): Promise<{ project: Project; site: string }> {
  const project = await openProject();
  onTestFinished(() => project.close());
  await project.write({ ...files, ...more });
  await project.push();
  await project.write({
    'content/guides/deep/two.md': article('Two', 'Lions.\n\n## Start\n\nText.\n\n## End\n\nLast.'),
  });
  const { url, token } = project.simulator;
  const env = { INTERCOM_URL: url, INTERCOM_TOKEN: token };
  const { code, out } = await runCommand(['preview', '--export', 'site'], { folder: project.folder, env });
  expect([code, out]).toEqual([
    0,
    expect.stringMatching(/^Wrote \d+ pages into site; open index\.html first\.\n/),
  ]);
  return { project, site: join(project.folder, 'site') };
}

test('every address in an export is relative and leads to a file of it', async () => {
  const { site } = await exported();
  const names = (await readdir(site, { recursive: true, withFileTypes: true }))
    .filter((one) => one.isFile())
    .map((one) => join(one.parentPath, one.name).slice(site.length + 1));
  expect(names).toContain('en/articles/guides/deep/two.difference.html');
  expect(names).toContain('files/guides/box.svg');
  for (const name of names.filter((one) => one.endsWith('.html'))) {
    const html = await readFile(join(site, name), 'utf8');
    expect(html).not.toMatch(/ (?:href|src|action)="\//);
    for (const [, address = ''] of html.matchAll(/ (?:href|src|action)="([^"#]+)[^"]*"/g)) {
      if (/^https?:/.test(address)) continue;
      const file = decodeURIComponent(new URL(address, `file:///${encodeURI(name)}`).pathname.slice(1));
      expect([name, address, names.includes(file)]).toEqual([name, address, true]);
    }
  }
});

test('an export replaces an earlier one and nothing else', async () => {
  const { project, site } = await exported();
  const again = async (folder: string): Promise<number> =>
    (await runCommand(['preview', '--export', folder], { folder: project.folder })).code;
  await project.write({ 'content/guides/one.fr.md': null, 'notes/mine.txt': 'mine' });
  expect(await again('site')).toBe(0);
  expect(await readdir(site)).not.toContain('fr');
  for (const folder of ['notes', '.', 'content', 'content/site'])
    expect([folder, await again(folder)]).toEqual([folder, 64]);
  expect(await project.read('notes/mine.txt')).toBe('mine');
});

describe.runIf(hasBrowser)('an exported preview in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
  });

  /** Any static host. */
  async function serve(site: string): Promise<string> {
    const types: Readonly<Record<string, string>> = {
      html: 'text/html',
      css: 'text/css',
      js: 'text/javascript',
      svg: 'image/svg+xml',
    };
    const server = createServer((request, response) => {
      const path = decodeURIComponent(new URL(request.url ?? '/', 'http://x.test').pathname);
      readFile(join(site, path)).then(
        (bytes) =>
          response.writeHead(200, { 'content-type': types[path.split('.').at(-1) ?? ''] ?? '' }).end(bytes),
        () => response.writeHead(404).end(),
      );
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/index.html`;
  }

  test.each(['as files', 'from a static host below no path'])(
    'leads through its pages and finds, %s',
    async (how) => {
      const { site } = await exported();
      const start = how === 'as files' ? pathToFileURL(join(site, 'index.html')).href : await serve(site);
      const { page, complaints } = await openPage(browser);
      await page.goto(start);
      await page.waitForSelector('h1 >> text=How can we help?');
      expect(await page.evaluate('document.querySelector(".brand img").naturalWidth')).toBe(9);
      expect(await page.evaluate('getComputedStyle(document.querySelector(".card")).borderRadius')).not.toBe(
        '0px',
      );
      await page.click('.card a');
      await page.click('text=One');
      await page.waitForSelector('article img');
      expect(await page.evaluate('document.querySelector("article img").naturalWidth')).toBe(400);
      await page.click('article >> text=two');
      expect(new URL(page.url()).hash).toBe('#end');
      await page.click('nav.views >> text=Difference');
      await page.waitForSelector('article del >> text=Zebras');
      await page.keyboard.press('/');
      await page.keyboard.type('scrip');
      await page.waitForSelector('.suggestions >> text=One');
      await page.keyboard.press('Enter');
      await page.waitForSelector('ul.hits >> text=One');
      await page.click('ul.hits a');
      expect(await page.textContent('article h1')).toContain('One');
      await page.click('nav.locales summary');
      await page.click('nav.locales >> text=Français');
      await page.waitForSelector('html[lang=fr]', { state: 'attached' });
      expect(complaints).toEqual([]);
      await page.close();
    },
  );
});
