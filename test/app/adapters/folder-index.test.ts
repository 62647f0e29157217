import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openFolderIndex, type FolderIndex } from '../../../src/app/adapters/folder-index.ts';
import { openLocalSide } from '../../../src/app/adapters/local-side.ts';
import { emptyBase } from '../../../src/model/base.ts';
import type { LocalSnapshot } from '../../../src/model/snapshot.ts';
import { TextChanged } from '../../../src/model/text-changed.ts';
import { addressesIn, mayNameHeadings, quickOfBody } from '../../../src/model/text-facts.ts';
import { checkContent } from '../../../src/plan/check-content.ts';
import type { FileStat } from '../../../src/ports/files.ts';
import { names } from '../../../src/app/project/deps.ts';
import type { Policy } from '../../../src/plan/terms/input.ts';
import { tries } from '../../helpers/long.ts';
import { MemoryFiles } from '../../helpers/memory-files.ts';

const never = new AbortController().signal;
const root = '/p/content';
const file = '/p/.shelfmark/index.jsonl';

interface Stamp {
  readonly inode: number;
  readonly modifiedAt: number;
  readonly changedAt: number;
}

/** A disk that stamps its files as systems do, by a clock that ticks as coarsely as one wants. */
class StampedFiles extends MemoryFiles {
  now = 1_000_000;
  readonly #tick: number;
  readonly #stamps = new Map<string, Stamp>();
  #inodes = 0;
  reads: string[] = [];

  constructor(tick: number) {
    super();
    this.#tick = tick;
    this.putFolder('/p/.shelfmark');
  }

  get time(): number {
    return this.now - (this.now % this.#tick);
  }

  save(path: string, text: string): void {
    this.#stamps.set(path, {
      inode: this.#stamps.get(path)?.inode ?? (this.#inodes += 1),
      modifiedAt: this.time,
      changedAt: this.time,
    });
    this.put(path, text);
  }

  /** Sets the time of the last change to whatever somebody likes, as `touch -d` and archives do. */
  touch(path: string, modifiedAt: number): void {
    const stamp = this.#stamps.get(path);
    if (stamp !== undefined) this.#stamps.set(path, { ...stamp, modifiedAt, changedAt: this.time });
  }

  move(from: string, to: string): void {
    const stamp = this.#stamps.get(from);
    const text = this.texts()[from];
    if (stamp === undefined || text === undefined || from === to) return;
    this.drop(from);
    this.put(to, text);
    this.#stamps.delete(from);
    this.#stamps.set(to, { ...stamp, changedAt: this.time });
  }

  override drop(path: string): void {
    if (this.texts()[path] !== undefined || path === '/p/.shelfmark') super.drop(path);
    this.#stamps.delete(path);
  }

  override async stat(path: string): Promise<FileStat | null> {
    const found = await super.stat(path);
    const stamp = this.#stamps.get(path);
    if (found === null || stamp === undefined) return found;
    const { modifiedAt, ...identity } = stamp;
    return { ...found, modifiedAt, identity };
  }

  override async read(path: string): Promise<Uint8Array> {
    this.reads.push(path);
    return super.read(path);
  }

  readNow(path: string): Uint8Array {
    this.reads.push(path);
    const text = this.texts()[path];
    if (text === undefined) throw Object.assign(new Error('gone'), { code: 'ENOENT' });
    return new TextEncoder().encode(text);
  }

  override async rename(from: string, to: string): Promise<void> {
    await super.rename(from, to);
    this.#stamps.set(to, { inode: (this.#inodes += 1), modifiedAt: this.time, changedAt: this.time });
  }
}

function indexOf(files: StampedFiles, owner = 'me'): FolderIndex {
  return openFolderIndex(files, {
    file,
    root,
    owner,
    clock: { now: () => files.now, sleep: async () => undefined },
    chance: { next: () => 0.5 },
    examine(content) {
      quickOfBody(content);
      addressesIn(content);
      mayNameHeadings(content);
    },
  });
}

