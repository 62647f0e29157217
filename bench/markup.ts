/**
 * How fast bodies are converted, and how many of them survive: side by side with turndown and node-html-markdown
 * (HTML to Markdown) and with marked and markdown-it (Markdown to HTML), on this repository's content and on
 * the Markdown and HTML files of any folders that are named.
 *
 *     node scripts/bench.mjs markup [folder ...]
 *
 * A body survives when the other side holds the same as before: for Markdown, after Intercom (our stand-in for it) has
 * stored what was sent; for HTML, after its Markdown has been read again. All are judged by the same comparison.
 */
import MarkdownIt from 'markdown-it';
import { marked } from 'marked';
import { NodeHtmlMarkdown } from 'node-html-markdown';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { argv, cpuUsage, cwd } from 'node:process';
import { pathToFileURL } from 'node:url';
import TurndownService from 'turndown';
import type { Body } from '../src/markup/meaning/body.ts';
import { quickHash } from '../src/markup/meaning/quick-hash.ts';
import { readHtml } from '../src/markup/read/read-html.ts';
import { readMarkdown } from '../src/markup/read/read-markdown.ts';
import { plainRefs, type Refs } from '../src/markup/meaning/refs.ts';
import { spellHtml } from '../src/markup/spell/spell-html.ts';
import { spellMarkdown } from '../src/markup/spell/spell-markdown.ts';
import { rewriteBody } from '../src/simulator/rewrite/rewriter.ts';
import { defaultSwitches } from '../src/simulator/state/switches.ts';

export interface ConverterFigures {
  readonly name: string;
  readonly kilobytesPerSecond: number;
  /** Articles of 6 kB that one core converts in a second. */
  readonly articlesPerSecond: number;
  readonly survived: number;
  readonly of: number;
}

export interface MarkupFigures {
  readonly documents: number;
  readonly toHtml: readonly ConverterFigures[];
  readonly toMarkdown: readonly ConverterFigures[];
  /** Unchanged articles of 6 kB that are recognised in a second. */
  readonly unchangedPerSecond: number;
}

/** Measures all converters on Markdown texts and on HTML bodies, each for some milliseconds of processor time. */
export function measureMarkup(
  markdown: readonly string[],
  html: readonly string[],
  milliseconds = 2000,
): MarkupFigures {
  const stored = [...html, ...markdown.flatMap((text) => storedOrNothing(ownHtml(text)))];
  const markdownIt = new MarkdownIt({ html: true, linkify: true });
  const turndown = new TurndownService({
    headingStyle: 'atx',
    codeBlockStyle: 'fenced',
    bulletListMarker: '-',
  });
  const toHtml: readonly (readonly [string, (text: string) => string])[] = [
    ['shelfmark', ownHtml],
    ['marked', (text) => marked.parse(text, { async: false })],
    ['markdown-it', (text) => markdownIt.render(text)],
  ];
  const toMarkdown: readonly (readonly [string, (stored: string) => string])[] = [
    ['shelfmark', ownMarkdown],
    ['turndown', (text) => turndown.turndown(text)],
    ['node-html-markdown', (text) => NodeHtmlMarkdown.translate(text)],
  ];
  return {
    documents: markdown.length + html.length,
    toHtml: toHtml.map(([name, convert]) => measure(name, markdown, convert, arrives, milliseconds)),
    toMarkdown: toMarkdown.map(([name, convert]) => measure(name, stored, convert, comesBack, milliseconds)),
    unchangedPerSecond: rate(stored, (text) => quickHash(text, 'html'), milliseconds) / 6,
  };
}

function measure(
  name: string,
  texts: readonly string[],
  convert: (text: string) => string,
  survives: (before: string, after: string) => boolean,
  milliseconds: number,
): ConverterFigures {
  const survived = texts.filter((text) => survives(text, convert(text))).length;
  const kilobytesPerSecond = rate(texts, convert, milliseconds);
  return { name, kilobytesPerSecond, articlesPerSecond: kilobytesPerSecond / 6, survived, of: texts.length };
}

