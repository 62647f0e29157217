import { isMap, isScalar } from 'yaml';
import type { Scalar, YAMLMap } from 'yaml';
import { ShelfmarkError } from '../../model/error.ts';
import { isBlock, meaningOf, pairsOf, readYaml, valueOf } from './yaml-source.ts';
import type { YamlPair, YamlSource } from './yaml-source.ts';
import { isHiding, printAs, printBlock, printValue } from './yaml-print.ts';
import type { YamlStyle } from './yaml-print.ts';

/**
 * Sets one value in YAML text and leaves every other byte as it is: comments, order, spelling and line ends. The
 * value keeps the quotes of the one before. Keys that are missing are added below those that are there.
 *
 * Throws a ShelfmarkError where the text is written in a way that allows no such edit.
 */
export function setValue(source: string, keys: readonly string[], value: string): string {
  const wanted = withoutHalfCharacters(value);
  const yaml = read(source, keys);
  const expected = withValue(meaningOf(yaml) as Meaning, keys, wanted);
  for (const candidate of candidates(source, yaml, keys, wanted)) {
    if (same(meaning(candidate), expected)) return candidate;
  }
  throw refused(keys);
}

/** Takes one key with its value out of YAML text; nothing happens where it is missing. */
export function removeKey(source: string, keys: readonly string[]): string {
  const yaml = read(source, keys);
  const before = meaningOf(yaml) as Meaning;
  const expected = withoutKey(before, keys);
  if (same(before, expected)) return source;
  const { map, rest } = reach(yaml, keys);
  const last = rest[0];
  if (map === null || last === undefined || rest.length > 1) throw refused(keys);
  const cut = map.flow === true ? cutFlow(source, map, last) : cutLines(source, map, last);
  // A file that ended without a line end goes on doing so.
  const edited = source.endsWith('\n') ? cut : cut.replace(/\r?\n$/, '');
  if (same(meaning(edited), expected)) return edited;
  throw refused(keys);
}

export function eolOf(source: string): string {
  return source.includes('\r\n') ? '\r\n' : '\n';
}

/** Spellings of the edit, best first; the caller takes the first that means what it should. */
function* candidates(
  source: string,
  yaml: YamlSource,
  keys: readonly string[],
  value: string,
): Iterable<string> {
  const { map, rest, pair } = reach(yaml, keys);
  if (pair !== undefined && isScalar(pair.value) && rest.length === 1) {
    for (const spelled of respellings(source, pair.value, value))
      yield replaceScalar(source, pair.value, spelled);
    return;
  }
  for (const spelled of [printValue(value), printAs(value, 'double') ?? '']) {
    if (pair !== undefined) yield* belowEmptyKey(source, pair, rest.slice(1), spelled);
    else if (map === null) yield appendLines(source, source.length, '', rest, spelled);
    else if (map.flow === true) yield insertFlow(source, map, rest, spelled);
    else yield insertBlock(source, map, rest, spelled);
  }
}

/** The innermost mapping on the way to a key, what remains of the way, and the pair found there, if any. */
function reach(
  yaml: YamlSource,
  keys: readonly string[],
): { map: YAMLMap | null; rest: readonly string[]; pair: YamlPair | undefined } {
  let map = yaml.map;
  let rest = keys;
  let pair = pairsOf(map).find((one) => one.key === rest[0]);
  while (rest.length > 1 && pair !== undefined && isMap(pair.value)) {
    map = pair.value;
    rest = rest.slice(1);
    pair = pairsOf(map).find((one) => one.key === rest[0]);
  }
  return { map, rest, pair };
}

