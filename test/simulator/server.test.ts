import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { pageScriptPlugin } from '../../scripts/page-script.mjs';
import { afterEach, describe, expect, test } from 'vitest';
import { ShelfmarkError } from '../../src/model/error.ts';
import { findRunning } from '../../src/simulator/running.ts';
import { startSimulator } from '../../src/simulator/server.ts';
import type { Simulator, SimulatorOptions } from '../../src/simulator/server.ts';
import { fields, rows } from './workspace.ts';
import type { Json } from './workspace.ts';

const open: { close(): Promise<void> }[] = [];
const folders: string[] = [];

afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
  for (const one of folders.splice(0)) await rm(one, { recursive: true, force: true });
});

async function start(options: SimulatorOptions = {}): Promise<Simulator> {
  const simulator = await startSimulator(options);
  open.push(simulator);
  return simulator;
}

async function stateFile(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'simulator-'));
  folders.push(folder);
  return join(folder, 'inner', 'simulator.json');
}

function request(simulator: Pick<Simulator, 'url' | 'token'>, method: string, path: string, input?: Json) {
  return fetch(simulator.url + path, {
    method,
    redirect: 'manual',
    headers: { authorization: `Bearer ${simulator.token}`, 'intercom-version': '2.11' },
    ...(input === undefined ? {} : { body: JSON.stringify(input) }),
  });
}

async function json(reply: Response): Promise<Json> {
  return fields(await reply.json());
}

const article = { title: 'Install', author_id: 7_310_001, body: '<p>Hi</p>', state: 'published' };

async function failure(work: Promise<unknown>): Promise<ShelfmarkError> {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof ShelfmarkError) return error;
  throw new TypeError(`No error of ours: ${String(error)}`);
}

