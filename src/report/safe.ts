/**
 * Makes text from outside harmless for terminals and logs: control characters, bidirectional overrides and other
 * invisible format characters are shown as escapes, so that no title can move the cursor, hide or forge a line.
 */
export function safe(text: string): string {
  return text.replace(unseen, shown);
}

/** The same for text that must stay on one line. */
export function safeLine(text: string): string {
  return safe(text).replace(/[\n\t]+/g, ' ');
}

/**
 * The last wall before a terminal or a log: whatever was put together, it holds nothing unseen but the colours that
 * were asked for, and no line that a CI runner takes for a command (`::error` at its head, `##[` anywhere).
 */
export function printable(text: string, hasColor: boolean): string {
  return text
    .replace(hasColor ? unseenButColor : unseen, (found) => (found.length > 2 ? found : shown(found)))
    .replace(/^((?:\u001b\[\d{1,2}m|\s)*):(?=:)/gm, '$1\\u{3a}')
    .replaceAll('##[', '#\\u{23}[');
}

/** JSON with the same value, in which everything unseen is written as an escape and nothing is a command. */
export function printableJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent)
    .replace(unseen, (found) =>
      // A character beyond the first 65,536 is two escapes to JSON.
      Array.from({ length: found.length }, (_, at) => found.charCodeAt(at).toString(16).padStart(4, '0'))
        .map((code) => `\\u${code}`)
        .join(''),
    )
    .replaceAll('##[', '#\\u0023[');
}

// C0 but line feed and tab, DEL, C1, Arabic marks, zero-width space, bidi controls, line and paragraph separators, invisible
// operators, BOM, tags, halves of a character. Joiners and the soft hyphen belong to words and emoji, and stay.
const unseen =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]|\p{Surrogate}/gu;

const unseenButColor = new RegExp(`\\u001b\\[\\d{1,2}m|${unseen.source}`, 'gu');

const shown = (character: string): string => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
