import { describe, expect, test } from 'vitest';
import type { Ended } from '../helpers/command.ts';
import { openWorkplace, simulated, withIntercom } from './commanding.ts';
import { articleRow, collectionRow, json, refusal, startHostile } from './hostile-intercom.ts';

/** What moves a cursor, sets a title, rings, hides, turns text around or makes a line of its own. */
const tricks = [
  '\u001b]52;c;ZXZpbA==\u0007',
  '\u001b[2J\u001b[1;1H',
  '\u001b]8;;https://evil.test\u001b\\link\u001b]8;;\u001b\\',
  '\u001b[31m',
  '\u009b31m',
  '\u009d0;title\u009c',
  '\r',
  '\b\b',
  '\u0085',
  '\u2028',
  '\u2029',
  '\u202e',
  '\u2066',
  '\u200f',
  '\u061c',
  '\u2060',
  '\u200b',
  '\ufeff',
  '\u{e0041}',
];
const hostile = `Start${tricks.join('x')}End`;

/** The same as escapes of JSON, for places that take no raw control character. */
const unseen =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/u;

/** Lines that the runner of GitHub Actions takes for commands: at the head of a line, or with ## anywhere in it. */
const commandLine = /^\s*::|##\[/m;

function expectHarmless({ out, err }: Ended): void {
  for (const text of [out, err]) {
    expect(unseen.exec(text)?.[0] ?? '').toBe('');
    expect(commandLine.exec(text)?.[0] ?? '').toBe('');
  }
}

const commands =
  '::error file=x::gotcha\n::set-output name=a::b\n::stop-commands::x\n  ::add-mask::y\n##[error]z\nWell ##[command]v';

