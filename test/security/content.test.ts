import { readFile, readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runProgram } from '../helpers/program.ts';
import { openProject } from '../helpers/project.ts';
import { openWorkplace, simulated, trace } from './commanding.ts';

const dist = resolve(import.meta.dirname, '../../dist');

test('nothing in a file is ever run, not even where Node would let it', async () => {
  const engines = [
    '---js',
    '---javascript',
    '---JS',
    '--- js',
    '---coffee',
    '---cson',
    '---ts',
    '---json',
    '---toml',
    '---lisp',
  ];
  const place = await openWorkplace({
    'sync.config.yaml': simulated,
    ...Object.fromEntries(
      engines.map((fence, index) => [
        `content/engine-${index}.md`,
        `${fence}\nrequire('fs').writeFileSync(${JSON.stringify('ran.txt')}, 'x'), {title: "T"}\n---\n\nText.\n`,
      ]),
    ),
    'content/excerpt.md': '---\ntitle: E\n---\n\n---js\nrequire("fs").writeFileSync("ran.txt", "x")\n---\n',
    'content/tag.md':
      "---\ntitle: !!js/function \"function () { require('fs').writeFileSync('ran.txt', 'x') }\"\n---\n",
    'content/guides/collection.yaml': 'name: !!js/undefined x\n',
    'content/good.md': '---\ntitle: Good\n---\n\n{{ 7*7 }} ${7*7} <%= 7*7 %> {% raw %}\n',
  });
  // Node itself ends a program here that makes code from text.
  const strict = ['--disallow-code-generation-from-strings', '--disable-proto=delete'];
  for (const args of [['validate'], ['push'], ['plan', '--verbose']]) {
    const ended = await runProgram(args, { folder: place.folder, node: strict });
    expect(ended.all).not.toMatch(/EvalError|Code generation/);
    expect(ended.all).not.toMatch(trace);
    if (args[0] === 'validate')
      expect(ended.out.match(/does not open front matter/g)).toHaveLength(engines.length);
  }
  expect(await place.names()).not.toContain('ran.txt');
  expect(await place.names()).not.toContain('content/ran.txt');
});

test('the command holds nothing that could make code from text', async () => {
  const parts = (await readdir(dist, { recursive: true })).filter((name) => /\.m?js$/.test(name));
  expect(parts.length).toBeGreaterThan(3);
  const holding: string[] = [];
  for (const name of parts) {
    const text = await readFile(join(dist, name), 'utf8');
    if (
      /\beval\(|\beval\b\s*\)|\bnew Function\b|\bvm\.run|runInThisContext|child_process.*\bshell: true/.test(
        text,
      )
    )
      holding.push(name);
  }
  expect(holding).toEqual([]);
});

test('a file that would blow up costs neither time nor memory, and the rest of the folder goes on', async () => {
  const laughs = `a: &a [x,x]\n${'bcdefghi'.replace(/./g, (key) => `${key}: &${key} [*a,*a,*a,*a,*a,*a,*a,*a]\n`)}`;
  const place = await openWorkplace({
    'sync.config.yaml': simulated,
    'content/laughs.md': `---\ntitle: L\n${laughs}---\n`,
    'content/deep.md': `---\ntitle: ${'['.repeat(60_000)}\n---\n`,
    'content/large.md': `# Large\n\n${'x'.repeat(6_000_000)}\n`,
    'content/head.md': `---\ntitle: H\nx: ${'x'.repeat(200_000)}\n---\n`,
    'content/nested.md': `# Nested\n\n${'> '.repeat(20_000)}x\n`,
    'content/lists.md': `# Lists\n\n${Array.from({ length: 2000 }, (_, depth) => `${' '.repeat(depth * 2)}- x`).join('\n')}\n`,
    'content/tags.md': `# Tags\n\n${'<div>'.repeat(50_000)}\n`,
    'content/stars.md': `# Stars\n\n${'*a '.repeat(100_000)}\n`,
    'content/brackets.md': `# Brackets\n\n${'['.repeat(100_000)}\n`,
    'content/nul.md': `# Nul\n\n\u0000\u0001\n`,
    'content/video.md': Buffer.alloc(20_000_000),
    'content/guides/collection.yaml': `name: ${'x'.repeat(100_000)}\n`,
    'content/good.md': '# Good\n\nText.\n',
  });
  const started = performance.now();
  const ended = await runProgram(['validate'], { folder: place.folder, node: ['--max-old-space-size=256'] });
  expect(ended.code).toBe(1);
  expect(ended.all).not.toMatch(trace);
  for (const name of ['laughs', 'deep', 'large', 'head', 'video', 'guides'])
    expect([name, new RegExp(`content/${name}.*error`).test(ended.out)]).toEqual([name, true]);
  expect(ended.out).not.toMatch(/content\/good\.md/);
  expect(performance.now() - started).toBeLessThan(25_000);
});

