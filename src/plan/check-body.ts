import { referencesOf } from '../markup/references.ts';
import type { LocalContent } from '../model/entry.ts';
import type { Locale } from '../model/locale.ts';
import type { Problem } from '../model/problem.ts';
import type { Bodies } from './bodies.ts';
import { relativeTarget, type Directory, type RefsOptions } from './refs.ts';

export interface CheckContext {
  readonly bodies: Bodies;
  readonly directory: Directory;
  readonly refs: RefsOptions;
  /** How messages name the content folder. */
  readonly contentName: string;
}

/**
 * What is wrong with a text that is going to be sent: what Intercom would refuse, and addresses that lead nowhere.
 * Found before any call, with file and line.
 */
export function checkBody(content: LocalContent, locale: Locale, context: CheckContext): readonly Problem[] {
  const { bodies, directory, refs, contentName } = context;
  const body = bodies.local(content, locale);
  const problem = (
    severity: Problem['severity'],
    code: string,
    at: { readonly line: number; readonly column: number },
    message: string,
    hint: string,
  ): Problem => ({
    severity,
    code,
    place: {
      file: `${contentName}/${content.file}`,
      line: at.line + content.bodyLine - 1,
      column: at.column,
    },
    message,
    hint,
  });
  const findings = body.findings.map((one) => problem(one.severity, one.code, one, one.message, one.hint));
  const addresses = referencesOf(body).flatMap((one): readonly Problem[] => {
    const target = relativeTarget(one.url, content.file);
    if (one.use === 'image') {
      if (target === null) return [];
      if (directory.digestOfAsset(target.path) === null) {
        return [
          problem(
            'error',
            'IMAGE_MISSING',
            one,
            `There is no image ${target.path} in the content folder.`,
            'Correct the path, or add the file.',
          ),
        ];
      }
      if (refs.assetBaseUrl !== null) return [];
      return [
        problem(
          'error',
          'IMAGE_NOT_PUBLIC',
          one,
          `Intercom cannot fetch ${target.path} from here: it has no public address.`,
          'Say in the config file where your images can be fetched: assets: { baseUrl: "https://…/{path}?v={hash}" }.',
        ),
      ];
    }
    if (target === null || directory.keyOfPath(target.path) !== null) return [];
    if (directory.digestOfAsset(target.path) !== null) {
      return [
        problem(
          'warning',
          'LINK_TO_FILE',
          one,
          `The link to ${target.path} leads to a file that is not part of the help center.`,
          'Link to an article, or to a public address of that file.',
        ),
      ];
    }
    return [
      problem(
        'warning',
        'LINK_BROKEN',
        one,
        `The link to ${one.url} leads nowhere: there is no such article.`,
        'Correct the path; it is relative to this file.',
      ),
    ];
  });
  return [...findings, ...addresses];
}
