import matter from 'gray-matter';
import type { Problem } from '../model/problem.ts';
import { spotProblem } from './problems.ts';
import type { Spot } from './problems.ts';
import { readYamlQuickly } from './yaml/yaml-quick.ts';
import { maxYamlSize } from './yaml/yaml-source.ts';
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
  // Blanks behind a fence are not seen in an editor, and mean nothing.
  const opening = /^---[ \t]{0,80}(\r?\n|$)/.exec(text.slice(start, start + 90));
  if (opening === null) {
    const odd = /^(?:---.*|\+\+\+[ \t]*(?=\r?\n))/.exec(text.slice(start, start + 80))?.[0];
    // A longer row of dashes is a line across the page.
    const isBody = odd === undefined || /^-{4,}[\s-]*$/.test(odd);
    return isBody ? { yaml: null, start, end: start, rest: start } : oddFence(spot, start, odd);
  }
  const from = start + opening[0].length;
  const end = findEnd(text, from - (opening[1] ?? '').length, from);
  if (end === null) {
    return text.includes('\n---', from - 1)
      ? spotProblem(
          'FRONT_MATTER_TOO_LARGE',
          spot,
          start,
          `The front matter is larger than ${maxYamlSize / 1024} KB, or has ${mostBlanks} blanks in a row.`,
          'Move long texts into the body, and remove empty lines.',
        )
      : spotProblem(
          'FRONT_MATTER_OPEN',
          spot,
          start,
          'The front matter that begins here is never closed.',
          'Put a line "---" after its last key.',
        );
  }
  const closing = /^---[ \t]{0,80}(?:\r?\n|$)/.exec(text.slice(end, end + 90))?.[0];
  if (closing === undefined) {
    const message = 'a line within the front matter begins with "---"';
    const hint = 'Indent the line or put its text in quotes.';
    return yamlProblem(spot, end, { ok: false, fault: { offset: 0, message, hint } });
  }
  const reading = readYamlQuickly(text.slice(from, end));
  if (!reading.ok) return yamlProblem(spot, from, reading);
  return { yaml: reading.yaml, start: from, end, rest: end + closing.length };
}

/** One line about YAML that could not be read. */
export function yamlProblem(spot: Spot, base: number, reading: Extract<YamlReading, { ok: false }>): Problem {
  const { offset, message, hint } = reading.fault;
  return spotProblem('YAML_BROKEN', spot, base + offset, `The YAML cannot be read: ${message}.`, hint);
}

/**
 * Finds where the line begins that ends the front matter; null where there is none in what may be read.
 *
 * gray-matter splits, behind a wall. It only sees a head that opens with exactly `---` and the line end `at` a place. It has explicit
 * options on every call: without them it answers from a cache that forgets errors. Its one engine does nothing, so that
 * nothing in a file is ever run; values are read afterwards, with their positions. And since blank lines cost it time
 * that grows with the square of their number, it sees no more than the first of many in a row.
 */
function findEnd(text: string, at: number, from: number): number | null {
  const head = `---${text.slice(at, from + maxYamlSize + 3)}`;
  const seen = head.slice(0, longGap.exec(head)?.index);
  const { matter: section } = matter(seen, {
    language: 'yaml',
    delimiters: '---',
    excerpt: false,
    engines: { yaml: () => ({}) },
  });
  return '---'.length + section.length === seen.length ? null : at + section.length + '\n'.length;
}

const mostBlanks = 500;
const longGap = new RegExp(`\\s{${mostBlanks}}`);

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
