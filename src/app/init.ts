import { dirname, join, relative } from 'node:path';
import manifest from '../../package.json' with { type: 'json' };
import { configName } from '../config/find-config.ts';
import { replaceFile } from '../ports/atomic.ts';
import { ShelfmarkError } from '../model/error.ts';
import type { Locale } from '../model/locale.ts';
import type { Outside } from '../ports/outside.ts';

export interface InitAnswers {
  readonly provider: 'simulator' | 'intercom';
  readonly region: 'us' | 'eu' | 'au';
  /** The content folder, relative to the project. */
  readonly content: string;
  readonly locale: Locale;
  /** Needed only where the workspace has several. */
  readonly helpCenter: string | null;
}

/** What a folder already holds that a new project should be built around. */
export interface Found {
  readonly hasConfig: boolean;
  /** Folders with Markdown files, the likeliest content folder first. */
  readonly contentFolders: readonly string[];
}

/** Folders that documentation usually lives in, likeliest first. */
const usualFolders: readonly string[] = ['content', 'docs', 'help', 'help-center', 'articles', 'src/content'];

export async function lookAround({ folder, files }: Outside): Promise<Found> {
  const contentFolders: string[] = [];
  for (const name of usualFolders)
    if (await hasMarkdown(join(folder, ...name.split('/')), files, 3)) contentFolders.push(name);
  return { hasConfig: (await files.stat(join(folder, configName))) !== null, contentFolders };
}

/** Writes what a project needs and never touches a file that is there; gives the names of what was written. */
export async function setUp(answers: InitAnswers, outside: Outside): Promise<readonly string[]> {
  const { folder, files, chance } = outside;
  const written: string[] = [];
  const write = async (name: string, text: string): Promise<void> => {
    const path = join(folder, ...name.split('/'));
    if ((await files.stat(path)) !== null) return;
    await files.makeFolder(join(path, '..'));
    await replaceFile(files, path, new TextEncoder().encode(text), { chance, mode: 0o644 });
    written.push(name);
  };
  if ((await files.stat(join(folder, configName))) !== null) {
    throw new ShelfmarkError('ALREADY_SET_UP', {
      message: `There is a ${configName} in this folder already. Nothing was changed.`,
      hint: 'Edit it, or remove it and run "shelfmark init" again.',
    });
  }
  const schema = await packaged('schemas/sync.config.json', configName, outside);
  const keys = await packaged('docs/config.md', configName, outside);
  await write(configName, schemaLine(schema) + configText(answers, keys));
  const contentFolder = join(folder, ...answers.content.split('/'));
  if (!(await hasMarkdown(contentFolder, files, 4))) await files.makeFolder(contentFolder);
  await ignoreState(outside, written);
  return written;
}

/** Lets git put lock files together by `merge-lock`; gives the names of what was written. Each clone still has to be told how. */
export async function setMergeDriver({ folder, files, chance }: Outside): Promise<readonly string[]> {
  const name = '.gitattributes';
  const path = join(folder, name);
  const before = (await files.stat(path)) === null ? '' : new TextDecoder().decode(await files.read(path));
  if (/^[^#\n]*\bmerge=shelfmark\b/m.test(before)) return [];
  const gap = before === '' || before.endsWith('\n') ? '' : '\n';
  const text = `${before}${gap}sync.lock*.json merge=shelfmark\n`;
  await replaceFile(files, path, new TextEncoder().encode(text), { chance, mode: 0o644 });
  return [name];
}

/** A first collection and article, for whoever starts from nothing. */
export async function writeSample(answers: InitAnswers, outside: Outside): Promise<readonly string[]> {
  const { folder, files, chance } = outside;
  const collection = 'getting-started/collection.yaml';
  const schema = schemaLine(
    await packaged('schemas/collection.json', `${answers.content}/${collection}`, outside),
  );
  const samples: readonly (readonly [string, string])[] = [
    [collection, `${schema}name: Getting started\ndescription: First steps\n`],
    [
      'getting-started/welcome.md',
      '---\ntitle: Welcome\nstate: published\n---\n\nThis is your first article. Edit it, then run `shelfmark sync`.\n\n## What to do next\n\n- Write another article beside this one.\n- Make a folder: it becomes a collection.\n',
    ],
  ];
  const written: string[] = [];
  for (const [name, text] of samples) {
    const path = join(folder, ...answers.content.split('/'), ...name.split('/'));
    if ((await files.stat(path)) !== null) continue;
    await files.makeFolder(join(path, '..'));
    await replaceFile(files, path, new TextEncoder().encode(text), { chance, mode: 0o644 });
    written.push(`${answers.content}/${name}`);
  }
  return written;
}

/** The line at the head of a YAML file by which editors complete and check it. */
const schemaLine = (schema: string): string => `# yaml-language-server: $schema=${schema}\n`;

/**
 * Where a file of the package is: in the package that the project has installed, else, in this version, where the
 * project lives.
 *
 * @param file what will name it, from the folder of the project
 */
async function packaged(
  name: string,
  file: string,
  { folder, files }: Pick<Outside, 'files' | 'folder'>,
): Promise<string> {
  const installed = join(folder, 'node_modules', manifest.name, ...name.split('/'));
  if ((await files.stat(installed)) === null) return `${released(name)}/v${manifest.version}/${name}`;
  return relative(dirname(join(folder, file)), installed)
    .split('\\')
    .join('/');
}

/** Schemas are for programs, pages for people. */
const released = (name: string): string => {
  const home = manifest.repository.url.replace(/^git\+/, '').replace(/\.git$/, '');
  return name.endsWith('.md')
    ? `${home}/blob`
    : home.replace('https://github.com/', 'https://raw.githubusercontent.com/');
};

function configText({ provider, region, content, locale, helpCenter }: InitAnswers, keys: string): string {
  const remote =
    provider === 'simulator'
      ? 'remote:\n  # The embedded simulator: everything works offline. Change it to "intercom" for the real thing.\n  provider: simulator\n'
      : `remote:\n  # The token is read from the environment variable INTERCOM_TOKEN, never from a file.\n  provider: intercom\n  region: ${region}\n${helpCenter === null ? '' : `  helpCenter: ${helpCenter}\n`}`;
  return `# What Shelfmark keeps in step. All keys: ${keys}\ncontent: ${/^[\w./-]+$/.test(content) ? content : JSON.stringify(content)}\ndefaultLocale: ${locale}\n${remote}`;
}

async function ignoreState(outside: Outside, written: string[]): Promise<void> {
  const { folder, files, chance } = outside;
  const path = join(folder, '.gitignore');
  const line = '.shelfmark/\n';
  const before = (await files.stat(path)) === null ? '' : new TextDecoder().decode(await files.read(path));
  if (/^\/?\.shelfmark\/?\s*$/m.test(before)) return;
  const gap = before === '' || before.endsWith('\n') ? '' : '\n';
  await replaceFile(files, path, new TextEncoder().encode(`${before}${gap}${line}`), { chance, mode: 0o644 });
  written.push('.gitignore');
}

async function hasMarkdown(folder: string, files: Outside['files'], depth: number): Promise<boolean> {
  if (depth === 0 || (await files.stat(folder))?.kind !== 'folder') return false;
  const found = await files.list(folder);
  if (found.some((one) => one.kind === 'file' && one.name.endsWith('.md'))) return true;
  for (const one of found) {
    if (one.kind !== 'folder' || one.name.startsWith('.') || one.name === 'node_modules') continue;
    if (await hasMarkdown(join(folder, one.name), files, depth - 1)) return true;
  }
  return false;
}
