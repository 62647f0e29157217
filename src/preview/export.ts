/* The whole preview as files that need no server: relative addresses, and the search included. */
import { escapeHtml, safe, trusted } from '../look/safe-html.ts';
import { pageScript } from '../look/page-script.ts';
import type { PageData } from '../look/search-document.ts';
import { iconPicture, type Site } from '../look/site.ts';
import { styleOf } from '../look/page-style.ts';
import type { LocalPath } from '../model/identity.ts';
import {
  addressOf,
  documentsAddress,
  documentsLocale,
  fileOf,
  routeOf,
  type Route,
  type View,
} from './addresses.ts';
import { documentsOf } from './documents.ts';
import { showPage, type Preview } from './pages.ts';
import { iconAddress } from './site.ts';
import { toolStyle } from './tool-style.ts';
import { viewsOf } from './views.ts';

/** A file of the export: a text, or one of the folder that a page shows. */
export type Exported =
  { readonly name: string; readonly text: string } | { readonly name: string; readonly file: LocalPath };

const styleFile = '/assets/pages.css';
const scriptFile = '/assets/pages.js';

/** Pages that were opened as files are of no origin, so "self" means nothing there and "file:" does. */
const policy =
  "default-src 'none'; style-src 'self' file:; script-src 'self' file:; img-src 'self' file:; form-action 'self' file:; base-uri 'none'";

/** The same help center with style and script as files beside the pages. */
export const exportedSite = (site: Site): Site => ({
  ...site,
  style: safe`<meta http-equiv="Content-Security-Policy" content="${policy}" /><link rel="stylesheet" href="${styleFile}" />`,
  script: safe`<script src="${scriptFile}"></script>`,
});

/** Every file of the export. The preview has no version: nothing follows its files. */
export function* exportedFiles(preview: Preview): Generator<Exported> {
  const { library, shown, site } = preview;
  yield { name: styleFile.slice(1), text: styleOf(site.color) + toolStyle };
  yield { name: scriptFile.slice(1), text: pageScript };
  yield { name: iconAddress.slice(1), text: iconPicture(site) };
  const start = relativeTo('index.html', addressOf({ page: 'home', locale: library.defaultLocale }));
  yield {
    name: 'index.html',
    text: safe`<!doctype html><meta charset="utf-8" /><title>${site.name}</title><link rel="icon" href="${iconAddress.slice(1)}" /><meta http-equiv="refresh" content="0; url=${start}" /><a href="${start}">${site.name}</a>
`.html,
  };
  const pictures = new Set<LocalPath>();
  for (const route of routesOf(preview)) {
    const name = nameOf(route);
    const html = showPage(preview, route).html;
    for (const [, address = ''] of html.matchAll(/ src="(\/files\/[^"?]*)/g)) {
      const file = fileOf(address);
      if (file !== null) pictures.add(file);
    }
    yield { name, text: relink(html, name) };
  }
  for (const file of pictures) yield { name: `files/${file}`, file };
  for (const locale of library.locales) {
    const documents = documentsOf(library, shown, locale).map((one) => ({
      ...one,
      address: targetOf(one.address),
    }));
    // Read by a browser as a script, so nothing in it may end one or a line.
    const json = JSON.stringify(documents)
      .replaceAll('<', '\\u003c')
      .replaceAll('\u2028', '\\u2028')
      .replaceAll('\u2029', '\\u2029');
    yield { name: targetOf(documentsAddress(locale)), text: `globalThis.shelfmarkDocuments = ${json};\n` };
  }
}

function* routesOf({ library, there }: Preview): Generator<Route> {
  for (const locale of library.locales) {
    yield { page: 'home', locale };
    yield { page: 'search', locale };
    for (const { path } of library.snapshot.collections) yield { page: 'collection', locale, path };
    for (const { path, locales } of library.snapshot.articles)
      if (locales.has(locale))
        for (const view of viewsOf({ there, version: '' })) yield { page: 'article', locale, path, view };
  }
}

/** The file of a page, from the top of the export. */
function nameOf(route: Route): string {
  switch (route.page) {
    case 'home':
      return `${route.locale}/index.html`;
    case 'search':
      return `${route.locale}/search.html`;
    case 'collection':
      return `${route.locale}/collections/${route.path}/index.html`;
    case 'article':
      return `${route.locale}/articles/${route.path.replace(/\.md$/, '')}${endOf(route.view)}.html`;
  }
}

const endOf = (view: View = 'folder'): string => (view === 'folder' ? '' : `.${view}`);

/** Where an address of the preview leads in the export, as an address from its top. */
function targetOf(address: string): string {
  const url = new URL(address, 'https://preview.invalid');
  const locale = documentsLocale(url.pathname);
  if (locale !== null) return `${locale}/search.js`;
  const route = routeOf(url.pathname, url.searchParams);
  if (route === null) return url.pathname.slice(1);
  return nameOf(route).split('/').map(encodeURIComponent).join('/') + url.hash;
}

const relativeTo = (name: string, address: string): string =>
  `${'../'.repeat(name.split('/').length - 1)}${targetOf(address)}`;

/** Makes every address of a page relative to it. Quotes in texts are escaped, so what looks like an attribute is one. */
function relink(html: string, name: string): string {
  return html
    .replaceAll(/ (href|src|action)="(\/[^"]*)"/g, (_, attribute: string, address: string) => {
      const target = relativeTo(name, unescapeHtml(address));
      return ` ${attribute}="${escapeHtml(target)}"`;
    })
    .replace(/ data-page="([^"]*)"/, (_, text: string) => {
      const data = JSON.parse(unescapeHtml(text)) as PageData;
      const there: PageData = {
        ...data,
        root: '../'.repeat(name.split('/').length - 1),
        documents: relativeTo(name, data.documents),
        results: relativeTo(name, data.results),
      };
      return trusted(` data-page="${escapeHtml(JSON.stringify(there))}"`).html;
    });
}

const unescapeHtml = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
