import type { Finding } from '../meaning/body.ts';
import type { DomElement } from '../html/dom.ts';
import type { FindingCode } from '../html/reading.ts';
import type { Lines } from '../find/lines.ts';

/** Words a finding, with the detail that the reader met. */
export function findingOf(
  code: Code,
  place: { readonly line: number; readonly column: number },
  detail: string,
): Finding {
  const { severity, message, hint } = wording[code];
  const short = detail.length > 80 ? `${detail.slice(0, 77)}...` : detail;
  return { severity, code, ...place, message: message.replace('%', () => short.replace(/\s+/gu, ' ')), hint };
}

export type StructureCode =
  | 'BODY_TOO_LARGE'
  | 'BODY_TOO_COMPLEX'
  | 'CONFLICT_MARKERS'
  | 'UNCLOSED_TAG'
  | 'ANCHOR_UNKNOWN'
  | 'FOOTNOTE'
  | 'IMAGE_IN_TEXT'
  | 'NOTE_UNUSED'
  | 'HEADING_NAME';

/** Syntax of other tools, which readers would see as it is. */
export type ForeignCode =
  | 'ADMONITION'
  | 'TEMPLATE_TAG'
  | 'MODULE_LINE'
  | 'COMPONENT'
  | 'WIKI_LINK'
  | 'FORMULA'
  | 'HIGHLIGHT'
  | 'PRIVATE_REMARK'
  | 'ATTRIBUTE_LIST'
  | 'DIAGRAM';

