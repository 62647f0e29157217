import { Pair, Scalar, YAMLMap } from 'yaml';
import { readYaml } from './yaml-source.ts';
import type { YamlReading } from './yaml-source.ts';

/**
 * Reads YAML with the same answer as `readYaml`, several times faster where it is what nearly all front matter
 * is: lines of `key: value` without anything that YAML gives a meaning to.
 */
export function readYamlQuickly(text: string): YamlReading {
  const map = simpleMap(text);
  return map === null ? readYaml(text) : { ok: true, yaml: { map } };
}

// Plain values of letters, digits and harmless signs, or double-quoted ones without an escape.
const simpleLine =
  /([A-Za-z]\w*): (?:([\p{L}\p{N}](?:[\p{L}\p{N} \-_.,;!?'()/&+@%$=~*"]*[\p{L}\p{N}\-_.,;!?'()/&+@%$=~*"])?)|"([\p{L}\p{N} \-_.,;:!?'()/&+@%$=~*#]*)")(?:\r?\n|$)/uy;

function simpleMap(text: string): YAMLMap | null {
  const map = new YAMLMap();
  const seen = new Set<string>();
  for (let at = 0; at < text.length;) {
    simpleLine.lastIndex = at;
    const found = simpleLine.exec(text);
    const [line, key = '', plain, quoted] = found ?? [];
    if (line === undefined || seen.has(key)) return null;
    seen.add(key);
    const start = at + key.length + 2;
    const value =
      plain === undefined
        ? scalar(quoted ?? '', 'QUOTE_DOUBLE', start, (quoted ?? '').length + 2)
        : scalar(plain, 'PLAIN', start, plain.length);
    map.items.push(new Pair(scalar(key, 'PLAIN', at, key.length), value));
    at += line.length;
  }
  return map.items.length === 0 ? null : map;
}

function scalar(value: string, type: Scalar.Type, start: number, length: number): Scalar<string> {
  const node = new Scalar(value);
  node.type = type;
  node.source = value;
  node.range = [start, start + length, start + length];
  return node;
}
