/* What an audit asks others: git, the web, and Intercom; and how it says what it found. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runCommand, type Ended } from '../../helpers/command.ts';
import { openProject, type Project } from '../../helpers/project.ts';
import { virtualClock } from '../../intercom/helpers/virtual-clock.ts';

let project: Project;
beforeEach(async () => {
  project = await openProject();
});
afterEach(async () => {
  await project.close();
});

const words =
  'These words are enough for an article that says something, and that nobody takes for one that is too short.';
const article = (title: string, text: string, more = ''): string =>
  `---\ntitle: ${title}\ndescription: What ${title} is about\nstate: published\n${more}---\n\n${text} ${words.replace('words', `words of ${title}`)}\n`;

interface Said {
  readonly problems: readonly {
    readonly severity: string;
    readonly code: string;
    readonly message: string;
    readonly place: { readonly file: string; readonly line: number };
  }[];
  readonly statistics?: readonly { readonly path: string; readonly views: number; readonly sad: number }[];
}

const audit = (...args: readonly string[]): Promise<Ended> =>
  runCommand(['audit', ...args], {
    folder: project.folder,
    clock: virtualClock(),
    env: { INTERCOM_URL: project.simulator.url, INTERCOM_TOKEN: project.simulator.token },
  });
const found = async (...args: readonly string[]): Promise<readonly string[]> => {
  const { out } = await audit('--json', ...args);
  return (JSON.parse(out) as Said).problems.map(({ code, place }) => `${code} ${place.file}:${place.line}`);
};
const pair = {
  'content/guide/a.md': article('Alpha', 'First [b](b.md).'),
  'content/guide/b.md': article('Beta', 'Second [a](a.md).'),
};

describe('the config', () => {
  test('turns findings off and on, and makes errors of them', async () => {
    await project.write({ ...pair, 'content/lone.md': article('Lone', 'Third.') });
    expect([(await audit()).code, await found()]).toEqual([0, ['ARTICLE_ORPHAN content/lone.md:0']]);
    expect((await audit('--fail-on', 'warnings')).code).toBe(1);
    const config = await project.read('sync.config.yaml');
    await project.write({ 'sync.config.yaml': `${config}audit:\n  rules: { ARTICLE_ORPHAN: error }\n` });
    expect((await audit()).code).toBe(1);
    expect((await audit('--fail-on', 'nothing')).code).toBe(0);
    await project.write({ 'sync.config.yaml': `${config}audit:\n  rules: { ARTICLE_ORPHAN: off }\n` });
    expect(await found()).toEqual([]);
    await project.write({ 'sync.config.yaml': `${config}audit:\n  rules: { ARTICLE_ORPHEN: off }\n` });
    expect((await audit()).err).toContain('audit.rules names ARTICLE_ORPHEN');
  });

  test('and every format says the same', async () => {
    await project.write({ ...pair, 'content/lone.md': article('Lone', 'Third.') });
    expect((await audit()).out).toContain('content/lone.md: warning: The article is in no collection');
    expect((await audit('--format', 'markdown')).out).toContain('### `ARTICLE_ORPHAN` (1)\n');
    expect((await audit('--format', 'github')).out).toMatch(
      /^::warning title=ARTICLE_ORPHAN,file=content\/lone\.md::/m,
    );
    const sarif = JSON.parse((await audit('--format', 'sarif')).out) as {
      runs: { results: { ruleId: string }[] }[];
    };
    expect(sarif.runs[0]?.results.map((one) => one.ruleId)).toEqual(['ARTICLE_ORPHAN']);
  });
});

test('links to our own articles by their public addresses are told with the path to write', async () => {
  await project.write(pair);
  await project.sync();
  const [one] = project.simulator.operator.articles();
  await project.write({
    'content/guide/b.md': article(
      'Beta',
      `Second [a](https://help.example.com/en/articles/${one?.id ?? 0}-alpha).`,
    ),
  });
  const { out } = await audit();
  expect(out).toContain('[LINK_BY_HAND]');
  expect(out).toContain('Write "a.md" instead');
});

describe('articles and the product', () => {
  test('--since names those that speak of what changed, and were not changed themselves', async () => {
    await project.write({
      'content/guide/a.md': article('Alpha', 'First [b](b.md).', 'covers: [src/billing/**]\n'),
      'content/guide/b.md': article('Beta', 'Second [a](a.md).', 'covers: src/login.ts\n'),
      'content/guide/c.md': article('Gamma', 'Third [a](a.md), [b](b.md).', 'covers: [src/gone.ts]\n'),
      'src/billing/refund.ts': 'one',
      'src/login.ts': 'two',
    });
    await project.git('add', '.');
    await project.git('commit', '-q', '-m', 'all');
    expect(await found()).toEqual(['COVERS_NOTHING content/guide/c.md:5']);
    await project.git('checkout', '-q', '-b', 'topic');
    await project.write({
      'src/billing/refund.ts': 'three',
      'src/login.ts': 'four',
      'content/guide/b.md': article('Beta', 'Anew [a](a.md).', 'covers: src/login.ts\n'),
    });
    await project.git('commit', '-q', '-a', '-m', 'change');
    expect(await found('--since', 'main')).toEqual([
      'ARTICLE_COVERED content/guide/a.md:5',
      'COVERS_NOTHING content/guide/c.md:5',
    ]);
    expect((await audit('--since', 'main')).out).toContain('src/billing/refund.ts');
    const wrong = await audit('--since', '--upload-pack=x');
    expect([wrong.code, wrong.err]).toEqual([64, expect.stringContaining('git knows no commit')]);
  });
});

describe('addresses on the web', () => {
  let server: Server;
  let asked: string[];
  let site: string;
  beforeEach(async () => {
    asked = [];
    server = createServer((request, response) => {
      asked.push(`${request.method ?? ''} ${request.url ?? ''}`);
      const [path = ''] = (request.url ?? '').split('?');
      if (path === '/old') response.writeHead(301, { location: '/page' }).end();
      else if (path === '/gone') response.writeHead(404).end();
      else if (path === '/no-head' && request.method === 'HEAD') response.writeHead(405).end();
      else if (path === '/down') response.writeHead(503).end();
      else response.writeHead(200, { 'content-type': 'text/html' }).end('<h2 id="part">Part</h2>');
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    site = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await project.write({
      ...pair,
      'content/guide/b.md': article(
        'Beta',
        `[a](a.md) [1](${site}/page) [2](${site}/old) [3](${site}/gone) [4](${site}/no-head) [5](${site}/page#part) [6](${site}/page#none) [7](${site}/down) [8](${site}/left/out)`,
      ),
    });
    const config = await project.read('sync.config.yaml');
    await project.write({ 'sync.config.yaml': `${config}audit:\n  ignore: ["${site}/left/*"]\n` });
  });
  afterEach(() => server.close());

  test('are told where they are dead, moved, or lack their part, and are not asked again for a day', async () => {
    const { code, out } = await audit('--external', '--allow-private');
    expect(code).toBe(1);
    expect(out).toContain(`The link to ${site}/gone is dead: the answer is 404.`);
    expect(out).toContain(`Write ${site}/page instead.`);
    expect(out).toContain(`The page at ${site}/page#none has no such part.`);
    expect(out).toContain(`Nobody can tell whether ${site}/down leads somewhere: the answer is 503.`);
    expect(out.match(/\[WEB_\w+\]/g)?.toSorted()).toEqual([
      '[WEB_ANCHOR]',
      '[WEB_DEAD]',
      '[WEB_MOVED]',
      '[WEB_UNREACHABLE]',
    ]);
    expect(asked).not.toContain('HEAD /left/out');
    const before = asked.length;
    expect((await audit('--external', '--allow-private')).out).toContain('[WEB_DEAD]');
    expect(asked.length).toBe(before);
  });

  test('of this machine and of private networks are never asked without being told to', async () => {
    expect(new Set(await found('--external'))).toEqual(new Set(['WEB_UNREACHABLE content/guide/b.md:7']));
    expect(asked).toEqual([]);
  });

  test('and without --external nobody asks at all', async () => {
    expect(await found()).toEqual([]);
    expect(asked).toEqual([]);
  });
});

test('--statistics also tells where collections are shown in another order than is wanted, once for each place', async () => {
  await project.write({
    'content/01-one/a.md': article('Alpha', 'First [b](../02-two/b.md), [d](../top/x/d.md).'),
    'content/01-one/c.md': article('Gamma', 'Third [a](a.md), [b](../02-two/b.md), [e](../top/y/e.md).'),
    'content/02-two/b.md': article('Beta', 'Second [a](../01-one/a.md).'),
    'content/02-two/f.md': article('Zeta', 'Sixth [a](../01-one/a.md).'),
    'content/top/collection.yaml': 'name: Top\norder: [y, x]\n',
    'content/top/x/d.md': article('Delta', 'Fourth [a](../../01-one/a.md).'),
    'content/top/x/g.md': article('Eta', 'Seventh [a](../../01-one/a.md).'),
    'content/top/y/e.md': article('Epsilon', 'Fifth [a](../../01-one/a.md).'),
    'content/top/y/h.md': article('Theta', 'Eighth [a](../../01-one/a.md).'),
  });
  await project.push();
  const { out } = await audit('--statistics');
  expect(out.match(/\[ORDER_DIFFERS\]/g)).toHaveLength(1);
  expect(out).toContain(
    'content/top/collection.yaml: warning: The help center shows x, y; the order here is y, x.',
  );
});

test('--statistics ranks what is read, and tells what is liked badly, unread, or old', async () => {
  await project.write({
    ...pair,
    'content/guide/c.md': article('Gamma', 'Third [a](a.md), [b](b.md).'),
    'content/guide/d.md': article('Delta', 'Fourth [a](a.md), [c](c.md).'),
    'content/guide/e.md': article('Epsilon', 'Fifth [d](d.md).'),
  });
  await project.push();
  const { operator } = project.simulator;
  const idOf = (title: string): number =>
    operator.articles().find(({ contents }) => contents['en']?.title === title)?.id ?? 0;
  operator.editArticle(idOf('Alpha'), { views: 900, reactions: { happy: 1, neutral: 1, sad: 8 } });
  operator.editArticle(idOf('Beta'), { views: 800, reactions: { happy: 9, neutral: 0, sad: 1 } });
  operator.editArticle(idOf('Gamma'), { views: 5, reactions: { happy: 0, neutral: 0, sad: 9 } });
  operator.editArticle(idOf('Delta'), { views: 7 });
  const { out } = await audit('--statistics', '--json');
  const { problems, statistics } = JSON.parse(out) as Said;
  expect(
    problems.filter(({ code }) => !code.endsWith('OUTDATED')).map(({ code, place }) => [code, place.file]),
  ).toEqual([
    ['ARTICLE_DISLIKED', 'content/guide/a.md'],
    ['ARTICLE_UNREAD', 'content/guide/e.md'],
  ]);
  expect(statistics?.find(({ path }) => path === 'guide/a.md')).toMatchObject({ views: 900, sad: 80 });
  expect((await audit('--statistics')).out).toMatch(/900 +10 +80 % +content\/guide\/a\.md\n/);
});
