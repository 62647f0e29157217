import { execFileSync } from 'node:child_process';
import { cp, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openProject, type Project } from '../helpers/project.ts';

let ada: Project;
let clone: Project;

const git = (folder: string, ...args: readonly string[]): string =>
  execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...args], {
    cwd: folder,
    encoding: 'utf8',
  });

const refunds = `---
title: Refunds # what support asks for most
state: published
---

We pay back within *five* days.

* By card
* By bank transfer

Write to us.
`;

beforeEach(async () => {
  ada = await openProject();
  await ada.write({ '.gitignore': '.shelfmark/\n', 'content/billing/refunds.md': refunds });
  await ada.push();
  git(ada.folder, 'init', '--quiet', '--initial-branch=main');
  git(ada.folder, 'add', '--all');
  git(ada.folder, 'commit', '--quiet', '--message=First');
  clone = await ada.beside();
  const checkout = join(clone.folder, 'checkout');
  git(clone.folder, 'clone', '--quiet', ada.folder, checkout);
  await cp(join(checkout, 'content'), join(clone.folder, 'content'), { recursive: true });
  await cp(join(checkout, 'sync.lock.json'), join(clone.folder, 'sync.lock.json'));
  expect((await readdir(clone.folder)).toSorted()).toEqual([
    'checkout',
    'content',
    'sync.config.yaml',
    'sync.lock.json',
  ]);
});
afterEach(async () => {
  await clone.close();
  await ada.close();
});

test('a clone with nothing but the content and the lock has nothing to do', async () => {
  const plan = await clone.plan();
  expect([plan.operations, plan.baseEdits, plan.conflicts]).toEqual([[], [], []]);
});

test('edits to different paragraphs of one article are merged from a clone with nothing but the content and the lock', async () => {
  const { operator } = ada.simulator;
  const article = operator.articles().find((one) => one.contents['en']?.title === 'Refunds');
  const body = article?.contents['en']?.body ?? '';
  operator.editArticle(article?.id ?? 0, { body: body.replace('Write to us', 'Write to us, or call') });
  await clone.write({ 'content/billing/refunds.md': refunds.replace('*five*', '*seven*') });
  const { plan } = await clone.sync();
  expect(plan.conflicts).toEqual([]);
  expect(await clone.read('content/billing/refunds.md')).toBe(
    refunds.replace('*five*', '*seven*').replace('Write to us', 'Write to us, or call'),
  );
  const stored = operator.articles().find((one) => one.id === article?.id)?.contents['en']?.body;
  expect(stored).toContain('<i>seven</i>');
  expect(stored).toContain('Write to us, or call');
  expect((await clone.plan()).operations).toEqual([]);
});

test('two people who push one after the other send their own edits only, and their locks merge in git', async () => {
  const checkout = join(clone.folder, 'checkout');
  const bert = clone;
  await ada.write({ 'content/billing/invoices.md': '---\ntitle: Invoices\n---\n\nMonthly.\n' });
  await ada.push();
  git(ada.folder, 'add', '--all');
  git(ada.folder, 'commit', '--quiet', '--message=Invoices');

  await bert.write({ 'content/zones.md': '---\ntitle: Zones\n---\n\nOne to three.\n' });
  const { plan } = await bert.push();
  expect(plan.operations.map((one) => `${one.action} ${one.path}`)).toEqual(['create zones.md']);
  await cp(join(bert.folder, 'content'), join(checkout, 'content'), { recursive: true });
  await cp(join(bert.folder, 'sync.lock.json'), join(checkout, 'sync.lock.json'));
  git(checkout, 'add', '--all');
  git(checkout, 'commit', '--quiet', '--message=Zones');
  git(checkout, 'pull', '--quiet', '--no-rebase', '--no-edit');

  await cp(join(checkout, 'content'), join(bert.folder, 'content'), { recursive: true });
  await cp(join(checkout, 'sync.lock.json'), join(bert.folder, 'sync.lock.json'));
  const after = await bert.plan();
  expect([after.operations, after.baseEdits, after.conflicts]).toEqual([[], [], []]);
  expect(ada.simulator.operator.articles()).toHaveLength(3);
});

test('what two people changed in neighbouring entries merges in git as well', async () => {
  const checkout = join(clone.folder, 'checkout');
  await ada.write({ 'content/billing/refunds.md': refunds.replace('five', 'six') });
  await ada.push();
  git(ada.folder, 'commit', '--quiet', '--all', '--message=Refunds');

  await clone.write({ 'content/billing/collection.yaml': 'name: Money\n' });
  await clone.push();
  await cp(join(clone.folder, 'content'), join(checkout, 'content'), { recursive: true });
  await cp(join(clone.folder, 'sync.lock.json'), join(checkout, 'sync.lock.json'));
  git(checkout, 'add', '--all');
  git(checkout, 'commit', '--quiet', '--message=Money');
  git(checkout, 'pull', '--quiet', '--no-rebase', '--no-edit');
  expect(git(checkout, 'status', '--porcelain')).toBe('');
});
