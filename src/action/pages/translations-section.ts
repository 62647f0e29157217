import { codeSpan } from '../../report/markdown-safe.ts';
import { changesIn, countedByLanguage } from '../../translations/gate.ts';
import type { Standing } from '../../translations/terms.ts';

/** More than these are counted only. */
const most = 20;

/** What a change means for the translations, as a part of the page; empty where none is behind. */
export function translationsSection(standings: readonly Standing[], contentName: string): string {
  const behind = standings.filter((one) => one.state === 'behind');
  // What was not sent yet is what this change is about.
  const now = behind.filter((one) => one.behind?.since === null);
  const before = behind.filter((one) => one.behind?.since !== null);
  if (behind.length === 0) return '';
  const [left, older] = [countedByLanguage(now), countedByLanguage(before)];
  const said = [
    ...(left === null ? [] : [`**This change leaves ${left} behind.**`]),
    ...(older === null ? [] : [`${older} ${before.length === 1 ? 'was' : 'were'} behind before.`]),
  ].join(' ');
  const lines = now.slice(0, most).map((one) => {
    const file = contentName === '.' ? one.file : `${contentName}/${one.file}`;
    const of = one.kind === 'collection' ? ` (${one.locale})` : '';
    return `- ${codeSpan(file)}${of}: ${one.behind === null ? '' : changesIn(one.behind)}\n`;
  });
  const more = now.length - lines.length;
  const list = lines.length === 0 ? '' : `\n${lines.join('')}${more === 0 ? '' : `- … and ${more} more\n`}`;
  return `### Translations\n\n${said}\n${list}`;
}