test('keys that reach for the prototype reach nothing, wherever they stand', async () => {
  const poison = '__proto__: {polluted: x}\nconstructor: {prototype: {polluted: x}}\n';
  const place = await openWorkplace({
    'sync.config.yaml': simulated,
    'content/a.md': `---\ntitle: A\n${poison}---\n\nText.\n`,
    'content/guides/collection.yaml': `name: G\n${poison}translations:\n  __proto__: {name: x}\n  constructor: {name: y}\n`,
    'content/guides/__proto__.md': '# P\n\n[x](constructor) [y](__proto__)\n',
    'content/constructor/toString.md': '# T\n\n![x](__proto__.png)\n',
    'content/hasOwnProperty.md':
      '# H\n\n## constructor\n\n[x](#__proto__) [y](#constructor)\n\n[__proto__]: https://example.com\n\n[constructor]\n',
  });
  const ended = await place.run(['validate', '--json']);
  expect(ended.all).not.toMatch(trace);
  const found = JSON.parse(ended.out) as { problems: { code: string }[] };
  expect(found.problems.map(({ code }) => code)).not.toContain('UNKNOWN');
  // Such names are names like any other.
  await place.write({
    'content/guides/collection.yaml': 'name: G\n',
    'content/constructor/toString.md': '# T\n\nText.\n',
  });
  expect((await place.run(['push'])).code).toBe(0);
  expect((await place.run(['plan', '--detailed-exitcode'])).code).toBe(0);
});

test('text that says the token is not published, nor kept', async () => {
  const project = await openProject();
  onTestFinished(() => project.close());
  const { token } = project.simulator;
  for (const files of [
    { 'content/a.md': `# A\n\nRun \`export INTERCOM_TOKEN=${token}\`.\n` },
    { 'content/a.md': `---\ntitle: "${token}"\n---\n` },
    { 'content/a.md': `---\ntitle: A\ndescription: ${Buffer.from(token).toString('base64')}\n---\n` },
    { 'content/a.md': '# A\n', 'content/g/collection.yaml': `name: G\ndescription: ${token}\n` },
    { 'content/a.md': `# A\n\n[x](https://example.com/?t=${encodeURIComponent(token)})\n` },
  ]) {
    await project.write(files);
    const { plan } = await project.push();
    expect(plan.problems.map(({ code }) => code)).toEqual(['TOKEN_IN_CONTENT']);
    const sent = project.simulator.operator.calls().map(({ body }) => body);
    expect(sent.filter((body) => body.includes(token) || body.includes(encodeURIComponent(token)))).toEqual(
      [],
    );
    expect(sent.join()).not.toContain(Buffer.from(token).toString('base64'));
    expect(Object.values(await project.files('.shelfmark').catch(() => ({}))).join()).not.toContain(token);
    await project.write({ 'content/g/collection.yaml': 'name: G\n' });
  }
});
