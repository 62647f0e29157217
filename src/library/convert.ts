import { plainRefs } from '../markup/meaning/refs.ts';
import { readHtml } from '../markup/read/read-html.ts';
import { readMarkdown } from '../markup/read/read-markdown.ts';
import { spellHtml } from '../markup/spell/spell-html.ts';
import { spellMarkdown } from '../markup/spell/spell-markdown.ts';
import type { Converter } from './project.ts';

/** Converts bodies as a push and a pull do. */
export const convert: Converter = {
  toHtml(markdown) {
    const { blocks, findings } = readMarkdown(markdown, plainRefs);
    return { html: spellHtml(readHtml('', plainRefs), blocks, plainRefs), findings };
  },
  toMarkdown(html) {
    const { blocks, findings } = readHtml(html, plainRefs);
    return { markdown: spellMarkdown(readMarkdown('', plainRefs), blocks, plainRefs), findings };
  },
};
