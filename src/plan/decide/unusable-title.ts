import type { LocalArticle, RemoteArticle } from '../../model/entry.ts';
import type { FileStep, LocalOperation } from '../../model/plan.ts';
import type { Problem } from '../../model/problem.ts';
import type { DecisionContext } from './decision.ts';

/** What the front matter takes for a title: not blank, and at most this many characters. */
const longestTitle = 255;

/**
 * Titles in the help center that were to be written into a file and that no file can hold: it could not be read again
 * and would hold up everything.
 */
export function unusableTitles(
  remote: RemoteArticle,
  local: LocalArticle | null,
  operation: LocalOperation | null,
  context: DecisionContext,
): readonly Problem[] {
  const { contentName } = context.input.policy;
  const written = new Set((operation?.steps ?? []).map(titleIn));
  return [...remote.locales].flatMap(([locale, { title }]): readonly Problem[] => {
    const isBlank = title.trim() === '';
    if ((!isBlank && title.length <= longestTitle) || !written.has(title)) return [];
    const file = local?.locales.get(locale)?.file;
    return [
      {
        severity: 'warning',
        code: 'TITLE_UNUSABLE',
        place: {
          file: file === undefined ? contentName : `${contentName}/${file}`,
          line: file === undefined ? 0 : 1,
        },
        message: `Article ${remote.id} in the help center has ${isBlank ? 'an empty title' : `a title of more than ${longestTitle} characters`} (${locale}), which no file can have. It is not pulled.`,
        hint: 'Give it another title in Intercom.',
      },
    ];
  });
}

function titleIn(step: FileStep): string | null {
  switch (step.step) {
    case 'create-article':
      return step.content.title;
    case 'edit-article':
      return step.edit.title ?? null;
    case 'create-collection':
    case 'edit-collection':
    case 'move-file':
    case 'move-folder':
    case 'trash':
      return null;
  }
}
