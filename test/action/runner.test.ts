import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { errorAnnotations, hintForWorkflow } from '../../src/action/pages/annotations.ts';
import { chooseCommand } from '../../src/action/event/choose-command.ts';
import type { GitHubEvent } from '../../src/action/event/event.ts';
import { pushedOf } from '../../src/action/git/said.ts';
import { readInputs } from '../../src/action/event/inputs.ts';
import { openSecrets } from '../../src/action/git/secrets.ts';
import { exitCodeOf } from '../../src/action/event/verdict.ts';
import { logText, outputText } from '../../src/action/event/workflow-text.ts';
import { annotationCommand } from '../../src/report/formats/workflow-command.ts';
import { ShelfmarkError } from '../../src/model/error.ts';
import type { Plan } from '../../src/model/plan.ts';
import { readOutputs } from './helpers/stage.ts';

/** Text as an enemy would write it. */
const nasty = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '::',
        '::error::',
        '##[command]',
        '\n',
        '\r',
        '\r\n',
        '%',
        '%0A',
        ',',
        ':',
        ' ',
        '\t',
        'EOF',
        '\u2028',
        '\u001b[2J',
        'name=x',
      ),
      fc.string({ maxLength: 8 }),
    ),
    { maxLength: 10 },
  )
  .map((parts) => parts.join(''));

describe('what the runner reads', () => {
  test('an annotation is one command, whatever its words and its file are', () => {
    fc.assert(
      fc.property(nasty, nasty, nasty, (message, title, file) => {
        const text = annotationCommand({ level: 'error', message, title, file, line: 3, column: 5 });
        expect(text.split(/\r\n|\r|\n/)).toHaveLength(2);
        expect(text).toMatch(/^::error title=[^,:]*,file=[^,:]*,line=3,col=5::[^\r\n]*\n$/);
      }),
    );
  });

  test('no line of the log is a command', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        for (const line of logText(text).split(/\r\n|\r|\n/)) {
          expect(line.trimStart().startsWith('::')).toBe(false);
          expect(line).not.toContain('##[');
        }
      }),
    );
  });

  test('an output is what was written, and only that', () => {
    fc.assert(
      fc.property(nasty, (value) => {
        const plain = value.replaceAll('\r', '');
        expect(readOutputs(outputText('report', plain, 'end-1f3k'))).toEqual({ report: plain });
      }),
    );
    expect(() => outputText('report', 'a\nend-1f3k\nhas-changes=true', 'end-1f3k')).toThrow();
  });

  test('a secret is taken out however it is spelled, and nothing is where there is none', () => {
    const secret = 'dG9rOmFi+/c=\'"x';
    const secrets = openSecrets([secret, null, '', ' ']);
    const spelled = [
      secret,
      encodeURIComponent(secret),
      JSON.stringify(secret),
      Buffer.from(secret).toString('base64'),
      Buffer.from(`Bearer ${secret}`).toString('base64'),
      Buffer.from(secret).toString('hex'),
    ];
    for (const text of spelled) expect(secrets.hide(`a ${text} b`)).toMatch(/^a "?\*\*\*"? b$/);
    expect(openSecrets([null, '']).hide('a b')).toBe('a b');
  });
});

describe('inputs', () => {
  test('that are empty have their defaults', () => {
    expect(readInputs({ INPUT_COMMAND: '', 'INPUT_FAIL-ON': ' ' })).toMatchObject({
      command: 'auto',
      comment: 'auto',
      summary: true,
      commit: null,
      failOn: new Set(['errors', 'conflicts', 'refusals']),
    });
    expect(readInputs({ 'INPUT_FAIL-ON': 'changes,\n errors' }).failOn).toEqual(
      new Set(['changes', 'errors']),
    );
    expect(readInputs({ 'INPUT_FAIL-ON': 'none' }).failOn).toEqual(new Set());
  });

  test.each([
    ['INPUT_COMMAND', 'puhs', 'Did you mean command: push?'],
    ['INPUT_COMMENT', 'yes', 'Write comment: auto.'],
    ['INPUT_ALLOW-DELETES', '10%', 'exact number'],
    ['INPUT_FAIL-ON', 'errors, conflict', 'Did you mean fail-on: conflicts?'],
    ['INPUT_SUMMARY', 'no', 'Write summary: true.'],
    ['INPUT_COMMIT', 'pullrequest', 'Did you mean commit: pull-request?'],
  ])('%s: %s is wrong usage, with the way out', (name, value, hint) => {
    let found: unknown = null;
    try {
      readInputs({ [name]: value });
    } catch (error) {
      found = error;
    }
    expect(found).toMatchObject({ code: 'WRONG_USAGE', kind: 'usage' });
    expect(found instanceof ShelfmarkError ? found.hint : '').toContain(hint);
  });
});