const wording: Readonly<Record<Code, { severity: Finding['severity']; message: string; hint: string }>> = {
  ADMONITION: {
    severity: 'warning',
    message: 'Readers see "%" as it is: it makes a box or a tab in another tool.',
    hint: 'End the box, or write a callout: a quotation that begins with "> [!NOTE]", "> [!TIP]" or "> [!WARNING]", also with a title behind it.',
  },
  TEMPLATE_TAG: {
    severity: 'warning',
    message: 'Readers see "%" as it is: templates are not filled in here.',
    hint: 'Write what it would stand for, or put it between backticks where readers are to see it.',
  },
  MODULE_LINE: {
    severity: 'warning',
    message: 'Readers see "%" as it is: nothing is imported or run here.',
    hint: 'Remove the line, and write what it brought in as Markdown.',
  },
  COMPONENT: {
    severity: 'warning',
    message: 'The component % is not known here; readers see only the text in it.',
    hint: 'Write it as Markdown.',
  },
  WIKI_LINK: {
    severity: 'warning',
    message: 'Readers see "%" as it is: it is not a link here.',
    hint: 'Write a link to the file: [words](path/to/file.md).',
  },
  FORMULA: {
    severity: 'warning',
    message: 'Readers see "%" as it is: Intercom does not show formulas.',
    hint: 'Use a picture of the formula, or words.',
  },
  HIGHLIGHT: {
    severity: 'warning',
    message: 'Readers see "%" as it is: Intercom has no highlighted text.',
    hint: 'Use bold text instead.',
  },
  PRIVATE_REMARK: {
    severity: 'warning',
    message: 'Readers see "%": it is hidden in another tool only.',
    hint: 'Write it as a comment, which nobody is sent: <!-- words -->.',
  },
  ATTRIBUTE_LIST: {
    severity: 'warning',
    message: 'Readers see "%" as it is: it styles a block in another tool.',
    hint: 'Take it out, or write a callout where it made a box: "> [!NOTE]".',
  },
  DIAGRAM: {
    severity: 'warning',
    message: 'Readers see the source of a % diagram: Intercom draws none.',
    hint: 'Use a picture of the diagram.',
  },
  UNSAFE_HTML: {
    severity: 'error',
    message: 'The body holds %, which can run code or style the whole page.',
    hint: 'Remove it; nothing of that kind is ever sent.',
  },
  UNSAFE_ADDRESS: {
    severity: 'error',
    message: 'The address "%" can run code or does not lead to a page.',
    hint: 'Use an address that begins with https:, http:, mailto: or tel:, or a path to another file.',
  },
  ODD_SCHEME: {
    severity: 'warning',
    message: 'Intercom takes the link away from the address "%".',
    hint: 'Use an address that begins with https:, http:, mailto: or tel:.',
  },
  FORM_REMOVED: {
    severity: 'warning',
    message: 'Intercom removes % with what is in it.',
    hint: 'Take it out, or link to a page that has the form.',
  },
  EMPTY_LIST: {
    severity: 'error',
    message: 'A list has no item with content; Intercom refuses such a body.',
    hint: 'Fill an item or remove the list.',
  },
  EMPTY_TABLE: {
    severity: 'error',
    message: 'A table has no cells; Intercom refuses such a body.',
    hint: 'Fill the table or remove it.',
  },
  TABLE_IN_LIST: {
    severity: 'error',
    message: 'There is a table in a list item. Intercom refuses such a text.',
    hint: 'Move the table below the list.',
  },
  TABLE_IN_TABLE: {
    severity: 'error',
    message: 'There is a table in a table. Intercom refuses such a text.',
    hint: 'Move the inner table out.',
  },
  DEFINITION_LIST: {
    severity: 'error',
    message: 'The body holds a definition list (<dl>); Intercom refuses it.',
    hint: 'Use a list with bold terms, or a table.',
  },
  UNKNOWN_PLAYER: {
    severity: 'error',
    message: 'The frame "%" is not of a video player that Intercom accepts.',
    hint: 'Use YouTube, Vimeo, Wistia, Loom, Vidyard or Streamio, or link to the page instead.',
  },
  IMAGE_DATA: {
    severity: 'error',
    message: 'An image is written into the text as data; Intercom refuses it.',
    hint: 'Save the image as a file and refer to that.',
  },
  IMAGE_WITHOUT_ADDRESS: {
    severity: 'warning',
    message: 'An image has no address and is left out.',
    hint: 'Give it an address or remove it.',
  },
  UNKNOWN_ELEMENT: {
    severity: 'warning',
    message: 'Intercom may drop % and keep only its text.',
    hint: 'Use bold, italics or code where the difference matters.',
  },
  QUOTE_AS_CALLOUT: {
    severity: 'warning',
    message: 'Intercom has no quotations; this one is shown as a grey callout.',
    hint: 'To choose a color, begin it with a line such as [!NOTE], [!TIP] or [!WARNING].',
  },
  BOX_INSIDE: {
    severity: 'warning',
    message:
      'Intercom shows no box for a quotation or a callout here, within another one, a list or a table.',
    hint: 'Move it out, or begin it with a bold word.',
  },
  LOOK_DROPPED: {
    severity: 'warning',
    message: 'Intercom takes % away, with what it does to how the text looks.',
    hint: 'Use a callout for a box, bold or italics for words, and "<!-- align: center -->" for a place.',
  },
  LIST_START: {
    severity: 'warning',
    message: 'Intercom counts every list from 1; this one starts at %.',
    hint: 'Keep content between the steps inside the items, so that the list need not be interrupted.',
  },
  TASK_BOX: {
    severity: 'warning',
    message: 'Intercom has no task boxes; readers see plain list items.',
    hint: 'Write the state in words where it matters.',
  },
  HEADING_DEPTH: {
    severity: 'warning',
    message: 'Intercom has three levels of headings; "%" is deeper and is raised to the third.',
    hint: 'Use fewer levels of headings.',
  },
  BODY_TOO_LARGE: {
    severity: 'error',
    message: 'The body is too large to be converted (%).',
    hint: 'Split the article.',
  },
  BODY_TOO_COMPLEX: {
    severity: 'error',
    message: 'The body cannot be converted in reasonable time (%).',
    hint: 'Look for unclosed tags, endless nesting or pasted data at this place.',
  },
  CONFLICT_MARKERS: {
    severity: 'error',
    message: 'The body holds conflict markers (%).',
    hint: 'Settle the conflict and remove the markers.',
  },
  UNCLOSED_TAG: {
    severity: 'warning',
    message: 'The tag % is never closed.',
    hint: 'Close it, or write &lt; where you mean the sign.',
  },
  ANCHOR_UNKNOWN: {
    severity: 'warning',
    message: 'The link "%" leads to a heading that is not in this article.',
    hint: "Use the heading's words in lower case with hyphens.",
  },
  FOOTNOTE: {
    severity: 'warning',
    message: 'Intercom has no footnotes; readers see "%" as plain text.',
    hint: 'Write the remark in parentheses or in a callout.',
  },
  IMAGE_IN_TEXT: {
    severity: 'warning',
    message: 'Intercom gives every image a line of its own, so this text is cut at the image.',
    hint: 'Put the image into a paragraph of its own.',
  },
  HEADING_NAME: {
    severity: 'warning',
    message: 'Readers see "%" at the end of this heading. Links to that name lead to it all the same.',
    hint: "Take it out, and let links name the heading's words in lower case with hyphens.",
  },
  NOTE_UNUSED: {
    severity: 'warning',
    message: 'The comment % does nothing here.',
    hint: 'Put it on the line before the block that it is meant for.',
  },
};

