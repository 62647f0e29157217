import { createHash } from 'node:crypto';
import { pageScript } from './page-script.ts';
import { styleOf } from './page-style.ts';
import { escapeHtml, safe, trusted, type Safe } from './safe-html.ts';

/** What a help center is called and how it looks, on all of its pages. */
export interface Site {
  readonly name: string;
  /** What the home page asks its readers, in the language of each; the usual question where there is none. */
  greeting(locale: string): string | null;
  /** `#rrggbb`. */
  readonly color: string;
  /** Where its logo is shown from; null: its initial stands there. */
  readonly logo: string | null;
  /** Where the site's sign for tabs and bookmarks is. */
  readonly icon: string;
  /** The present, to say how long ago something was; null: dates are written out. */
  readonly now: number | null;
  /** Style and script: in the page itself, or as files beside it. */
  readonly style: Safe;
  readonly script: Safe;
}

/** A style and a script within the page, and the policy that allows these two and nothing from elsewhere. */
export function inline(
  color: string,
  more = '',
): {
  readonly style: Safe;
  readonly script: Safe;
  readonly policy: string;
} {
  const style = styleOf(color) + more;
  return {
    style: safe`<style>${trusted(style)}</style>`,
    script: safe`<script type="module">${trusted(pageScript)}</script>`,
    policy: [
      "default-src 'none'",
      `style-src ${digestOf(style)}`,
      `script-src ${digestOf(pageScript)}`,
      "img-src 'self'",
      "connect-src 'self'",
      "form-action 'self'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
  };
}

const digestOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** The site's sign as a picture: its initial on its colour. */
export function iconPicture({ name, color }: Pick<Site, 'name' | 'color'>): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="${escapeHtml(color)}"/><text x="16" y="22" font-family="system-ui,sans-serif" font-size="18" font-weight="700" text-anchor="middle" fill="#fff">${escapeHtml(initialOf(name))}</text></svg>`;
}

/** The letter that stands for a name. */
export function initialOf(name: string): string {
  const [first = '?'] = name.trim().match(/[\p{L}\p{N}]\p{M}*/u) ?? [];
  return first.toUpperCase();
}