describe('"command: auto"', () => {
  const event = (name: string, branch: string | null = null): GitHubEvent =>
    ({ name, branch, defaultBranch: 'main' }) as GitHubEvent;

  test.each([
    ['pull_request', null, 'plan'],
    ['merge_group', null, 'plan'],
    ['push', 'main', 'push'],
    ['push', 'feature', 'plan'],
    ['push', null, 'plan'],
    ['schedule', 'main', 'pull'],
    ['workflow_dispatch', 'main', 'pull'],
  ] as const)('on %s of %s does %s', (name, branch, command) => {
    expect(chooseCommand('auto', event(name, branch))).toBe(command);
  });

  test('does nothing on any other event, and says so', () => {
    expect(() => chooseCommand('auto', event('issues'))).toThrow('"issues"');
    expect(chooseCommand('validate', event('issues'))).toBe('validate');
  });
});

describe('the exit code', () => {
  const plan = (more: Partial<Plan>): Plan =>
    ({
      operations: [],
      conflicts: [],
      behind: [],
      problems: [],
      refusals: [],
      summary: { adopt: 0 },
      ...more,
    }) as unknown as Plan;
  const one = [{}] as never;
  const problem = (severity: string): never => [{ severity }] as never;
  const usual = ['errors', 'conflicts', 'refusals'] as const;

  test.each([
    [{}, usual, 0],
    [{ problems: problem('error') }, usual, 1],
    [{ problems: problem('error') }, ['refusals'], 0],
    [{ problems: problem('warning') }, usual, 0],
    [{ problems: problem('warning') }, ['warnings'], 1],
    [{ refusals: one, conflicts: one }, usual, 4],
    [{ conflicts: one }, usual, 3],
    [{ behind: one }, usual, 3],
    [{ behind: one }, ['errors'], 0],
    [{ operations: one }, usual, 0],
    [{ operations: one }, ['changes'], 2],
    [{ operations: one, conflicts: one }, ['changes', 'conflicts'], 3],
  ] as const)('of %j with fail-on %j is %i', (more, failOn, code) => {
    expect(exitCodeOf({ plan: plan(more), outcomes: null }, new Set(failOn), false)).toBe(code);
  });

  test('of a run is 1 where something was not done, and never 2', () => {
    const failed = { plan: plan({ operations: one }), outcomes: [{ status: 'failed' }] as never };
    expect(exitCodeOf(failed, new Set(usual), true)).toBe(1);
    const done = { plan: plan({ operations: one }), outcomes: [{ status: 'done' }] as never };
    expect(exitCodeOf(done, new Set(['changes']), true)).toBe(0);
  });
});

test('flags in hints are named as the inputs of a workflow are', () => {
  expect(hintForWorkflow('If that is what you want, run it again with --allow-deletes 12.')).toBe(
    'If that is what you want, run the workflow with the input allow-deletes: 12.',
  );
});

test('what is wrong in the config file is told at its lines, each on its own', () => {
  const error = new ShelfmarkError('CONFIG_INVALID', {
    message: 'a.yaml:3: one\na.yaml:7: two',
    hint: 'Mend it.',
  });
  expect(errorAnnotations(error, '/repo/docs/a.yaml', { root: '/repo' })).toEqual([
    { level: 'error', title: 'CONFIG_INVALID', message: 'one. Mend it.', file: 'docs/a.yaml', line: 3 },
    { level: 'error', title: 'CONFIG_INVALID', message: 'two. Mend it.', file: 'docs/a.yaml', line: 7 },
  ]);
});

describe('what git says of a push', () => {
  test.each([
    ['To x\n!\ta:refs/heads/main\t[rejected] (fetch first)\n', 'raced'],
    ['!\ta:refs/heads/main\t[rejected] (non-fast-forward)\n', 'raced'],
    [
      "!\ta:refs/heads/main\t[remote rejected] (cannot lock ref 'refs/heads/main': is at b but expected c)\n",
      'raced',
    ],
    ['!\ta:refs/heads/main\t[remote rejected] (failed to update ref)\n', 'raced'],
    ['!\ta:refs/heads/main\t[remote rejected] (protected branch hook declined)\n', 'protected'],
    [
      '!\ta:refs/heads/main\t[remote rejected] (push declined due to repository rule violations)\n',
      'protected',
    ],
    ['remote: Permission to acme/help.git denied to github-actions[bot].\nfatal: unable to access', 'failed'],
  ])('%j is told apart as %s', (out, push) => {
    expect(pushedOf({ code: 1, out, err: '' })).toMatchObject({ push });
  });
});
