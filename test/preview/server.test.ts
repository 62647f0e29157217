import { request } from 'node:http';
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { startPreview } from './previewing.ts';

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

function visit(url: string, path: string, more: { host?: string; method?: string } = {}): Promise<Answer> {
  return new Promise((done, fail) => {
    const headers = more.host === undefined ? {} : { host: more.host };
    const sent = request(`${url}${path}`, { method: more.method ?? 'GET', headers }, (answer) => {
      let text = '';
      answer.on('data', (chunk: Buffer) => (text += chunk.toString()));
      answer.on('end', () => done({ status: answer.statusCode ?? 0, headers: answer.headers, text }));
    });
    sent.on('error', fail);
    sent.end();
  });
}

const hostile = '<script>alert(1)</script><img src=x onerror=alert(2)>';
const files = {
  'content/guides/collection.yaml':
    'name: Guides & more\nicon: rocket\ntranslations:\n  fr: {name: Guides en français}\n',
  'content/guides/install.md':
    '---\ntitle: Install\nstate: published\n---\n\nSee [use](deep/use.md#set-up), [the folder](deep/) and [elsewhere](https://example.com).\n\n![A box](box.png)\n',
  'content/guides/install.fr.md': '---\ntitle: Installer\nstate: published\n---\n\nVoir.\n',
  'content/guides/box.png': 'not really',
  'content/guides/deep/use.md': '# Use\n\n## Set up\n\nText.\n\n## Set up\n\nMore.\n',
  'content/bad.md': `---\ntitle: "${hostile}"\ndescription: "${hostile}"\n---\n\n${hostile}\n\n<iframe src="javascript:alert(3)"></iframe>\n\n[x](javascript:alert(4))\n`,
};

describe('what is shown', () => {
  test('collections with their names, counts and icons, and what stands outside', async () => {
    const { preview } = await startPreview(files);
    const { status, text } = await visit(preview.url, '/en');
    expect(status).toBe(200);
    expect(text).toContain('<a href="/en/collections/guides">Guides &amp; more</a>');
    expect(text).toContain('2 articles, 1 collection inside');
    expect(text).toContain('Outside every collection');
    const inside = await visit(preview.url, '/en/collections/guides/deep');
    expect(inside.text).toContain(
      '<a href="/en/articles/guides/deep/use.md">Use<span class="badge">Draft</span>',
    );
  });

  test('links between files lead to pages, images come from the folder, and headings can be linked to', async () => {
    const { preview } = await startPreview(files);
    const { text } = await visit(preview.url, '/en/articles/guides/install.md');
    expect(text).toContain('<a href="/en/articles/guides/deep/use.md#set-up">use</a>');
    expect(text).toContain('<a href="/en/collections/guides/deep">the folder</a>');
    expect(text).toContain('href="https://example.com" target="_blank" rel="noopener noreferrer"');
    const image = /<img src="(\/files\/guides\/box\.png\?[^"]+)" alt="A box"/.exec(text)?.[1] ?? '';
    const answer = await visit(preview.url, image);
    expect([answer.status, answer.headers['content-type'], answer.text]).toEqual([
      200,
      'image/png',
      'not really',
    ]);
    const use = await visit(preview.url, '/en/articles/guides/deep/use.md');
    expect(use.text).toContain('id="set-up"');
    expect(use.text).toContain('id="set-up-1"');
  });

  test('every language has its own pages, and an article says in which it is there', async () => {
    const { preview } = await startPreview(files);
    const { text } = await visit(preview.url, '/fr');
    expect(text).toContain('lang="fr"');
    expect(text).toContain('Guides en français');
    const article = await visit(preview.url, '/fr/articles/guides/install.md');
    expect(article.text).toContain('<h1>Installer</h1>');
    expect(article.text).toContain('hreflang="en"');
    expect((await visit(preview.url, '/fr/articles/bad.md')).status).toBe(404);
  });

  test('the search finds words of titles and texts', async () => {
    const { preview } = await startPreview(files);
    const { text } = await visit(preview.url, '/en/search?q=set%20more');
    expect(text).toContain('1 article for “set more”');
    expect(text).toContain('>Use<');
    expect((await visit(preview.url, '/en/search?q=%3Cb%3E')).text).toContain('&lt;b&gt;');
  });

  test('problems and conflicts stand at the foot of every page, with a link that opens the file', async () => {
    const { preview, project } = await startPreview({
      ...files,
      'content/broken.md': '---\ntitle: [\n---\n',
    });
    const { text } = await visit(preview.url, '/en');
    expect(text).toContain(
      `<a href="vscode://file${project.folder}/content/broken.md:3">content/broken.md:3</a>`,
    );
    expect(text).toContain('<strong>Problem:</strong> The YAML cannot be read');
  });
});

