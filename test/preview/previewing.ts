import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { openPreview, type OpenPreview } from '../../src/app/preview.ts';
import { findConfig } from '../../src/config/find-config.ts';
import { nodeFiles } from '../../src/ports/node-files.ts';
import { openProject, type Project } from '../helpers/project.ts';
import { outsideOf } from '../helpers/outside.ts';

export interface Previewing {
  readonly project: Project;
  readonly preview: OpenPreview;
}

/** A preview of a real folder, which ends with the test. */
export async function startPreview(files: Readonly<Record<string, string>>): Promise<Previewing> {
  const project = await openProject();
  onTestFinished(() => project.close());
  await project.write(files);
  return { project, preview: await previewOf(project.folder) };
}

/** A preview of a project that is there already. */
export async function previewOf(folder: string): Promise<OpenPreview> {
  const preview = await openPreview(
    {
      config: await findConfig(nodeFiles, folder, { file: null, target: null }),
      port: 0,
      editor: 'vscode',
      rest: 30,
    },
    outsideOf(folder),
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
