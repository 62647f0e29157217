import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

/* docs/architecture.md tells how a field is added. Here two are added to the nouns only: the compiler tells the rest. */
const root = resolve(import.meta.dirname, '../..');

test('a field that is added to the nouns alone does not compile anywhere that it has to be known', async () => {
  const cache = join(root, 'node_modules/.cache');
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'made-up-field-'));
  try {
    await cp(join(root, 'src'), join(folder, 'src'), { recursive: true });
    await cp(join(root, 'package.json'), join(folder, 'package.json'));
    await writeFile(
      join(folder, 'tsconfig.json'),
      JSON.stringify({
        extends: join(root, 'tsconfig.json'),
        include: ['src', join(root, 'scripts/virtual.d.ts')],
        // What runs in a page is compiled apart, and knows no fields.
        exclude: ['src/browser'],
      }),
    );
    const nouns = [
      ['entry.ts', 'interface LocalFields', 'motto: string'],
      ['entry.ts', 'interface RemoteContent', 'motto: string'],
      ['base.ts', 'interface BaseFields', 'motto: Halves<string>'],
      ['entry.ts', 'interface CollectionFields extends CollectionTexts', 'emblem: string'],
    ] as const;
    for (const [file, noun, field] of nouns) {
      const path = join(folder, 'src/model', file);
      const text = await readFile(path, 'utf8');
      expect(text).toContain(`${noun} {`);
      await writeFile(path, text.replace(`${noun} {`, `${noun} {\n  readonly ${field};`));
    }
    const found = await faults(folder);
    expect(found.filter((fault) => !/'(?:motto|emblem)'/.test(fault))).toEqual([]);
    expect(filesThatLack('motto', found)).toEqual([
      'src/app/kept-text.ts',
      'src/app/preview/last-good.ts',
      'src/base/row.ts',
      'src/base/usual-row.ts',
      'src/engine/remote/as-sent.ts',
      'src/fields/article-fields.ts',
      'src/intercom/wire/model-to-wire.ts',
      'src/intercom/wire/wire-to-model.ts',
      'src/local/article-keys.ts',
      'src/local/article-text.ts',
      'src/translations/exchange/exchange.ts',
    ]);
    expect(filesThatLack('emblem', found)).toEqual([
      'src/app/kept-text.ts',
      'src/base/row.ts',
      'src/fields/collection-fields.ts',
      'src/intercom/wire/wire-to-model.ts',
      'src/plan/offline.ts',
    ]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

/** What the compiler says, one fault after the other. */
async function faults(folder: string): Promise<readonly string[]> {
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  const options = { cwd: folder, maxBuffer: 64 * 1024 * 1024 };
  const said = await new Promise<string>((done) => {
    // It ends with a code of its own where it finds something.
    execFile(process.execPath, [compiler, '--pretty', 'false', '-p', '.'], options, (_error, output) =>
      done(output),
    );
  });
  return said.split(/\n(?=\S)/).filter((fault) => fault.includes('error TS'));
}

const filesThatLack = (field: string, found: readonly string[]): readonly string[] =>
  [
    ...new Set(
      found.filter((fault) => fault.includes(`'${field}'`)).map((fault) => /^[^(]+/.exec(fault)?.[0] ?? ''),
    ),
  ].toSorted();
