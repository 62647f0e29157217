import fc from 'fast-check';
import type { Nodes, Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { describe, expect, test } from 'vitest';
import type { EntryKey, LocalPath, RemoteId } from '../../src/model/identity.ts';
import type { Operation, Plan } from '../../src/model/plan.ts';
import type { Link } from '../../src/report/entry-markdown.ts';
import { makePlan } from '../../src/plan/make-plan.ts';
import { planMarkdown } from '../../src/report/plan-markdown.ts';
import { article, collection, inputOf } from '../helpers/worlds.ts';
import { tries } from '../helpers/long.ts';

const everything = { budget: Number.POSITIVE_INFINITY };

const parse = (markdown: string): Root =>
  fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });

function nodesOf(node: Nodes): readonly Nodes[] {
  return [node, ...('children' in node ? node.children.flatMap(nodesOf) : [])];
}

const usual = {
  billing: collection(),
  refunds: article({ in: 'billing', text: 'Refunds take five days.\nAsk us first.\nThank you.' }),
  install: article({ text: 'First.\nSecond.' }),
};

function planned(direction: 'push' | 'pull' | 'sync', sides: Parameters<typeof inputOf>[0]): Plan {
  return makePlan(inputOf(sides, direction)).plan;
}

describe('a plan as Markdown', () => {
  test('is grouped as the tree is, with one line for each entry and the changed words below', () => {
    const plan = planned('push', {
      base: usual,
      remote: usual,
      local: {
        ...usual,
        refunds: article({ in: 'billing', text: 'Refunds take seven days.\nAsk us first.\nThank you.' }),
        fees: article({ in: 'billing', title: 'What it costs', fr: { title: 'Tarifs', text: 'Prix.' } }),
        install: article({ text: 'First.\nSecond.', title: 'How to install' }),
      },
    });
    expect(planMarkdown(plan, everything)).toBe(
      [
        '**Plan: 1 to create, 2 to update, 1 in step. For readers: 1 goes public, 2 public articles change.**',
        '',
        '### In the help center',
        '',
        '- `billing/`',
        '  - **Create** `fees.md` `What it costs` (also in fr) · goes public',
        '  - **Update** `refunds.md` · text changed here · public',
        '    - text:',
        '',
        '      > Refunds take <del>five</del> <ins>seven</ins> days.\\',
        '      > Ask us first.',
        '',
        '- **Update** `install.md` · title changed here · public, at a new address',
        '  - title: `install` → `How to install`',
        '',
      ].join('\n'),
    );
  });

  test('shows both versions of a conflict, and what is behind', () => {
    const other = (text: string): typeof usual => ({ ...usual, install: article({ text }) });
    const conflict = planned('sync', {
      base: usual,
      local: other('Here.\nSecond.'),
      remote: other('There.\nSecond.'),
    });
    const text = planMarkdown(conflict, everything);
    expect(text).toContain('### In conflict');
    expect(text).toMatch(
      /- `install\.md` text: .*\n {2}- here:\n\n {4}```\n {4}Here\.\n {4}```\n\n {2}- there:\n\n {4}```\n {4}There\./,
    );
    const behind = planMarkdown(
      planned('push', { base: usual, local: usual, remote: other('New.') }),
      everything,
    );
    expect(behind).toContain('### Behind');
    expect(behind).toContain('- `install.md`');
  });

  test('tells refusals and errors before everything else', () => {
    const many = Object.fromEntries(
      Array.from({ length: 12 }, (_, index) => [`a${index}`, article()] as const),
    );
    const text = planMarkdown(
      planned('push', { base: many, remote: many, local: { a0: article() } }),
      everything,
    );
    expect(text).toMatch(/^\*\*Plan: 11 to unpublish.*\*\*\n\n### Refused\n/);
    expect(text).toContain('with --allow-deletes 11');
    expect(text).toContain('- **Unpublish** `a1.md`');
  });

  test('says that there is nothing to do', () => {
    expect(planMarkdown(planned('sync', { base: usual, local: usual, remote: usual }), everything)).toBe(
      '**Nothing to do, 3 in step.**\n',
    );
  });

  test('says of a text that changed, where nobody knows from what, that it changed', () => {
    const [operation] = planned('push', {
      base: usual,
      remote: usual,
      local: { ...usual, install: article({ text: 'New.' }) },
    }).operations;
    const fields = [{ field: 'body', locale: null, before: null, after: null }] as const;
    const plan = planOf([{ ...operation, fields } as unknown as Operation]);
    expect(planMarkdown(plan, everything)).toContain(
      '- **Update** `install.md` · text changed here · public\n  - text: changed\n',
    );
  });
});

describe('what does not fit', () => {
  const many = Object.fromEntries(
    Array.from(
      { length: 200 },
      (_, index) => [`n${String(index).padStart(3, '0')}`, article({ text: 'Old words here.' })] as const,
    ),
  );
  const changed = Object.fromEntries(
    Object.keys(many).map((name) => [name, article({ text: `New words in ${name}.` })] as const),
  );
  const plan = planned('push', { base: many, remote: many, local: changed });

  test('is left out from the end and counted, and nothing is cut in its middle', () => {
    const whole = planMarkdown(plan, everything);
    for (const budget of [1500, 4000, 9000, 20_000]) {
      const text = planMarkdown(plan, { budget, whole: 'The whole plan is in the job summary.' });
      expect(text.length).toBeLessThanOrEqual(budget);
      expect(text).toContain('**Plan: 200 to update. ');
      const shown = [...text.matchAll(/\*\*Update\*\*/g)].length;
      const left = Number(/\*\*Cut to fit:\*\* (\d+) lines? (?:is|are) left out/.exec(text)?.[1] ?? 0);
      expect(shown + left).toBe(200);
      expect(text).toContain('The whole plan is in the job summary.');
      expect(nodesOf(parse(text)).filter((one) => one.type === 'blockquote').length).toBeLessThan(shown + 2);
    }
    expect(whole).not.toContain('Cut to fit');
  });

  test('loses its texts before it loses its lines', () => {
    const whole = planMarkdown(plan, everything);
    const text = planMarkdown(plan, { budget: Math.floor(whole.length / 2) });
    expect(text).toMatch(/\*\*Cut to fit:\*\*.* (?:is|are) shown without the texts/);
  });
});

describe('text from outside', () => {
  const nasty = fc.oneof(
    fc.string({ maxLength: 60 }),
    fc
      .array(
        fc.constantFrom(
          '`',
          '```',
          '~~~',
          '\n',
          '\r',
          '\n\n',
          '# ',
          '- ',
          '1. ',
          '> ',
          '@octocat',
          '@org/team',
          '#123',
          'GH-12',
          'a/b#1',
          'https://evil.example/x',
          'www.evil.example',
          'x@y.example',
          '[a](https://b.example)',
          '![i](https://p.example/x.png)',
          '<script>alert(1)</script>',
          '<!--',
          '-->',
          '</details>',
          '<img src=x onerror=y>',
          '&lt;',
          '\\',
          '*',
          '_',
          '|',
          ' ',
          '::error::',
          ':tada:',
          '[^1]',
          '[^1]: note',
          '[x]: https://z.example',
          '$x$',
          'da39a3ee5e6b4b0d3255bfef95601890afd80709',
          '\u202e',
          '\u0000',
          '\t',
          '    ',
          '---',
        ),
        { maxLength: 12 },
      )
      .map((parts) => parts.join('')),
  );
  const hostile = fc.record({
    name: nasty,
    title: nasty,
    before: nasty,
    after: nasty,
    reason: nasty,
    message: nasty,
    hint: nasty,
    here: nasty,
    there: nasty,
  });

  test('can format, link, mention and embed nothing, wherever it stands', () => {
    fc.assert(
      fc.property(
        hostile,
        fc.constantFrom(700, 1500, Number.POSITIVE_INFINITY),
        fc.boolean(),
        (words, budget, isFolded) => {
          const links = (): readonly Link[] => [{ name: 'File', url: 'https://github.test/a/b' }];
          const text = planMarkdown(hostilePlan(words), {
            budget,
            about: () => [{ words: 'edited ' }, { value: words.message }],
            ...(isFolded ? { folded: { open: 2, links } } : {}),
          });
          const nodes = nodesOf(parse(text));
          for (const one of nodes) {
            if (one.type === 'html') expect(withoutOwn(one.value)).not.toMatch(/[<>]/);
            if (one.type === 'link') expect(one.url).toBe('https://github.test/a/b');
          }
          const kinds = new Set(nodes.map((one) => one.type));
          for (const kind of kinds) expect(allowed).toContain(kind);
          const bold = nodes.filter((one) => one.type === 'strong').map((one) => spoken(one));
          for (const one of bold)
            expect(one).toMatch(
              /^(?:Plan: .*|Nothing to do.*|Create|Update|Move|Delete|Unpublish|Error|Cut to fit:|(?:goes (?:public|offline)|public|draft)(?:, .*)?)$/,
            );
          const headings = nodes.filter((one) => one.type === 'heading').map((one) => spoken(one));
          for (const one of headings) expect(ownHeadings).toContain(one);
          for (const one of nodes) {
            if (one.type !== 'text' && one.type !== 'html') continue;
            expect(one.type === 'html' ? outsideOfCode(one.value) : one.value).not.toMatch(
              /@\w|#\d|\bGH-\d|:\/\/|www\.|(?<![0-9a-z])[0-9a-f]{40}(?![0-9a-z])|:[a-z_]+:/i,
            );
          }
          expect(text).not.toMatch(/[\u0000\u202e\r]/);
        },
      ),
      { numRuns: tries(75, 300) },
    );
  });
});