const sideOf = (files: StampedFiles, memory?: FolderIndex): ReturnType<typeof openLocalSide> =>
  openLocalSide(files, {
    root,
    shown: 'content',
    defaultLocale: 'en',
    trash: '/p/.shelfmark/trash',
    chance: { next: () => 0.5 },
    ...(memory === undefined ? {} : { memory }),
  });

/** All that anybody can learn from a folder. */
async function whole(files: StampedFiles, index?: FolderIndex): Promise<unknown> {
  const side = sideOf(files, index);
  const local = await side.read(never);
  const assetDigests = await side.digest(local.assets, never);
  const problems = checkContent({ base: emptyBase, local, assetDigests, policy, names });
  return { snapshot: plain(local), digests: [...assetDigests], problems };
}

const policy: Policy = {
  defaultLocale: 'en',
  conflicts: 'hold',
  deletions: 'unpublish',
  maxDeletes: { count: 5, percent: 10 },
  spacing: 'auto',
  allowDeletes: null,
  allowEmptied: false,
  assetBaseUrl: null,
  contentName: 'content',
};

const plain = (local: LocalSnapshot): unknown => ({
  ...local,
  unreadable: [...local.unreadable],
  assets: [...local.assets],
  collections: local.collections.map((one) => ({ ...one, translations: [...one.translations] })),
  articles: local.articles.map((one) => ({
    ...one,
    locales: [...one.locales].map(([locale, content]) => [
      locale,
      { ...content },
      quickOfBody(content),
      addressesIn(content),
      mayNameHeadings(content),
    ]),
  })),
});

/** Reads and checks everything, and names the files that were opened for it. */
async function openedBy(files: StampedFiles, owner?: string): Promise<readonly string[]> {
  files.reads = [];
  const index = indexOf(files, owner);
  await index.load();
  const side = sideOf(files, index);
  const local = await side.read(never);
  const assetDigests = await side.digest(local.assets, never);
  checkContent({ base: emptyBase, local, assetDigests, policy, names });
  await index.save();
  return files.reads.filter((one) => one !== file);
}

/** What a command does: reads, looks, remembers. */
async function run(files: StampedFiles, owner?: string): Promise<unknown> {
  const index = indexOf(files, owner);
  await index.load();
  const seen = await whole(files, index);
  await index.save();
  return seen;
}

const texts = [
  '---\ntitle: One\n---\n\nWords and [a link](b.md#next).\n',
  '---\ntitle: Two\n---\n\nWords and [b link](a.md#next).\n',
  '---\ntitle: Two\nstate: draft\ntags: x\n---\n\n# Next\n\n![p](p.png)\n',
  '\ufeff# From a heading\r\n\r\n## Next {#named}\r\n\r\n[x](a.md#named)\r\n',
  '---\ntitle: [\n---\n\nBroken.\n',
  '',
];
const others = [
  'name: A\ntranslations:\n  fr: { name: B }\n',
  'name: B\nicon: book\n',
  'nmae: A\n',
  'name: [\n',
];
const paths = ['a.md', 'b.md', 'a.fr.md', 'sub/a.md', 'sub/collection.yaml', 'p.png'];

type Step =
  | { readonly do: 'save'; readonly path: string; readonly text: number }
  | { readonly do: 'touch'; readonly path: string; readonly at: number }
  | { readonly do: 'move'; readonly path: string; readonly to: string }
  | { readonly do: 'drop'; readonly path: string }
  | { readonly do: 'wait'; readonly time: number }
  | { readonly do: 'run' };

const path = fc.constantFrom(...paths);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('save' as const), path, text: fc.nat(5) }),
  fc.record({
    do: fc.constant('touch' as const),
    path,
    at: fc.constantFrom(0, 900_000, 1_000_000, 1_001_000),
  }),
  fc.record({ do: fc.constant('move' as const), path, to: path }),
  fc.record({ do: fc.constant('drop' as const), path }),
  fc.record({ do: fc.constant('wait' as const), time: fc.constantFrom(0, 1, 100, 1500, 2500, 10_000) }),
  fc.constant({ do: 'run' as const }),
);

