import type { LocalContent } from '../../model/entry.ts';
import type { EntryKey } from '../../model/identity.ts';
import type { Locale } from '../../model/locale.ts';
import type { Problem } from '../../model/problem.ts';
import { checkedText } from './checked-text.ts';
import { checkAddress, type CheckContext } from './check-address.ts';
import { addressesIn } from '../../model/text-facts.ts';
import { targetOf, type Directory } from './refs.ts';

/**
 * What is wrong with a text that is going to be sent: what Intercom would refuse, and addresses that lead nowhere.
 * Found before any call, with file and line.
 */
export function checkBody(content: LocalContent, locale: Locale, context: CheckContext): readonly Problem[] {
  const { bodies, contentName } = context;
  const { findings, references } = checkedText(content, locale, bodies);
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
  const found = findings.map((one) => problem(one.severity, one.code, one, one.message, one.hint));
  const addresses = references.flatMap((one): readonly Problem[] => {
    const fault = checkAddress(one, content, locale, context);
    if (fault === null) return [];
    const { severity, code, message, hint, fix } = fault;
    return [{ ...problem(severity, code, one, message, hint), ...(fix === undefined ? {} : { fix }) }];
  });
  return [...found, ...addresses];
}

/**
 * What became wrong with a text that both sides agree on: links and images that a move, a deletion or a new draft left
 * behind. Such
 * a text is only parsed where an address in it gives a reason to.
 */
export function checkAgreedText(
  content: LocalContent,
  locale: Locale,
  context: CheckContext,
): readonly Problem[] {
  const { directory } = context.refs;
  const isSuspect = addressesIn(content).some((url) => {
    const target = targetOf(url, content.file, 'link', directory);
    if (target?.to === 'entry')
      return (
        target.moved !== null || directory.isGone(target.key) || goesOffline(target.key, locale, directory)
      );
    return target?.to === 'nowhere' && isPicture.test(target.path);
  });
  if (!isSuspect) return [];
  return checkBody(content, locale, context).filter((one) => leftBehind.has(one.code));
}

/** Tells whether an article that readers see is to become a draft. */
function goesOffline(key: EntryKey, locale: Locale, directory: Directory): boolean {
  const text = directory.textOf(key, locale);
  return text?.state === 'draft' && text.stateThere === 'published';
}

const leftBehind: ReadonlySet<string> = new Set([
  'LINK_MOVED',
  'LINK_GONE',
  'LINK_TO_DRAFT',
  'IMAGE_MISSING',
]);

const isPicture = /\.(?:png|jpe?g|gif|webp|avif|bmp|svg)$/i;
