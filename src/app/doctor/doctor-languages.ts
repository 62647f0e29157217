import type { Config } from '../../config/read-config.ts';
import type { Base } from '../../model/base.ts';
import type { Check } from '../../model/checkup.ts';
import { otherLocale } from '../../model/elsewhere.ts';
import type { Locale } from '../../model/locale.ts';
import type { Glance } from '../../intercom/access.ts';
import { failed, ok, warning } from './doctor-checks.ts';

/** What the folder says of the remote. */
export interface Known {
  /** The workspace that the lock file belongs to. */
  readonly pinned: Base['pinned'];
  /** Locales that articles of the folder are written in. */
  readonly locales: ReadonlySet<Locale>;
}

/** The default locale on both sides, and whether the help center shows the languages that the folder holds. */
export function checkLanguages({ defaultLocale }: Config, { pinned, locales }: Known, glance: Glance): Check {
  const wrong = otherLocale(pinned, glance.defaultLocale, defaultLocale);
  if (wrong !== null) return failed('languages', wrong.message, wrong.hint);
  const others = [...locales].filter((locale) => locale !== defaultLocale).sort();
  const said = others.length === 0 ? '' : ` and ${others.join(', ')}`;
  if (glance.shown !== null) {
    const hidden = others.filter((locale) => glance.shown?.includes(locale) === false);
    if (hidden.length === 0) return ok('languages', `${glance.shown.join(', ')} are turned on`);
    return warning(
      'languages',
      `The folder has texts in ${hidden.join(', ')}, but the help center shows ${glance.shown.join(', ')} only: Intercom takes the others and hides them.`,
      'Turn the languages on in Intercom (Help Center, Settings, Languages).',
    );
  }
  if (glance.defaultLocale !== null) return ok('languages', `${defaultLocale}${said}; several are turned on`);
  if (glance.isEmpty)
    return ok('languages', `${defaultLocale}${said}; an empty help center does not tell which it has`);
  if (others.length === 0) return ok('languages', `${defaultLocale} only`);
  return warning(
    'languages',
    `The folder has texts in ${others.join(', ')}, but the help center shows one language only: Intercom takes the others and hides them.`,
    'Turn the languages on in Intercom (Help Center, Settings, Languages), then push again.',
  );
}