describe('what the help center says is shown as text and never acts on the terminal', () => {
  const remote = {
    collections: [collectionRow(5, { name: hostile, description: commands })],
    articles: [
      articleRow(7, { title: hostile, description: hostile, parent_id: 5 }),
      articleRow(8, {
        title: commands,
        body: `<p>${hostile}</p><p>::error::body</p><pre><code>::warning::code\n##[group]g</code></pre>`,
      }),
    ],
  };

  test('in plans, runs and status, for people and for machines', async () => {
    const { env } = await startHostile(remote);
    const place = await openWorkplace({
      'sync.config.yaml': withIntercom,
      'content/own.md': '# Own\n\nText.\n',
    });
    for (const args of [
      ['plan', '--direction', 'pull', '--verbose'],
      ['plan', '--direction', 'pull', '--markdown'],
      ['plan', '--direction', 'pull', '--json', '--out', 'plan.json'],
      ['pull', '--verbose'],
      ['watch', '--once', '--json'],
    ])
      expectHarmless(await place.run(args, env));
  });

  test('with colours on, too', async () => {
    const { env } = await startHostile(remote);
    const place = await openWorkplace({
      'sync.config.yaml': withIntercom,
      'content/own.md': '# Own\n\nText.\n',
    });
    const { out } = await place.run(['plan', '--direction', 'pull', '--verbose'], {
      ...env,
      FORCE_COLOR: '1',
    });
    expect(out).toContain('\u001b[32m');
    expect(unseen.exec(out.replace(/\u001b\[\d{1,2}m/g, ''))?.[0] ?? '').toBe('');
    // The one colour that it asked for itself is shown as what it is.
    expect(out).toContain('\\u{1b}[31m');
  });

  test('a machine reads the very title that was sent', async () => {
    const { env } = await startHostile({ articles: [articleRow(7, { title: hostile })] });
    const place = await openWorkplace({
      'sync.config.yaml': withIntercom,
      'content/own.md': '# Own\n\nText.\n',
    });
    const { out } = await place.run(['plan', '--direction', 'pull', '--json'], env);
    const plan = JSON.parse(out) as { operations: { fields: { field: string; after: string }[] }[] };
    const titles = plan.operations.flatMap(({ fields }) => fields).filter(({ field }) => field === 'title');
    expect(titles.map(({ after }) => after)).toContain(hostile);
  });

  test('in conflicts, where both versions are shown line by line', async () => {
    const body = (text: string): string => `<p class="no-margin">${text}</p>`;
    const rows = [articleRow(8, { title: 'One', body: body('First.') })];
    const { env } = await startHostile({ articles: rows });
    const place = await openWorkplace({
      'sync.config.yaml': withIntercom,
      'content/own.md': '# Own\n\nText.\n',
    });
    await place.run(['pull'], env);
    await place.write({
      'content/one.md': `---\ntitle: One\nstate: published\n---\n\n::error::local ${hostile.replaceAll(/[\r\n]/g, '')}\n`,
    });
    rows[0] = articleRow(8, {
      title: 'One',
      updated_at: 1_800_000_000,
      body: body(`::error::remote ${hostile}<br>::warning::second`),
    });
    for (const args of [
      ['status'],
      ['sync', '--json'],
      ['watch', '--once'],
      ['resolve', 'nothing.md', '--local'],
    ]) {
      const ended = await place.run(args, env);
      expect(ended.all).toContain('one.md');
      expectHarmless(ended);
    }
  });

  test('in what it answers when it refuses', async () => {
    const { env } = await startHostile({
      answer: (asked, response) => {
        if (asked.path !== '/me') return false;
        json(response, refusal(hostile, `${commands}\n${hostile}`), 403);
        return true;
      },
    });
    const place = await openWorkplace({
      'sync.config.yaml': withIntercom,
      'content/own.md': '# Own\n\nText.\n',
    });
    for (const args of [['push', '--json', '--verbose'], ['doctor']]) {
      const ended = await place.run(args, env);
      expect(ended.code).toBe(1);
      expectHarmless(ended);
    }
  });
});

describe('what files are called and hold is shown as text, too', () => {
  test('in problems, plans and check-ups', async () => {
    const name = `e\u001b[31mvil\u202egpj\u009b2J::x`;
    const place = await openWorkplace({
      'sync.config.yaml': simulated,
      [`content/${name}.md`]: `---\ntitle: "a"\n${hostile.replaceAll(/[\r\n\u0085\u2028\u2029]/g, '')}: 1\n---\n\nText.\n`,
      [`content/${name}/more.md`]: 'x',
      'content/::error::dir/::warning::file.md':
        '# ::notice::T\n\n[x](::error::gone.md) [y](##[error]gone.md)\n',
      'content/\n::error::line\n.md': '# T\n',
      'content/good.md': `# Good\n\n::error::kept ${hostile.replaceAll('\r', '')}\n`,
      'content/broken.md': '---\ntitle: [\n---\n',
      'content/ok/collection.yaml': 'name: "::error::\\e[31m"\nnam: "::x"\n',
    });
    for (const args of [['validate'], ['plan', '--json'], ['doctor']]) {
      const ended = await place.run(args);
      expect(ended.all).toContain('error');
      expectHarmless(ended);
    }
  });

  test('in config files, arguments and the trash', async () => {
    const place = await openWorkplace({
      'sync.config.yaml': `remote:\n  provider: "::error::x\\e[31m"\n"\\n::error::key\\u202e": 1\ntargets: {"::error::t": {}}\n`,
      '.shelfmark/trash/2026-01-01/\u001b[31m::error::.md': 'x',
    });
    for (const args of [
      ['plan'],
      ['apply', '\n::error::\u001b[31mplan'],
      ['plan', '--\n::error::\u001b[31m'],
      ['\n::error::\u001b[31m'],
      ['init', '--provider', '\n::error::\u001b[31m'],
    ]) {
      const ended = await place.run(args);
      expect(ended.code).not.toBe(0);
      expectHarmless(ended);
    }
    await place.write({ 'sync.config.yaml': simulated });
    for (const args of [
      ['restore', '--json'],
      ['restore', '\n::error::\u001b[31m'],
      ['plan', '--target', '\n::error::\u001b[31m'],
    ])
      expectHarmless(await place.run(args));
  });
});
