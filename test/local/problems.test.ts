import { describe, expect, test } from 'vitest';
import { scanContent } from '../../src/local/scan.ts';
import type { LocalSnapshot } from '../../src/model/snapshot.ts';
import { diskError, MemoryFiles } from '../helpers/memory-files.ts';

const never = new AbortController().signal;
const ok = '---\ntitle: T\n---\n';

function scan(files: MemoryFiles): Promise<LocalSnapshot> {
  return scanContent(files, { root: '/p/content', shown: 'content', defaultLocale: 'en' }, never);
}

type Content = Readonly<Record<string, string | Uint8Array>>;

function folderOf(content: Content): MemoryFiles {
  const files = new MemoryFiles();
  files.putFolder('/p/content');
  for (const [path, text] of Object.entries(content)) files.put(`/p/content/${path}`, text);
  return files;
}

/** Problems as `CODE file:line:column`, the column left out where there is none. */
function told(snapshot: LocalSnapshot): string[] {
  return snapshot.problems.map(({ code, place }) =>
    [`${code} ${place.file}`, ...[place.line, place.column ?? []].flat().filter((part) => part !== 0)].join(
      ':',
    ),
  );
}

interface Row {
  readonly name: string;
  readonly content: Content;
  readonly problems: readonly string[];
  /** Without the paths that are named in the problems themselves. */
  readonly unreadable: readonly string[];
  readonly says?: RegExp;
}

