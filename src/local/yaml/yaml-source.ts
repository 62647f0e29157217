import { Composer, Lexer, Parser, isAlias, isMap, isNode, isPair, isScalar, isSeq } from 'yaml';
import type { CST, Document, ParsedNode, Scalar, YAMLMap } from 'yaml';

/** YAML that was read: a mapping, or nothing at all (an empty file, or comments only). */
export interface YamlSource {
  readonly map: YAMLMap | null;
}

/** Why a text was not read, with the place in it. */
export interface YamlFault {
  readonly offset: number;
  readonly message: string;
  readonly hint: string;
}

export type YamlReading =
  { readonly ok: true; readonly yaml: YamlSource } | { readonly ok: false; readonly fault: YamlFault };

/** Bytes of front matter or of one `collection.yaml`. */
export const maxYamlSize = 64 * 1024;
const maxDepth = 8;
// The parser keeps about two tokens per level; this stops hostile nesting long before it costs time.
const maxParserStack = 3 * maxDepth;
/** About two thousand keys; comparing them with one another takes time that grows with the square. */
const maxLexemes = 10_000;

/**
 * Reads YAML as text only: every plain value stays what was written (`0123`, `yes`, `2024-01-01`), and what no
 * front matter needs (aliases, anchors, tags, merge keys, several documents) is refused, since it can hide
 * values or blow up.
 */
export function readYaml(text: string): YamlReading {
  if (/^(?:[ \t]*(?:#.*)?\r?\n)*%/.test(text)) {
    return refuse(0, 'directives (lines that begin with "%") are not read', 'Remove the line.');
  }
  const tokens = tokensOf(text);
  if (!Array.isArray(tokens)) return { ok: false, fault: tokens };
  const composer = new Composer({
    schema: 'failsafe',
    version: '1.2',
    strict: true,
    uniqueKeys: true,
    prettyErrors: false,
    logLevel: 'silent',
  });
  const [document, second] = [...composer.compose(tokens, true, text.length)];
  const map = document?.contents ?? null;
  const fault = document === undefined ? null : (libraryFault(document) ?? shapeFault(document.contents));
  if (fault !== null) return { ok: false, fault };
  if (second !== undefined) {
    return refuse(second.range[0], 'a second YAML document begins here', 'Remove the line "---".');
  }
  if (map !== null && !isMap(map)) {
    return refuse(
      map.range[0],
      'this is not a list of "key: value" lines',
      'Write one "key: value" per line.',
    );
  }
  return { ok: true, yaml: { map } };
}

/** Where a key is and what it holds. */
export interface YamlPair {
  readonly key: string;
  readonly offset: number;
  /** Null where the key has no value at all. */
  readonly value: ParsedNode | null;
}

export function pairsOf(map: YAMLMap | null): readonly YamlPair[] {
  return (map?.items ?? []).map((pair) => ({
    key: isScalar(pair.key) ? textOf(pair.key) : '',
    offset: isNode(pair.key) ? (pair.key.range?.[0] ?? 0) : 0,
    value: isNode(pair.value) ? (pair.value as ParsedNode) : null,
  }));
}

/** The text of a value; null for an empty one, `~` and `null`, which all say nothing. */
export function valueOf(scalar: Scalar): string | null {
  const empty = scalar.type === 'PLAIN' && /^(?:~|null|Null|NULL)?$/.test(scalar.source ?? '');
  return empty ? null : textOf(scalar);
}

/** Whether a value is written as a block, with `|` or `>`. */
export function isBlock(scalar: Scalar): boolean {
  return scalar.type === 'BLOCK_LITERAL' || scalar.type === 'BLOCK_FOLDED';
}

/** The same for two sources that mean the same, comments and spelling apart. */
export function meaningOf(yaml: YamlSource): unknown {
  return yaml.map === null ? [] : nodeMeaning(yaml.map);
}

function nodeMeaning(node: unknown): unknown {
  if (isMap(node)) return pairsOf(node).map((pair) => [pair.key, nodeMeaning(pair.value)]);
  if (isSeq(node)) return { list: node.items.map(nodeMeaning) };
  return isScalar(node) ? valueOf(node) : null;
}

function textOf(scalar: Scalar): string {
  const text = typeof scalar.value === 'string' ? scalar.value : (scalar.source ?? '');
  // The line end that closes a block is a matter of spelling, not a part of a title.
  return isBlock(scalar) ? text.replace(/\n+$/, '') : text;
}

function tokensOf(text: string): CST.Token[] | YamlFault {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  let lexemes = 0;
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) tokens.push(token);
    if (parser.stack.length > maxParserStack) return tooDeep(parser.offset);
    lexemes += 1;
    if (lexemes > maxLexemes) {
      return {
        offset: parser.offset,
        message: 'there are too many values',
        hint: 'Keep only a few keys here.',
      };
    }
  }
  for (const token of parser.end()) tokens.push(token);
  return tokens;
}

