/** A help center to measure with: the simulator as a process of its own, and a folder of made-up articles. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { execPath } from 'node:process';

export const command = resolve('dist/shelfmark.js');

export interface HelpCenter {
  readonly env: { readonly INTERCOM_URL: string; readonly INTERCOM_TOKEN: string };
  /** Calls that were made since the last time this was asked. */
  calls(): Promise<readonly { readonly method: string; readonly path: string }[]>;
  close(): void;
}

export async function openHelpCenter(): Promise<HelpCenter> {
  const child: ChildProcess = spawn(execPath, [command, 'simulate', '--json'], {
    // Not in a project, whose own help center it would be.
    cwd: tmpdir(),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const line = await new Promise<string>((done, fail) => {
    let text = '';
    child.once('error', fail);
    child.once('exit', () => fail(new Error('the simulator ended')));
    child.stdout?.on('data', (data: Buffer) => {
      text += data.toString();
      if (text.includes('\n')) done(text.slice(0, text.indexOf('\n')));
    });
  });
  const { url, token } = JSON.parse(line) as { url: string; token: string };
  // Plenty of calls for everybody: it is not the rate limit that is measured here.
  await fetch(`${url}/_operator/limits`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ perWindow: 10_000_000, workspacePerWindow: 10_000_000 }),
  });
  let seen = 0;
  return {
    env: { INTERCOM_URL: url, INTERCOM_TOKEN: token },
    async calls() {
      const answer = await fetch(`${url}/_operator/calls`);
      const calls = (await answer.json()) as readonly { method: string; path: string }[];
      const fresh = calls.slice(seen);
      seen = calls.length;
      return fresh;
    },
    close: () => void child.kill('SIGKILL'),
  };
}

/** Fills a project with articles of some five kilobytes, seventeen to a folder, and a repository around them. */
export function fillProject(folder: string, articles: number): void {
  writeFileSync(join(folder, 'sync.config.yaml'), 'remote:\n  provider: intercom\n');
  writeFileSync(join(folder, '.gitignore'), '.shelfmark*/\n');
  mkdirSync(join(folder, 'content'), { recursive: true });
  for (let at = 0; at < articles; at += 1) {
    const group = Math.floor(at / 17);
    const place = join(folder, 'content', `area-${group % 20}`, `part-${group}`);
    if (at % 17 === 0) mkdirSync(place, { recursive: true });
    const paragraphs = Array.from(
      { length: 24 },
      (_, index) =>
        `${index % 6 === 0 ? `## Part ${index}\n\n` : ''}Paragraph ${index} of article ${at} says what *everybody* should know about [it](https://example.com/${at}/${index}), and then some more, so that it is as long as paragraphs are.\n`,
    );
    writeFileSync(
      join(place, `article-${at}.md`),
      `---\ntitle: Article ${at}\nstate: published\n---\n\n${paragraphs.join('\n')}`,
    );
  }
}
