/*
 * Seven folders as different people keep them, clean at first, and then with faults planted in them: an audit finds what
 * was planted, and nothing else.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { changeFiles } from '../helpers/change-files.ts';
import { runCommand } from '../helpers/command.ts';

type Files = Readonly<Record<string, string>>;

interface Flavour {
  readonly name: string;
  readonly config?: string;
  /** Words of its language; texts are made of them, each in an order of its own. */
  readonly words: readonly string[];
  /** What stands between two words, and at the end of a sentence. */
  readonly gap: string;
  readonly stop: string;
  /** Names of folders and files. */
  readonly folders: readonly [string, string];
  readonly files: readonly [string, string, string];
  readonly frontMatter?: string;
  /** Something in the way of this tool that Intercom shows as well. */
  readonly extra: string;
  /** How a link to a file beside it is written. */
  readonly link: (file: string, folder: string) => string;
}

const beside = (file: string): string => `./${file}`;

const flavours: readonly Flavour[] = [
  {
    name: 'a handbook in English',
    words:
      'invoice refund account payment settings member invite remove change open close report period week owner team plan seat card bank'.split(
        ' ',
      ),
    gap: ' ',
    stop: '. ',
    folders: ['billing', 'team'],
    files: ['refunds.md', 'invoices.md', 'cards.md'],
    extra: '> [!TIP]\n> Keep the number of the order.',
    link: beside,
  },
  {
    name: 'Docusaurus, with links from the root of the site',
    config: 'siteRoot: /docs/\n',
    words:
      'module loader plugin build deploy bundle cache route layout theme server client hook state query render stream cookie header token'.split(
        ' ',
      ),
    gap: ' ',
    stop: '. ',
    folders: ['guides', 'reference'],
    files: ['01-install.md', '02-configure.md', '03-deploy.md'],
    extra: ':::note Read this first\n\nThe rest builds on it.\n\n:::',
    link: (file, folder) => `/docs/${folder}/${file.replace(/\.md$/, '')}`,
  },
  {
    name: 'Jekyll, with reference links and raw HTML',
    words:
      'harbour ferry ticket pier crossing island season timetable luggage bicycle deck cabin captain weather delay refund group pupil senior return'.split(
        ' ',
      ),
    gap: ' ',
    stop: '. ',
    folders: ['tickets', 'travel'],
    files: ['fares.md', 'groups.md', 'luggage.md'],
    extra:
      '<div class="intercom-interblocks-callout" style="background-color: #e3e7fa80; border-color: #334bfa33;"><p>By sea.</p></div>',
    link: beside,
  },
  {
    name: 'German, with umlauts in the names of files',
    config: 'defaultLocale: de\n',
    words:
      'Rechnung Größe Änderung Prüfung Übersicht Straße Gebühr Schlüssel Öffnung Zugang Konto Zahlung Frist Antrag Stelle Nummer Woche Jahr Vertrag Kündigung'.split(
        ' ',
      ),
    gap: ' ',
    stop: '. ',
    folders: ['gebühren', 'zugänge'],
    files: ['größe.md', 'übersicht.md', 'schlüssel.md'],
    extra: '| Frist | Folge |\n| --- | --- |\n| Woche | Gebühr |',
    link: (file) => `./${encodeURIComponent(file)}`,
  },
  {
    name: 'Japanese, with no spaces between words',
    config: 'defaultLocale: ja\n',
    words:
      '請求書 返金 口座 支払い 設定 招待 削除 変更 開始 終了 報告 期間 週間 所有者 部署 計画 座席 銀行 領収書 登録'.split(
        ' ',
      ),
    gap: '',
    stop: '。',
    folders: ['料金', '利用'],
    files: ['返金.md', '請求.md', '登録.md'],
    extra: '1. 請求書\n2. 返金',
    link: beside,
  },
  {
    name: 'Arabic, from right to left',
    config: 'defaultLocale: ar\n',
    words:
      'فاتورة استرداد حساب دفع إعدادات عضو دعوة حذف تغيير فتح إغلاق تقرير فترة أسبوع مالك فريق خطة مقعد بطاقة بنك'.split(
        ' ',
      ),
    gap: ' ',
    stop: '. ',
    folders: ['فواتير', 'فريق'],
    files: ['استرداد.md', 'بطاقات.md', 'دعوات.md'],
    extra: '> [!NOTE]\n> فاتورة واحدة.',
    link: beside,
  },
  {
    name: 'an export of another help center, with keys of its own',
    words:
      'parcel label courier pickup customs size weight tracking signature neighbour depot return damage claim photo receipt address street window evening'.split(
        ' ',
      ),
    gap: ' ',
    stop: '. ',
    folders: ['sending', 'receiving'],
    files: ['labels.md', 'pickup.md', 'customs.md'],
    frontMatter: 'reviewed: 2026-11-01\nowner: ada@example.com\n',
    extra: '```\ntrack --parcel 7\n```',
    link: beside,
  },
];

