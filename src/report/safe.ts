/**
 * Makes text from outside harmless for terminals and logs: control characters, bidirectional overrides and other
 * invisible format characters are shown as escapes, so that no title can move the cursor, hide or forge a line.
 */
export function safe(text: string): string {
  return text.replace(
    // C0 but line feed and tab, DEL, C1, soft hyphen kept, Arabic marks, zero-width and bidi controls, line and paragraph separators, BOM, tags.
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
}

/** The same for text that must stay on one line. */
export function safeLine(text: string): string {
  return safe(text).replace(/[\n\t]+/g, ' ');
}
