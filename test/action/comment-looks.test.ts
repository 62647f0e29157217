import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasBrowser, openBrowser } from '../preview/previewing.ts';
import { commentPage } from './helpers/github-page.ts';
import { article, onMain, openStage, withToken } from './helpers/stage.ts';

const root = resolve(import.meta.dirname, '../..');
const before = {
  'content/billing/collection.yaml': 'name: Billing\ndescription: What it costs, and how to pay\n',
  'content/billing/refunds.md': article(
    'Refunds',
    'Write to us within 30 days.\n\nRefunds take five days. You see them on your next statement.\n\nWe do not pay out vouchers.',
  ),
  'content/billing/invoices.md': article('Invoices', 'You find them in your account.'),
  'content/billing/old-prices.md': article('Prices until 2025', 'Ten a month.'),
  'content/start/install.md': article('Install', 'Download it.\n\n1. Open it.\n2. Sign in.'),
};
const after = {
  'content/billing/refunds.md': article(
    'Refunds',
    'Write to us within 30 days.\n\nRefunds take seven working days. You see them on your next statement.\n\nWe do not pay out vouchers.',
  ),
  'content/billing/invoices.md': article('Invoices and receipts', 'You find them in your account.'),
  'content/billing/old-prices.md': null,
  'content/billing/prices.md': article('Prices', 'Twelve a month.'),
  'content/billing/teams.md': '---\ntitle: Prices for teams\nstate: draft\n---\n\nAsk us.\n',
  'content/start/install.md': article(
    'Install',
    'Download it.\n\n1. Open it.\n2. Sign in with your work address.\n3. Choose a team.',
  ),
  'sync.config.yaml': 'remote:\n  provider: intercom\nmaxDeletes: 50%\n',
};

/** The comment before the merge and after it, of one and the same pull request. */
async function comments(): Promise<readonly [string, string]> {
  const stage = await openStage(before);
  try {
    await stage.run(withToken(stage, onMain('push')));
    await stage.change(after, 'prices');
    await stage.run(withToken(stage, await stage.proposed('prices', 12)));
    const plan = stage.github.comments[0]?.body ?? '';
    const sha = await stage.merge('prices');
    stage.github.merged.set(12, sha);
    const ran = await stage.run(withToken(stage, { ...onMain('push'), sha }));
    expect(ran.code).toBe(0);
    return [plan, stage.github.comments[0]?.body ?? ''];
  } finally {
    await stage.close();
  }
}

describe.runIf(hasBrowser)('the comment, as a reviewer sees it', () => {
  let browser: Browser;
  let pages: readonly [string, string];
  beforeAll(async () => {
    [browser, pages] = await Promise.all([openBrowser(), comments()]);
  });
  afterAll(async () => {
    await browser.close();
  });

  // With SHELFMARK_SCREENSHOTS set, the pictures of docs/ci.md are taken anew.
  test.each([
    ['plan', 0, 'wide', 1280],
    ['plan', 0, 'narrow', 375],
    ['published', 1, 'wide', 1280],
    ['published', 1, 'narrow', 375],
  ] as const)('%s: fits, folds and shows words, %s %s', async (name, which, size, width) => {
    const page = await browser.newPage({ viewport: { width, height: 700 }, deviceScaleFactor: 1.5 });
    await page.setContent(commentPage(pages[which]));
    expect(await page.evaluate<boolean>('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    expect(await page.locator('details').count()).toBeGreaterThan(4);
    expect(await page.locator('details[open]').count()).toBeGreaterThan(1);
    expect(await page.locator('ins:has-text("seven")').isVisible()).toBe(true);
    expect(await page.locator('del:has-text("five")').isVisible()).toBe(true);
    const text = await page.locator('.body').innerText();
    expect(text).not.toMatch(/<\/?\w+>|\*\*|\{\+|\[-|\]\(|\\/);
    for (const link of await page.locator('a').all())
      expect(await link.getAttribute('href')).toMatch(/^https?:/);
    const picture = await page.locator('.comment').screenshot();
    expect(picture.byteLength).toBeGreaterThan(10_000);
    if ((process.env['SHELFMARK_SCREENSHOTS'] ?? '') !== '')
      writeFileSync(join(root, `docs/images/comment-${name}-${size}.png`), picture);
    await page.close();
  });
});
