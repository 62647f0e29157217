import type { ListedHeading } from './article-view.ts';
import { attribute, classesOf, hasClass, isBlank, parseHtml } from './html.ts';
import type { SourceElement, SourceNode } from './html.ts';
import { escapeHtml } from './safe-html.ts';
import { signOf } from './page-icons.ts';
import type { Safe } from './safe-html.ts';

/** What a body is shown with. */
export interface PageContext {
  /** Links that begin with it stay in this window. */
  readonly root: string;
  /** Where a picture is shown from, null where it is not at hand, and how it is named where nobody wrote a text for it. */
  picture(source: string): { readonly shown: string | null; readonly name: string };
  /** The id under which a heading can be linked to, from its own one and its text; null for none. */
  anchor(id: string | null, text: string): string | null;
  /** What a table is called where nobody sees it, in the reader's language. */
  readonly tableLabel: string;
}

/** A body as HTML, and the headings in it that can be linked to. */
export interface PageBody {
  readonly html: Safe;
  /** The same, cut into its blocks. */
  readonly parts: readonly string[];
  readonly headings: readonly ListedHeading[];
}

/**
 * A body as a page shows it. Only what is listed here gets through, so that even a body that was stored as it is
 * cannot bring in scripts, styles or pictures from elsewhere.
 */
export function printPageBody(body: string, page: PageContext): PageBody {
  const headings: ListedHeading[] = [];
  const context = { ...page, headings };
  const parts = parseHtml(body).map((node) => printNode(context, node));
  return { html: { html: parts.join('') }, parts, headings };
}

type Context = PageContext & { readonly headings: ListedHeading[] };

/** Elements that stay, under the name that fits a page with a title of its own. */
const kept: ReadonlyMap<string, string> = new Map([
  ['p', 'p'],
  ['h1', 'h2'],
  ['h2', 'h3'],
  ['h3', 'h4'],
  ['h4', 'h5'],
  ['h5', 'h6'],
  ['h6', 'h6'],
  ['ul', 'ul'],
  ['ol', 'ol'],
  ['li', 'li'],
  ['table', 'table'],
  ['tbody', 'tbody'],
  ['tr', 'tr'],
  ['td', 'td'],
  ['b', 'strong'],
  ['i', 'em'],
  ['code', 'code'],
  ['pre', 'pre'],
  ['blockquote', 'blockquote'],
  ['details', 'details'],
  ['summary', 'summary'],
  ['u', 'u'],
  ['s', 's'],
  ['del', 'del'],
  ['sup', 'sup'],
  ['sub', 'sub'],
]);

function printAll(context: Context, nodes: readonly SourceNode[]): string {
  return nodes.map((node) => printNode(context, node)).join('');
}

function printNode(context: Context, node: SourceNode): string {
  if (node.type === 'text') return escapeHtml(node.value);
  if (node.type !== 'element') return '';
  const inside = (): string => printAll(context, node.children);
  switch (node.tagName) {
    case 'script':
    case 'style':
    case 'template':
    case 'textarea':
      return '';
    case 'br':
    case 'hr':
      return `<${node.tagName}>`;
    case 'p':
      return `<p${classes([alignment(node), tight(node)])}>${isEmpty(node) ? '<br>' : inside()}</p>`;
    case 'a':
      return link(context, node, inside());
    case 'img':
      return image(context, node);
    case 'iframe':
      return video(node);
    case 'div':
      return division(context, node, inside());
    case 'td':
      return `<td${spans(node)}${classes([tint(node)])}>${inside()}</td>`;
    default: {
      const tag = kept.get(node.tagName);
      if (tag === undefined) return inside();
      const id = /^h\d$/.test(tag) ? context.anchor(attribute(node, 'id'), textOf(node)) : null;
      const text = textOf(node).trim();
      if (id !== null && text !== '') context.headings.push({ level: Number(tag.charAt(1)), id, text });
      const anchor = id === null ? '' : ` id="${escapeHtml(id)}"`;
      return `<${tag}${anchor}${classes([alignment(node)])}>${inside()}</${tag}>`;
    }
  }
}

function division(context: Context, node: SourceElement, inside: string): string {
  if (hasClass(node, 'intercom-interblocks-callout')) {
    const color = tint(node) ?? 'grey';
    return `<div role="note"${classes(['callout', color])}>${signOf(color).html}${inside}</div>`;
  }
  if (hasClass(node, 'intercom-interblocks-table-container')) {
    return `<div class="table" role="region" aria-label="${escapeHtml(context.tableLabel)}" tabindex="0">${inside}</div>`;
  }
  if (hasClass(node, 'intercom-container'))
    return `<div${classes(['block', alignment(node)])}>${inside}</div>`;
  return `<div>${inside}</div>`;
}

