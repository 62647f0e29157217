import { referencesOf } from '../../markup/read/references.ts';
import type { LocalContent } from '../../model/entry.ts';
import type { Locale } from '../../model/locale.ts';
import type { Problem } from '../../model/problem.ts';
import type { Bodies } from './bodies.ts';
import { checkAddress } from './check-address.ts';
import { addressesIn, targetOf, type RefsOptions } from './refs.ts';

export interface CheckContext {
  readonly bodies: Bodies;
  readonly refs: RefsOptions;
  /** How messages name the content folder. */
  readonly contentName: string;
}

/**
 * What is wrong with a text that is going to be sent: what Intercom would refuse, and addresses that lead nowhere.
 * Found before any call, with file and line.
 */
export function checkBody(content: LocalContent, locale: Locale, context: CheckContext): readonly Problem[] {
  const { bodies, refs, contentName } = context;
  const body = bodies.local(content, locale);
  const problem = (
    severity: Problem['severity'],
    code: string,
    at: { readonly line: number; readonly column: number },
    message: string,
    hint: string,
  ): Problem => ({
    severity,
    code,
    place: {
      file: `${contentName}/${content.file}`,
      line: at.line + content.bodyLine - 1,
      column: at.column,
    },
    message,
    hint,
  });
  const findings = body.findings.map((one) => problem(one.severity, one.code, one, one.message, one.hint));
  const addresses = referencesOf(body).flatMap((one): readonly Problem[] => {
    const found = checkAddress(one, content.file, refs);
    return found === null ? [] : [problem(found.severity, found.code, one, found.message, found.hint)];
  });
  return [...findings, ...addresses];
}

/** Links that a move or a deletion left behind, also in texts that are not sent; the others are told when they are. */
export function checkMovedLinks(
  content: LocalContent,
  locale: Locale,
  context: CheckContext,
): readonly Problem[] {
  const { directory } = context.refs;
  const addresses = addressesIn(content);
  if (addresses.length === 0) return [];
  const isSuspect = addresses.some((url) => {
    const target = targetOf(url, content.file, 'link', directory);
    return target?.to === 'entry' && (target.moved !== null || directory.isGone(target.key));
  });
  if (!isSuspect) return [];
  return checkBody(content, locale, context).filter(
    (one) => one.code === 'LINK_MOVED' || one.code === 'LINK_GONE',
  );
}