/** Sentences that no other seed gives. */
function textOf({ words, gap, stop }: Flavour, seed: number, sentences = 5): string {
  let state = seed * 7919 + 13;
  const next = (): string => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return words[(state >>> 12) % words.length] ?? '';
  };
  const all = Array.from({ length: sentences }, () => Array.from({ length: 9 }, next).join(gap));
  return `${all.join(stop)}${stop}`.trim();
}

const titleOf = (flavour: Flavour, at: number): string =>
  [flavour.words[at], flavour.words[(at * 3 + 5) % 20], flavour.words[(at * 7 + 11) % 20]].join(flavour.gap);

const head = (flavour: Flavour, at: number): string =>
  `---\ntitle: "${titleOf(flavour, at)}"\ndescription: "${textOf(flavour, at + 90, 1)}"\nstate: published\n${flavour.frontMatter ?? ''}---\n\n`;

function cleanFiles(flavour: Flavour): Record<string, string> {
  const files: Record<string, string> = {};
  for (const [index, folder] of flavour.folders.entries()) {
    files[`content/${folder}/collection.yaml`] = `name: "${flavour.words[index] ?? ''}"\n`;
    for (const [at, file] of flavour.files.entries()) {
      const seed = index * 3 + at + 1;
      const other = flavour.files[(at + 1) % 3] ?? '';
      files[`content/${folder}/${file}`] =
        `${head(flavour, seed)}${textOf(flavour, seed)}\n\n## ${flavour.words[seed] ?? ''}\n\n${flavour.extra}\n\n${textOf(flavour, seed + 40)} [${flavour.words[seed + 1] ?? ''}](${flavour.link(other, folder)})\n\n![${flavour.words[seed + 2] ?? ''}](https://pictures.example/${seed}.png)\n`;
    }
  }
  return files;
}