type Code = FindingCode | StructureCode | ForeignCode;

/** Findings of one kind after which the rest is left out. */
const mostFindings = 50;

function keyOf(code: Code, detail: string): string {
  return toldEach.has(code) ? `${code} ${detail}` : code;
}

/** Warnings reported one by one, since each is about something else. */
const toldEach: ReadonlySet<Code> = new Set([
  'UNKNOWN_ELEMENT',
  'UNCLOSED_TAG',
  'ANCHOR_UNKNOWN',
  'ODD_SCHEME',
  'FORM_REMOVED',
]);

/**
 * Collects findings: an error each time, a warning once for what it is about or once for a body, and no kind more than
 * fifty times.
 */
export class Findings {
  readonly list: Finding[] = [];
  readonly #told = new Map<string, number>();
  readonly #text: string;
  readonly #lines: Lines;
  #components: ReadonlySet<string> | null = null;
  /** The stretch that is being read, and whether its nodes know their places in it. */
  #unit = { start: 0, end: 0, exact: true };

  constructor(text: string, lines: Lines) {
    this.#text = text;
    this.#lines = lines;
  }

  enter(start: number, end: number, exact: boolean): void {
    this.#unit = { start, end, exact };
  }

  readonly report = (code: FindingCode, node: DomElement, detail = ''): void => {
    if (this.#isTold(code, detail) || (code === 'UNKNOWN_ELEMENT' && this.#isToldOtherwise(detail))) return;
    const { start, end, exact } = this.#unit;
    if (exact) return this.add(code, start + Math.max(0, node.start), detail);
    // Nodes made from Markdown have no place of their own, but what they are reported for can be found.
    const wanted = detail.replace(/>$/u, '');
    const found = wanted === '' ? -1 : this.#text.indexOf(wanted, start);
    this.add(code, found === -1 || found >= end ? start : found, detail);
  };

  add(code: Code, offset: number, detail: string): void {
    if (this.#isTold(code, detail)) return;
    const finding = findingOf(code, this.#lines.placeOf(offset), detail);
    const key = keyOf(code, detail);
    this.#told.set(code, (this.#told.get(code) ?? 0) + 1);
    if (finding.severity === 'warning') this.#told.set(key, mostFindings);
    this.list.push(finding);
  }

  /** Components are told as such, and the parts of a definition list with it. */
  #isToldOtherwise(element: string): boolean {
    this.#components ??= new Set(
      [...this.#text.matchAll(/<([A-Z][A-Za-z0-9.]*)(?=[\s/>])/gu)].map(([, name = '']) =>
        name.toLowerCase(),
      ),
    );
    const name = element.slice(1, -1);
    return name === 'dt' || name === 'dd' || this.#components.has(name);
  }

  #isTold(code: Code, detail: string): boolean {
    return [code, keyOf(code, detail)].some((key) => (this.#told.get(key) ?? 0) >= mostFindings);
  }
}
