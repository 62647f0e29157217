/* Problems as SARIF 2.1.0, which code scanners and editors read. */
import type { Problem } from '../../model/problem.ts';
import { codeTexts } from './codes.ts';

export interface SarifOptions {
  readonly version: string;
  readonly homepage: string;
  /** A file that a problem names, relative to the root of the repository. */
  readonly name: (file: string) => string;
}

/** One run of the tool with a result for each problem. */
export function sarif(problems: readonly Problem[], { version, homepage, name }: SarifOptions): object {
  const codes = [...new Set(problems.map((one) => one.code))].toSorted();
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Shelfmark',
            version,
            informationUri: homepage,
            rules: codes.map(ruleOf),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: problems.map((one) => ({
          ruleId: one.code,
          ruleIndex: codes.indexOf(one.code),
          level: one.severity,
          message: { text: `${one.message} ${one.hint}`.trim() },
          locations: [{ physicalLocation: placeOf(one, name) }],
        })),
      },
    ],
  };
}

function ruleOf(code: string): object {
  const text = codeTexts.find((one) => one.code === code);
  return {
    id: code,
    ...(text === undefined
      ? {}
      : {
          shortDescription: { text: text.means },
          help: { text: text.wayOut },
          defaultConfiguration: { level: text.severity ?? 'error' },
        }),
  };
}

function placeOf({ place: { file, line, column } }: Problem, name: SarifOptions['name']): object {
  const artifactLocation = {
    uri: name(file).split('/').map(encodeURIComponent).join('/'),
    uriBaseId: '%SRCROOT%',
  };
  if (line === 0) return { artifactLocation };
  return {
    artifactLocation,
    region: { startLine: line, ...(column === undefined ? {} : { startColumn: column }) },
  };
}