const allowed = [
  'root',
  'paragraph',
  'text',
  'strong',
  'inlineCode',
  'code',
  'list',
  'listItem',
  'heading',
  'blockquote',
  'break',
  'html',
  'link',
];

/** HTML without the tags that are ours. */
const withoutOwn = (html: string): string =>
  html.replace(/<\/?(?:details|summary|b|code|ins|del)>|<details open>/g, '');

/** Where hosts look for mentions and links. */
const outsideOfCode = (html: string): string => html.replace(/<code>[^<]*<\/code>/g, '');
const ownHeadings = [
  'Refused',
  'Errors',
  'In conflict',
  'In the folder',
  'In the help center',
  'Behind',
  'To link',
  'Warnings',
];

const spoken = (node: Nodes): string =>
  nodesOf(node)
    .map((one) => ('value' in one ? one.value : ''))
    .join('');

function planOf(operations: readonly Operation[], more: Partial<Plan> = {}): Plan {
  return {
    version: 1,
    direction: 'push',
    summary: {
      create: 0,
      update: operations.length,
      move: 0,
      delete: 0,
      conflict: 0,
      behind: 0,
      adopt: 0,
      unchanged: 0,
    },
    operations,
    conflicts: [],
    behind: [],
    problems: [],
    refusals: [],
    baseEdits: [],
    statuses: [],
    ...more,
  };
}

