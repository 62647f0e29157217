import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { codeTexts } from '../../src/report/formats/codes.ts';

const root = resolve(import.meta.dirname, '../..');

test('every code that can be printed has a text that "explain" shows', () => {
  const explained = new Set(codeTexts.map((one) => one.code));
  const printed = new Set<string>();
  for (const name of readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.ts')) continue;
    for (const [, word = ''] of readFileSync(join(root, 'src', name), 'utf8').matchAll(
      /'([A-Z][A-Z0-9]+(?:_[A-Z0-9]+)*)'/g,
    ))
      if (explained.has(word) || !isOther.test(word)) printed.add(word);
  }
  expect(printed.size).toBeGreaterThan(150);
  expect([...printed].filter((code) => !explained.has(code))).toEqual([]);
  expect([...explained].filter((code) => !printed.has(code))).toEqual([]);
  for (const one of codeTexts) {
    expect(one.means, one.code).toMatch(/[.!?)]$/);
    expect(one.wayOut, one.code).not.toBe('');
    expect(`${one.means} ${one.wayOut}`, one.code).not.toMatch(/\]\(|\u0000|&#/);
  }
});

/** Words in capitals that are no codes of ours: of the system, of HTTP, of git, of YAML, of the environment. */
const isOther =
  /^(?:E(?:ACCES|ADDRINUSE|BADF|BUSY|EXIST|INVAL|IO|ISDIR|LOOP|MFILE|MLINK|NFILE|NOENT|NOSPC|NOSYS|NOTDIR|NOTEMPTY|NOTSUP|OPNOTSUPP|PERM|PIPE|PROTO|ROFS|XDEV|DQUOT|SRCH)|SIG[A-Z]+|GET|HEAD|POST|PUT|PATCH|DELETE|(?:[A-Z]+_)*HEAD|(?:GITHUB|RUNNER|INTERCOM|GIT|SSL|XDG|HTTPS?|NO|ALL|FORCE)_[A-Z_]+|NF[CK]+D?|NFKD|GIF8|NOTE|TIP|WARNING|CAUTION|IMPORTANT|DANGER|INFO|TERM|PLAIN|BLOCK_[A-Z]+|QUOTE_[A-Z]+|BAD_INDENT|MISSING_CHAR|PATH(?:EXT)?|SYSTEMROOT|WINDIR|COMSPEC|PROGRAMDATA|HOME(?:DRIVE|PATH)?|USER(?:PROFILE|NAME)?|LOGNAME|(?:LOCAL)?APPDATA|SUDO_UID|TE?MP(?:DIR)?|CRLF|LF|[A-Z]{2,3})$/;

test('every key of the config file is explained in docs/config.md', () => {
  const documented = readFileSync(join(root, 'docs/config.md'), 'utf8');
  const schema = readFileSync(join(root, 'src/config/schema.ts'), 'utf8');
  const keys = [...schema.matchAll(/^ {4}(\w+): /gm)]
    .map((match) => match[1] ?? '')
    .filter((key) => !['error', 'code', 'message'].includes(key));
  expect(keys.length).toBeGreaterThan(10);
  expect(keys.filter((key) => !documented.includes(key))).toEqual([]);
});
