import { layOut, type Frame } from '../../look/frame.ts';
import { safe } from '../../look/safe-html.ts';
import { inline, type Site } from '../../look/site.ts';
import { usualColor } from '../../look/theme.ts';
import type { HelpCenter } from '../state/entities.ts';
import type { World } from '../state/world.ts';
import { commonHeaders, type PageAnswer } from './answers.ts';

/** Where in a help center somebody is. */
export interface Visit {
  readonly world: World;
  readonly helpCenter: HelpCenter;
  /** Path of the help center. */
  readonly root: string;
  readonly locale: string;
  /** Where each language of this page is. */
  readonly languages: readonly { readonly locale: string; readonly path: string }[];
}

/** The help center that a config file describes is the default one; others go by their own names. */
export function siteOf({ world, helpCenter, root }: Pick<Visit, 'world' | 'helpCenter' | 'root'>): Site {
  const look = helpCenter.id === world.defaultHelpCenter.id ? world.look : null;
  const color = look?.color ?? usualColor;
  const { style, script } = inline(color);
  return {
    name: look?.title ?? helpCenter.displayName,
    greeting: (locale) => look?.greetings.get(locale) ?? null,
    color,
    logo: look?.logo === null || look === null ? null : `${root}/logo`,
    icon: `${root}/icon.svg`,
    now: world.now(),
    style,
    script,
  };
}

/** A page of the help center around its content. */
export function showPage(
  visit: Visit,
  { status = 200, ...page }: PageParts & { readonly status?: number },
): PageAnswer {
  const site = siteOf(visit);
  const home = `${visit.root}/${visit.locale}`;
  const body = layOut(site, {
    description: '',
    isHome: false,
    locale: visit.locale,
    languages: visit.languages,
    home,
    search: { results: `${home}/search`, documents: `${home}/search.json` },
    footer: safe`<span>${site.name}</span><span lang="en" dir="ltr">Shown by the Shelfmark simulator</span>`,
    ...page,
  });
  const headers = {
    ...commonHeaders,
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': inline(site.color).policy,
  };
  return { status, headers, body };
}

type PageParts = Pick<Frame, 'title' | 'content'> & Partial<Pick<Frame, 'description' | 'isHome' | 'search'>>;
