/**
 * How much of a stored body comes back after HTML became Markdown and Markdown HTML again, by each of four converters;
 * and of edits of one word, how many changed that word and nothing else, on either side.
 *
 *     npm run bench -- fidelity [bodies]
 *
 * The bodies are all the Markdown of the packages installed here, READMEs for the most part, as our stand-in for
 * Intercom stores them. What comes back is stored the same way before it is compared, so that nobody is judged by how
 * Intercom spells things. docs/fidelity.md says what each measure means.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { argv } from 'node:process';
import MarkdownIt from 'markdown-it';
import { NodeHtmlMarkdown } from 'node-html-markdown';
import { type DefaultTreeAdapterMap, parseFragment } from 'parse5';
import rehypeParse from 'rehype-parse';
import rehypeRemark from 'rehype-remark';
import remarkGfm from 'remark-gfm';
import remarkStringify from 'remark-stringify';
import TurndownService from 'turndown';
import { unified } from 'unified';
import { plainRefs } from '../src/markup/meaning/refs.ts';
import { readHtml } from '../src/markup/read/read-html.ts';
import { readMarkdown } from '../src/markup/read/read-markdown.ts';
import { spellHtml } from '../src/markup/spell/spell-html.ts';
import { spellMarkdown } from '../src/markup/spell/spell-markdown.ts';
import {
  decorate,
  editsToFile,
  editsToIntercom,
  pairFrom,
  pairOf,
  pushed,
  stored,
} from '../test/markup/long/one-word.ts';

export interface Fidelity {
  readonly name: string;
  readonly text: number;
  readonly structure: number;
  readonly styles: number;
  readonly dom: number;
}

export interface Figures {
  readonly bodies: number;
  readonly converters: readonly Fidelity[];
  readonly edits: readonly { readonly way: string; readonly of: number; readonly one: number }[];
}

const markdownIt = new MarkdownIt({ html: true, linkify: true });
const turndown = new TurndownService({ headingStyle: 'atx', codeBlockStyle: 'fenced' });
const rehype = unified()
  .use(rehypeParse, { fragment: true })
  .use(rehypeRemark)
  .use(remarkGfm)
  .use(remarkStringify);
const [noHtml, noMarkdown] = [readHtml('', plainRefs), readMarkdown('', plainRefs)];

const ownMarkdown = (html: string): string =>
  spellMarkdown(noMarkdown, readHtml(html, plainRefs).blocks, plainRefs);
const render = (text: string): string => withoutGaps(markdownIt.render(text));

/** To Markdown, and back. The last takes what others make of a body that is there: Shelfmark knows it, and edits it. */
const converters: readonly (readonly [
  string,
  (html: string) => string,
  (text: string, html: string) => string,
])[] = [
  [
    'Shelfmark, into a new article',
    ownMarkdown,
    (text) => spellHtml(noHtml, readMarkdown(text, plainRefs).blocks, plainRefs),
  ],
  ['Shelfmark, into the article that is there', ownMarkdown, (text, html) => pushed(pairFrom(html), text)],
  ['rehype-remark', (html) => String(rehype.processSync(html)), render],
  ['turndown', (html) => turndown.turndown(html), render],
  ['node-html-markdown', (html) => NodeHtmlMarkdown.translate(html), render],
];

/** Measures all converters on bodies made from some texts, and one-word edits of a tenth of them. */
export function measureFidelity(texts: readonly string[], edited: number): Figures {
  const bodies = texts.flatMap(bodyOf);
  return {
    bodies: bodies.length,
    converters: converters.map(([name, there, back]) => {
      const roundTrip = (html: string): string | null => comesBack(() => stored(back(there(html), html)));
      const plain = bodies.map((html) => compare(html, roundTrip(html)));
      const dressed = bodies.map(decorate).map((html) => compare(html, roundTrip(html)));
      const share = (found: readonly Likeness[], key: keyof Likeness): number =>
        found.filter((one) => one[key]).length / Math.max(1, found.length);
      const [text, structure, dom] = (['text', 'structure', 'dom'] as const).map((key) => share(plain, key));
      return {
        name,
        text: text ?? 0,
        structure: structure ?? 0,
        styles: share(dressed, 'styles'),
        dom: dom ?? 0,
      };
    }),
    edits: editsOf(texts.filter((_, at) => at % Math.max(1, Math.round(texts.length / edited)) === 0)),
  };
}

/** As whoever sends HTML to Intercom has to: no white space between blocks, no lines within a paragraph. */
function withoutGaps(html: string): string {
  return html
    .split(/(<pre[^]*?<\/pre>)/u)
    .map((piece) =>
      piece.startsWith('<pre')
        ? piece.replace(/\n(?=<\/code><\/pre>)/u, '')
        : piece.replace(/\s*\n\s*/gu, ' '),
    )
    .join('')
    .replace(betweenBlocks, '$1')
    .trim();
}

const betweenBlocks =
  /\s*(<\/?(?:p|h[1-6]|ul|ol|li|table|thead|tbody|tr|t[dh]|div|hr|pre|blockquote|details|summary)\b[^>]*>)\s*/gu;

function bodyOf(text: string): readonly string[] {
  try {
    const html = stored(render(text));
    return html === '' ? [] : [html];
  } catch {
    return [];
  }
}