function respellings(source: string, old: Scalar, value: string): readonly string[] {
  const eol = eolOf(source);
  const spelled = (...styles: YamlStyle[]): string[] =>
    styles.flatMap((style) => printAs(value, style) ?? []);
  if (isBlock(old)) {
    const [start, end] = rangeOf(old);
    const [head = '|', ...lines] = source.slice(start, end).split(/\r?\n/);
    const indent = /^[ \t]*/.exec(lines.find((line) => line.trim() !== '') ?? '')?.[0] ?? '';
    // An explicit indentation would have to be counted again; the first line shows it well enough.
    const header = head.replace(/^([|>])[-+\d]*/, (all, sign: string) => sign + all.replace(/[|>\d]/g, ''));
    const note = /[ \t]+#.*$/.exec(head)?.[0] ?? '';
    const quoted = spelled('double').map((text) => text + note);
    return value === '' || isHiding(value)
      ? quoted
      : [printBlock(value, header, indent === '' ? '  ' : indent, eol), ...quoted];
  }
  if (old.type === 'QUOTE_SINGLE') return spelled('single', 'double');
  if (old.type === 'QUOTE_DOUBLE') return spelled('double');
  return [printValue(value), ...spelled('double')];
}

function replaceScalar(source: string, old: Scalar, spelled: string): string {
  const [start, end] = rangeOf(old);
  const closesLine = isBlock(old) && source.slice(start, end).endsWith('\n') && !/^[|>]/.test(spelled);
  const openAtEnd = /^[|>]/.test(spelled) && !source.slice(start, end).endsWith('\n');
  const text = openAtEnd ? spelled.replace(/\r?\n$/, '') : closesLine ? spelled + eolOf(source) : spelled;
  const before = source[start - 1] ?? '';
  const needsSpace = start === end && /[^\s]/.test(before);
  const after = start === end && /[^\s,}\]]/.test(source[end] ?? '') ? ' ' : '';
  return source.slice(0, start) + (needsSpace ? ' ' : '') + text + after + source.slice(end);
}

/** Adds what a key without a value is to hold: on its own line, or on indented lines below it. */
function* belowEmptyKey(
  source: string,
  pair: YamlPair,
  rest: readonly string[],
  spelled: string,
): Iterable<string> {
  const isEmpty = pair.value === null || (isScalar(pair.value) && valueOf(pair.value) === null);
  if (!isEmpty || rest.length === 0) return;
  const indent = `${leadingSpace(source, pair.offset)}  `;
  yield appendLines(source, endOfLine(source, pair.offset), indent, rest, spelled);
}

function insertBlock(source: string, map: YAMLMap, rest: readonly string[], spelled: string): string {
  const first = pairsOf(map)[0];
  const end = Math.max(0, ...map.items.map((item) => endOf(item)));
  const atLineStart = end === 0 || source[end - 1] === '\n';
  const indent = first === undefined ? '' : leadingSpace(source, first.offset);
  return appendLines(source, atLineStart ? end : endOfLine(source, end), indent, rest, spelled);
}

function insertFlow(source: string, map: YAMLMap, rest: readonly string[], spelled: string): string {
  const [, close] = rangeOf(map);
  const at = map.items.length === 0 ? close - 1 : Math.max(...map.items.map((item) => endOf(item)));
  const [key = '', ...inner] = rest;
  const value = inner.reduceRight((text, name) => `{${name}: ${text}}`, spelled);
  const comma = map.items.length === 0 ? '' : ', ';
  return `${source.slice(0, at)}${comma}${key}: ${value}${source.slice(at)}`;
}

/** Adds nested keys as lines at the start of a line, or at the very end of a text that ends without a line end. */
function appendLines(
  source: string,
  at: number,
  indent: string,
  keys: readonly string[],
  spelled: string,
): string {
  const eol = eolOf(source);
  const lines = keys.map((key, depth) => `${indent}${'  '.repeat(depth)}${key}:`).join(eol);
  const open = at > 0 && source[at - 1] !== '\n';
  const text = `${lines} ${spelled}`;
  return source.slice(0, at) + (open ? eol + text : text + eol) + source.slice(at);
}

