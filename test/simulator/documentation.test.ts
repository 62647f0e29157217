import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readFault } from '../../src/simulator/faults/fault-spec.ts';
import { answerOperator } from '../../src/simulator/operator/operator-door.ts';
import { SwitchesSchema, defaultSwitches } from '../../src/simulator/state/switches.ts';
import { fields, workspace } from './workspace.ts';

const page = readFileSync(new URL('../../docs/simulator.md', import.meta.url), 'utf8');

/** Rows of the tables of a chapter, cell by cell. */
function tableOf(chapter: string): string[][] {
  const text = page.split('\n## ').find((one) => one.startsWith(chapter)) ?? '';
  const lines = text.split('\n').filter((one) => one.startsWith('|') && !/^[\s|-]+$/.test(one));
  return lines.map((one) =>
    one
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

test('the page lists every switch with its default and what it decides', () => {
  const listed = tableOf('Switches').slice(1);
  expect(listed.map(([name, , byDefault, meaning]) => [name, byDefault, meaning])).toEqual(
    Object.entries(SwitchesSchema.shape).map(([name, schema]) => {
      const value = Object.entries(defaultSwitches).find(([one]) => one === name)?.[1];
      return [`\`${name}\``, `\`${String(value)}\``, schema.description];
    }),
  );
});

test('every fault that the page shows is understood', () => {
  const rows = tableOf('Faults').map(([first]) => first?.replaceAll(/[`\\]/g, '') ?? '');
  const kinds = rows.slice(rows.indexOf('kind') + 1, rows.indexOf('condition'));
  const conditions = rows.slice(rows.indexOf('condition') + 1);
  expect(kinds.length).toBeGreaterThan(11);
  expect(conditions.length).toBeGreaterThan(5);
  const values = { CODE: '500', MS: '10', BYTES: '10', URL: 'https://example.com/' };
  for (const kind of kinds) {
    const spec = kind.replace(
      /[A-Z]+$/,
      (name) => Object.entries(values).find(([one]) => one === name)?.[1] ?? name,
    );
    expect(readFault(spec).kind).toBe(kind.replace(/=.*/, ''));
  }
  for (const condition of conditions) expect(readFault(`status=500,${condition}`).kind).toBe('status');
});

test('the page names every call of the operator’s door', () => {
  const { operator } = workspace();
  const answer = fields(answerOperator(operator, 'GET', '/_operator', '').body);
  const routes = answer['routes'];
  if (!Array.isArray(routes)) throw new TypeError('No routes');
  const chapter = tableOf('The operator')
    .map(([call]) => call ?? '')
    .join('\n');
  expect(routes.length).toBeGreaterThan(25);
  for (const route of routes.map(String)) {
    const [, path = ''] = route.replace('/*', '/ID').split(' ');
    expect(chapter).toContain(path.replace(/^.*\/ID\//, '').replace(/^articles\/ID$/, '/articles/ID'));
  }
});