function comesBack(convert: () => string): string | null {
  try {
    return convert();
  } catch {
    return null;
  }
}

interface Likeness {
  readonly text: boolean;
  readonly structure: boolean;
  readonly styles: boolean;
  readonly dom: boolean;
}

function compare(before: string, after: string | null): Likeness {
  if (after === null) return { text: false, structure: false, styles: false, dom: false };
  const [there, back] = [viewOf(before), viewOf(after)];
  return {
    text: there.text === back.text,
    structure: there.structure === back.structure,
    styles: there.styles === back.styles,
    dom: there.dom === back.dom,
  };
}

type Node = DefaultTreeAdapterMap['childNode'];

interface View {
  readonly text: string;
  readonly structure: string;
  readonly styles: string;
  readonly dom: string;
}

/** A body as each measure sees it. */
function viewOf(html: string): View {
  const nodes = parseFragment(html).childNodes;
  const styles: string[] = [];
  const walk = (node: Node, isDom: boolean): string => {
    if (node.nodeName === '#text' && 'value' in node)
      return isDom && node.value !== '\n' ? `"${node.value}"` : '';
    if (!('tagName' in node)) return '';
    const attributes = new Map(node.attrs.map(({ name, value }) => [name, value]));
    if (!isDom) {
      const size = [attributes.get('width'), attributes.get('height')].join(' × ');
      if (node.tagName === 'img') styles.push(`img ${size}`);
      if (node.tagName === 'td') styles.push(`td ${attributes.get('style') ?? ''}`);
    }
    const inner = node.childNodes.map((child) => walk(child, isDom)).join('');
    // An empty paragraph is space, and counts in the last measure only.
    if (!isDom && node.tagName === 'p' && node.childNodes.length === 0) return '';
    // Each heading gets an id of its own whenever it is new, and a picture without words has none either way.
    const shown = [...attributes]
      .filter(
        ([name, value]) =>
          !(name === 'id' && /^h[1-6]$/u.test(node.tagName)) && !(name === 'alt' && value === ''),
      )
      .map(([name, value]) => [name, value.startsWith('#') ? '#' : value])
      .map(([name, value]) => ` ${name}=${JSON.stringify(value)}`)
      .sort();
    return `<${node.tagName}${isDom ? shown.join('') : ''}>${inner}</${node.tagName}>`;
  };
  const structure = nodes.map((node) => walk(node, false)).join('');
  return {
    text: textOf(nodes).replace(/\s+/gu, ' ').trim(),
    structure,
    styles: styles.join('\n'),
    dom: nodes.map((node) => walk(node, true)).join(''),
  };
}

function textOf(nodes: readonly Node[]): string {
  return nodes
    .map((node) => {
      if (node.nodeName === '#text' && 'value' in node) return node.value;
      if (!('tagName' in node)) return '';
      const inner = textOf(node.childNodes);
      return /^(?:p|h[1-6]|li|td|pre|div|br|summary)$/u.test(node.tagName) ? ` ${inner} ` : inner;
    })
    .join('');
}

/** The first and the last word of each block, one after another, each time alone. */
function editsOf(texts: readonly string[]): Figures['edits'] {
  const pairs = texts.flatMap((text) => pairOf(text, decorate) ?? []);
  return [
    { way: 'in Intercom, taken over by the file', found: pairs.map((pair) => editsToFile(pair, 1)) },
    { way: 'in the file, sent to Intercom', found: pairs.map((pair) => editsToIntercom(pair, 1)) },
  ].map(({ way, found }) => {
    const of = found.reduce((sum, { count }) => sum + count, 0);
    return { way, of, one: of - found.reduce((sum, { misses }) => sum + misses.length, 0) };
  });
}

/** The tables of docs/fidelity.md. */
export function printFidelity({ bodies, converters: rows, edits }: Figures): string {
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
  const lines = rows.map(({ name, text, structure, styles, dom }) => [
    name,
    ...[text, structure, styles, dom].map(percent),
  ]);
  return [
    `Of ${String(bodies)} stored bodies, as many came back:`,
    '',
    ...table([['converter', 'same text', 'same structure', 'same sizes and styles', 'same DOM'], ...lines]),
    '',
    'Of edits of one word, as many changed that word and nothing else:',
    '',
    ...table([
      ['edit', 'edits', 'changed one word'],
      ...edits.map(({ way, of, one }) => [way, of.toLocaleString('en'), percent(of === 0 ? 1 : one / of)]),
    ]),
  ].join('\n');
}

function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [head = [], ...rest] = rows;
  return [line(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rest.map(line)];
}

/** Every Markdown file of the installed packages, each text once; neither notes of one line nor whole books. */
function installedTexts(): readonly string[] {
  const files = readdirSync('node_modules', { recursive: true, encoding: 'utf8' });
  const texts = files
    .filter((name) => /\.(?:md|markdown)$/iu.test(name) && !name.startsWith('.'))
    .toSorted()
    .map((name) => readFileSync(join('node_modules', name), 'utf8'))
    .filter(({ length }) => length > 200 && length < 100_000);
  return [...new Set(texts)];
}

if (import.meta.filename.endsWith('fidelity.mjs')) {
  const texts = installedTexts().slice(0, Number(argv[2] ?? 1000));
  console.log(printFidelity(measureFidelity(texts, Math.ceil(texts.length / 10))));
}