describe('the state file', () => {
  test('brings everything back, on another port and with the same token', async () => {
    const file = await stateFile();
    const options = { stateFile: file, siteOrigin: 'http://127.0.0.1:4801' };
    const first = await startSimulator(options);
    const made = await json(await request(first, 'POST', '/articles', article));
    first.operator.moveClock(60_000);
    await first.close();
    const second = await start(options);
    expect(second.token).toBe(first.token);
    const found = await json(await request(second, 'GET', `/articles/${String(made['id'])}`));
    expect(found).toEqual(made);
    expect(second.operator.now() - Date.now()).toBeGreaterThan(50_000);
    const next = await json(await request(second, 'POST', '/articles', article));
    expect(Number(next['id'])).toBeGreaterThan(Number(made['id']));
  });

  test('keeps its addresses where the site has an origin of its own', async () => {
    const simulator = await start({ siteOrigin: 'http://127.0.0.1:4801/' });
    const made = await json(await request(simulator, 'POST', '/articles', article));
    expect(made['url']).toBe(`http://127.0.0.1:4801/help/en/articles/${String(made['id'])}-install`);
    expect(simulator.site).toBe('http://127.0.0.1:4801/help');
  });

  test('holds every answered write when the process is killed', async () => {
    const file = await stateFile();
    const child = spawn(process.execPath, [await program(), file]);
    const [line] = await once(child.stdout, 'data');
    const running = fields(JSON.parse(String(line)));
    const remote = { url: String(running['url']), token: String(running['token']) };
    await expect(findRunning(file)).resolves.toMatchObject(remote);
    const refused = await failure(startSimulator({ stateFile: file }));
    expect(refused.code).toBe('SIMULATOR_RUNNING');
    const made = await Promise.all(
      Array.from({ length: 20 }, async () => json(await request(remote, 'POST', '/articles', article))),
    );
    child.kill('SIGKILL');
    await once(child, 'exit');
    await expect(findRunning(file)).resolves.toBeNull();
    const after = await start({ stateFile: file });
    const list = await json(await request(after, 'GET', '/articles?per_page=250'));
    expect(
      rows(list['data'])
        .map((one) => one['id'])
        .sort(),
    ).toEqual(made.map((one) => one['id']).sort());
  });

  test('survives a journal whose last line was torn', async () => {
    const file = await stateFile();
    const first = await startSimulator({ stateFile: file });
    await first.close();
    const second = await startSimulator({ stateFile: file });
    await request(second, 'POST', '/articles', article);
    const [snapshot, journal] = await Promise.all([readFile(file), readFile(`${file}.journal`)]);
    await second.close();
    await writeFile(file, snapshot);
    await writeFile(`${file}.journal`, journal);
    await appendFile(`${file}.journal`, '[{"kind":"article","id":1');
    const third = await start({ stateFile: file });
    expect(third.operator.articles()).toHaveLength(1);
  });

  test('is served by one of many that start at once, also in the place of a dead one', async () => {
    const file = await stateFile();
    for (let round = 0; round < 2; round += 1) {
      const starts = await Promise.allSettled(
        Array.from({ length: 6 }, () => startSimulator({ stateFile: file })),
      );
      const running = starts.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
      const codes = starts.flatMap((one) =>
        one.status === 'rejected' ? [String(fields(one.reason)['code'])] : [],
      );
      expect([running.length, codes]).toEqual([1, Array.from({ length: 5 }, () => 'SIMULATOR_RUNNING')]);
      expect(await findRunning(file)).toMatchObject({ url: running[0]?.url });
      await running[0]?.close();
      await writeFile(
        `${file}.owner`,
        '{"pid":1,"url":"http://127.0.0.1:9","site":"","token":"x","run":"dead"}',
      );
    }
  });

  test('is only looked at by a simulator that may not write', async () => {
    const file = await stateFile();
    const reader = await start({ stateFile: file, isReadOnly: true });
    await request(reader, 'POST', '/articles', article);
    await expect(readdir(join(file, '..'))).rejects.toThrow('ENOENT');
    expect(await findRunning(file)).toBeNull();
  });

  test('in a folder that cannot be made is named', async () => {
    const file = await stateFile();
    await writeFile(join(file, '../..', 'inner'), 'a file');
    expect((await failure(startSimulator({ stateFile: file }))).code).toBe('SIMULATOR_STATE_FOLDER');
  });

  test('leaves nothing beside it but the journal after it was closed', async () => {
    const file = await stateFile();
    await (await startSimulator({ stateFile: file })).close();
    expect(await readdir(join(file, '..'))).toEqual(['simulator.json', 'simulator.json.journal']);
  });

  test('that is damaged is named, with a way out, and left alone', async () => {
    const file = await stateFile();
    await (await startSimulator({ stateFile: file })).close();
    await writeFile(file, '{"format":');
    const error = await failure(startSimulator({ stateFile: file }));
    expect(error.message).toContain(file);
    expect(await readFile(file, 'utf8')).toBe('{"format":');
    expect(await findRunning(file)).toBeNull();
  });
});

/** A simulator as a program of its own, which can be killed. */
async function program(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'simulator-program-'));
  folders.push(folder);
  const outfile = join(folder, 'serve.mjs');
  const contents = `
    import { startSimulator } from './server.ts';
    const { url, token } = await startSimulator({ stateFile: process.argv[2] });
    console.log(JSON.stringify({ url, token }));
  `;
  const resolveDir = join(import.meta.dirname, '../../src/simulator');
  const banner = {
    js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
  };
  const stdin = { contents, resolveDir, loader: 'ts' as const };
  const plugins = [pageScriptPlugin];
  await build({
    stdin,
    outfile,
    banner,
    plugins,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  });
  return outfile;
}

test('a port that is taken is wrong usage', async () => {
  const { url } = await start();
  const error = await failure(startSimulator({ port: Number(new URL(url).port) }));
  expect([error.kind, error.code]).toEqual(['usage', 'PORT_TAKEN']);
});

test('a wrong fault or switch is wrong usage before anything is started', async () => {
  expect((await failure(startSimulator({ faults: ['explode'] }))).kind).toBe('usage');
  const wrong: unknown = { switches: { clash: 'both' } };
  expect((await failure(startSimulator(fields(wrong)))).kind).toBe('usage');
});

test('the same seed gives the same token and ids', async () => {
  const [one, two, other] = [await start({ seed: 3 }), await start({ seed: 3 }), await start({ seed: 4 })];
  expect(one.token).toBe(two.token);
  expect(one.token).not.toBe(other.token);
});
