/** Elements that run, load or ask for something; neither printer ever writes one. */
export const unsafeTags: ReadonlySet<string> = new Set([
  'script',
  'style',
  'object',
  'embed',
  'applet',
  'svg',
  'math',
  'base',
  'meta',
  'link',
  'frame',
  'frameset',
  'noscript',
  'template',
  'portal',
  'xml',
  'title',
  'textarea',
  'xmp',
  'noembed',
  'noframes',
  'plaintext',
  'html',
  'head',
  'body',
  'animate',
  'set',
  'foreignobject',
  'marquee',
  'bgsound',
  'layer',
  'ilayer',
  'import',
]);

/** Elements that ask the reader for something; Intercom removes them with what is in them. */
export const formTags: ReadonlySet<string> = new Set([
  'form',
  'input',
  'select',
  'option',
  'optgroup',
  'datalist',
]);

/** Tells whether a tag is named as tags are; parsers take nearly anything for a name. */
export function isTagName(name: string): boolean {
  return /^[a-z][a-z0-9-]*$/u.test(name);
}

export function isAttributeName(name: string): boolean {
  return /^[a-z][a-z0-9:._-]*$/iu.test(name);
}

/** Tells whether an attribute can run something or send the reader somewhere, whatever its value. */
export function isUnsafeAttribute(name: string, value: string): boolean {
  const lower = name.toLowerCase();
  if (lower.startsWith('on') || unsafeAttributes.has(lower)) return true;
  if (addressAttributes.has(lower)) return addressSafety(value) === 'unsafe';
  if (lower === 'srcset') return value.split(',').some((part) => addressSafety(part.trim()) === 'unsafe');
  if (lower === 'style') return isUnsafeStyle(value);
  return false;
}

/**
 * Judges an address after removing what browsers skip: `unsafe` can run something, `odd` is of a scheme that
 * Intercom takes the link away from.
 */
export function addressSafety(url: string): 'safe' | 'odd' | 'unsafe' {
  const bare = url.replace(invisible, '');
  const scheme = /^([^/?#:]*):/u.exec(bare)?.[1]?.toLowerCase();
  if (scheme === undefined || safeSchemes.has(scheme)) return 'safe';
  if (/^[a-z][a-z0-9+.-]*$/u.test(scheme)) return unsafeSchemes.has(scheme) ? 'unsafe' : 'odd';
  // Not a scheme for a browser, unless somebody decodes it once more.
  return /^\W*(?:java|vb|live)script/u.test(decodeOnce(scheme)) || scheme === 'data' ? 'unsafe' : 'safe';
}

function isUnsafeStyle(style: string): boolean {
  // Comments and backslashes are how such words are hidden; honest styles of cells and callouts have neither.
  return /\\|\/\*|expression\s*\(|url\s*\(|@import|behavior\s*:|-moz-binding|javascript|vbscript|position\s*:/iu.test(
    style.replace(invisible, ' '),
  );
}

function decodeOnce(text: string): string {
  return text
    .replace(/%([0-9a-f]{2})/giu, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replace(invisible, '')
    .toLowerCase();
}

// Control characters, white space and zero-width characters.
const invisible = /[\u0000-\u0020\u007f-\u00a0\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u2064\ufeff]+/gu;

const unsafeAttributes: ReadonlySet<string> = new Set([
  'srcdoc',
  'formaction',
  'action',
  'ping',
  'background',
  'dynsrc',
  'lowsrc',
  'http-equiv',
  'manifest',
  'codebase',
  'classid',
  'code',
  'archive',
  'nonce',
  'is',
  'autofocus',
  'contenteditable',
  'accesskey',
  'popover',
]);

const addressAttributes: ReadonlySet<string> = new Set([
  'href',
  'src',
  'xlink:href',
  'cite',
  'poster',
  'data',
  'longdesc',
  'usemap',
  'profile',
]);

const safeSchemes: ReadonlySet<string> = new Set(['http', 'https', 'mailto', 'tel']);

const unsafeSchemes: ReadonlySet<string> = new Set([
  'javascript',
  'vbscript',
  'livescript',
  'mocha',
  'data',
  'blob',
  'file',
  'filesystem',
  'about',
  'jar',
  'view-source',
  'feed',
  'wyciwyg',
  'ms-its',
  'mhtml',
  'resource',
  'chrome',
  'x-javascript',
  'xmpp',
  'behavior',
]);