function libraryFault(document: Document.Parsed): YamlFault | null {
  const error = document.errors[0] ?? document.warnings[0];
  if (error === undefined) return null;
  const unclosed = error.code === 'BAD_INDENT' && error.message.startsWith('Flow');
  const said = explanations[unclosed ? 'MISSING_CHAR' : error.code];
  return {
    offset: error.pos[0],
    message: said?.[0] ?? lowerFirst(error.message),
    hint: said?.[1] ?? quoteHint,
  };
}

const quoteHint = 'Put the value in double quotes, or correct the line.';

/** What the library's error codes mean to somebody who writes help articles. */
const explanations: Readonly<Record<string, readonly [message: string, hint: string]>> = {
  BLOCK_AS_IMPLICIT_KEY: [
    'the value holds a colon, or the line is indented too far',
    'Put the value in double quotes, as in title: "Install: the basics", or correct the indentation.',
  ],
  MULTILINE_IMPLICIT_KEY: [
    'a line has no colon after its key',
    'Write "key: value", or indent the line to continue the value above.',
  ],
  MISSING_CHAR: [
    'a quote, bracket or colon is missing',
    'Close the quotes or brackets, or put the value in double quotes.',
  ],
  BAD_INDENT: [
    'the indentation does not fit the lines above',
    'Start every key in the same column, and close brackets.',
  ],
  TAB_AS_INDENT: ['the line is indented with a tab', 'Indent with spaces.'],
  DUPLICATE_KEY: ['this key is here twice', 'Remove one of the two lines.'],
  BAD_SCALAR_START: ['the value begins with a sign that YAML reserves', 'Put the value in double quotes.'],
  TAG_RESOLVE_FAILED: [
    'tags (words that begin with "!") are not read',
    'Remove the tag, or put the value in double quotes.',
  ],
};

/** Finds what is valid YAML but not wanted here. */
function shapeFault(contents: unknown): YamlFault | null {
  // A list instead of recursion: the depth is bounded by the parser's stack, but this costs nothing.
  const rest: { node: unknown; depth: number }[] = [{ node: contents, depth: 0 }];
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    const { node, depth } = next;
    if (isPair(node)) {
      if (!isScalar(node.key))
        return {
          offset: offsetOf(node.key),
          message: 'a key is not plain text',
          hint: 'Write "key: value".',
        };
      if (textOf(node.key) === '<<') {
        return {
          offset: offsetOf(node.key),
          message: 'merge keys ("<<") are not read',
          hint: 'Write the values out.',
        };
      }
      rest.push({ node: node.key, depth }, { node: node.value, depth });
    }
    if (!isNode(node)) continue;
    const offset = offsetOf(node);
    if (isAlias(node))
      return {
        offset,
        message: 'aliases ("*name") are not read',
        hint: 'Write the value out, or put it in double quotes.',
      };
    if (node.anchor !== undefined)
      return {
        offset,
        message: 'anchors ("&name") are not read',
        hint: 'Remove the anchor, or put the value in double quotes.',
      };
    if (node.tag !== undefined)
      return {
        offset,
        message: 'tags (words that begin with "!") are not read',
        hint: 'Remove the tag, or put the value in double quotes.',
      };
    if (isMap(node) || isSeq(node)) {
      if (depth >= maxDepth) return tooDeep(offset);
      for (const item of node.items) rest.push({ node: item, depth: depth + 1 });
    }
    if (isScalar(node) && /\p{Surrogate}/u.test(textOf(node))) {
      return {
        offset,
        message: 'the value holds half of a character',
        hint: 'Write the character itself instead of its "\\u" code.',
      };
    }
  }
  return null;
}

function offsetOf(node: unknown): number {
  return isNode(node) ? (node.range?.[0] ?? 0) : 0;
}

function tooDeep(offset: number): YamlFault {
  return {
    offset,
    message: `values are nested more than ${maxDepth} deep`,
    hint: 'Write the values flatter.',
  };
}

function refuse(offset: number, message: string, hint: string): YamlReading {
  return { ok: false, fault: { offset, message, hint } };
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
