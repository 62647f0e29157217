import { hash } from 'node:crypto';
import type { Body } from '../meaning/body.ts';
import { findingOf } from './findings.ts';
import type { TooMuch } from './limits.ts';
import type { Lines } from './lines.ts';

/** A body that is not parsed: one block that stands for all of it, so that nothing looks deleted. */
export function refusedBody(format: Body['format'], text: string, why: TooMuch, lines: Lines): Body {
  const fingerprint = hash('sha256', `refused\n${text}`, 'base64url').slice(0, 8);
  return {
    format,
    text,
    blocks: [
      { fingerprint, type: 'refused', source: text, start: 0, end: text.length, line: 1, content: [] },
    ],
    findings: [findingOf(why.code, lines.placeOf(why.offset), why.detail)],
    references: [],
    topLevel: 1,
  };
}
