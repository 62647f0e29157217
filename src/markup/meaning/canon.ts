/**
 * What a body means, freed of how either side spells it. Both readers end here and both printers start
 * here. Members marked "not compared" ride along because one side can hold them and the other cannot.
 */
export type Canon =
  | Paragraph
  | Heading
  | Picture
  | CodeBlock
  | List
  | Table
  | Rule
  | Callout
  | Section
  | Video
  | Button
  | RawElement;

export type Alignment = 'center' | 'right' | 'justify';

export interface Paragraph {
  readonly kind: 'paragraph';
  readonly align: Alignment | null;
  readonly runs: readonly Run[];
  /** Attributes that have no meaning here but must not be thrown away, such as `dir`. */
  readonly attributes: Attributes;
}

export interface Heading {
  readonly kind: 'heading';
  readonly level: number;
  readonly align: Alignment | null;
  readonly runs: readonly Run[];
  readonly attributes: Attributes;
  /** The remote's name for it; not compared. */
  readonly id: string | null;
}

/** An image in a place of its own. */
export interface Picture {
  readonly kind: 'image';
  readonly align: Alignment | null;
  readonly image: Image;
}

export interface Image {
  readonly ref: string;
  readonly alt: string;
  /** Only of an image somebody resized, which has a width and no height. */
  readonly width: string | null;
  /** Where it leads when it is a link. */
  readonly link: Link | null;
  /** Not compared: the remote drops it. */
  readonly title: string | null;
}

export interface CodeBlock {
  readonly kind: 'code';
  readonly text: string;
  /** The info string; not compared: the remote drops it. */
  readonly language: string | null;
}

export interface List {
  readonly kind: 'list';
  readonly ordered: boolean;
  readonly items: readonly Item[];
  /** Not compared: the remote counts from 1. */
  readonly start: number;
}

export interface Item {
  readonly blocks: readonly Canon[];
  /** State of a task box, `null` when there is none; not compared: the remote drops it. */
  readonly checked: boolean | null;
}

export interface Table {
  readonly kind: 'table';
  /** Tint of the first row when it is one and not the usual one. */
  readonly header: string | null;
  readonly rows: readonly (readonly Cell[])[];
}

export interface Cell {
  readonly blocks: readonly Canon[];
  readonly tint: string | null;
  readonly colspan: number;
  readonly rowspan: number;
  /** The remote's whole style, empty for none, null where it is not known; not compared. */
  readonly style: string | null;
}

export interface Rule {
  readonly kind: 'rule';
}

/** A tinted box. A Markdown quotation is a grey one: the remote has nothing nearer. */
export interface Callout {
  readonly kind: 'callout';
  readonly color: CalloutColor;
  readonly blocks: readonly Canon[];
  /** Whether Markdown wrote it as a plain quotation; not compared. */
  readonly quote: boolean;
}

export type CalloutColor = 'blue' | 'green' | 'yellow' | 'red' | 'grey';

/** A collapsible section. */
export interface Section {
  readonly kind: 'section';
  readonly summary: readonly Canon[];
  readonly blocks: readonly Canon[];
}

export interface Video {
  readonly kind: 'video';
  readonly player: string;
  readonly id: string;
  /** The address as found; not compared, for it spells the same video in many ways. */
  readonly src: string;
}

export interface Button {
  readonly kind: 'button';
  readonly align: Alignment | null;
  readonly ref: string;
  readonly runs: readonly Run[];
}

/** An element that neither side has a word for; kept as it is. */
export interface RawElement {
  readonly kind: 'element';
  readonly tag: string;
  readonly attributes: Attributes;
  readonly blocks: readonly Canon[];
}

/** Names and values, sorted by name. */
export type Attributes = readonly (readonly [name: string, value: string])[];

/** A stretch of text with everything that applies to it; neighbours differ in what applies. */
export type Run = TextRun | BreakRun | ImageRun;

export interface TextRun {
  readonly kind: 'text';
  readonly text: string;
  readonly marks: readonly Mark[];
  readonly link: Link | null;
}

export interface BreakRun {
  readonly kind: 'break';
  readonly marks: readonly Mark[];
  readonly link: Link | null;
}

export interface ImageRun {
  readonly kind: 'image';
  readonly image: Image;
  readonly marks: readonly Mark[];
  readonly link: Link | null;
}

/**
 * The inside of an opening tag: `b`, `i`, `s`, `code`, or anything else such as `span style="color: red"`.
 * A run lists its marks in one fixed order, so that nesting does not count.
 */
export type Mark = string;

export interface Link {
  readonly ref: string;
  /** Not compared: the remote drops it. */
  readonly title: string | null;
  /** Of links side by side to one place, every second one, so that they stay apart; not compared. */
  readonly beside?: true;
}
