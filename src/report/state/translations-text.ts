/* How the translations of a help center stand, for people at a terminal. */
import type { Change } from '../../translations/comparison.ts';
import { changesIn } from '../../translations/gate.ts';
import type { LocaleSummary, Standing, State } from '../../translations/terms.ts';
import { changedLines } from '../changed-lines.ts';
import { counted } from '../plan-text.ts';
import { safeLine } from '../safe.ts';
import type { Sight } from '../sight/sight.ts';
import { widthOf } from '../sight/wrap.ts';
import type { Style } from '../style.ts';

export interface TranslationsTextOptions {
  readonly style: Style;
  readonly sight: Sight;
  /** Translations of one state beyond these are counted only. */
  readonly most: number;
}

export function translationsText(
  {
    standings,
    locales,
  }: { readonly standings: readonly Standing[]; readonly locales: readonly LocaleSummary[] },
  options: TranslationsTextOptions,
): string {
  const { style } = options;
  if (locales.length === 0) return 'There are no translations here.\n';
  const parts = [table(locales, style)];
  for (const state of ['behind', 'unknown', 'missing'] as const) {
    const some = standings.filter((one) => one.state === state);
    if (some.length > 0) parts.push(listText(state, some, options));
  }
  return parts.join('\n');
}

const columns = ['Language', 'Articles', 'Words', 'Fresh', 'Behind', 'Unknown', 'Missing'] as const;

function table(locales: readonly LocaleSummary[], style: Style): string {
  const rows = locales.map((one) => cellsOf(one));
  const widths = columns.map((name, at) =>
    Math.max(widthOf(name), ...rows.map((row) => widthOf(row[at] ?? ''))),
  );
  const line = (cells: readonly string[], paint: (text: string, at: number) => string): string =>
    cells
      .map((cell, at) => {
        const gap = ' '.repeat(Math.max(0, (widths[at] ?? 0) - widthOf(cell)));
        return at === 0 ? `${paint(cell, at)}${gap}` : `${gap}${paint(cell, at)}`;
      })
      .join('  ')
      .trimEnd();
  const colors = [style.strong, String, String, style.add, style.warn, style.dim, style.remove];
  return [
    line(columns, (text) => style.dim(text)),
    ...rows.map((row) => line(row, (text, at) => (text === '0' ? text : (colors[at] ?? String)(text)))),
  ]
    .map((one) => `${one}\n`)
    .join('');
}

/** The cells of one language; articles and collections count alike in the last four. */
export function cellsOf({ locale, articles, collections, words }: LocaleSummary): readonly string[] {
  const all = articles.missing + articles.behind + articles.unknown + articles.fresh;
  const both = (state: State): string => String(articles[state] + collections[state]);
  return [
    locale,
    `${all - articles.missing} of ${all}`,
    `${words.translated} of ${words.all} (${percent(words.translated, words.all)})`,
    both('fresh'),
    both('behind'),
    both('unknown'),
    both('missing'),
  ];
}

const percent = (part: number, all: number): string =>
  `${all === 0 ? 100 : Math.floor((part * 100) / all)} %`;

const headings: Readonly<Record<Exclude<State, 'fresh'>, string>> = {
  behind: 'Behind: the source was changed since',
  unknown: 'Unknown: nobody has said yet whether they are up to date',
  missing: 'Missing',
};

function listText(
  state: Exclude<State, 'fresh'>,
  standings: readonly Standing[],
  { style, sight, most }: TranslationsTextOptions,
): string {
  const shown = standings.slice(0, most).map((one) => {
    const name = style.strong(safeLine(sight.entry(one.file)));
    const of = one.kind === 'collection' ? ` (${one.locale})` : '';
    if (one.behind === null)
      return `  ${name}${of}${state === 'missing' ? style.dim(`, ${counted(one.words, 'word')}`) : ''}\n`;
    return `  ${name}${of}: ${behindText(one)}\n`;
  });
  const more = standings.length - shown.length;
  const rest = more === 0 ? '' : style.dim(`  … and ${more} more; --verbose shows them all\n`);
  return `${style.dim(headings[state])}\n${shown.join('')}${rest}`;
}

/** What of a translation is behind, in a few words. */
export const behindText = ({ behind }: Standing): string => (behind === null ? '' : changesIn(behind));

/** What changed in a source, beside what its translation says in that place. */
export function comparisonText(
  standing: Standing,
  changes: readonly Change[],
  { style, sight }: Pick<TranslationsTextOptions, 'style' | 'sight'>,
): string {
  const [source, file] = [sight.entry(standing.path), sight.entry(standing.file)];
  const head = `${style.strong(safeLine(file))} is behind ${style.strong(safeLine(source))}: ${behindText(standing)}\n`;
  const parts = changes.map((one) => {
    const place =
      one.what === 'block' ? (one.line === null ? 'gone' : `${source}:${one.line}`) : `the ${one.what}`;
    const at = one.translationLine === null ? file : `${file}:${one.translationLine}`;
    const beside = one.translation === null ? style.dim('  (nothing yet)\n') : indented(one.translation);
    return `\n${style.dim(safeLine(place))}\n${changeText(one, style)}${style.dim(safeLine(at))}\n${beside}`;
  });
  return head + parts.join('');
}

function changeText({ before, now }: Change, style: Style): string {
  if (before === null) return indented(now ?? '', '+ ', style.add);
  if (now === null) return indented(before, '- ', style.remove);
  return changedLines(before, now)
    .map((line) => {
      if (line.kind === 'gap') return style.dim('  …\n');
      const text = line.parts
        .map(({ kind, text: part }) => {
          const shown = safeLine(part);
          return kind === 'same'
            ? shown
            : kind === 'added'
              ? style.add(`{+${shown}+}`)
              : style.remove(`[-${shown}-]`);
        })
        .join('');
      return `  ${text}\n`;
    })
    .join('');
}

const indented = (text: string, mark = '  ', paint: (text: string) => string = String): string =>
  text
    .split('\n')
    .map((line) => `${paint(`${mark}${safeLine(line)}`.trimEnd())}\n`)
    .join('');
