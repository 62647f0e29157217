import { hash } from 'node:crypto';
import type { Body, Finding } from '../meaning/body.ts';
import { findingOf } from './findings.ts';
import type { TooMuch } from '../find/limits.ts';
import type { Lines } from '../find/lines.ts';

/** Why a body was not parsed; null for one that was. What was not parsed is unknown, and never empty. */
export function refusalOf({ blocks, findings }: Body): Finding | null {
  return blocks[0]?.type === 'refused' ? (findings[0] ?? null) : null;
}

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
