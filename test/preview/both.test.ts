import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import type { SearchDocument } from '../../src/look/search-document.ts';
import { startBoth } from './previewing.ts';

const content = resolve(import.meta.dirname, '../../content');

const isText = (name: string): boolean => /\.(?:md|yaml)$/.test(name);

/** An article as a page shows it, but for where its links and pictures lead. */
function shownIn(html: string): string {
  const [article = ''] = /<article>[^]*<\/article>/.exec(html) ?? [];
  return article
    .replace(/<div class="byline">.*?<\/div><\/div>/, '')
    .replaceAll(/<img[^>]*>|<span class="missing".*?<\/span>/g, 'PICTURE')
    .replaceAll(/ (?:id|href|target|rel)="[^"]*"/g, '')
    .replaceAll(/>\s+</g, '>\n<');
}

test('every article of our own help center is the same in the preview and, once pushed, for readers', async () => {
  const files = readdirSync(content, { recursive: true, encoding: 'utf8' }).filter((one) =>
    /\.\w+$/.test(one),
  );
  const { preview, project } = await startBoth(
    Object.fromEntries(
      files.map((one) => [
        `content/${one}`,
        isText(one) ? readFileSync(join(content, one), 'utf8') : 'a picture',
      ]),
    ),
    { config: 'assets: {baseUrl: "https://cdn.example.com/{path}?v={hash}"}\n' },
  );
  const get = async (url: string): Promise<string> => (await fetch(url)).text();
  const { site } = project.simulator;
  for (const locale of ['en', 'fr']) {
    const [here, there] = await Promise.all(
      [`${preview.url}/${locale}`, `${site}/${locale}`].map(
        async (one) => JSON.parse(await get(`${one}/search.json`)) as SearchDocument[],
      ),
    );
    // Drafts are in the preview only.
    const published = new Set((there ?? []).map((one) => one.title));
    const listed = (here ?? []).filter((one) => one.trail.length > 0 && published.has(one.title));
    expect(listed.length).toBeGreaterThan(locale === 'en' ? 30 : 2);
    const told = (all: readonly SearchDocument[]): readonly unknown[] =>
      all.map((one) => [one.title, one.trail, one.text]).toSorted();
    expect(told(listed)).toEqual(told(there ?? []));
    for (const { title, address } of listed) {
      const other = (there ?? []).find((one) => one.title === title)?.address ?? '';
      const [ours, theirs] = await Promise.all([
        get(`${preview.url}${address}`),
        get(`${new URL(site).origin}${other}`),
      ]);
      expect([title, shownIn(ours)]).toEqual([title, shownIn(theirs)]);
    }
  }
});
