import { describe, expect, test } from 'vitest';
import { scanContent } from '../../src/local/scan.ts';
import type { LocalSnapshot } from '../../src/model/snapshot.ts';
import { MemoryFiles } from '../helpers/memory-files.ts';

const never = new AbortController().signal;

function scan(files: MemoryFiles): Promise<LocalSnapshot> {
  return scanContent(files, { root: '/p/content', shown: 'content', defaultLocale: 'en' }, never);
}

function folderOf(content: Readonly<Record<string, string | Uint8Array>>): MemoryFiles {
  return new MemoryFiles(
    Object.fromEntries(Object.entries(content).map(([path, text]) => [`/p/content/${path}`, text])),
  );
}

const titled = '---\ntitle: T\n---\n';

describe('what a folder says', () => {
  test('an article has its languages, a collection what its file says, everything else is an asset', async () => {
    const snapshot = await scan(
      folderOf({
        'guide/collection.yaml': 'name: The guide\nicon: book\ntranslations:\n  fr: { name: Le guide }\n',
        'guide/install.md': '---\ntitle: Install\nstate: published\nid: "0042"\n---\n\nHello\n'.replace(
          '"0042"',
          '42',
        ),
        'guide/install.fr.md': '# Installer\n\nBonjour\n',
        'guide/deep/v2.0.md': titled,
        'images/logo.png': 'x',
        'top.md': titled,
        '.hidden/a.md': titled,
        'node_modules/x/readme.md': titled,
      }),
    );
    expect(snapshot.problems).toEqual([]);
    expect(snapshot.articles.map(({ path, folder }) => [path, folder])).toEqual([
      ['guide/deep/v2.0.md', 'guide/deep'],
      ['guide/install.md', 'guide'],
      ['top.md', ''],
    ]);
    const install = snapshot.articles[1];
    expect(install?.pinnedId).toBe('42');
    expect(
      [...(install?.locales ?? [])].map(([locale, one]) => [locale, one.title, one.state, one.body]),
    ).toEqual([
      ['en', 'Install', 'published', 'Hello\n'],
      ['fr', 'Installer', null, 'Bonjour\n'],
    ]);
    expect(install?.locales.get('en')?.bodyLine).toBe(7);
    expect(snapshot.collections.map(({ path, name }) => [path, name])).toEqual([
      ['guide', 'The guide'],
      ['guide/deep', null],
    ]);
    expect(snapshot.collections[0]?.translations).toEqual(
      new Map([['fr', { name: 'Le guide', description: '' }]]),
    );
    expect([...snapshot.assets]).toEqual(['images/logo.png']);
    expect([...snapshot.unreadable]).toEqual([]);
  });
});