function cutLines(source: string, map: YAMLMap, key: string): string {
  const index = pairsOf(map).findIndex((pair) => pair.key === key);
  const pair = pairsOf(map)[index];
  if (pair === undefined) return source;
  const start = source.lastIndexOf('\n', pair.offset - 1) + 1;
  const end = endOf(map.items[index]);
  const stop = source[end - 1] === '\n' ? end : endOfLine(source, end);
  return source.slice(0, start) + source.slice(stop);
}

function cutFlow(source: string, map: YAMLMap, key: string): string {
  const pairs = pairsOf(map);
  const index = pairs.findIndex((pair) => pair.key === key);
  const [pair, next] = [pairs[index], pairs[index + 1]];
  if (pair === undefined) return source;
  if (next !== undefined) return source.slice(0, pair.offset) + source.slice(next.offset);
  const start = index === 0 ? pair.offset : endOf(map.items[index - 1]);
  return source.slice(0, start) + source.slice(endOf(map.items[index]));
}

/** Where a pair ends, its comment not counted. */
function endOf(pair: unknown): number {
  const { key, value } = pair as { key: unknown; value: unknown };
  const ends = [key, value].map((node) =>
    isMap(node) && node.flow !== true ? blockEnd(node) : rangeOf(node)[1],
  );
  return Math.max(...ends);
}

function blockEnd(map: YAMLMap): number {
  return Math.max(rangeOf(map)[0], ...map.items.map((item) => endOf(item)));
}

function rangeOf(node: unknown): readonly [start: number, end: number] {
  const range = (node as { range?: readonly number[] | null } | null)?.range;
  return [range?.[0] ?? 0, range?.[1] ?? 0];
}

function endOfLine(source: string, from: number): number {
  const end = source.indexOf('\n', from);
  return end === -1 ? source.length : end + 1;
}

function leadingSpace(source: string, offset: number): string {
  const line = source.slice(source.lastIndexOf('\n', offset - 1) + 1, offset);
  return /^ */.exec(line)?.[0] ?? '';
}

type Meaning = readonly (readonly [string, unknown])[];

function read(source: string, keys: readonly string[]): YamlSource {
  const reading = readYaml(source);
  if (!reading.ok) throw refused(keys);
  return reading.yaml;
}

function meaning(source: string): Meaning | null {
  const reading = readYaml(source);
  return reading.ok ? (meaningOf(reading.yaml) as Meaning) : null;
}

function withValue(before: Meaning, keys: readonly string[], value: string): Meaning {
  const [key = '', ...rest] = keys;
  const inner = (was: unknown): unknown =>
    rest.length === 0 ? value : withValue(Array.isArray(was) ? was : [], rest, value);
  if (!before.some(([name]) => name === key)) return [...before, [key, inner(null)]];
  return before.map(([name, was]) => [name, name === key ? inner(was) : was] as const);
}

function withoutKey(before: Meaning, keys: readonly string[]): Meaning {
  const [key, ...rest] = keys;
  if (rest.length === 0) return before.filter(([name]) => name !== key);
  return before.map(
    ([name, was]) =>
      [name, name === key && Array.isArray(was) ? withoutKey(was as unknown as Meaning, rest) : was] as const,
  );
}

/** A block mapping that lost its last key reads as no value, an empty one in braces as an empty mapping. */
function same(left: Meaning | null, right: Meaning | null): boolean {
  const spelled = (meaning: Meaning | null): string =>
    JSON.stringify(meaning, (_key, value: unknown) =>
      Array.isArray(value) && value.length === 0 ? null : value,
    );
  return left !== null && right !== null && spelled(left) === spelled(right);
}

function withoutHalfCharacters(value: string): string {
  return value.replace(/\p{Surrogate}/gu, '\ufffd');
}

function refused(keys: readonly string[]): ShelfmarkError {
  return new ShelfmarkError('EDIT_REFUSED', {
    message: `The value "${keys.join('.')}" cannot be changed without touching the lines around it. The file was left as it is.`,
    hint: 'Write it as "key: value" on a line of its own, and run again.',
  });
}
