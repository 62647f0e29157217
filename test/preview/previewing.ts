import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium, type Browser, type Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { openPreview, type OpenPreview } from '../../src/app/preview.ts';
import { findConfig } from '../../src/config/find-config.ts';
import { nodeFiles } from '../../src/ports/node-files.ts';
import { openProject, type Project, type ProjectOptions } from '../helpers/project.ts';
import { outsideOf } from '../helpers/outside.ts';

export interface Previewing {
  readonly project: Project;
  readonly preview: OpenPreview;
}

/** A preview of a real folder, which ends with the test. */
export async function startPreview(
  files: Readonly<Record<string, string>>,
  options: PreviewingOptions = {},
): Promise<Previewing> {
  const project = await openProject(options);
  onTestFinished(() => project.close());
  await project.write(files);
  if (options.isPushed === true) await project.push();
  const { url, token } = project.simulator;
  const env = options.isAsking === true ? { INTERCOM_URL: url, INTERCOM_TOKEN: token } : {};
  return { project, preview: await previewOf(project.folder, env) };
}

export interface PreviewingOptions extends ProjectOptions {
  /** Whether the files were pushed before the preview is opened. */
  readonly isPushed?: boolean;
  /** Whether it has a token to ask the help center with. */
  readonly isAsking?: boolean;
}

/** The same texts as a preview and as the simulated help center that they were pushed to. */
export async function startBoth(
  files: Readonly<Record<string, string>>,
  options: ProjectOptions = {},
): Promise<Previewing & { readonly urls: readonly [preview: string, simulated: string] }> {
  const both = await startPreview(files, options);
  await both.project.push();
  return { ...both, urls: [`${both.preview.url}/`, `${both.project.simulator.site}/`] };
}

/** A page that collects what its policy refuses and what fails in its script. */
export async function openPage(
  browser: Browser,
  more: Parameters<Browser['newPage']>[0] = {},
): Promise<{ page: Page; complaints: string[] }> {
  const page = await browser.newPage(more);
  page.setDefaultTimeout(20_000);
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  return { page, complaints };
}

/** A preview of a project that is there already. */
export async function previewOf(
  folder: string,
  env: Readonly<Record<string, string>> = {},
): Promise<OpenPreview> {
  const preview = await openPreview(
    {
      config: await findConfig(nodeFiles, folder, { file: null, target: null }),
      port: 0,
      editor: 'vscode',
      rest: 30,
    },
    outsideOf(folder, { env }),
  );
  onTestFinished(() => preview[Symbol.asyncDispose]());
  return preview;
}

/** Where Debian puts it; another place can be named. */
const browserPath = process.env['SHELFMARK_CHROMIUM'] ?? '/usr/bin/chromium';
const isThere = existsSync(browserPath);

/** Set where these tests must not be left out: then they fail without a browser. */
const isRequired = (process.env['SHELFMARK_REQUIRE_CHROMIUM'] ?? '') !== '';
export const hasBrowser = isThere || isRequired;

export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: browserPath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  });
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What on a page would hinder somebody, as axe finds it: rules, each with the elements and why. */
export async function hindrances(page: Page): Promise<unknown> {
  await page.evaluate(axe);
  return page.evaluate(
    'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html + " " + node.failureSummary)]))',
  );
}
