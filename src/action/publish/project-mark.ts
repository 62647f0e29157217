import { configPathOf, labelOf, type ActionContext } from '../event/context.ts';
import { botMail } from '../git/checkout.ts';

type Of = Pick<ActionContext, 'config' | 'event'>;

/** A message of a commit that says whose it is: several projects of one repository may be told to use one branch. */
export const signed = (message: string, context: Of): string =>
  `${message.trimEnd()}\n\n${trailerOf(context)}\n`;

/** Whether this very project made a commit. */
export const isOurs = (one: { readonly mail: string; readonly message: string }, context: Of): boolean =>
  one.mail === botMail && one.message.split('\n').includes(trailerOf(context));

/** A title of a pull request that tells projects apart. */
export function titled(title: string, context: Of): string {
  const label = labelOf(context);
  return label === '' ? title : `${title} (${label})`;
}

const trailerOf = (context: Of): string =>
  `Shelfmark-Project: ${[
    configPathOf(context),
    ...(context.config.target === null ? [] : [context.config.target]),
  ]
    .map(encodeURIComponent)
    .join(' ')}`;
