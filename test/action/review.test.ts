import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { repository } from './helpers/github.ts';
import {
  article,
  onMain,
  keepStage,
  withToken,
  type Ran,
  type RunOptions,
  type Stage,
} from './helpers/stage.ts';

let stage: Stage;

const draft = (title: string, text: string): string => `---\ntitle: ${title}\nstate: draft\n---\n\n${text}\n`;

const published = keepStage(
  {
    'content/billing/refunds.md': article('Refunds', 'Refunds take five days.'),
    'content/billing/old.md': article('Old prices', 'No more.'),
    'content/billing/named.md': article('A name', 'Text.'),
  },
  (kept) => kept.run(withToken(kept, onMain('push'))),
);

beforeEach(async () => {
  stage = await published.open();
});
afterAll(() => published.drop());
afterEach(async () => {
  await stage.close();
});

const run = (options: RunOptions): Promise<Ran> => stage.run(withToken(stage, options));
const comment = (number = 7): string => stage.github.comments.find((one) => one.issue === number)?.body ?? '';
const idOf = (title: string): number =>
  stage.simulator.operator.articles().find((one) => one.contents['en']?.title === title)?.id ?? 0;

const workspaceId = async (): Promise<string> =>
  /"workspace":\s*"([^"]+)"/.exec((await stage.fileOf('main', 'sync.lock.json')) ?? '')?.[1] ?? '';

/** Each entry of a comment by its path: what its line says, what is below it, and whether it is open. */
function entries(body: string): ReadonlyMap<string, { line: string; below: string; isOpen: boolean }> {
  const found = [...body.matchAll(/<details( open)?>\n<summary>(.*?)<\/summary>([^]*?)<\/details>/g)];
  return new Map(
    found.map(([, open, line = '', below = '']) => [
      /<code>(.*?)<\/code>/.exec(line)?.[1] ?? '',
      { line: line.replace(/<[^>]*>/g, ''), below, isOpen: open !== undefined },
    ]),
  );
}

const changes = {
  'content/billing/refunds.md': article('Refunds', 'Refunds take seven days.'),
  'content/billing/old.md': null,
  'content/billing/named.md': article('Another name', 'Text.'),
  'content/billing/fees.md': article('Fees', 'Free.'),
  'content/billing/soon.md': draft('Soon', 'Not yet.'),
};

async function proposed(files: Readonly<Record<string, string | null>> = changes): Promise<RunOptions> {
  await stage.change(files, 'change');
  return stage.proposed('change', 7);
}

