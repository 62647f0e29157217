import { type Token, Tokenizer, TokenizerMode } from 'parse5';

/** The value of an attribute, decoded and without spaces around it, and where it is written. */
export interface AttributeValue {
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

export interface StartTag {
  readonly name: string;
  readonly start: number;
  /** Null where the tag has no such attribute. */
  readonly valueOf: (attribute: string) => AttributeValue | null;
}

/** Reads the start tags of some HTML as a browser does: none in comments, nor in what is no markup. Check its size first. */
export function startTagsOf(html: string): readonly StartTag[] {
  const tags: StartTag[] = [];
  const ignore = (): void => undefined;
  const tokenizer: Tokenizer = new Tokenizer(
    { sourceCodeLocationInfo: true },
    {
      onStartTag(token) {
        tags.push(startTag(html, token));
        tokenizer.state = modes.get(token.tagName) ?? tokenizer.state;
      },
      onEndTag: ignore,
      onComment: ignore,
      onDoctype: ignore,
      onEof: ignore,
      onCharacter: ignore,
      onNullCharacter: ignore,
      onWhitespaceCharacter: ignore,
    },
  );
  tokenizer.write(html, true);
  return tags;
}

function startTag(html: string, { tagName, attrs, location }: Token.TagToken): StartTag {
  return {
    name: tagName,
    start: location?.startOffset ?? 0,
    valueOf(attribute) {
      const value = attrs.find((one) => one.name === attribute)?.value;
      const place = location?.attrs?.[attribute];
      if (value === undefined || place === undefined) return null;
      const { startOffset, endOffset } = place;
      const sign = html.indexOf('=', startOffset);
      if (sign === -1 || sign >= endOffset) return { value: '', start: endOffset, end: endOffset };
      const written = html.slice(sign + 1, endOffset);
      const bare = written
        .trim()
        .replace(/^(["'])(.*)\1$/su, '$2')
        .trim();
      const start = sign + 1 + written.indexOf(bare);
      return { value: value.trim(), start, end: start + bare.length };
    },
  };
}

/** Elements whose content is no markup. */
const modes: ReadonlyMap<string, (typeof TokenizerMode)[keyof typeof TokenizerMode]> = new Map([
  ['title', TokenizerMode.RCDATA],
  ['textarea', TokenizerMode.RCDATA],
  ['style', TokenizerMode.RAWTEXT],
  ['xmp', TokenizerMode.RAWTEXT],
  ['iframe', TokenizerMode.RAWTEXT],
  ['noembed', TokenizerMode.RAWTEXT],
  ['noframes', TokenizerMode.RAWTEXT],
  ['noscript', TokenizerMode.RAWTEXT],
  ['script', TokenizerMode.SCRIPT_DATA],
  ['plaintext', TokenizerMode.PLAINTEXT],
]);
