/* What an edit of the help center takes out of a file although the help center never had it. */
import { lostThings, ownThings } from '../../markup/meaning/own-things.ts';
import { readMarkdown } from '../../markup/read/read-markdown.ts';
import type { LocalArticle } from '../../model/entry.ts';
import type { LocalOperation } from '../../model/plan.ts';
import type { Problem } from '../../model/problem.ts';
import type { Bodies } from '../../fields/reading.ts';
import { localRefs, type RefsOptions } from '../links/refs.ts';

/** One warning for each file that loses something that only it can hold, because the words around it are gone. */
export function goneWithWords(
  local: LocalArticle,
  operation: LocalOperation | null,
  { bodies, refs }: { readonly bodies: Bodies; readonly refs: RefsOptions },
  contentName: string,
): readonly Problem[] {
  return (operation?.steps ?? []).flatMap((step): readonly Problem[] => {
    if (step.step !== 'edit-article' || step.edit.body === undefined) return [];
    for (const [locale, content] of local.locales) {
      if (content.file !== step.path) continue;
      const after = readMarkdown(step.edit.body, localRefs(refs, content.file, locale));
      const lost = lostThings(ownThings(bodies.local(content, locale)), ownThings(after));
      if (lost.length === 0) return [];
      return [
        {
          severity: 'warning',
          code: 'GONE_WITH_WORDS',
          place: { file: `${contentName}/${content.file}`, line: 0 },
          message: `The help center no longer has the words that held this, so it goes with them: ${lost.join(', ')}.`,
          hint: 'To keep it, put the words back in the help center, or write it anew afterwards.',
        },
      ];
    }
    return [];
  });
}
