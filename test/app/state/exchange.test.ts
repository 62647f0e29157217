/* The way through a translator: out, and back into the right places. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runCommand, type Ended } from '../../helpers/command.ts';
import { openProject, type Project } from '../../helpers/project.ts';

let project: Project;
beforeEach(async () => {
  project = await openProject();
});
afterEach(async () => {
  await project.close();
});

const command = (...args: readonly string[]): Promise<Ended> =>
  runCommand(args, {
    folder: project.folder,
    env: { INTERCOM_URL: project.simulator.url, INTERCOM_TOKEN: project.simulator.token },
  });

const english = 'content/guide/refunds.md';
const source = `---
title: Refunds
description: How to get your money back
state: published
---

You can return everything within **30 days**. See [the prices](prices.md "All of them") and run \`refund --all\`.

## What you need

- The number of your order
- A photo of *what is broken*

| What | How long |
| --- | --- |
| Card | two days |
| Bank | a \\| week |

![A broken cup](https://pictures.example/cup.png)

\`\`\`sh
refund --all
\`\`\`

> [!TIP]
> Write to us first.
`;
const prices = '---\ntitle: Prices\nstate: published\n---\n\nEverything costs ten euros.\n';

interface File {
  readonly entries: {
    path: string;
    units: { id: string; source: string; target: string; notes: string[] }[];
  }[];
}

/** Translates each word with something that is not in the source, and leaves placeholders alone. */
const translated = (text: string, word: (given: string) => string): string =>
  text.replaceAll(
    /(<[^>]*>|&\w+;)|([\p{L}\p{M}]+)/gu,
    (_, tag: string | undefined, letters: string | undefined) => tag ?? word(letters ?? ''),
  );

async function state(locale: string, path = 'guide/refunds.md'): Promise<string | undefined> {
  const { out } = await command('translations', '--json', '--locale', locale);
  const { translations } = JSON.parse(out) as { translations: { path: string; state: string }[] };
  return translations.find((one) => one.path === path)?.state;
}

test('a story: the source changes, its translation is behind, goes out, comes back, and is fresh on both sides', async () => {
  await project.write({
    [english]: source,
    'content/guide/prices.md': prices,
    'content/guide/refunds.fr.md': source
      .replace('Refunds', 'Remboursements')
      .replace('How to get your money back', 'Récupérer votre argent')
      .replace('You can return everything within', 'Vous pouvez tout rendre sous')
      .replace('## What you need', '## Ce qu’il faut')
      .replace('The number of your order', 'Le numéro de la commande')
      .replace('Write to us first.', 'Écrivez-nous d’abord.'),
  });
  await project.sync();
  expect(await state('fr')).toBe('fresh');
  await project.write({
    [english]: source
      .replace('within **30 days**', 'within **60 long days**')
      .replace('> Write to us first.', '> Write to us before you do.\n\nThank you.'),
  });
  await project.push();
  expect(await state('fr')).toBe('behind');

  const out = await command('translations', 'export', '--locale', 'fr', '--behind', '--out', 'fr.xlf');
  expect([out.code, out.out]).toEqual([0, 'Wrote 3 texts of 1 entry into fr.xlf.\n']);
  const file = join(project.folder, 'fr.xlf');
  const xliff = await readFile(file, 'utf8');
  expect(xliff).toContain('version="2.0"');
  expect(xliff).not.toContain('prices.md"</');
  const targets = [
    [
      'You can return everything within <pc id="1">60 long days</pc>. See <pc id="2">the prices</pc> and run <ph id="3"/>.',
      'Vous pouvez tout rendre sous <pc id="1">60 longs jours</pc>. Lancez <ph id="3"/>, voir <pc id="2">les prix</pc>.',
    ],
    ['Write to us before you do.', 'Écrivez-nous avant.'],
    ['Thank you.', 'Merci.'],
  ];
  let returned = xliff;
  for (const [from = '', to = ''] of targets) {
    expect(returned).toContain(`<source>${from}</source>`);
    returned = returned.replace(`<source>${from}</source>`, `<source>${from}</source><target>${to}</target>`);
  }
  await writeFile(file, returned);

  const seen = await command('translations', 'import', 'fr.xlf');
  expect(seen.out).toContain('~ content/guide/refunds.fr.md: 3 texts');
  expect(seen.err).toContain('Nothing was written');
  expect(await state('fr')).toBe('behind');
  const done = await command('translations', 'import', 'fr.xlf', '--yes');
  expect([done.code, done.err]).toEqual([0, '']);
  const french = await project.read('content/guide/refunds.fr.md');
  expect(french).toContain(
    'Vous pouvez tout rendre sous **60 longs jours**. Lancez `refund --all`, voir [les prix](prices.md "All of them").',
  );
  expect(french).toContain('## Ce qu’il faut\n\n- Le numéro de la commande\n');
  expect(french.endsWith('> Écrivez-nous avant.\n\nMerci.\n')).toBe(true);
  expect(await state('fr')).toBe('fresh');
  await project.push();
  expect(await state('fr')).toBe('fresh');
  const [article] = project.simulator.operator
    .articles()
    .filter(({ contents }) => contents['en']?.title === 'Refunds');
  expect(article?.contents['fr']?.body).toContain('Merci.');
  expect((await project.plan('sync')).operations).toEqual([]);
  const again = await command('translations', 'import', 'fr.xlf', '--yes');
  expect([again.code, again.out]).toEqual([
    3,
    expect.stringContaining('nothing of it is missing or behind any more'),
  ]);
});

