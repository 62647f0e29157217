/**
 * How long hostile texts of a megabyte take: side by side with marked and markdown-it (Markdown to HTML) and with
 * turndown and node-html-markdown (HTML to Markdown), each in a thread of its own that is stopped after some seconds.
 * Ours is told with what it made of the text: read, or refused with a problem that names the place.
 *
 *     node scripts/bench.mjs hostile [words of the names of texts ...]
 */
import MarkdownIt from 'markdown-it';
import { marked } from 'marked';
import { NodeHtmlMarkdown } from 'node-html-markdown';
import { argv, cpuUsage } from 'node:process';
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';
import TurndownService from 'turndown';
import { readHtml } from '../src/markup/read/read-html.ts';
import { readMarkdown } from '../src/markup/read/read-markdown.ts';
import { plainRefs } from '../src/markup/meaning/refs.ts';
import { spellHtml } from '../src/markup/spell/spell-html.ts';
import { spellMarkdown } from '../src/markup/spell/spell-markdown.ts';
import { hostileHtml, hostileMarkdown, hostileText } from '../test/markup/helpers/hostile.ts';

/** Longest that a thread may work on one text, in milliseconds. */
const longest = 2000;

type Format = 'markdown' | 'html';

interface Job {
  readonly format: Format;
  readonly converter: string;
  readonly name: string;
}

interface Result {
  readonly milliseconds: number;
  readonly outcome: string;
}

/** Each converter with what it tells about a text, beside the time it took. */
const converters: Readonly<Record<Format, Readonly<Record<string, (text: string) => string>>>> = {
  markdown: {
    shelfmark: (text) => {
      const body = readMarkdown(text, plainRefs);
      spellHtml(readHtml('', plainRefs), body.blocks, plainRefs);
      return outcomeOf(body);
    },
    marked: (text) => told(marked.parse(text, { async: false })),
    'markdown-it': (text) => told(new MarkdownIt({ html: true, linkify: true }).render(text)),
  },
  html: {
    shelfmark: (text) => {
      const body = readHtml(text, plainRefs);
      spellMarkdown(readMarkdown('', plainRefs), body.blocks, plainRefs);
      return outcomeOf(body);
    },
    turndown: (text) => told(new TurndownService().turndown(text)),
    'node-html-markdown': (text) => told(NodeHtmlMarkdown.translate(text)),
  },
};

const texts = { markdown: hostileMarkdown, html: hostileHtml };
const ordinary = {
  markdown: '# A\n\nSome *text* with `code`.\n\n- [a](/b)\n\n| c |\n|---|\n| d |\n'.repeat(100),
  html: '<h1>A</h1><p>Some <i>text</i>.</p><ul><li><a href="/b">a</a></li></ul>'.repeat(100),
};

function told(output: string): string {
  return output.length > 0 ? 'read' : 'empty';
}

function outcomeOf(body: { readonly findings: readonly { readonly code: string }[] }): string {
  return body.findings.some(({ code }) => code.startsWith('BODY_TOO_')) ? 'refused' : 'read';
}

/**
 * Runs in a thread: the milliseconds that one conversion takes, after some that do not count. That is the lesser of two:
 * the time that passed, which neighbours on a busy machine lengthen, and the processor time, in which compiling and
 * collecting garbage on other cores count as well. A person on a quiet machine waits no longer.
 */
function work({ format, converter, name }: Job, begins: () => void): Result {
  const convert = converters[format][converter];
  const hostile = texts[format][name];
  if (convert === undefined || hostile === undefined) throw new RangeError(`${converter} ${name}`);
  for (let round = 0; round < 5; round += 1) convert(ordinary[format]);
  const text = hostileText(hostile, 1_000_000);
  begins();
  const before = { passed: performance.now(), processor: cpuUsage() };
  const outcome = convert(text);
  const { user, system } = cpuUsage(before.processor);
  const passed = performance.now() - before.passed;
  return { milliseconds: Math.min(passed, (user + system) / 1000), outcome };
}

async function run(job: Job): Promise<Result> {
  const worker = new Worker(new URL(import.meta.url), { workerData: job });
  try {
    return await new Promise((resolve) => {
      let timer: NodeJS.Timeout | undefined;
      worker.on('message', (message: 'begins' | Result) => {
        // To start a thread and to load the packages is not part of what is measured.
        if (message === 'begins') {
          timer = setTimeout(() => {
            resolve({ milliseconds: Infinity, outcome: 'stopped' });
          }, longest);
          return;
        }
        clearTimeout(timer);
        resolve(message);
      });
      worker.on('error', () => {
        clearTimeout(timer);
        resolve({ milliseconds: Infinity, outcome: 'failed' });
      });
    });
  } finally {
    // A thread that still worked would take time from the next one.
    await worker.terminate();
  }
}

function cell({ milliseconds, outcome }: Result): string {
  const time = Number.isFinite(milliseconds) ? `${milliseconds.toFixed(0)} ms` : '';
  return `${time.padStart(8)} ${outcome.padEnd(7)}`;
}

async function main(words: readonly string[]): Promise<void> {
  for (const format of ['markdown', 'html'] as const) {
    const names = Object.keys(converters[format]);
    console.log(`${format === 'markdown' ? 'Markdown to HTML' : 'HTML to Markdown'}: ${names.join(', ')}`);
    const worst = { read: 0, refused: 0 };
    for (const name of Object.keys(texts[format])) {
      if (words.length > 0 && !words.some((word) => name.includes(word))) continue;
      const results: Result[] = [];
      for (const converter of names) results.push(await run({ format, converter, name }));
      const [{ milliseconds, outcome } = { milliseconds: Infinity, outcome: '' }] = results;
      const kind = outcome === 'refused' ? 'refused' : 'read';
      worst[kind] = Math.max(worst[kind], milliseconds);
      console.log(`  ${name.padEnd(56)} ${results.map(cell).join('  ')}`);
    }
    console.log(
      `  longest of ours: ${worst.read.toFixed(0)} ms read, ${worst.refused.toFixed(0)} ms refused`,
    );
  }
}

if (isMainThread) await main(argv.slice(2));
else {
  const tell = (message: 'begins' | Result): void => {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- to the thread that asked, not to a window
    parentPort?.postMessage(message);
  };
  tell(
    work(workerData as Job, () => {
      tell('begins');
    }),
  );
}
