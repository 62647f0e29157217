/* How the articles are read and liked, the most read first. */
import { byViews, type Reception } from '../../audit/statistics-rules.ts';
import { codeSpan } from '../markdown-safe.ts';
import { safeLine } from '../safe.ts';
import type { Sight } from '../sight/sight.ts';
import type { Style } from '../style.ts';

const most = 15;

export function receptionsText(receptions: readonly Reception[], style: Style, sight: Sight): string {
  if (receptions.length === 0) return '\nNo article of this folder is public yet.\n';
  const rows = byViews(receptions)
    .slice(0, most)
    .map(
      (one) =>
        `  ${String(one.views).padStart(7)}  ${String(one.reactions).padStart(9)}  ${`${one.sad} %`.padStart(7)}  ${safeLine(sight.entry(one.path))}\n`,
    );
  const more = receptions.length - rows.length;
  const rest = more > 0 ? style.dim(`  … and ${more} more; --json has them all\n`) : '';
  return `\n${style.dim('  Views    Reactions  Unhappy  Article')}\n${rows.join('')}${rest}`;
}

export function receptionsMarkdown(receptions: readonly Reception[]): string {
  const rows = byViews(receptions)
    .slice(0, most)
    .map((one) => `| ${codeSpan(one.path)} | ${one.views} | ${one.reactions} | ${one.sad} % |\n`);
  return `\n### How articles are read\n\n| Article | Views | Reactions | Unhappy |\n| --- | ---: | ---: | ---: |\n${rows.join('')}`;
}
