/* The syntax of other tools, which readers would see as it is: reported once for each kind in a text. */
import { eachLeaf, type MdBlock, type MdInline, type MdLeaf } from '../markdown/markdown-tree.ts';
import { withoutCode } from '../find/wiki-links.ts';
import type { Findings, ForeignCode } from './findings.ts';

/** What is in a paragraph or a heading, by the code of its finding. */
const inText: readonly (readonly [ForeignCode, RegExp])[] = [
  ['ADMONITION', /^[ \t]*(?::{3,}[ \t]*\w|(?:!{3}|\?{3}\+?)[ \t]+\w|===[!+]?[ \t]+")[^\n]*/mu],
  ['TEMPLATE_TAG', /\{%[^\n]{0,200}?%\}|\{\{[^\n]{0,200}?\}\}|^--8<--[^\n]*/mu],
  ['MODULE_LINE', /^(?:import[ \t][^\n]*['"]|export[ \t]+(?:const|let|default|function|class)\b)[^\n]*/mu],
  ['WIKI_LINK', /(?<![\\\w])\[\[(?!\s|\d+\])[^[\]\n]{1,200}\]\](?!\()/u],
  [
    'FORMULA',
    /\$\$[^$]{1,2000}\$\$|(?<![\w$\\])\$(?=[^\s$])[^$\n\\^_{}]{0,200}[\\^_{}][^$\n]{0,200}(?<=[^\s\\])\$(?![\w$])/u,
  ],
  ['PRIVATE_REMARK', /(?<![%\w]|\d )%%(?!%)[^%]{1,2000}%%(?!%)/u],
  ['ATTRIBUTE_LIST', /\{:[ \t]*(?:[.#][\w-]+|[\w-]+=|toc\b)[^}\n]{0,200}\}/u],
  ['HIGHLIGHT', /(?<![=\w])==(?=[^\s=])[^=\n]{0,200}(?<=[^\s=])==(?![=\w])/u],
];

const component = /<\/?[A-Z][A-Za-z0-9.]*(?=[\s/>])/u;

/** Code is left out: what is there is meant to be seen. */
export function lintForeign(text: string, tree: readonly MdBlock[], findings: Findings): void {
  const tell = (code: ForeignCode, offset: number, found: string): void => {
    if (!findings.list.some((one) => one.code === code)) findings.add(code, offset, found.trim());
  };
  const look = ({ start, end }: MdBlock, children: readonly MdInline[]): void => {
    const seen = withoutCode(text, start, end, children);
    for (const [code, pattern] of inText) {
      const found = pattern.exec(seen);
      if (found !== null) tell(code, start + found.index, found[0]);
    }
    const tag = component.exec(seen);
    if (tag !== null) tell('COMPONENT', start + tag.index, `${tag[0]}>`);
  };
  const visit = (block: MdLeaf): void => {
    switch (block.type) {
      case 'paragraph':
      case 'heading':
        return look(block, block.children);
      case 'table':
        return look(block, block.rows.flat(2));
      case 'html': {
        const tag = component.exec(block.html);
        if (tag !== null) tell('COMPONENT', block.start, `${tag[0]}>`);
        return undefined;
      }
      case 'code':
        if (/^mermaid\b/iu.test(block.info ?? '')) tell('DIAGRAM', block.start, 'mermaid');
        return undefined;
      case 'rule':
        return undefined;
    }
  };
  eachLeaf(tree, visit);
}
