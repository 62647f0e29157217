/* The same as Markdown, for an issue, a pull request or a chat. */
import type { LocaleSummary, Standing } from '../../translations/terms.ts';
import { codeSpan } from '../markdown-safe.ts';
import { counted } from '../plan-text.ts';
import { behindText, cellsOf } from './translations-text.ts';

export function translationsMarkdown(
  {
    standings,
    locales,
  }: { readonly standings: readonly Standing[]; readonly locales: readonly LocaleSummary[] },
  name: (path: string) => string,
  most: number,
): string {
  if (locales.length === 0) return 'There are no translations here.\n';
  const rows = locales.map((one) => `| ${cellsOf(one).join(' | ')} |\n`);
  const head =
    '| Language | Articles | Words | Fresh | Behind | Unknown | Missing |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: |\n';
  const parts = (['behind', 'unknown', 'missing'] as const).flatMap((state) => {
    const some = standings.filter((one) => one.state === state);
    if (some.length === 0) return [];
    const shown = some.slice(0, most).map((one) => {
      const of = one.kind === 'collection' ? ` (${one.locale})` : '';
      const what = one.behind === null ? counted(one.words, 'word') : behindText(one);
      return `- ${codeSpan(name(one.file))}${of}: ${what}\n`;
    });
    const more = some.length > most ? `- … and ${some.length - most} more\n` : '';
    return [`\n**${state[0]?.toUpperCase()}${state.slice(1)}**\n\n${shown.join('')}${more}`];
  });
  return head + rows.join('') + parts.join('');
}
