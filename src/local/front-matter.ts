import matter from 'gray-matter';
import type { Problem } from '../model/problem.ts';
import { spotProblem } from './problems.ts';
import type { Spot } from './problems.ts';
import { readYamlQuickly } from './yaml/yaml-quick.ts';
import { maxYamlSize, readYaml } from './yaml/yaml-source.ts';
import type { YamlReading, YamlSource } from './yaml/yaml-source.ts';

/** Where the parts of an article's text are. */
export interface FrontMatter {
  /** Null for a file without front matter. */
  readonly yaml: YamlSource | null;
  /** The lines between the two fences. */
  readonly start: number;
  readonly end: number;
  /** Where the text after the front matter begins. */
  readonly rest: number;
}

/** Finds and reads the front matter at the head of a file. */
export function readFrontMatter(spot: Spot): FrontMatter | Problem {
  const { text } = spot;
  const start = text.startsWith('\ufeff') ? 1 : 0;
  const opening = /^---(\r?\n|$)/.exec(text.slice(start, start + 5))?.[0];
  if (opening === undefined) {
    const odd = /^(?:---.*|\+\+\+[ \t]*(?=\r?\n))/.exec(text.slice(start, start + 80))?.[0];
    // A longer row of dashes is a line across the page.
    const isBody = odd === undefined || /^-{4,}[\s-]*$/.test(odd);
    return isBody ? { yaml: null, start, end: start, rest: start } : oddFence(spot, start, odd);
  }
  const from = start + opening.length;
  const closing = findClosing(text, from);
  if (closing === null) {
    const message = 'The front matter that begins here is never closed.';
    return spotProblem('FRONT_MATTER_OPEN', spot, start, message, 'Put a line "---" after its last key.');
  }
  if (closing.start - from > maxYamlSize) {
    const message = `The front matter is larger than ${maxYamlSize / 1024} KB.`;
    return spotProblem('FRONT_MATTER_TOO_LARGE', spot, start, message, 'Move long texts into the body.');
  }
  const reading = split(text.slice(start, closing.end), opening.slice(3), text.slice(from, closing.start));
  if (!reading.ok) return yamlProblem(spot, from, reading);
  return { yaml: reading.yaml, start: from, end: closing.start, rest: closing.end };
}

/** One line about YAML that could not be read. */
export function yamlProblem(spot: Spot, base: number, reading: Extract<YamlReading, { ok: false }>): Problem {
  const { offset, message, hint } = reading.fault;
  return spotProblem('YAML_BROKEN', spot, base + offset, `The YAML cannot be read: ${message}.`, hint);
}

/**
 * gray-matter splits, behind a wall: it only sees a head that opens with exactly `---` and a line end, with
 * explicit options on every call (without them it answers from a cache that forgets errors), and its one engine
 * is ours, so that nothing in a file is ever evaluated.
 */
function split(head: string, eol: string, section: string): YamlReading {
  const readings: YamlReading[] = [];
  const parse = (input: string): object => {
    readings.push(readYamlQuickly(`${input.slice(eol.length)}\n`));
    return {};
  };
  const file = matter(head, {
    language: 'yaml',
    delimiters: '---',
    excerpt: false,
    engines: { yaml: parse },
  });
  if (file.matter !== (eol + section).slice(0, -1)) {
    const offset = file.matter.length + 1 - eol.length;
    const message = 'a line within the front matter begins with "---"';
    return { ok: false, fault: { offset, message, hint: 'Indent the line or put its text in quotes.' } };
  }
  // The engine is not called for comments alone.
  return readings[0] ?? readYaml(section);
}

function oddFence(spot: Spot, start: number, line: string): Problem {
  const message = `The file begins with ${JSON.stringify(line.slice(0, 20))}, which does not open front matter.`;
  return spotProblem(
    'FRONT_MATTER_FENCE',
    spot,
    start,
    message,
    'Begin it with a line of exactly "---", and write YAML below it.',
  );
}

function findClosing(text: string, from: number): { start: number; end: number } | null {
  for (let at = from; at < text.length;) {
    const newline = text.indexOf('\n', at);
    const end = newline === -1 ? text.length : newline + 1;
    if (/^---(?:\r?\n)?$/.test(text.slice(at, Math.min(end, at + 6)))) return { start: at, end };
    at = end;
  }
  return null;
}
