import type { HelpCenter } from '../state/entities.ts';
import { contentPolicy, pageStyle } from '../../look/page-style.ts';
import { safe, nothing, trusted } from '../../look/safe-html.ts';
import type { Safe } from '../../look/safe-html.ts';

/** What a visitor gets. */
export interface PageAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

export interface Frame {
  readonly helpCenter: HelpCenter;
  /** Path of the help center. */
  readonly root: string;
  readonly locale: string;
  /** Where each language of this page is. */
  readonly languages: readonly { readonly locale: string; readonly path: string }[];
  readonly phrase?: string;
}

/** A whole page: header with search and languages, the content, a footer. */
export function layOut(
  frame: Frame,
  title: string,
  description: string,
  content: Safe,
  status = 200,
): PageAnswer {
  const { helpCenter, root, locale } = frame;
  const home = `${root}/${locale}`;
  const direction = /^(?:ar|he)$/.test(locale) ? 'rtl' : 'ltr';
  const page = safe`<!doctype html>
    <html lang="${locale}" dir="${direction}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title === helpCenter.displayName ? title : `${title} | ${helpCenter.displayName}`}</title>
        ${description === '' ? nothing : safe`<meta name="description" content="${description}" />`}
        ${alternates(frame)}
        <style>${trusted(pageStyle)}</style>
      </head>
      <body>
        <a class="skip" href="#content">Skip to content</a>
        <header class="top">
          <div class="wrap">
            <div class="bar">
              <a class="brand" href="${home}">${helpCenter.displayName}</a>${languageList(frame)}
            </div>
            <form class="search" role="search" action="${home}/search">
              <input
                type="search"
                name="q"
                value="${frame.phrase ?? ''}"
                placeholder="Search for articles…"
                aria-label="Search"
              /><button>Search</button>
            </form>
          </div>
        </header>
        <main id="content"><div class="wrap">${content}</div></main>
        <footer><div class="wrap">${helpCenter.displayName}, shown by the Shelfmark simulator</div></footer>
      </body>
    </html>
`;
  return { status, headers: pageHeaders, body: page.html };
}

export const pageHeaders: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': contentPolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

export function redirectTo(location: string, status: 301 | 302 = 301): PageAnswer {
  return { status, headers: { ...pageHeaders, location }, body: '' };
}

function alternates(frame: Frame): readonly Safe[] {
  if (frame.languages.length < 2) return [];
  return frame.languages.map(
    (one) => safe`<link rel="alternate" hreflang="${one.locale}" href="${one.path}" />`,
  );
}

function languageList(frame: Frame): Safe {
  if (frame.languages.length < 2) return nothing;
  const items = frame.languages.map((one) => {
    const current = one.locale === frame.locale ? trusted(' aria-current="true"') : nothing;
    return safe`<li>
      <a href="${one.path}" hreflang="${one.locale}" lang="${one.locale}"${current}>${languageName(one.locale)}</a>
    </li>`;
  });
  return safe`<nav class="locales" aria-label="Language">
    <ul>
      ${items}
    </ul>
  </nav>`;
}

/** A language in its own words. */
function languageName(locale: string): string {
  const name = new Intl.DisplayNames([locale], { type: 'language' }).of(locale) ?? locale;
  return name.charAt(0).toLocaleUpperCase(locale) + name.slice(1);
}
