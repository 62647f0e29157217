/*
 * Folders as people bring them from other tools. Each is sent for the first time, taken by somebody with an empty
 * folder, and edited word by word on both sides. Beside the folder stand the plan of the first push, what the help center
 * stores, and what the other person gets: `npx vitest run test/document-sets -u` writes them anew.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Plan } from '../../src/model/plan.ts';
import { openProject, type Project } from '../helpers/project.ts';

interface Set {
  /** Lines that people take out once the plan has told them to, as a pattern. */
  readonly without?: string;
  readonly grace: readonly {
    readonly article: string;
    readonly locale?: string;
    readonly from: string;
    readonly to: string;
  }[];
  readonly ada: readonly { readonly file: string; readonly from: string; readonly to: string }[];
}

const sets = readdirSync(import.meta.dirname, { withFileTypes: true }).filter((one) => one.isDirectory());

test.each(sets.map(({ name }) => name))(
  '%s: what is sent comes back, and a word changes a word on either side',
  { timeout: 120_000 },
  async (name) => {
    const home = join(import.meta.dirname, name);
    const set = parse(readFileSync(join(home, 'set.yaml'), 'utf8')) as Set;
    const project = await openProject();
    const before = filesBelow(join(home, 'before'));
    await project.write(contentOf(before));

    await expect(shown(await project.plan('push'))).toMatchFileSnapshot(join(home, 'plan.txt'));
    const cleaned = cleanedOf(before, set.without);
    await project.write(contentOf(cleaned));
    const { outcomes } = await project.push();
    expect(outcomes?.filter(({ status }) => status !== 'done')).toEqual([]);
    expect(await project.files()).toEqual(cleaned);
    expect((await project.plan('sync')).operations).toEqual([]);
    await expect(storedText(project)).toMatchFileSnapshot(join(home, 'stored.html'));

    const other = await project.beside();
    await other.pull();
    const taken = Object.entries(await other.files()).map(([path, text]) => `=== ${path}\n${text}`);
    await expect(plainer(taken.join('\n'))).toMatchFileSnapshot(join(home, 'pulled.txt'));
    expect((await other.plan('sync')).operations).toEqual([]);
    await other.close();

    for (const edit of set.grace) await graceEdits(project, edit);
    for (const edit of set.ada) await adaEdits(project, edit);
    expect((await project.plan('sync')).operations).toEqual([]);
    await project.close();
  },
);

/** A teammate changes a word in the web editor; the file changes by that word. */
async function graceEdits(project: Project, edit: Set['grace'][number]): Promise<void> {
  const { operator } = project.simulator;
  const article = operator.articles().find(({ contents }) => contents['en']?.title === edit.article);
  const locale = edit.locale ?? 'en';
  const body = article?.contents[locale]?.body ?? '';
  expect(body, edit.article).toContain(edit.from);
  const content = { body: body.replace(edit.from, edit.to) };
  operator.editArticle(article?.id ?? 0, locale === 'en' ? content : { locales: { [locale]: content } });
  const files = await project.files();
  await project.pull();
  expectOneWord(files, await project.files(), edit);
  expect((await project.plan('sync')).operations).toEqual([]);
}

/** An author changes a word in a file; the stored text changes by that word. */
async function adaEdits(project: Project, { file, from, to }: Set['ada'][number]): Promise<void> {
  const text = await project.read(`content/${file}`);
  const [, head = '', body = ''] = /^(---\n[^]*?\n---\n)([^]*)$/u.exec(text) ?? [];
  expect(body, file).toContain(from);
  const stored = storedBodies(project);
  await project.write({ [`content/${file}`]: head + body.replace(from, to) });
  await project.push();
  expectOneWord(stored, storedBodies(project), { from, to });
  expect(await project.read(`content/${file}`)).toBe(head + body.replace(from, to));
}

type Texts = Readonly<Record<string, string>>;

const contentOf = (files: Texts): Texts =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [`content/${path}`, text]));

function cleanedOf(files: Texts, pattern: string | undefined): Texts {
  if (pattern === undefined) return files;
  const lines = new RegExp(pattern, 'gmu');
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [path, text.replace(lines, '')]));
}

/** Exactly one text differs, and by nothing but that word. */
function expectOneWord(before: Texts, after: Texts, { from, to }: { from: string; to: string }): void {
  expect(Object.keys(after)).toEqual(Object.keys(before));
  const changed = Object.keys(before).filter((key) => after[key] !== before[key]);
  expect(changed).toHaveLength(1);
  const [key = ''] = changed;
  const [was, is] = [before[key] ?? '', after[key] ?? ''];
  const forms: string[] = [];
  for (let at = was.indexOf(from); at !== -1; at = was.indexOf(from, at + 1))
    forms.push(was.slice(0, at) + to + was.slice(at + from.length));
  if (!forms.includes(is)) expect(is).toBe(forms[0]);
}

function storedBodies({ simulator }: Project): Texts {
  return Object.fromEntries(
    simulator.operator.articles().flatMap(({ id, contents }) =>
      Object.entries(contents).map(([locale, one]) => {
        // The editor begins a line before a heading or an image, which means nothing.
        const body = plainer(one?.body ?? '').replace(/>\n(?=<)/gu, '>');
        return [`${String(id)} ${locale}`, body];
      }),
    ),
  );
}

/** What the help center holds, one line for each block, so that people can read it. */
function storedText({ simulator }: Project): string {
  const texts = simulator.operator.articles().flatMap(({ contents }) =>
    Object.entries(contents).map(([locale, one]) => {
      const html = plainer(one?.body ?? '').replace(
        /(<\/(?:p|h[1-6]|ul|ol|div|pre|details)>|<hr>)(?=<)/gu,
        '$1\n',
      );
      return `<!-- ${one?.title ?? ''} (${locale}, ${one?.state ?? ''}) -->\n${html}\n`;
    }),
  );
  return texts.toSorted((left, right) => (left < right ? -1 : 1)).join('\n');
}

/** Without what differs from run to run: ports and signatures. */
function plainer(text: string): string {
  return text
    .replace(/http:\/\/127\.0\.0\.1:\d+/gu, 'http://help.test')
    .replace(/\?expires=[^"\s)]*/gu, '')
    .replace(/h_[0-9a-f]{10}/gu, 'h_0123456789');
}

function shown({ operations, problems }: Plan): string {
  const lines = [
    ...operations.map(({ action, kind, path }) => `${action} ${kind} ${path}`),
    ...problems.map(({ severity, code, place, message }) => {
      const line = place.line === 0 ? '' : `:${String(place.line)}`;
      return `${severity} ${code} ${place.file}${line} ${message}`;
    }),
  ];
  return `${lines.join('\n')}\n`;
}

function filesBelow(folder: string): Texts {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  const texts = files.map((one): readonly [string, string] => {
    const path = join(one.parentPath, one.name);
    return [path.slice(folder.length + 1), readFileSync(path, 'utf8')];
  });
  return Object.fromEntries(texts.toSorted(([left], [right]) => (left < right ? -1 : 1)));
}
