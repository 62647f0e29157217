import type { Bodies } from '../../fields/reading.ts';
import { anchorsOf } from '../../markup/find/anchors.ts';
import { referencesOf } from '../../markup/find/references.ts';
import type { Block } from '../../markup/meaning/body.ts';
import { countWords, proseOf, proseSign } from '../../markup/meaning/prose.ts';
import type { LocalContent } from '../../model/entry.ts';
import type { Locale } from '../../model/locale.ts';
import { fact, type CheckedText, type ProseFacts } from '../../model/text-facts.ts';

/** What reading a text in blocks tells about it, whatever the folder around it holds. */
export const checkedText = (content: LocalContent, locale: Locale, bodies: Bodies): CheckedText =>
  fact(content, 'checked', () => {
    const body = bodies.local(content, locale);
    return {
      findings: body.findings,
      references: referencesOf(body).flatMap(({ url, use, line, column }) =>
        isElsewhere.test(url) ? [] : [{ url, use, line, column }],
      ),
      anchors: [...anchorsOf(body.blocks).keys()],
      prose: proseFacts(body.blocks),
    };
  });

/** Other hosts, other schemes, and the page itself: nothing in the folder is behind them. */
const isElsewhere = /^(?:#|\?|\/\/|[a-z][a-z0-9+.-]*:)/i;

function proseFacts(blocks: readonly Block[]): ProseFacts {
  const found = blocks.flatMap(({ content }, at) => {
    const prose = proseOf(content);
    return prose === '' ? [] : [{ at, sign: proseSign(prose), words: countWords(prose) }];
  });
  return {
    signs: found.map(({ sign }) => sign).join(''),
    blocks: found.map(({ at }) => at),
    words: found.map(({ words }) => words),
  };
}
