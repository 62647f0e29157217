import type { Canon, Run } from './canon.ts';
import { isOddLink, plainer } from './as-stored.ts';
import type { Body } from './body.ts';
import { childrenOf } from './walk.ts';

/** What of a file only the file can hold, each as often as it is there, in words for people. */
export function ownThings({ text, blocks }: Body): readonly string[] {
  const content = blocks.flatMap((block) => block.content);
  const inCode = comments(content.map((one) => (one.kind === 'code' ? one.text : '')).join('\n'));
  return [
    ...ownIn(content),
    ...comments(text)
      .slice(inCode.length)
      .map(() => 'a comment'),
  ];
}

/** What is there less often than before, each once. */
export function lostThings(before: readonly string[], after: readonly string[]): readonly string[] {
  const left = [...after];
  const lost = before.filter((one) => {
    const at = left.indexOf(one);
    if (at !== -1) left.splice(at, 1);
    return at === -1;
  });
  return [...new Set(lost)];
}

function comments(text: string): readonly string[] {
  return text.match(/<!--[^]*?-->/gu) ?? [];
}

function ownIn(content: readonly Canon[]): readonly string[] {
  return content.flatMap((canon): readonly string[] => {
    if ('runs' in canon) return canon.runs.flatMap(ownInRun);
    if (canon.kind === 'code') return canon.language === null ? [] : [`the language ${canon.language}`];
    if (canon.kind === 'list')
      return canon.items.flatMap(({ checked, blocks }) => [
        ...(checked === null ? [] : ['a task box']),
        ...ownIn(blocks),
      ]);
    const box = canon.kind === 'element' ? [`<${canon.tag}>`] : [];
    return [...box, ...ownIn(childrenOf(canon))];
  });
}

function ownInRun(run: Run): readonly string[] {
  const kept = plainer([run])[0]?.marks ?? [];
  const marks = run.marks.filter((mark) => !kept.includes(mark));
  const { link } = run;
  return [
    ...marks.map((mark) => (mark === 's' ? '~~' : `<${mark}>`)),
    ...(link !== null && isOddLink(link.ref) ? [`the address ${link.ref}`] : []),
    ...(link === null || link.title === null ? [] : ['the title of a link']),
  ];
}