const rows: readonly Row[] = [
  {
    name: 'YAML that cannot be read',
    content: { 'a.md': '---\ntitle: Install: now\n---\n' },
    problems: ['YAML_BROKEN content/a.md:2:8'],
    unreadable: ['a.md'],
    says: /double quotes/,
  },
  {
    name: 'the same key twice',
    content: { 'a.md': '---\ntitle: A\nstate: draft\ntitle: B\n---\n' },
    problems: ['YAML_BROKEN content/a.md:4:1'],
    unreadable: ['a.md'],
    says: /this key is here twice/,
  },
  {
    name: 'front matter that is no mapping',
    content: { 'a.md': '---\nJust text\n---\n' },
    problems: ['YAML_BROKEN content/a.md:2:1'],
    unreadable: ['a.md'],
  },
  {
    name: 'front matter that is never closed',
    content: { 'a.md': '---\ntitle: A\n\nText\n' },
    problems: ['FRONT_MATTER_OPEN content/a.md:1:1'],
    unreadable: ['a.md'],
  },
  {
    name: 'front matter of another kind',
    content: { 'a.md': '+++\ntitle = "A"\n+++\nText.\n' },
    problems: ['FRONT_MATTER_FENCE content/a.md:1:1'],
    unreadable: ['a.md'],
    says: /"\+\+\+", which does not open front matter/,
  },
  {
    name: 'no title',
    content: {
      'a.md': 'Text\n\n# Not first\n',
      'b.md': '',
      'c.md': '---\nstate: draft\n---\n## Two\n',
      'd.md': '-----\n',
    },
    problems: ['a', 'b', 'c', 'd'].map((name) => `TITLE_MISSING content/${name}.md:1`),
    unreadable: ['a.md', 'b.md', 'c.md', 'd.md'],
  },
  {
    name: 'an empty title',
    content: {
      'a.md': '---\ntitle: " "\n---\n',
      'b.md': '---\ntitle:\n---\n# Heading\n',
      'c.md': '#\n\nText\n',
    },
    problems: [
      'TITLE_EMPTY content/a.md:2:8',
      'TITLE_EMPTY content/b.md:2:7',
      'TITLE_EMPTY content/c.md:1:2',
    ],
    unreadable: ['a.md', 'b.md', 'c.md'],
  },
  {
    name: 'a state that is not known, and everything else that is wrong with the file',
    content: { 'a.md': '---\nstate: publishd\nid: 12x\ntitle: [A]\n---\n' },
    problems: [
      'STATE_UNKNOWN content/a.md:2:8',
      'ID_NOT_OURS content/a.md:3:5',
      'VALUE_NOT_TEXT content/a.md:4:8',
    ],
    unreadable: ['a.md'],
    says: /Did you mean "published"\?/,
  },
  {
    name: 'ids that are none',
    content: Object.fromEntries(
      ['0', '012', '-1', '1.5', '1e3', '12345678901234567890', '../me', '1/2', '0x1f'].map((id, index) => [
        `a${index}.md`,
        `---\ntitle: T\nid: ${id}\n---\n`,
      ]),
    ),
    problems: ['ID_NOT_OURS content/a0.md:3:5'],
    unreadable: [],
  },
  {
    name: 'a key that is nearly a known one, each time',
    content: { 'a.md': '---\ntitle: A\ndescripton: B\n---\n', 'b.md': '---\ntitle: A\nStatus: B\n---\n' },
    problems: ['UNKNOWN_KEY content/a.md:3:1', 'UNKNOWN_KEY content/b.md:3:1'],
    unreadable: [],
    says: /Did you mean "description"\?/,
  },
  {
    name: 'a slip in a key, also where something else is wrong because of it',
    content: {
      'a.md': '---\ntitel: A\n---\nText.\n',
      'b/collection.yaml': 'naem: B\nid: 12x\n',
      'b/c.md': '# C\n',
    },
    problems: [
      'TITLE_MISSING content/a.md:1',
      'UNKNOWN_KEY content/a.md:2:1',
      'UNKNOWN_KEY content/b/collection.yaml:1:1',
      'ID_NOT_OURS content/b/collection.yaml:2:5',
    ],
    unreadable: ['a.md'],
    says: /Did you mean "title"\?/,
  },
  {
    name: 'a key of the user, once for all files',
    content: { 'a.md': '---\ntitle: A\ntags: [x]\n---\n', 'b.md': '---\ntitle: A\ntags: [y]\n---\n' },
    problems: ['UNKNOWN_KEY content/a.md:3:1'],
    unreadable: [],
    says: /Also in 1 other file/,
  },
  {
    name: 'keys of another tool, together for the first file that has them',
    content: {
      'a.md': '---\ntitle: A\ntags: [x]\nslug: /a\nweight: 2\nnav_order: 2\naudience: Ann\n---\n',
      'b.md': '---\ntitle: B\ntags: [y]\nlayout: post\n---\n',
    },
    problems: ['UNKNOWN_KEY content/a.md:3:1', 'UNKNOWN_KEY content/b.md:4:1'],
    unreadable: [],
    says: /"tags", "slug", "weight", "nav_order" and "audience" .*Also in 1 other file.*weight, nav_order: The order/,
  },
  {
    name: 'a file that is not UTF-8',
    content: {
      'a.md': new Uint8Array([0x23, 0x20, 0xe9, 0x0a]),
      'b.md': new Uint8Array([0xff, 0xfe, 0x23, 0]),
      'c.md': new Uint8Array([0x23, 0, 0x20, 0, 0x54, 0]),
    },
    problems: ['NOT_UTF8 content/a.md:1:3', 'NOT_UTF8 content/b.md:1:1', 'NOT_UTF8 content/c.md:1:2'],
    unreadable: ['a.md', 'b.md', 'c.md'],
  },
  {
    name: 'a merge left unfinished, but not one shown in a code block',
    content: {
      'a.md': '# T\n\nA\n\n<<<<<<< HEAD\nB\n=======\nC\n>>>>>>> main\n',
      'b.md':
        '# T\n\n```\n<<<<<<< HEAD\n>>>>>>> main\n```\n\n- item\n  ~~~~\n<<<<<<< x\n  ~~~~\n\nTitle\n=======\n',
      'c.md': '---\n<<<<<<< HEAD\ntitle: A\n=======\ntitle: B\n>>>>>>> x\n---\n',
    },
    problems: ['CONFLICT_MARKERS content/a.md:5:1', 'CONFLICT_MARKERS content/c.md:2:1'],
    unreadable: ['a.md', 'c.md'],
  },
  {
    name: 'a fourth level of folders',
    content: {
      'a/b/c/d/e.md': ok,
      'a/b/c/d/f/g.md': 'bad',
      'a/b/c/x.md': ok,
      'a/b/c/img/deep/er/x.png': 'x',
    },
    problems: ['DEPTH content/a/b/c/d'],
    unreadable: ['a/b/c/d', 'a/b/c/d/e.md', 'a/b/c/d/f/g.md'],
    says: /at most 3 deep/,
  },
  {
    name: 'two files for the default locale',
    content: { 'a.md': ok, 'a.en.md': ok },
    problems: ['LOCALE_TWICE content/a.en.md', 'LOCALE_TWICE content/a.md'],
    unreadable: ['a.en.md', 'a.md'],
  },
  {
    name: 'a translation without an article',
    content: { 'a.fr.md': ok },
    problems: ['LOCALE_ALONE content/a.fr.md'],
    unreadable: ['a.fr.md', 'a.md'],
    says: /Add "a.md" beside it/,
  },
  {
    name: 'a locale that is none, with the article that it may belong to',
    content: {
      'a.md': ok,
      'a.FR.md': ok,
      'b.us.md': ok,
      'c.md': ok,
      'c.pt_br.md': ok,
      'd.xx.md': ok,
      'e.zh-Hans.md': ok,
    },
    problems: ['a.FR', 'b.us', 'c.pt_br', 'd.xx', 'e.zh-Hans'].map(
      (name) => `UNKNOWN_LOCALE content/${name}.md`,
    ),
    unreadable: ['a.FR.md', 'a.md', 'b.us.md', 'c.md', 'c.pt_br.md', 'd.xx.md', 'e.zh-Hans.md'],
    says: /Did you mean "fr"\? Else rename it to a-FR.md/,
  },
  {
    name: 'a bad translation, which holds the whole article',
    content: { 'a.md': ok, 'a.fr.md': '---\nstate: x\n---\n' },
    problems: ['TITLE_MISSING content/a.fr.md:1', 'STATE_UNKNOWN content/a.fr.md:2:8'],
    unreadable: ['a.fr.md', 'a.md'],
  },
  {
    name: 'an id that two files claim',
    content: {
      'a.md': '---\ntitle: A\nid: 7\n---\n',
      'b.md': '---\nid: "7"\ntitle: B\n---\n',
      'c/collection.yaml': 'id: 7\n',
    },
    problems: ['ID_TWICE content/a.md:3', 'ID_TWICE content/b.md:2'],
    unreadable: ['a.md', 'b.md'],
  },
  {
    name: 'another id in a translation',
    content: { 'a.md': '---\ntitle: A\nid: 7\n---\n', 'a.fr.md': '---\ntitle: A\nid: 8\n---\n' },
    problems: ['ID_DIFFERS content/a.fr.md:3'],
    unreadable: ['a.fr.md', 'a.md'],
  },
  {
    name: 'names that are one on other disks, folders included',
    content: {
      'Faq.md': ok,
      'faq.md': ok,
      'caf\u00e9.md': ok,
      'cafe\u0301.md': ok,
      'Guide/a.md': ok,
      'guide/b.md': ok,
    },
    problems: [
      'PATHS_CLASH content/Faq.md',
      'PATHS_CLASH content/Guide',
      'PATHS_CLASH content/cafe\u0301.md',
      'PATHS_CLASH content/caf\u00e9.md',
      'PATHS_CLASH content/faq.md',
      'PATHS_CLASH content/guide',
    ],
    unreadable: [
      'Faq.md',
      'Guide',
      'Guide/a.md',
      'cafe\u0301.md',
      'caf\u00e9.md',
      'faq.md',
      'guide',
      'guide/b.md',
    ],
  },
  {
    name: 'names that Windows cannot have',
    content: {
      'nul.md': ok,
      'CON/a.md': ok,
      'x./a.md': ok,
      'y /a.md': ok,
      'a:b.md': ok,
      'COM\u00b9.md': ok,
      'git~1/a.md': ok,
    },
    problems: ['CON', 'COM\u00b9.md', 'a:b.md', 'git~1', 'nul.md', 'x.', 'y ']
      .map((name) => `NAME_RESERVED content/${name}`)
      .sort(),
    unreadable: [
      'COM\u00b9.md',
      'CON',
      'CON/a.md',
      'a:b.md',
      'git~1',
      'git~1/a.md',
      'nul.md',
      'x.',
      'x./a.md',
      'y ',
      'y /a.md',
    ],
  },
  {
    name: 'endings that are not read',
    content: { 'A.MD': ok, 'b.mdx': ok, 'c/collection.yml': 'name: C\n', 'd/Collection.yaml': 'name: D\n' },
    problems: ['A.MD', 'b.mdx', 'c/collection.yml', 'd/Collection.yaml'].map(
      (name) => `FILE_ENDING content/${name}`,
    ),
    unreadable: ['A.MD', 'A.md', 'c', 'c/collection.yml', 'd', 'd/Collection.yaml'],
    says: /Rename it to A.md/,
  },
  {
    name: 'a collection file that is broken, while the articles below it are kept',
    content: { 'c/collection.yaml': 'name: [\n', 'c/a.md': ok },
    problems: ['YAML_BROKEN content/c/collection.yaml:2:1'],
    unreadable: ['c', 'c/collection.yaml'],
  },
  {
    name: 'everything that is wrong in a collection file',
    content: {
      'c/collection.yaml':
        'name: ""\nid: x\nicon: [a]\ntranslations:\n  en: {name: A}\n  FR: {name: B}\n  de: Text\n  es: {description: C}\n',
    },
    problems: [
      'NAME_EMPTY content/c/collection.yaml:1:7',
      'ID_NOT_OURS content/c/collection.yaml:2:5',
      'VALUE_NOT_TEXT content/c/collection.yaml:3:7',
      'LOCALE_TWICE content/c/collection.yaml:5:3',
      'UNKNOWN_LOCALE content/c/collection.yaml:6:3',
      'VALUE_NOT_TEXT content/c/collection.yaml:7:3',
      'NAME_MISSING content/c/collection.yaml:8:3',
    ],
    unreadable: ['c', 'c/collection.yaml'],
  },
  {
    name: 'a collection file at the top',
    content: { 'collection.yaml': 'name: C\n', 'a.md': ok },
    problems: ['COLLECTION_MISPLACED content/collection.yaml'],
    unreadable: [],
  },
  {
    name: 'files that are too large',
    content: {
      'a.md': `# T\n\n${'x'.repeat(16 * 1024 * 1024 + 1)}`,
      'b.md': `# T\n\n${'x'.repeat(17 * 1024 * 1024)}`,
      'c.md': `---\ntitle: T\nx: ${'x'.repeat(64 * 1024)}\n---\n`,
      'd/collection.yaml': `name: ${'x'.repeat(64 * 1024)}`,
    },
    problems: [
      'FILE_TOO_LARGE content/a.md',
      'FILE_TOO_LARGE content/b.md',
      'FRONT_MATTER_TOO_LARGE content/c.md:1:1',
      'FILE_TOO_LARGE content/d/collection.yaml',
    ],
    unreadable: ['a.md', 'b.md', 'c.md', 'd', 'd/collection.yaml'],
  },
];

