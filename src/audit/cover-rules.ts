/* Articles and the product: `covers` in front matter says which files of the repository an article speaks of. */
import { groupBy } from '../plan/terms/group-by.ts';
import { fits } from './glob.ts';
import { textsOf, type AuditInput, type Found, type Text } from './terms.ts';

interface Covering {
  readonly text: Text;
  readonly pattern: string;
  readonly line: number;
}

/** Files of the repository, from its top. */
export interface Repository {
  readonly files: readonly string[];
  /** The content folder, from the top: with a slash at its end, or empty. */
  readonly content: string;
}

/** Patterns that name no file any more. */
export const coverFindings = ({ folder }: AuditInput, { files }: Repository): readonly Found[] =>
  coverings(folder)
    .filter(({ pattern }) => !files.some(fits(pattern)))
    .map(({ text, pattern, line }) => ({
      rule: 'COVERS_NOTHING',
      file: text.content.file,
      line,
      message: `"covers" names ${pattern}, and the repository has no such file.`,
      hint: 'Correct the pattern; it counts from the top of the repository.',
    }));

/** Files that are listed of each article. */
const mostListed = 3;

/** Articles that speak of what a change touches, and that the change itself does not touch. */
export function touchedFindings(
  { folder }: Pick<AuditInput, 'folder'>,
  changed: readonly string[],
  { content }: Pick<Repository, 'content'>,
): readonly Found[] {
  const touched = new Set(changed);
  const byFile = groupBy(coverings(folder), ({ text }) => text.content.file);
  return [...byFile].flatMap(([file, some]): readonly Found[] => {
    if (touched.has(`${content}${file}`)) return [];
    const named = changed.filter((path) => some.some(({ pattern }) => fits(pattern)(path)));
    if (named.length === 0) return [];
    const more = named.length - mostListed;
    const list = `${named.slice(0, mostListed).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
    return [
      {
        rule: 'ARTICLE_COVERED',
        file,
        line: some[0]?.line ?? 0,
        message: `The article speaks of what this change touches (${list}), and was not changed itself.`,
        hint: 'Read it again: does it still say what the product does?',
      },
    ];
  });
}

const coverings = (folder: AuditInput['folder']): readonly Covering[] =>
  textsOf(folder).flatMap((text) =>
    text.locale === folder.policy.defaultLocale
      ? (text.content.care?.covers ?? []).map(({ pattern, line }) => ({ text, pattern, line }))
      : [],
  );