describe('what is kept out', () => {
  test('nothing in a file becomes markup of the page', async () => {
    const { preview } = await startPreview(files);
    for (const path of ['/en', '/en/articles/bad.md', '/en/search?q=alert']) {
      const { text } = await visit(preview.url, path);
      expect(text.match(/<script/g)).toEqual(['<script']);
      expect(text).not.toMatch(/<img[^>]*onerror|<iframe|href="javascript/);
    }
  });

  test('the policy lets nothing in from elsewhere, and the digests are those of what is there', async () => {
    const { preview } = await startPreview(files);
    const { headers, text } = await visit(preview.url, '/en');
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
    for (const [tag, name] of [
      ['style', 'style-src'],
      ['script', 'script-src'],
    ] as const) {
      const inline = new RegExp(`<${tag}[^>]*>([\\s\\S]*?)</${tag}>`).exec(text)?.[1] ?? '';
      expect(policy).toContain(`${name} 'sha256-${createHash('sha256').update(inline).digest('base64')}'`);
    }
  });

  test('requests under another name are refused, so that no web page can read it', async () => {
    const { preview } = await startPreview(files);
    const { port } = new URL(preview.url);
    for (const host of [
      'evil.example',
      `evil.example:${port}`,
      `127.0.0.1.evil.example:${port}`,
      '127.0.0.1',
      `127.0.0.1:${Number(port) + 1}`,
    ])
      expect([host, (await visit(preview.url, '/en', { host })).status]).toEqual([host, 421]);
    expect((await visit(preview.url, '/events', { host: 'evil.example' })).status).toBe(421);
    for (const host of [`localhost:${port}`, `LOCALHOST:${port}`, `[::1]:${port}`])
      expect((await visit(preview.url, '/en', { host })).status).toBe(200);
  });

  test('it only reads, and only what a scan of the content folder found', async () => {
    const { preview, project } = await startPreview(files);
    await project.write({ 'secret.png': 'secret' });
    for (const method of ['POST', 'PUT', 'DELETE'])
      expect((await visit(preview.url, '/en', { method })).status).toBe(405);
    for (const path of [
      '/files/../secret.png',
      '/files/%2e%2e/secret.png',
      '/files/..%2fsecret.png',
      '/files/guides/install.md',
      '/files//etc/passwd',
      '/files/%00',
    ])
      expect([path, (await visit(preview.url, path)).status]).toEqual([path, 404]);
  });

  test('strange addresses are pages that are not there', async () => {
    const { preview } = await startPreview(files);
    for (const path of [
      '/xx',
      '/en/articles/%',
      '/en/articles/..%2f..',
      '/en/articles/none.md',
      '/en/nothing',
      '//evil.example/en',
    ])
      expect([path, (await visit(preview.url, path)).status]).toEqual([path, 404]);
    expect((await visit(preview.url, '/')).headers['location']).toBe('/en');
  });
});

test('a folder that is gone is an empty help center, and comes back by itself', async () => {
  const { preview, project } = await startPreview(files);
  await project.write({ content: null });
  const seen = async (path: string, text: string): Promise<void> => {
    const end = Date.now() + 30_000;
    while (!(await visit(preview.url, path)).text.includes(text)) {
      if (Date.now() > end) throw new Error(`${text} was never shown`);
      await new Promise((done) => setTimeout(done, 50));
    }
  };
  await seen('/en', 'There is no article here yet.');
  await project.write(files);
  await seen('/en/articles/guides/install.md', '<h1>Install</h1>');
});