/** Kilobytes that go through a function in a second of processor time, once it is warm. */
function rate(texts: readonly string[], convert: (text: string) => unknown, milliseconds: number): number {
  repeat(texts, convert, milliseconds);
  const before = cpuUsage();
  const rounds = repeat(texts, convert, milliseconds);
  const { user, system } = cpuUsage(before);
  return (texts.reduce((sum, text) => sum + text.length, 0) * rounds) / ((user + system) / 1000);
}

function repeat(texts: readonly string[], convert: (text: string) => unknown, milliseconds: number): number {
  // By processor time: on a machine with other work to do a second is short, and nothing would get warm.
  const before = cpuUsage();
  let rounds = 0;
  for (let used = 0; used < milliseconds; rounds += 1) {
    for (const text of texts) convert(text);
    const { user, system } = cpuUsage(before);
    used = (user + system) / 1000;
  }
  return rounds;
}

function ownHtml(text: string): string {
  return spellHtml(readHtml('', refs), readMarkdown(text, refs).blocks, refs);
}

function ownMarkdown(stored: string): string {
  return spellMarkdown(readMarkdown('', refs), readHtml(stored, refs).blocks, refs);
}

function arrives(text: string, sent: string): boolean {
  const [stored] = storedOrNothing(sent.replace(/(<img[^>]*\ssrc=")(?!https?:)/gu, `$1${site}`));
  return stored !== undefined && sameMeaning(readMarkdown(text, refs), readHtml(stored, refs));
}

function comesBack(stored: string, text: string): boolean {
  return sameMeaning(readHtml(stored, refs), readMarkdown(text, refs));
}

function sameMeaning(left: Body, right: Body): boolean {
  return (
    left.blocks.length === right.blocks.length &&
    left.blocks.every(({ fingerprint }, at) => fingerprint === right.blocks[at]?.fingerprint)
  );
}

/** What Intercom would store, or nothing where it refuses the body. */
function storedOrNothing(sent: string): readonly string[] {
  let count = 0;
  try {
    const stored = rewriteBody(sent, {
      switches: defaultSwitches,
      origin: 'api',
      newHeadingDigits: () => String((count += 1)).padStart(10, '0'),
      storeImage: (source) => source,
    });
    return [stored];
  } catch {
    return [];
  }
}

const site = 'https://content.test/';

/** Images of a repository stand for addresses that Intercom can fetch. */
const refs: Refs = {
  read: (url, use) => (use === 'image' && !/^https?:/u.test(url) ? site + url : plainRefs.read(url, use)),
  write: (ref) => ref,
};

function textsBelow(folders: readonly string[], extension: RegExp): readonly string[] {
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => extension.test(path) && !/(?:^|[/\\])(?:node_modules|\.)/u.test(path))
      .sort((left, right) => (left < right ? -1 : 1))
      .map((path) => readFileSync(join(folder, path), 'utf8').replace(/^---\r?\n[^]*?\n---\r?\n/u, '')),
  );
}

function print(figures: MarkupFigures): void {
  const row = ({ name, kilobytesPerSecond, articlesPerSecond, survived, of }: ConverterFigures): string =>
    [
      `  ${name.padEnd(20)}`,
      `${kilobytesPerSecond.toFixed(0).padStart(7)} kB/s`,
      `${articlesPerSecond.toFixed(0).padStart(6)} articles/s`,
      `${((100 * survived) / Math.max(1, of)).toFixed(1).padStart(6)} % survive (${String(survived)} of ${String(of)})`,
    ].join('  ');
  const lines = [
    `${String(figures.documents)} documents; rates are for one core`,
    'Markdown to HTML',
    ...figures.toHtml.map(row),
    'HTML to Markdown',
    ...figures.toMarkdown.map(row),
    `Unchanged articles recognised without parsing: ${figures.unchangedPerSecond.toFixed(0)} a second`,
  ];
  console.log(lines.join('\n'));
}

if (argv[1] !== undefined && import.meta.url === pathToFileURL(argv[1]).href) {
  const folders = [join(cwd(), 'content'), ...argv.slice(2)];
  print(measureMarkup(textsBelow(folders, /\.(?:md|markdown)$/u), textsBelow(folders, /\.html?$/u)));
}
