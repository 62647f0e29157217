import { request } from 'node:http';
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { safe } from '../../src/look/safe-html.ts';
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
    // What begins as a draft is not counted: readers will see one.
    expect(text).toContain('<span>1 article</span>');
    expect(text).toContain('<span class="badge yellow" lang="en" dir="ltr">1 draft</span>');
    expect(text).toContain('Outside every collection');
    const inside = await visit(preview.url, '/en/collections/guides/deep');
    expect(inside.text).toContain(
      '<a href="/en/articles/guides/deep/use.md">Use <span class="badge yellow" lang="en" dir="ltr">draft</span>',
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
    expect(article.text).toContain('placeholder="Rechercher des articles…"');
    expect(article.text).toContain('hreflang="en"');
    expect((await visit(preview.url, '/fr/articles/bad.md')).status).toBe(404);
  });

  test('what can be searched in is there for each language, as texts', async () => {
    const { preview } = await startPreview(files);
    const { text, headers } = await visit(preview.url, '/en/search.json');
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
    expect(JSON.parse(text)).toContainEqual({
      address: '/en/articles/guides/deep/use.md',
      title: 'Use',
      description: '',
      text: 'Set up Text. Set up More.',
      trail: ['Guides & more', 'Deep'],
    });
    expect(JSON.parse((await visit(preview.url, '/fr/search.json')).text)).toHaveLength(1);
    expect((await visit(preview.url, '/es/search.json')).status).toBe(404);
  });

  test('the config says how the help center is called and looks', async () => {
    const { preview } = await startPreview({
      ...files,
      'sync.config.yaml':
        'remote: {provider: intercom}\npreview:\n  title: Aurora & Co\n  greeting: {en: Ask away, fr: Bonjour}\n  color: "#0a7f5a"\n  logo: brand/logo.svg\n',
      'brand/logo.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
    });
    const { text } = await visit(preview.url, '/en');
    expect(text).toContain('<title>Aurora &amp; Co</title>');
    expect(text).toContain('<h1>Ask away</h1>');
    expect(text).toContain('--head: #0a7f5a;');
    expect(text).toContain('<img src="/logo" alt="" />');
    const logo = await visit(preview.url, '/logo');
    expect([logo.status, logo.headers['content-type'], logo.text]).toEqual([
      200,
      'image/svg+xml',
      '<svg xmlns="http://www.w3.org/2000/svg"/>',
    ]);
    expect((await visit(preview.url, '/fr')).text).toContain('<h1>Bonjour</h1>');
  });

  test('without a title it is called as its folder, with the initial as its sign', async () => {
    const { preview, project } = await startPreview(files);
    const name =
      project.folder
        .split('/')
        .at(-1)
        ?.replaceAll(/[-_.]+/g, ' ') ?? '';
    expect((await visit(preview.url, '/en')).text).toContain(`<title>S${name.slice(1)}</title>`);
    const icon = await visit(preview.url, '/icon.svg');
    expect([icon.status, icon.headers['content-type']]).toEqual([200, 'image/svg+xml']);
    expect(icon.text).toContain('>S</text>');
    expect((await visit(preview.url, '/favicon.ico')).status).toBe(200);
    expect((await visit(preview.url, '/logo')).status).toBe(404);
  });

  test('problems stand at the foot of every page, in the words, codes and figures of the command line', async () => {
    const { preview, project } = await startPreview({
      ...files,
      'content/broken.md': '---\ntitle: [\n---\n',
      'content/away.md': '---\ntitle: Away\n---\n\nSee [it](nowhere.md).\n',
    });
    const { problems } = await project.validate();
    const errors = problems.filter((one) => one.severity === 'error').length;
    const { text } = await visit(preview.url, '/en');
    const tools = /<aside id="tools"[^]*<\/aside>/.exec(text)?.[0] ?? '';
    expect(tools).toContain(
      `<summary>${errors} error${errors === 1 ? '' : 's'}, ${problems.length - errors} warning`,
    );
    for (const { message, code, severity } of problems)
      expect(tools).toContain(
        safe`<strong class="${severity}">${severity}</strong>: ${message} [${code}]`.html,
      );
    expect(tools).toContain(
      `<a href="vscode://file${project.folder}/content/broken.md:3">content/broken.md:3`,
    );
    for (const { hint } of problems) expect(tools).toContain(safe`<span class="hint">${hint}</span>`.html);
  });

  test('the problems of a page come first on it', async () => {
    const { preview } = await startPreview({
      ...files,
      'content/a.md': '---\ntitle: A\n---\n\nSee [it](nowhere.md).\n',
      'content/z.md': '---\ntitle: Z\n---\n\nSee [it](nowhere.md).\n',
    });
    for (const [own, other] of [
      ['a', 'z'],
      ['z', 'a'],
    ] as const) {
      const { text } = await visit(preview.url, `/en/articles/${own}.md`);
      expect(text).toMatch(
        new RegExp(
          `<h2>This page</h2>[^]*content/${own}.md:5[^]*<h2>The folder</h2>[^]*content/${other}.md:5`,
        ),
      );
    }
  });
});

describe('a broken article', () => {
  const broken = '---\ntitle: [\n---\n';

  test('stands in its place with its error, the line and the way out', async () => {
    const { preview } = await startPreview({ ...files, 'content/guides/broken.md': broken });
    const { status, text } = await visit(preview.url, '/en/articles/guides/broken.md');
    expect(status).toBe(200);
    const box = /<section class="broken"[^]*?<\/section>/.exec(text)?.[0] ?? '';
    expect(box).toMatch(/content\/guides\/broken\.md:3(?::\d+)?<\/a>: <strong class="error">error<\/strong>/);
    expect(box).toMatch(/\[[A-Z_]+\]<pre>3 \| ---<b>\n +\^<\/b><\/pre>/);
    expect(box).toContain('It could not be read since this preview was started');
    expect((await visit(preview.url, '/en/collections/guides')).text).toMatch(
      /broken\.md <span class="badge red"[^>]*>error</,
    );
  });

  test('keeps showing what it said when it could be read last, and a broken translation as well', async () => {
    const { preview, project } = await startPreview(files);
    const until = async (path: string, text: string): Promise<string> => {
      for (const end = Date.now() + 30_000; ;) {
        const seen = (await visit(preview.url, path)).text;
        if (seen.includes(text)) return seen;
        if (Date.now() > end) throw new Error(`${text} was never shown`);
        await new Promise((done) => setTimeout(done, 50));
      }
    };
    await project.write({ 'content/guides/install.md': broken, 'content/guides/install.fr.md': broken });
    const english = await until('/en/articles/guides/install.md', 'when it could last be read');
    expect(english).toContain('<a href="https://example.com"');
    const french = await until('/fr/articles/guides/install.md', 'when it could last be read');
    expect(french).toContain('Voir.');
    await project.write({ 'content/guides/install.md': files['content/guides/install.md'] });
    await until('/en/articles/guides/install.md', '<h1>Install</h1>');
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
