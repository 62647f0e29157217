import { resolve } from 'node:path';
import type { Config } from '../../config/read-config.ts';
import type { ShelfmarkError } from '../../model/error.ts';
import { wayWithin } from '../../ports/within.ts';
import type { Problem } from '../../model/problem.ts';
import type { GitHubEvent } from '../event/event.ts';
import type { Carried } from '../event/verdict.ts';
import type { Annotation } from '../../report/formats/workflow-command.ts';

/** The runner shows a handful and drops the rest; the log and the summary hold all of them. */
const mostWarnings = 40;

type Where = {
  readonly config: Pick<Config, 'folder' | 'contentName'>;
  readonly event: Pick<GitHubEvent, 'root'>;
};

/** What is to be said at the lines of the change: problems first, then what could not be decided or done. */
export function annotationsOf({ plan, outcomes }: Carried, where: Where): readonly Annotation[] {
  const errors = plan.problems.filter((one) => one.severity === 'error');
  const warnings = plan.problems.filter((one) => one.severity === 'warning');
  const more = warnings.length - mostWarnings;
  return [
    ...errors.map((one) => problemAnnotation(one, where)),
    ...plan.refusals.map(({ code, message, hint }): Annotation => ({
      level: 'error',
      title: code,
      message: `${message} ${hintForWorkflow(hint)}`,
    })),
    ...(outcomes ?? []).flatMap((one): readonly Annotation[] =>
      one.status === 'failed'
        ? [
            {
              level: 'error',
              title: 'Not done',
              message: `${one.message ?? ''} ${one.hint ?? ''}`.trim(),
              ...fileOf(entryFile(one.operation, where), where),
            },
          ]
        : [],
    ),
    ...plan.conflicts.map((one): Annotation => ({
      level: 'warning',
      title: 'In conflict',
      message: `${one.field}${one.locale === null ? '' : ` (${one.locale})`}: ${one.reason}. Left alone on both sides; "shelfmark resolve ${one.path}" settles it.`,
      ...fileOf(entryFile(one, where), where),
    })),
    ...plan.behind.map((one): Annotation => ({
      level: 'warning',
      title: 'Behind',
      message: `${one.reason}. Left alone until that was pulled.`,
      ...fileOf(entryFile(one, where), where),
    })),
    ...warnings.slice(0, mostWarnings).map((one) => problemAnnotation(one, where)),
    ...(more > 0
      ? [{ level: 'notice' as const, message: `${more} more warnings; "shelfmark validate" lists them all.` }]
      : []),
  ];
}

/** What ended a run, at the lines of the config file where it names any. */
export function errorAnnotations(
  error: ShelfmarkError,
  configFile: string | null,
  { root }: Pick<GitHubEvent, 'root'>,
): readonly Annotation[] {
  const { code, message, hint } = error;
  const file = configFile === null ? null : insideOf(root, configFile);
  const found = message
    .split('\n')
    .map((line) => /^\S.*?:(\d+): (.+)$/.exec(line))
    .flatMap((match): readonly Annotation[] =>
      match === null || file === null
        ? []
        : [
            {
              level: 'error',
              title: code,
              message: `${match[2] ?? ''}. ${hint}`,
              file,
              line: Number(match[1]),
            },
          ],
    );
  if (code === 'CONFIG_INVALID' && found.length > 0) return found;
  return [{ level: 'error', title: code, message: `${message} ${hint}` }];
}

/** Flags of the command line under the names that they have in a workflow. */
export const hintForWorkflow = (hint: string): string =>
  hint
    .replace(/run it again with --allow-deletes (\d+)/, 'run the workflow with the input allow-deletes: $1')
    .replace(/add --allow-emptied/, 'run it with --allow-emptied on your own machine');

function problemAnnotation({ severity, code, place, message, hint }: Problem, where: Where): Annotation {
  return {
    level: severity,
    title: code,
    message: `${message} ${hint}`,
    ...fileOf(place.file, where),
    ...(place.line === 0 ? {} : { line: place.line }),
    ...(place.column === undefined ? {} : { column: place.column }),
  };
}

/** The file of an entry, from the folder of the config file. */
export const entryFile = (
  { kind, path }: { readonly kind: string; readonly path: string },
  { config }: { readonly config: Pick<Config, 'contentName'> },
): string =>
  kind === 'collection' ? `${config.contentName}/${path}/collection.yaml` : `${config.contentName}/${path}`;

function fileOf(shown: string, { config, event }: Where): { readonly file?: string } {
  const file = insideOf(event.root, resolve(config.folder, shown));
  return file === null ? {} : { file };
}

/** A path as GitHub knows it; null for one outside of the repository. */
export function insideOf(root: string, path: string): string | null {
  return wayWithin(root, path) || null;
}