/** The same folder with faults in it, and what is to be found. */
function plant(flavour: Flavour): { readonly files: Files; readonly found: readonly string[] } {
  const files = cleanFiles(flavour);
  const [one, two] = flavour.folders;
  const [a, b, c] = flavour.files;
  const at = (folder: string, file: string): string => `content/${folder}/${file}`;
  const change = (file: string, from: string | RegExp, to: string): void => {
    const before = files[file] ?? '';
    expect(before.replace(from, to), file).not.toBe(before);
    files[file] = before.replace(from, to);
  };
  const default_ = /defaultLocale: (\w+)/.exec(flavour.config ?? '')?.[1] ?? 'en';
  const other = default_ === 'en' ? 'fr' : 'en';
  change(at(one, a), /description: .*\n/, '');
  change(at(one, b), /!\[.*?\]/, '![]');
  change(at(one, c), '\n## ', '\n# x\n\n### ');
  change(at(two, a), /\]\([^)]*\)\n\n!/, '](./nowhere.md)\n\n!');
  change(at(two, b), /\]\([^)]*\)\n\n!/, `](${flavour.link(c, two)}#no-such-part)\n\n!`);
  // Nothing but its own words, and nobody links to it.
  files['content/lonely.md'] = `${head(flavour, 12)}${textOf(flavour, 70)}\n`;
  files[`content/${one}/short.md`] = `${head(flavour, 13)}${flavour.words[0] ?? ''}\n`;
  files[`content/${one}/long.md`] =
    `${head(flavour, 14)}${textOf(flavour, 71, flavour.gap === '' ? 200 : 290)}\n`;
  files[`content/${two}/twin.md`] =
    `${head(flavour, 15)}${(files[at(two, c)] ?? '').slice((files[at(two, c)] ?? '').indexOf('---\n\n') + 5)}`;
  files[`content/${two}/near.md`] =
    `${head(flavour, 16)}${textOf(flavour, 144, 5)} ${textOf(flavour, 72, 1)}\n`;
  files[`content/${two}/near-two.md`] = `${head(flavour, 17)}${textOf(flavour, 144, 5)}\n`;
  files[`content/${two}/namesake.md`] = `${head(flavour, 16)}${textOf(flavour, 73)}\n`;
  files['content/alone/only.md'] = `${head(flavour, 18)}${textOf(flavour, 74)} [x](../lonely.md)\n`.replace(
    ' [x](../lonely.md)',
    '',
  );
  files['content/hollow/later.md'] =
    `${head(flavour, 19).replace('published', 'draft')}${textOf(flavour, 75)}\n`;
  files[at(one, a).replace(/\.md$/, `.${other}.md`)] =
    files[at(one, b)]?.replace(
      /(?<=---\n\n)[^]*/,
      (files[at(one, a)] ?? '').replace(/^---\n[^]*?---\n\n/, ''),
    ) ?? '';
  files[`content/${one}/old.md`] = `${head(flavour, 11)
    .replace(/reviewed: .*\n|owner: .*\n/g, '')
    .replace('state:', 'reviewed: 2020-02-03\nowner: grace@example.com\nstate:')}${textOf(flavour, 76)}\n`;
  const found = [
    `DESCRIPTION_MISSING ${at(one, a)}`,
    `ALT_MISSING ${at(one, b)}`,
    `HEADING_SKIPPED ${at(one, c)}`,
    `LINK_BROKEN ${at(two, a)}`,
    `ANCHOR ${at(two, b)}`,
    'ARTICLE_ORPHAN content/lonely.md',
    `ARTICLE_SHORT content/${one}/short.md`,
    `ARTICLE_LONG content/${one}/long.md`,
    `ARTICLES_SAME ${[`content/${two}/twin.md`, at(two, c)].toSorted()[1] ?? ''}`,
    `ARTICLES_ALIKE content/${two}/near.md`,
    `TITLE_TWICE content/${two}/near.md`,
    'COLLECTION_OF_ONE content/alone',
    'COLLECTION_EMPTY content/hollow',
    `TRANSLATION_SAME ${at(one, a).replace(/\.md$/, `.${other}.md`)}`,
    `REVIEW_OVERDUE content/${one}/old.md`,
  ];
  return { files, found };
}

async function audited(flavour: Flavour, files: Files): Promise<readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'audit-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await changeFiles(folder, {
    ...files,
    'sync.config.yaml': `remote:\n  provider: simulator\n${flavour.config ?? ''}`,
  });
  const { out } = await runCommand(['audit', '--json'], { folder });
  const { problems } = JSON.parse(out) as {
    readonly problems: readonly { readonly code: string; readonly place: { readonly file: string } }[];
  };
  return problems.map(
    ({ code, place }) =>
      `${code.startsWith('ANCHOR') || code === 'LINK_ANCHOR' ? 'ANCHOR' : code} ${place.file}`,
  );
}

test.each(flavours)('$name: clean, it has nothing to report', async (flavour) => {
  expect(await audited(flavour, cleanFiles(flavour))).toEqual([]);
});

test.each(flavours)('$name: what was planted is found, and nothing else', async (flavour) => {
  const { files, found } = plant(flavour);
  expect([...(await audited(flavour, files))].toSorted()).toEqual([...found].toSorted());
});
