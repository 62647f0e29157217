import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { changeFiles } from '../helpers/change-files.ts';
import { hasTerminal, startAtTerminal } from '../helpers/at-terminal.ts';
import { keys } from '../helpers/command.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'at-terminal-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe.skipIf(!hasTerminal)('at a real terminal', () => {
  test('init is answered with arrows, text and Enter', async () => {
    const init = startAtTerminal(['init'], { folder });
    await init.until('Where is your help center?');
    init.type(`${keys.down}\r`);
    await init.until('Access token');
    init.type('\r');
    await init.until('Which region');
    init.type(`${keys.down}\r`);
    await init.until('Which folder');
    init.type('help\r');
    await init.until('Which language');
    init.type('frr\r');
    await init.until('is not a locale');
    init.type('\u007f\r');
    await init.until('workflows');
    init.type('n');
    const { code, screen } = await init.ended;
    expect([code, screen]).toEqual([0, expect.stringContaining('Next:')]);
    const config = await readFile(join(folder, 'sync.config.yaml'), 'utf8');
    expect(config).toMatch(/^content: help$/m);
    expect(config).toMatch(/^defaultLocale: fr$/m);
    expect(config).toMatch(/^ {2}region: eu$/m);
  });

  test('a watch hears keys: help, look now, quit; and Ctrl-C as ever', async () => {
    await changeFiles(folder, {
      'sync.config.yaml': 'remote:\n  provider: simulator\n',
      'content/a.md': '# A\n\nText.\n',
    });
    const watch = startAtTerminal(['watch', '--interval', '3600', '--direction', 'pull'], { folder });
    await watch.until('in step');
    await watch.until('h for help');
    watch.type('h');
    await watch.until('look at the help center now');
    watch.type('r');
    await watch.until('looked at');
    watch.type('q');
    expect((await watch.ended).code).toBe(0);
    const again = startAtTerminal(['watch', '--interval', '3600', '--direction', 'pull'], { folder });
    await again.until('h for help');
    again.type(keys.interrupt);
    expect((await again.ended).code).toBe(0);
  });

  test.each([
    ['Ctrl-C', keys.interrupt],
    ['Ctrl-D', keys.end],
  ])('%s at a question ends it with 130, and gives the terminal back', async (_, key) => {
    const init = startAtTerminal(['init'], { folder });
    await init.until('Where is your help center?');
    init.type(key);
    const { code, screen } = await init.ended;
    expect([code, screen]).toEqual([130, expect.stringMatching(/\nStopped\. Nothing was changed\.\n$/)]);
    expect(screen).not.toContain('Finishing');
    expect(await readdir(folder)).toEqual([]);
  });
});
