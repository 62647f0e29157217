import type { Base } from './base.ts';
import { ShelfmarkError } from './error.ts';
import type { RemoteId } from './identity.ts';
import type { Locale } from './locale.ts';
import type { Plan, Refusal } from './plan.ts';

const codes: readonly string[] = ['OTHER_WORKSPACE', 'OTHER_LOCALE'];

/**
 * The refusal, if there is one, that leaves nothing to be said about any entry: what was read belongs to another help
 * center, or to another language, than the lock file.
 */
export function elsewhereOf({ refusals }: Pick<Plan, 'refusals'>): Refusal | null {
  return refusals.find((one) => codes.includes(one.code)) ?? null;
}

/** For commands that do not print plans: ends the command with that refusal. */
export function refuseElsewhere(plan: Pick<Plan, 'refusals'>): void {
  const found = elsewhereOf(plan);
  if (found === null) return;
  const { code, message, hint } = found;
  throw new ShelfmarkError(code, { kind: 'refused', message: `${message} Nothing was changed.`, hint });
}

type Pinned = NonNullable<Base['pinned']>;

const ownTarget = 'give this one a target (and so a lock file) of its own: --target NAME.';

/** @param there the workspace that the token leads to, in words for people */
export const otherWorkspace = ({ workspace, helpCenter }: Pinned, there: string): Refusal => ({
  code: 'OTHER_WORKSPACE',
  message: `The lock file belongs to workspace ${workspace}, help center ${helpCenter}; this token leads to workspace ${there}.`,
  hint: `Use the token of that workspace, or ${ownTarget}`,
});

export const otherHelpCenter = ({ helpCenter }: Pinned, there: RemoteId): Refusal => ({
  code: 'OTHER_WORKSPACE',
  message: `The lock file belongs to help center ${helpCenter}; this run would work with help center ${there} of the same workspace.`,
  hint: `Set "helpCenter: ${helpCenter}" under "remote:" while that one exists, or ${ownTarget}`,
});

/** The config file, the lock file and the help center have to have one default locale; null where they do. */
export function otherLocale(pinned: Pinned | null, there: Locale | null, config: Locale): Refusal | null {
  const refusal = (right: Locale, who: string): Refusal => ({
    code: 'OTHER_LOCALE',
    message: `${who} ${right}, the config file says ${config}.`,
    hint: `Set "defaultLocale: ${right}" in the config file.`,
  });
  if (pinned !== null && pinned.defaultLocale !== config)
    return refusal(pinned.defaultLocale, 'The lock file was made with the default locale');
  if (there !== null && there !== config) return refusal(there, "The help center's default locale is");
  return null;
}
