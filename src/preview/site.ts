import { inline, type Site } from '../look/site.ts';
import { usualColor } from '../look/theme.ts';
import type { SiteLook } from '../look/site-look.ts';
import { toolStyle } from './tool-style.ts';

export const iconAddress = '/icon.svg';
export const logoAddress = '/logo';

/** The help center that the config describes, and the policy of its pages. */
export function previewSite(look: SiteLook): { readonly site: Site; readonly policy: string } {
  const color = look.color ?? usualColor;
  const { style, script, policy } = inline(color, toolStyle);
  const site: Site = {
    name: look.title,
    greeting: (locale) => look.greetings.get(locale) ?? null,
    color,
    logo: look.logo === null ? null : logoAddress,
    icon: iconAddress,
    now: null,
    style,
    script,
  };
  return { site, policy };
}
