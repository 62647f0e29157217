/** The syntax of a Markdown text, with the offsets of every node in it. */
export type MdBlock =
  MdParagraph | MdHeading | MdRule | MdQuote | MdList | MdCode | MdHtml | MdTable | MdFootnote;

/** A stretch of the text: where it begins, and where what follows it does. */
export interface Placed {
  readonly start: number;
  readonly end: number;
}

/** Raw HTML, and where each of its lines begins in the text: quote marks and indentation are not part of it. */
export interface RawHtml {
  readonly html: string;
  readonly lines: readonly { readonly at: number; readonly start: number }[];
}

export interface MdParagraph extends Placed {
  readonly type: 'paragraph';
  readonly children: readonly MdInline[];
}

export interface MdHeading extends Placed {
  readonly type: 'heading';
  readonly level: number;
  readonly children: readonly MdInline[];
}

export interface MdRule extends Placed {
  readonly type: 'rule';
}

export interface MdQuote extends Placed {
  readonly type: 'quote';
  /** What kind of box another tool makes of it; missing for a quotation. Its title is its first paragraph. */
  readonly box?: string;
  readonly children: readonly MdBlock[];
}

export interface MdList extends Placed {
  readonly type: 'list';
  readonly ordered: boolean;
  readonly first: number;
  readonly items: readonly MdItem[];
}

export interface MdItem extends Placed {
  /** State of the task box, `null` when there is none. */
  readonly checked: boolean | null;
  readonly children: readonly MdBlock[];
}

export interface MdCode extends Placed {
  readonly type: 'code';
  readonly info: string | null;
  readonly text: string;
}

export interface MdHtml extends Placed, RawHtml {
  readonly type: 'html';
}

export interface MdTable extends Placed {
  readonly type: 'table';
  readonly align: readonly ('left' | 'center' | 'right' | null)[];
  readonly rows: readonly (readonly (readonly MdInline[])[])[];
  /** The line of each row. */
  readonly lines: readonly Placed[];
}

export interface MdFootnote extends Placed {
  readonly type: 'footnote';
  readonly label: string;
  readonly children: readonly MdBlock[];
}

export type MdInline =
  | (Placed & { readonly type: 'text'; readonly text: string })
  | (Placed & { readonly type: 'strong' | 'emphasis' | 'strike'; readonly children: readonly MdInline[] })
  | (Placed & { readonly type: 'code'; readonly text: string })
  | (Placed & { readonly type: 'break' })
  | (Placed & RawHtml & { readonly type: 'html' })
  | (Placed & {
      readonly type: 'link';
      readonly url: string;
      /** Where the address is spelled: in the link itself, or in the definition that it names. */
      readonly address: Placed;
      readonly title: string | null;
      readonly children: readonly MdInline[];
    })
  | (Placed & {
      readonly type: 'image';
      readonly url: string;
      readonly address: Placed;
      readonly title: string | null;
      readonly alt: string;
    })
  | (Placed & { readonly type: 'footnote'; readonly label: string });

/** Signs that may turn out to be emphasis, or the start of a link, while the text around is still being read. */
export interface PendingSigns extends Placed {
  readonly type: 'signs';
  readonly text: string;
}

/** A block that no other blocks are in. */
export type MdLeaf = Exclude<MdBlock, MdQuote | MdFootnote | MdList>;

/** Shows all of these to `visit` that are in some blocks, at any depth, in the order of the text. */
export function eachLeaf(blocks: readonly MdBlock[], visit: (leaf: MdLeaf) => void): void {
  for (const block of blocks) {
    if (block.type === 'quote' || block.type === 'footnote') eachLeaf(block.children, visit);
    else if (block.type === 'list') for (const item of block.items) eachLeaf(item.children, visit);
    else visit(block);
  }
}
