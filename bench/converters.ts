/** How fast bodies are converted, beside converters that everybody knows, on the READMEs of the packages installed here. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { cpuUsage } from 'node:process';
import MarkdownIt from 'markdown-it';
import { marked } from 'marked';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { NodeHtmlMarkdown } from 'node-html-markdown';
import TurndownService from 'turndown';
import { plainRefs } from '../src/markup/meaning/refs.ts';
import { readHtml } from '../src/markup/read/read-html.ts';
import { readMarkdown } from '../src/markup/read/read-markdown.ts';
import { spellHtml } from '../src/markup/spell/spell-html.ts';
import { spellMarkdown } from '../src/markup/spell/spell-markdown.ts';
import { atLeast, short, tell, type Row } from './table.ts';

/** Documents that nobody here wrote. */
export function installedReadmes(): readonly string[] {
  const packages = readdirSync('node_modules').flatMap((name) =>
    name.startsWith('@') ? readdirSync(join('node_modules', name)).map((inner) => join(name, inner)) : [name],
  );
  return packages.flatMap((name) => {
    try {
      const text = readFileSync(join('node_modules', name, 'README.md'), 'utf8');
      return text.length > 2000 && text.length < 40_000 ? [text] : [];
    } catch {
      return [];
    }
  });
}

export function converterRows(): readonly Row[] {
  const texts = installedReadmes();
  const nothing = { html: readHtml('', plainRefs), markdown: readMarkdown('', plainRefs) };
  const toHtml = (text: string): string =>
    spellHtml(nothing.html, readMarkdown(text, plainRefs).blocks, plainRefs);
  const stored = texts.map(toHtml);
  const markdownIt = new MarkdownIt({ html: true, linkify: true });
  const turndown = new TurndownService({ headingStyle: 'atx', codeBlockStyle: 'fenced' });
  const own = speed(texts, toHtml);
  const back = speed(stored, (text) =>
    spellMarkdown(nothing.markdown, readHtml(text, plainRefs).blocks, plainRefs),
  );
  const [it, marks, micro] = [
    speed(texts, (text) => markdownIt.render(text)),
    speed(texts, (text) => marked.parse(text, { async: false })),
    speed(texts, (text) => fromMarkdown(text)),
  ];
  const [turned, nhm] = [
    speed(stored, (text) => turndown.turndown(text)),
    speed(stored, (text) => NodeHtmlMarkdown.translate(text)),
  ];
  return [
    atLeast('Markdown to HTML, articles of 6 kB a second and core', own, 900, ''),
    atLeast(
      `the same, against markdown-it (${short(it)}); marked ${short(marks)}, micromark's tree alone ${short(micro)}`,
      own / it,
      1,
      ' ×',
    ),
    atLeast('HTML to Markdown, read again, articles of 6 kB a second and core', back, 575, ''),
    tell(
      'the same by others, nothing read again',
      `turndown ${short(turned)}, node-html-markdown ${short(nhm)}`,
    ),
  ];
}

/** Articles of 6 kB that one core converts in a second, once it is warm. */
function speed(texts: readonly string[], convert: (text: string) => unknown): number {
  const size = texts.reduce((sum, text) => sum + text.length, 0);
  const spent = (from: NodeJS.CpuUsage): number => {
    const { user, system } = cpuUsage(from);
    return (user + system) / 1e6;
  };
  for (const warm = cpuUsage(); spent(warm) < 1;) for (const text of texts) convert(text);
  const start = cpuUsage();
  let times = 0;
  for (; spent(start) < 2; times += 1) for (const text of texts) convert(text);
  return (size * times) / 6000 / spent(start);
}
