/* Whether readers see what a plan changes, in the fewest words. */
import type { Operation } from '../model/plan.ts';
import { visibilityOf, type SeenByReaders } from '../model/visibility.ts';

/** Such as `public`, `goes public`, `draft; fr: goes offline`; empty where readers could notice nothing. */
export function readersText(operation: Operation): string {
  const seen = visibilityOf(operation);
  const [first] = seen;
  if (first === undefined) return '';
  const words = seen.map((one) => wordsOf(one, operation));
  // One word is enough where it is the same for every language.
  if (words.every((one) => one === words[0])) return words[0] ?? '';
  return seen.map((one, at) => `${one.locale === null ? '' : `${one.locale}: `}${words[at]}`).join('; ');
}

/** What readers will notice of all operations, as the end of a sentence; empty for nothing. */
export function readersSum(operations: readonly Operation[]): string {
  const count = (visibility: SeenByReaders['visibility']): number =>
    operations.filter((one) => visibilityOf(one).some((seen) => seen.visibility === visibility)).length;
  const said = (number: number, one: string, many: string): string =>
    number === 0 ? '' : `${number} ${number === 1 ? one : many}`;
  return [
    said(count('goes public'), 'goes public', 'go public'),
    said(count('goes offline'), 'goes offline', 'go offline'),
    said(count('public'), 'public article changes', 'public articles change'),
  ]
    .filter((one) => one !== '')
    .join(', ');
}

/** For whoever wonders why readers see nothing of what is created; empty where some of it goes public. */
export function draftsHint(operations: readonly Operation[]): string {
  const seen = operations
    .filter((one) => one.side === 'remote' && one.kind === 'article' && one.action === 'create')
    .map(visibilityOf);
  const areDrafts = seen.length > 0 && seen.flat().every((one) => one.visibility === 'draft');
  return areDrafts ? 'New articles are drafts until their front matter says "state: published".' : '';
}

function wordsOf({ visibility, hasNewAddress }: SeenByReaders, operation: Operation): string {
  const isGone = operation.side === 'remote' && operation.removal === 'delete';
  if (isGone && visibility === 'goes offline') return 'goes offline for good';
  return hasNewAddress ? `${visibility}, at a new address` : visibility;
}