describe('what is wrong with a folder is told, with the way out', () => {
  test.each(rows)('$name', async ({ content, problems, unreadable, says }) => {
    const snapshot = await scan(folderOf({ ...content, 'fine.md': ok }));
    expect(told(snapshot)).toEqual(problems);
    expect([...snapshot.unreadable].sort()).toEqual(unreadable);
    for (const { message, hint } of snapshot.problems) {
      expect(message).toMatch(/^[^\n]+[.)]$/);
      expect(hint).toMatch(/^[^\n]+[.?]$/);
    }
    if (says !== undefined) {
      expect(snapshot.problems.map(({ message, hint }) => `${message} ${hint}`).join('\n')).toMatch(says);
    }
    expect(snapshot.articles.map(({ path }) => path)).toContain('fine.md');
    const held = snapshot.articles.filter(({ path }) => snapshot.unreadable.has(path));
    expect(held).toEqual([]);
  });

  test('links, pipes and what may not be read are never taken for absent', async () => {
    const files = folderOf({ 'a.md': ok, 'secret/b.md': ok, 'c/d.md': ok });
    files.putLink('/p/content/link.md', '/etc/passwd');
    files.putLink('/p/content/linked', '/etc');
    files.putOther('/p/content/pipe.md');
    files.onStep = ({ name, path }) => {
      if (name === 'list' && path.endsWith('/secret')) throw diskError('EACCES', path);
      if (name === 'read' && path.endsWith('/d.md')) throw diskError('EACCES', path);
    };
    const snapshot = await scan(files);
    expect(told(snapshot)).toEqual([
      'FILE_UNREADABLE content/c/d.md',
      'LINK_IGNORED content/link.md',
      'LINK_IGNORED content/linked',
      'NOT_A_FILE content/pipe.md',
      'FOLDER_UNREADABLE content/secret',
    ]);
    expect([...snapshot.unreadable].sort()).toEqual(['c/d.md', 'link.md', 'linked', 'pipe.md', 'secret']);
    expect(snapshot.collections.map(({ path }) => path)).toEqual(['c']);
  });

  test('articles below a broken collection stay, with their folder', async () => {
    const snapshot = await scan(folderOf({ 'c/collection.yaml': 'name: [\n', 'c/a.md': ok, 'c/d/b.md': ok }));
    expect(snapshot.articles.map(({ path, folder }) => [path, folder])).toEqual([
      ['c/a.md', 'c'],
      ['c/d/b.md', 'c/d'],
    ]);
    expect(snapshot.collections.map(({ path }) => path)).toEqual(['c/d']);
  });

  test('a folder that is not there is an empty one, and says so', async () => {
    const snapshot = await scan(new MemoryFiles());
    expect([snapshot.articles, snapshot.problems, snapshot.isMissing]).toEqual([[], [], true]);
  });

  test('a folder without any entry is empty, not wrong', async () => {
    const snapshot = await scan(folderOf({ 'images/a.png': 'x' }));
    expect([snapshot.articles, snapshot.collections, snapshot.problems]).toEqual([[], [], []]);
  });

  test.each([
    ['is a file', (): MemoryFiles => new MemoryFiles({ '/p/content': 'x' }), 'CONTENT_NOT_FOLDER'],
    [
      'is a symbolic link',
      (): MemoryFiles => {
        const files = new MemoryFiles({ '/etc/a.md': ok });
        files.putLink('/p/content', '/etc');
        return files;
      },
      'CONTENT_NOT_FOLDER',
    ],
    [
      'may not be read',
      (): MemoryFiles => {
        const files = folderOf({});
        files.onStep = ({ name, path }) => {
          if (name === 'list') throw diskError('EACCES', path);
        };
        return files;
      },
      'CONTENT_UNREADABLE',
    ],
  ])('a content folder that %s stops the run with one sentence', async (_name, files, code) => {
    await expect(scan(files())).rejects.toMatchObject({ code, name: 'ShelfmarkError' });
  });

  test('the same folder gives the same answer, whatever the order in which the disk lists it', async () => {
    const content: Content = Object.fromEntries(rows.flatMap(({ content }) => Object.entries(content)));
    const forward = await scan(folderOf(content));
    const backward = await scan(folderOf(Object.fromEntries(Object.entries(content).toReversed())));
    expect(backward).toEqual(forward);
  });

  test('a stopped run stops', async () => {
    const stop = AbortSignal.abort(new Error('stopped'));
    const options = { root: '/p/content', shown: 'content', defaultLocale: 'en' } as const;
    await expect(scanContent(folderOf({ 'a.md': ok }), options, stop)).rejects.toThrow('stopped');
  });
});