function link(context: Context, node: SourceElement, inside: string): string {
  const href = attribute(node, 'href') ?? '';
  if (!/^(?:https?:|mailto:|tel:|#|\/(?!\/))/i.test(href)) return inside;
  const inner = href.startsWith('#') || href === context.root || href.startsWith(`${context.root}/`);
  const window = inner ? '' : ' target="_blank" rel="noopener noreferrer"';
  const button = classes([hasClass(node, 'intercom-h2b-button') ? 'button' : null]);
  return `<a href="${escapeHtml(href)}"${window}${button}>${inside}</a>`;
}

/** A picture whose bytes are not at hand is named by its text. */
function image(context: Context, node: SourceElement): string {
  const alt = attribute(node, 'alt') ?? '';
  const { shown, name } = context.picture(attribute(node, 'src') ?? '');
  if (shown === null) {
    const words = alt === '' ? name : alt;
    return `<span class="missing" role="img" aria-label="${escapeHtml(words)}">${escapeHtml(words)}</span>`;
  }
  const size = ['width', 'height'].map((name) => {
    const value = attribute(node, name);
    return value !== null && /^\d{1,5}$/.test(value) ? ` ${name}="${value}"` : '';
  });
  return `<img src="${escapeHtml(shown)}" alt="${escapeHtml(alt)}"${size.join('')} loading="lazy">`;
}

function video(node: SourceElement): string {
  const source = attribute(node, 'src') ?? '';
  if (!/^https?:/i.test(source) || !URL.canParse(source)) return '';
  const host = escapeHtml(new URL(source).hostname.replace(/^(?:www|player)\./, ''));
  return `<a class="video" href="${escapeHtml(source)}" target="_blank" rel="noopener noreferrer">${host}</a>`;
}

function spans(node: SourceElement): string {
  return ['colspan', 'rowspan']
    .map((name) => {
      const value = attribute(node, name);
      return value !== null && /^\d{1,3}$/.test(value) ? ` ${name}="${value}"` : '';
    })
    .join('');
}

function classes(names: readonly (string | null)[]): string {
  const given = names.filter((one) => one !== null);
  return given.length === 0 ? '' : ` class="${given.join(' ')}"`;
}

/** Intercom's page puts no space around such a paragraph: that is what the empty ones between blocks are for. */
function tight(node: SourceElement): string | null {
  return hasClass(node, 'no-margin') ? 'tight' : null;
}

function alignment(node: SourceElement): string | null {
  const found = classesOf(node).find((one) => /^intercom-align-(?:center|right|justify)$/.test(one));
  return found?.replace('intercom-', '') ?? null;
}

function textOf(node: SourceNode): string {
  if (node.type === 'text') return node.value;
  return node.type === 'element' ? node.children.map(textOf).join('') : '';
}

function isEmpty(node: SourceNode): boolean {
  if (node.type === 'text') return isBlank(node.value);
  return (
    node.type === 'element' && node.tagName !== 'img' && node.tagName !== 'br' && node.children.every(isEmpty)
  );
}

const tints: readonly (readonly [name: string, red: number, green: number, blue: number])[] = [
  ['grey', 0xe8, 0xe8, 0xe8],
  ['blue', 0xe3, 0xe7, 0xfa],
  ['green', 0xd7, 0xef, 0xdc],
  ['red', 0xfe, 0xd9, 0xdb],
  ['yellow', 0xfe, 0xed, 0xaf],
];

/** The nearest of the editor's five colours; null where there is no colour. */
function tint(node: SourceElement): string | null {
  const value = /background-color:\s*([^;]+)/i.exec(attribute(node, 'style') ?? '')?.[1] ?? '';
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})/i
    .exec(value)
    ?.slice(1)
    .map((one) => parseInt(one, 16));
  const decimal = /^rgba?\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+)/i.exec(value)?.slice(1).map(Number);
  const [red, green, blue] = hex ?? decimal ?? [];
  if (red === undefined || green === undefined || blue === undefined) return null;
  let best: { name: string; distance: number } | null = null;
  for (const [name, r, g, b] of tints) {
    const distance = (r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2;
    if (best === null || distance < best.distance) best = { name, distance };
  }
  return best?.name ?? null;
}
