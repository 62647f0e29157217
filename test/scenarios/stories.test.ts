import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Plan } from '../../src/model/plan.ts';
import { openProject, type Project } from '../helpers/project.ts';

interface Edit {
  readonly article?: string;
  readonly collection?: string;
  readonly name?: string;
  readonly locale?: string;
  readonly state?: 'published' | 'draft';
  readonly replace?: Readonly<Record<string, string>>;
}

interface Step {
  readonly run?: 'push' | 'pull' | 'sync';
  readonly does?: readonly string[];
  readonly behind?: readonly string[];
  readonly conflicts?: readonly string[];
  readonly 'ada writes'?: Readonly<Record<string, string>>;
  readonly 'ada replaces'?: { readonly in: string; readonly from: string; readonly to: string };
  readonly 'ada moves'?: { readonly from: string; readonly to: string };
  readonly 'ada removes'?: string;
  readonly 'ada resolves'?: { readonly path: string; readonly with: 'local' | 'remote' };
  readonly 'grace edits'?: Edit;
  readonly 'grace creates'?: {
    readonly article: string;
    readonly in: string;
    readonly state: 'published' | 'draft';
    readonly body: string;
  };
  readonly 'grace deletes'?: { readonly article: string };
}

const folders = readdirSync(import.meta.dirname, { withFileTypes: true }).filter((one) => one.isDirectory());

test.each(folders.map((one) => one.name))(
  'the story of %s ends with nothing lost and the expected files',
  async (name) => {
    const steps = parse(
      readFileSync(join(import.meta.dirname, name, 'story.yaml'), 'utf8'),
    ) as readonly Step[];
    expect(steps.length).toBeGreaterThanOrEqual(30);
    const project = await openProject();
    for (const [index, step] of steps.entries()) {
      const at = `step ${index + 1}: ${JSON.stringify(step).slice(0, 90)}`;
      if (step.run === undefined) await act(project, step);
      else {
        const { plan, outcomes } = await project[step.run]();
        expect(
          plan.problems.filter((one) => one.severity === 'error'),
          at,
        ).toEqual([]);
        expect(
          outcomes?.filter((one) => one.status !== 'done').map((one) => one.message),
          at,
        ).toEqual([]);
        expect(shown(plan), at).toEqual({
          does: (step.does ?? []).toSorted(),
          behind: step.behind ?? [],
          conflicts: step.conflicts ?? [],
        });
      }
    }
    expect(await project.files()).toEqual(expectedFiles(join(import.meta.dirname, name, 'after')));
    // The help center says the same: a folder that begins empty gets the same articles from it.
    const fresh = await project.beside();
    await fresh.pull();
    expect((await fresh.plan('sync')).operations).toEqual([]);
    expect(titles(fresh)).toEqual(titles(project));
    await fresh.close();
    await project.close();
  },
  60_000,
);

function shown(plan: Plan): unknown {
  return {
    does: plan.operations.map((one) => `${one.action} ${one.path}`).toSorted(),
    behind: plan.behind.map((one) => one.path),
    conflicts: plan.conflicts.map((one) => one.path),
  };
}

async function act(project: Project, step: Step): Promise<void> {
  const { operator } = project.simulator;
  const articleOf = (title: string) => {
    const found = operator.articles().find((one) => one.contents['en']?.title === title);
    if (found === undefined) throw new Error(`There is no article ${title}.`);
    return found;
  };
  const collectionOf = (title: string): number =>
    operator.collections().find((one) => one.texts['en']?.name === title)?.id ?? 0;
  if (step['ada writes'] !== undefined) {
    await project.write(
      Object.fromEntries(Object.entries(step['ada writes']).map(([path, text]) => [`content/${path}`, text])),
    );
  }
  if (step['ada replaces'] !== undefined) {
    const { in: path, from, to } = step['ada replaces'];
    const text = await project.read(`content/${path}`);
    expect(text).toContain(from);
    await project.write({ [`content/${path}`]: text.replace(from, to) });
  }
  if (step['ada moves'] !== undefined) {
    const { from, to } = step['ada moves'];
    await mkdir(dirname(join(project.folder, 'content', to)), { recursive: true });
    await rename(join(project.folder, 'content', from), join(project.folder, 'content', to));
  }
  if (step['ada removes'] !== undefined) await project.write({ [`content/${step['ada removes']}`]: null });
  if (step['ada resolves'] !== undefined)
    await project.resolve(step['ada resolves'].path, step['ada resolves'].with);
  if (step['grace deletes'] !== undefined)
    operator.deleteArticle(articleOf(step['grace deletes'].article).id);
  if (step['grace creates'] !== undefined) {
    const { article, in: parent, state, body } = step['grace creates'];
    operator.createArticle({ title: article, body, state, parentId: collectionOf(parent) });
  }
  if (step['grace edits'] !== undefined) edit(project, step['grace edits'], articleOf, collectionOf);
}

function edit(
  { simulator: { operator } }: Project,
  change: Edit,
  articleOf: (title: string) => ReturnType<typeof operator.articles>[number],
  collectionOf: (title: string) => number,
): void {
  if (change.collection !== undefined) {
    operator.editCollection(
      collectionOf(change.collection),
      change.name === undefined ? {} : { name: change.name },
    );
    return;
  }
  const article = articleOf(change.article ?? '');
  const locale = change.locale ?? 'en';
  let body = article.contents[locale]?.body ?? '';
  for (const [from, to] of Object.entries(change.replace ?? {})) {
    expect(body).toContain(from);
    body = body.replace(from, to);
  }
  const content = { body, ...(change.state === undefined ? {} : { state: change.state }) };
  operator.editArticle(article.id, locale === 'en' ? content : { locales: { [locale]: content } });
}

function expectedFiles(folder: string): Readonly<Record<string, string>> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  const files = names.map((one) => {
    const path = join(one.parentPath, one.name);
    return [path.slice(folder.length + 1), readFileSync(path, 'utf8')] as const;
  });
  return Object.fromEntries(files.toSorted(([left], [right]) => (left < right ? -1 : 1)));
}

function titles({ simulator }: Project): readonly (string | undefined)[] {
  return simulator.operator
    .articles()
    .map((one) => one.contents['en']?.title)
    .toSorted();
}
