import { hash } from 'node:crypto';
import type { Bodies } from '../fields/reading.ts';
import { proseOf } from '../markup/meaning/prose.ts';
import type { Block } from '../markup/meaning/body.ts';
import type { Canon, Image } from '../markup/meaning/canon.ts';
import { childrenOf } from '../markup/meaning/walk.ts';
import { referencesOf } from '../markup/find/references.ts';
import type { LocalContent } from '../model/entry.ts';
import type { Locale } from '../model/locale.ts';
import { fact, type AuditedText } from '../model/text-facts.ts';
import { checkedText } from '../plan/links/checked-text.ts';
import { sketchOf } from './sketch.ts';

/** What an audit wants to know of a text, whatever the folder around it holds. */
export const auditedText = (content: LocalContent, locale: Locale, bodies: Bodies): AuditedText =>
  fact(content, 'audited', () => {
    // Both come from the same reading of the text.
    checkedText(content, locale, bodies);
    const body = bodies.local(content, locale);
    const prose = proseOf(body.blocks.flatMap((block) => block.content));
    return {
      whole: hash('sha256', prose.toLowerCase(), 'base64url').slice(0, 10),
      sketch: sketchOf(prose),
      web: referencesOf(body).flatMap(({ url, line, column }) =>
        /^(?:https?:)?\/\//i.test(url) ? [{ url, line, column }] : [],
      ),
      withoutAlt: body.blocks.flatMap((block) => (lacksAlt(block) ? [block.line] : [])),
      skipped: skippedIn(body.blocks),
    };
  });

const lacksAlt = ({ content }: Block): boolean => imagesIn(content).some(({ alt }) => alt.trim() === '');

function imagesIn(content: readonly Canon[]): readonly Image[] {
  return content.flatMap((canon) => {
    switch (canon.kind) {
      case 'image':
        return [canon.image];
      case 'paragraph':
      case 'heading':
      case 'button':
        return canon.runs.flatMap((run) => (run.kind === 'image' ? [run.image] : []));
      case 'list':
      case 'table':
      case 'callout':
      case 'section':
      case 'element':
        return imagesIn(childrenOf(canon));
      case 'code':
      case 'rule':
      case 'video':
        return [];
    }
  });
}

/** Headings that are more than one level below the one before. */
function skippedIn(blocks: readonly Block[]): AuditedText['skipped'] {
  const found: { line: number; from: number; to: number }[] = [];
  let before: number | null = null;
  for (const { content, line } of blocks) {
    for (const canon of content) {
      if (canon.kind !== 'heading') continue;
      if (before !== null && canon.level > before + 1) found.push({ line, from: before, to: canon.level });
      before = canon.level;
    }
  }
  return found;
}
