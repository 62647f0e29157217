import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { startProgram, type Program } from '../helpers/program.ts';
import { openProject, type Project } from '../helpers/project.ts';

const count = 150;

async function aProject(): Promise<Project> {
  const project = await openProject({ simulator: { latency: 250 } });
  const names = Array.from({ length: count }, (_, index) => `content/article-${index}.md`);
  await project.write(
    Object.fromEntries(names.map((name, index) => [name, `# Article ${index}\n\nText.\n`])),
  );
  return project;
}

function push({ folder, simulator }: Project): Program {
  const env = { INTERCOM_URL: simulator.url, INTERCOM_TOKEN: simulator.token };
  return startProgram(['push', '--yes'], { folder, env });
}

async function untilOneIsSent({ simulator }: Project): Promise<void> {
  while (simulator.operator.articles().length === 0) await wait(20);
}

// A terminal that is closed hangs up twice: its shell passes on what it was told itself.
test.each([
  ['Ctrl-C', ['SIGINT']],
  ['a terminal that is closed', ['SIGHUP', 'SIGHUP']],
] as const)(
  '%s lets what is under way end, and the next run does the rest, each once',
  async (_, signals) => {
    const project = await aProject();
    const { child, ended } = push(project);
    await untilOneIsSent(project);
    for (const signal of signals) {
      child.kill(signal);
      await wait(30);
    }
    const { code, all } = await ended;
    const sent = project.simulator.operator.articles().length;
    expect([code, all]).toEqual([130, expect.not.stringContaining('not known')]);
    expect(await project.files('.shelfmark')).not.toHaveProperty(['run.lock']);
    const lock = JSON.parse(await project.read('sync.lock.json')) as { entries: { path?: string }[] };
    expect(sent).toBeLessThan(count);
    expect(all.match(new RegExp(`Stopped: ${count - sent} of ${count} are left\\.`, 'g'))).toHaveLength(1);
    expect(all).not.toMatch(/^skipped/m);
    expect(lock.entries.filter((row) => row.path !== undefined)).toHaveLength(sent);
    await project.push();
    expect(project.simulator.operator.articles()).toHaveLength(count);
    await project.close();
  },
);

test('Ctrl-C a second time ends at once, and what is open is in the journal', async () => {
  const project = await aProject();
  const { child, ended } = push(project);
  await untilOneIsSent(project);
  child.kill('SIGINT');
  child.kill('SIGTERM');
  const { code, all } = await ended;
  expect(code).toBe(130);
  expect(all).not.toMatch(/^\s+at /m);
  expect(await readFile(join(project.folder, '.shelfmark/journal.jsonl'), 'utf8')).toContain('"intent"');
  await project.close();
});
