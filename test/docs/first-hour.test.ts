/* The walk of a new user, with the package as users get it. */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { startSimulator } from '../../src/simulator/server.ts';
import { changeFiles } from '../helpers/change-files.ts';
import { runCommand } from '../helpers/command.ts';
import { installGlobally, pack } from '../helpers/packed.ts';

const root = resolve(import.meta.dirname, '../..');
const page = join(root, 'content/getting-started/first-hour.md');
const seeds = {
  'sync.config.yaml': 'remote:\n  provider: intercom\n',
  'content/billing/collection.yaml': 'name: Billing\n',
  'content/billing/refunds.md':
    '---\ntitle: Refunds\nstate: published\n---\n\nYou get your money back within seven days.\n\n- Ask for it in your account.\n- See [invoices](invoices.md).\n',
  'content/billing/invoices.md': '---\ntitle: Invoices\nstate: published\n---\n\nThey are in your account.\n',
};

test.skipIf(process.platform === 'win32')(
  'the walk from an empty folder to a published help center shows what the page says',
  async () => {
    const base = mkdtempSync(join(tmpdir(), 'first-hour-'));
    const simulator = await startSimulator({ seed: 7 });
    try {
      const env = { INTERCOM_URL: simulator.url, INTERCOM_TOKEN: simulator.token };
      await changeFiles(join(base, 'before'), seeds);
      await runCommand(['push', '--yes'], { folder: join(base, 'before'), env });
      const folder = join(base, 'help-center');
      mkdirSync(folder);
      const machine = join(base, 'machine');
      mkdirSync(machine);
      const bin = await installGlobally(await pack(base), machine);
      const written = readFileSync(page, 'utf8');
      const walked = await walk(written, {
        run: (line) =>
          shell(line, folder, {
            ...env,
            PATH: `${bin}:${process.env['PATH'] ?? ''}`,
            HOME: base,
          }),
        edit: (file, from, to) => {
          const path = join(folder, file);
          const text = readFileSync(path, 'utf8');
          expect(text).toContain(from);
          writeFileSync(path, text.replace(from, to));
        },
        teammate: (title, from, to) => changeThere(simulator, title, from, to),
      });
      if ((process.env['UPDATE_WALK'] ?? '') !== '') writeFileSync(page, walked);
      else expect(walked).toBe(written);
    } finally {
      await simulator.close();
      rmSync(base, { recursive: true });
    }
  },
);

interface Walker {
  run(line: string): Promise<string>;
  edit(file: string, from: string, to: string): void;
  teammate(title: string, from: string, to: string): Promise<void>;
}

/** The page with what its commands print now. */
async function walk(text: string, walker: Walker): Promise<string> {
  const lines: string[] = [];
  let isConsole = false;
  for (const line of text.split('\n')) {
    const done = /^<!-- (edit|teammate) (.+): (.+) → (.+) -->$/.exec(line);
    if (done !== null) {
      const [, who, what = '', from = '', to = ''] = done;
      await (who === 'edit' ? walker.edit(what, from, to) : walker.teammate(what, from, to));
    }
    if (line === '```console') isConsole = true;
    else if (line === '```') isConsole = false;
    else if (isConsole && !line.startsWith('$ ')) continue;
    lines.push(line);
    if (isConsole && line.startsWith('$ '))
      lines.push(...(await walker.run(line.slice(2))).split('\n').slice(0, -1));
  }
  return lines.join('\n');
}

function shell(line: string, folder: string, env: Readonly<Record<string, string>>): Promise<string> {
  const names = {
    GIT_AUTHOR_NAME: 'A',
    GIT_AUTHOR_EMAIL: 'a@example.com',
    GIT_COMMITTER_NAME: 'A',
    GIT_COMMITTER_EMAIL: 'a@example.com',
  };
  return new Promise((done) => {
    const child = spawn('sh', ['-c', line], { cwd: folder, env: { ...names, ...env } });
    let out = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.on('close', () => done(out === '' || out.endsWith('\n') ? out : `${out}\n`));
  });
}

/** What somebody does in the web editor. */
async function changeThere(
  { url, token }: { readonly url: string; readonly token: string },
  title: string,
  from: string,
  to: string,
): Promise<void> {
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
    'intercom-version': '2.11',
  };
  const listed = (await (await fetch(`${url}/articles?per_page=50`, { headers })).json()) as {
    data: { id: string; title: string; body: string }[];
  };
  const found = listed.data.find((one) => one.title === title);
  expect(found?.body).toContain(from);
  const body = JSON.stringify({ body: found?.body.replace(from, to) });
  const answer = await fetch(`${url}/articles/${found?.id ?? ''}`, { method: 'PUT', headers, body });
  expect(answer.status).toBe(200);
}
