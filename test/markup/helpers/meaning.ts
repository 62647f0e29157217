import { asWritten } from '../../../src/markup/meaning/as-written.ts';
import { fingerprintOf } from '../../../src/markup/meaning/fingerprint.ts';
import type { Body } from '../../../src/markup/meaning/body.ts';
import { readHtml } from '../../../src/markup/read/read-html.ts';
import { readMarkdown } from '../../../src/markup/read/read-markdown.ts';
import { plainRefs } from '../../../src/markup/meaning/refs.ts';
import { spellHtml } from '../../../src/markup/spell/spell-html.ts';
import { spellMarkdown } from '../../../src/markup/spell/spell-markdown.ts';

export const markdown = (text: string): Body => readMarkdown(text, plainRefs);
export const html = (text: string): Body => readHtml(text, plainRefs);

/** What a body means, block by block. */
export const meaningOf = (body: Body): readonly string[] => body.blocks.map(({ fingerprint }) => fingerprint);

/** The same, but for marks on blanks and lone signs, which nobody would write in Markdown. */
export const writtenMeaningOf = (body: Body): readonly string[] =>
  body.blocks.map(({ content }) => fingerprintOf(asWritten(content)));

/** Markdown that a person who starts from nothing would get for some HTML. */
export const toMarkdown = (text: string): string => spellMarkdown(markdown(''), html(text).blocks, plainRefs);

/** HTML that is sent for a new article. */
export const toHtml = (text: string): string => spellHtml(html(''), markdown(text).blocks, plainRefs);