function take(files: StampedFiles, one: Exclude<Step, { do: 'run' }>): void {
  const at = (name: string): string => `${root}/${name}`;
  switch (one.do) {
    case 'save': {
      const all = one.path.endsWith('.md') ? texts : one.path.endsWith('.yaml') ? others : ['x', 'y', 'zz'];
      return files.save(at(one.path), all[one.text % all.length] ?? '');
    }
    case 'touch':
      return files.touch(at(one.path), one.at);
    case 'move':
      return files.move(at(one.path), at(one.to));
    case 'drop':
      return files.drop(at(one.path));
    case 'wait':
      files.now += one.time;
  }
}

describe('the index of the folder', () => {
  test('tells after whatever happens to the files what reading all of them tells', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(1, 10, 1000, 2000),
        fc.array(step, { minLength: 5, maxLength: 40 }),
        async (tick, steps) => {
          const files = new StampedFiles(tick);
          for (const one of [...steps, { do: 'run' as const }]) {
            if (one.do === 'run') expect(await run(files)).toEqual(await whole(files));
            else take(files, one);
          }
        },
      ),
      { numRuns: tries(150, 3000) },
    );
  });

  async function settledProject(): Promise<StampedFiles> {
    const files = new StampedFiles(10);
    for (const [index, name] of paths.entries())
      files.save(
        `${root}/${name}`,
        name.endsWith('.md') ? (texts[index] ?? '') : name === 'p.png' ? 'x' : 'name: A\n',
      );
    files.now += 10_000;
    await run(files);
    files.now += 10_000;
    return files;
  }

  test('spares reading a file again whose stamps are the same', async () => {
    const files = await settledProject();
    expect(await openedBy(files)).toEqual([]);
  });

  test('reads a file of the same size and time again where somebody wrote it since', async () => {
    const files = await settledProject();
    const { modifiedAt } = (await files.stat(`${root}/a.md`)) ?? { modifiedAt: 0 };
    files.save(`${root}/a.md`, (texts[0] ?? '').replace('Words', 'Swords'.slice(0, 5)));
    files.touch(`${root}/a.md`, modifiedAt);
    expect(await run(files)).toEqual(await whole(files));
  });

  test('counts for nothing when it is damaged, of another owner, or not there, and is made anew', async () => {
    const files = await settledProject();
    const good = files.texts()[file] ?? '';
    for (const spoil of [
      () => files.put(file, good.replace('One', 'Won')),
      () => files.put(file, good.slice(0, -20)),
      () => files.put(file, '{'),
      () => files.put(file, ''),
      () => files.drop(file),
    ]) {
      spoil();
      expect(await run(files)).toEqual(await whole(files));
      files.now += 10_000;
      expect(await openedBy(files)).toEqual([]);
    }
    expect(await openedBy(files, 'somebody else')).toContain(`${root}/a.md`);
  });

  test('is not written where this machine has no folder for it', async () => {
    const files = await settledProject();
    files.drop('/p/.shelfmark');
    await run(files);
    expect(Object.keys(files.texts('/p')).filter((one) => !one.startsWith(root))).toEqual([]);
  });

  test('never gives a text that its file does not hold any more', async () => {
    const files = await settledProject();
    const index = indexOf(files);
    await index.load();
    const side = sideOf(files, index);
    const { articles } = await side.read(never);
    const content = articles[0]?.locales.get('en');
    files.save(`${root}/a.md`, 'Something else altogether');
    expect(() => content?.body).toThrow(TextChanged);
    // Asked again, the folder is told as it is now.
    expect(plain(await side.read(never))).toEqual(plain(await sideOf(files).read(never)));
  });
});