interface Words {
  readonly name: string;
  readonly title: string;
  readonly before: string;
  readonly after: string;
  readonly reason: string;
  readonly message: string;
  readonly hint: string;
  readonly here: string;
  readonly there: string;
}

/** Every place of a plan that text can come into, whatever the planner would make of it. */
function hostilePlan(words: Words): Plan {
  const path = `folder ${words.name}/${words.name}.md` as LocalPath;
  const common = { key: 'article:1' as EntryKey, path, id: '1' as RemoteId, wave: 0, reason: words.reason };
  const fields = [
    { field: 'title', locale: null, before: words.before, after: words.title },
    { field: 'body', locale: null, before: words.before, after: words.after },
    { field: 'parent', locale: null, before: words.before, after: words.after },
  ] as const;
  const operation = (side: 'local' | 'remote', action: Operation['action']): Operation => ({
    ...common,
    kind: 'article',
    side,
    action,
    fields,
    steps: [],
    to: path,
    removal: null,
    readers: { url: null, locales: [] },
    expected: null,
    write: { locales: {} },
  });
  const conflict = {
    ...common,
    kind: 'article',
    field: 'body',
    locale: null,
    local: words.here,
    remote: words.there,
  } as const;
  return planOf(
    [
      operation('local', 'update'),
      operation('remote', 'create'),
      operation('remote', 'move'),
      operation('remote', 'delete'),
    ],
    {
      conflicts: [conflict, { ...conflict, field: 'title' }],
      behind: [{ ...common, kind: 'article', fields }],
      problems: (['error', 'warning'] as const).map((severity) => ({
        severity,
        code: 'TITLE_EMPTY',
        place: { file: path, line: 3 },
        message: words.message,
        hint: words.hint,
      })),
      refusals: [{ code: 'TOO_MANY_DELETIONS', message: words.message, hint: words.hint }],
      baseEdits: [{ key: common.key, edit: 'adopt', path, id: common.id, row: null }],
    },
  );
}