describe('a comment for a reviewer', () => {
  test('says of each article what readers will see, and all in one sentence', async () => {
    await run(await proposed());
    const found = entries(comment());
    const lines = Object.fromEntries([...found].map(([path, { line }]) => [path, line]));
    expect(lines).toEqual({
      'billing/fees.md': 'Create billing/fees.md Fees · goes public',
      'billing/named.md': 'Update billing/named.md · title changed here · public, at a new address',
      'billing/old.md': expect.stringMatching(
        /^Unpublish billing\/old\.md · its file is gone.* · goes offline$/,
      ),
      'billing/refunds.md': 'Update billing/refunds.md · text changed here · public',
      'billing/soon.md': 'Create billing/soon.md Soon · draft',
    });
    expect(comment()).toContain('For readers: 1 goes public, 1 goes offline, 2 public articles change.');
  });

  test('folds each article, opens the first ones, and shows changed words outside of code', async () => {
    const many = Array.from({ length: 9 }, (_, index) => `content/many/n${index}.md`);
    await stage.change(
      Object.fromEntries(many.map((name) => [name, article(name.slice(13, 15), 'Old words.')])),
    );
    await run(onMain('push'));
    await run(
      await proposed(
        Object.fromEntries(many.map((name) => [name, article(name.slice(13, 15), 'New words.')])),
      ),
    );
    const found = [...entries(comment()).values()];
    expect(found.map((one) => one.isOpen)).toEqual([
      true,
      true,
      true,
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
    for (const { below } of found) {
      expect(below).toMatch(/^\n\n> <del>Old<\/del> <ins>New<\/ins> words\.\n/);
      expect(below).not.toContain('```');
    }
  });

  test('leads to the file at that commit, to the article and to its editor', async () => {
    const options = await proposed();
    await run(options);
    const head = (options.payload as { pull_request: { head: { sha: string } } }).pull_request.head.sha;
    const workspace = await workspaceId();
    const { below } = entries(comment()).get('billing/refunds.md') ?? { below: '' };
    expect(below).toContain(
      `[File](https://github.test/${repository}/blob/${head}/content/billing/refunds.md)`,
    );
    expect(below).toMatch(new RegExp(`\\[Article\\]\\(http[^)]*/en/articles/${idOf('Refunds')}-refunds\\)`));
    expect(below).toContain(
      `[Editor](https://app.intercom.com/a/apps/${workspace}/articles/articles/${idOf('Refunds')}/show)`,
    );
    const { below: fresh } = entries(comment()).get('billing/fees.md') ?? { below: '' };
    expect(fresh).toContain('[File]');
    expect(fresh).not.toContain('[Article]');
  });

  test.each([
    [
      'the provider',
      { 'sync.config.yaml': 'remote: { provider: simulator }\n' },
      'provider: `intercom` → `simulator`',
      { 'allow-simulator': 'true' },
    ],
    [
      'the region',
      { 'sync.config.yaml': 'remote: { provider: intercom, region: eu }\n' },
      'region: `us` → `eu`',
      {},
    ],
    [
      'the lock file',
      { 'sync.config.yaml': 'remote: { provider: intercom }\nlock: other.lock.json\n' },
      'lock file: `sync.lock.json` → `other.lock.json`',
      {},
    ],
    [
      'the help center',
      { 'sync.config.yaml': 'remote: { provider: intercom, helpCenter: 2210001 }\n' },
      'help center: `the only one of the workspace` → `2210001`',
      {},
    ],
    [
      'how much may be deleted',
      { 'sync.config.yaml': 'remote: { provider: intercom }\nmaxDeletes: 100%\ndeletions: delete\n' },
      'deletions: `unpublish` → `delete`\n> - maxDeletes: `10%` → `100%`',
      {},
    ],
  ])('warns where a pull request changes %s', async (_, files, said, inputs) => {
    await run({ ...(await proposed(files)), inputs });
    expect(comment()).toContain(
      `> **This pull request changes where, or by which rules, it is published:**\n>\n> - ${said}`,
    );
  });

  test('warns where a pull request ties the lock file to another workspace, or entries to other articles', async () => {
    const lock = (await stage.fileOf('main', 'sync.lock.json')) ?? '';
    const workspace = await workspaceId();
    const other = lock.replace(`"${workspace}"`, '"otherone"').replace(String(idOf('Refunds')), '999999999');
    await run(await proposed({ 'sync.lock.json': other }));
    expect(comment()).toContain(`workspace in the lock file: \`${workspace}\` → \`otherone\``);
    expect(comment()).toContain('lock file: 1 entry is tied to another article than before, or to none');
  });

  test('warns of nothing where nothing of that changes', async () => {
    await run(await proposed());
    expect(comment()).not.toContain('[!WARNING]');
  });
});

describe('after the merge the comment', () => {
  async function merged(): Promise<string> {
    await run(await proposed());
    expect(comment()).toContain('## Help center: plan');
    const sha = await stage.merge('change');
    stage.github.merged.set(7, sha);
    return sha;
  }

  test('says what was published, when, and where to look, as the summary does', async () => {
    const sha = await merged();
    const ran = await run({ ...onMain('push'), sha });
    for (const text of [comment(), ran.summary]) {
      expect(text).toContain('## Help center: published');
      expect(text).toMatch(/Commit `[0-9a-f]{10}`, 20\d\d-\d\d-\d\d \d\d:\d\d UTC; \[the run\]/);
      expect(text).toContain(
        '**Done: 2 created, 2 updated, 1 unpublished. For readers: 1 goes public, 1 goes offline, 2 public articles change.**',
      );
      const fees = entries(text).get('billing/fees.md')?.below ?? '';
      expect(fees).toContain(`/en/articles/${idOf('Fees')})`);
      expect(fees).toContain(`/blob/${sha}/content/billing/fees.md`);
      expect(entries(text).get('billing/soon.md')?.below).not.toContain('[Article]');
    }
    expect(stage.github.comments).toHaveLength(1);
    const before = comment();
    await run({ ...onMain('push'), sha });
    expect(comment()).toBe(before);
  });

  test('says what failed', async () => {
    const sha = await merged();
    const edited = idOf('Refunds');
    stage.simulator.operator.editArticle(edited, { body: '<p>Refunds take nine days.</p>' });
    const ran = await run({ ...onMain('push'), sha });
    expect(ran.code).toBe(3);
    expect(comment()).toContain('### In conflict');
    expect(comment()).toContain('nine');
    expect(comment()).toContain('## Help center: published in part');
  });

  test('says why nothing was published', async () => {
    const sha = await merged();
    const ran = await run({ ...onMain('push'), sha, inputs: { token: 'wrong-token-0123456789' } });
    expect(ran.code).toBe(1);
    expect(comment()).toContain('## Help center: not published');
    expect(comment()).toMatch(/\(`[A-Z_]+`\)/);
    expect(stage.github.comments).toHaveLength(1);
  });
});