describe.each([
  ['fr', (word: string) => `é${word}`],
  ['de', (word: string) => `${word}ß`],
  ['pt-BR', (word: string) => `${word}ção`],
  ['ja', () => '語'],
  ['zh-CN', () => '文'],
  ['ar', () => 'كلمة'],
])('into %s', (locale, word) => {
  test.each(['xliff', 'json'] as const)('what is missing makes the round trip as %s', async (format) => {
    await project.write({
      [english]: source,
      'content/guide/prices.md': prices,
      'content/guide/collection.yaml': 'name: Guide\n',
    });
    const json = await command('translations', 'export', '--locale', locale, '--format', 'json');
    const file = JSON.parse(json.out) as File;
    const [collection, , refunds] = file.entries;
    expect(collection?.units).toMatchObject([{ id: 'name', source: 'Guide' }]);
    expect(refunds?.units.map((one) => one.source)).toEqual([
      'Refunds',
      'How to get your money back',
      'You can return everything within <1>30 days</1>. See <2>the prices</2> and run <3/>.',
      'What you need',
      'The number of your order',
      'A photo of <1>what is broken</1>',
      'What',
      'How long',
      'Card',
      'two days',
      'Bank',
      'a | week',
      'A broken cup',
      'Write to us first.',
    ]);
    for (const entry of file.entries)
      for (const unit of entry.units) unit.target = translated(unit.source, word);
    if (format === 'json') await writeFile(join(project.folder, 'back'), JSON.stringify(file));
    else {
      const { out } = await command('translations', 'export', '--locale', locale);
      const text = out.replaceAll(
        /<source>([^]*?)<\/source>/g,
        (whole, words: string) => `${whole}<target>${translated(words, word)}</target>`,
      );
      await writeFile(join(project.folder, 'back'), text);
    }
    const { code, out } = await command('translations', 'import', 'back', '--yes');
    expect([code, out]).toEqual([0, expect.stringContaining('Wrote 3 translations.')]);
    const made = await project.read(`content/guide/refunds.${locale}.md`);
    const w = word('Refunds');
    expect(made).toMatch(new RegExp(`^---\\ntitle: "?${w}"?\\n`));
    expect(made).toContain('](prices.md "All of them")');
    expect(made).toContain('`refund --all`');
    expect(made).toContain('```sh\nrefund --all\n```');
    expect(made).toContain(
      `![${word('A')} ${word('broken')} ${word('cup')}](https://pictures.example/cup.png)`,
    );
    expect(made).toContain(`| ${word('Bank')} | ${word('a')} \\| ${word('week')} |`);
    expect(made).toContain(`> [!TIP]\n> ${word('Write')}`);
    expect(await project.read('content/guide/collection.yaml')).toContain(word('Guide'));
    expect((await project.validate()).problems).toEqual([]);
  });
});

describe('an import leaves alone', () => {
  const back = async (change: (file: File) => void): Promise<Ended> => {
    await project.write({ 'content/guide/prices.md': prices });
    const { out } = await command('translations', 'export', '--locale', 'fr', '--format', 'json');
    const file = JSON.parse(out) as File;
    for (const entry of file.entries)
      for (const unit of entry.units) unit.target = translated(unit.source, (word) => `é${word}`);
    change(file);
    await writeFile(join(project.folder, 'fr.json'), JSON.stringify(file));
    return command('translations', 'import', 'fr.json', '--yes');
  };
  const prose = (file: File) => file.entries.find(({ path }) => path.endsWith('.md'))?.units.at(-1);

  test.each<readonly [string, (file: File) => void, string]>([
    [
      'what is not translated yet',
      (file) => Object.assign(prose(file) ?? {}, { target: ' ' }),
      'is not translated yet',
    ],
    [
      'what lost a placeholder, or got one',
      (file) => Object.assign(prose(file) ?? {}, { target: 'x <1/>' }),
      'placeholders',
    ],
    [
      'what nobody has any more',
      (file) => file.entries.splice(0, 9, { path: 'gone.md', units: [] }),
      'no such entry',
    ],
  ])('%s', async (_, change, why) => {
    const { code, out } = await back(change);
    expect([code, out]).toEqual([3, expect.stringContaining(why)]);
    expect(Object.keys(await project.files())).not.toContain('guide/prices.fr.md');
  });

  test('what has changed since the export, and files that are no export', async () => {
    await back(() => undefined);
    await project.write({
      'content/guide/prices.fr.md': null,
      'content/guide/prices.md': prices.replace('ten euros', 'a lot'),
    });
    const { code, out } = await command('translations', 'import', 'fr.json', '--yes');
    expect([code, out]).toEqual([3, expect.stringContaining('was changed since the export')]);
    await writeFile(join(project.folder, 'other.xlf'), '<html></html>');
    const other = await command('translations', 'import', 'other.xlf');
    expect([other.code, other.err]).toEqual([1, expect.stringContaining('it is not XLIFF 2')]);
  });
});
