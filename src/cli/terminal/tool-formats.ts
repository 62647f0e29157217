/* Findings in the formats of other tools. */
import { relative, resolve } from 'node:path';
import manifest from '../../../package.json' with { type: 'json' };
import type { Problem } from '../../model/problem.ts';
import type { Outside } from '../../ports/outside.ts';
import { wayWithin } from '../../ports/within.ts';
import { sarif } from '../../report/formats/sarif.ts';
import { annotationCommand } from '../../report/formats/workflow-command.ts';
import type { Output } from './output.ts';

export type ToolFormat = 'text' | 'json' | 'github' | 'sarif';

/** The folder of the config file, from which problems name files. */
type Place = { readonly folder: string };

/** Prints findings as SARIF, as commands for GitHub, or as the document that is given; nothing for text. */
export function printForTools(
  problems: readonly Problem[],
  document: object,
  format: string,
  { config, outside, output }: { readonly config: Place; readonly outside: Outside; readonly output: Output },
): void {
  const name = repositoryNames(config, outside);
  output.json(format === 'sarif' ? sarif(problems, { ...manifest, name }) : document);
  if (format === 'github')
    for (const one of problems) output.command(annotationCommand(annotationOf(one, name)));
}

/** Names of files as the repository has them: what shows findings at lines knows no other folder. */
function repositoryNames({ folder }: Place, outside: Outside): (file: string) => string {
  const workspace = outside.env['GITHUB_WORKSPACE'] ?? '';
  const root = workspace === '' || wayWithin(workspace, folder) === null ? outside.folder : workspace;
  return (file) => relative(root, resolve(folder, file)).split('\\').join('/');
}

const annotationOf = (
  { severity, code, place, message, hint }: Problem,
  name: (file: string) => string,
): Parameters<typeof annotationCommand>[0] => ({
  level: severity,
  title: code,
  message: `${message} ${hint}`.trim(),
  file: name(place.file),
  ...(place.line === 0 ? {} : { line: place.line }),
  ...(place.column === undefined ? {} : { column: place.column }),
});
