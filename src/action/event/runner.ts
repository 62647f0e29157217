import { dirname } from 'node:path';
import type { Outside } from '../../ports/outside.ts';
import { replaceFile } from '../../ports/atomic.ts';
import type { Chance } from '../../ports/chance.ts';
import { openSecrets } from '../git/secrets.ts';
import { annotationCommand, type Annotation } from '../../report/formats/workflow-command.ts';
import { logText, maskCommand, outputText } from './workflow-text.ts';

/** The runner as a step speaks to it. Whatever goes through here has no secret in it, and no line that is a command by accident. */
export interface Runner {
  /** From now on these are taken out of everything, and the runner is told to do the same. */
  keepSecret(values: readonly (string | null)[]): void;
  log(text: string): void;
  annotate(annotation: Annotation): void;
  output(name: string, value: string): Promise<void>;
  /** Adds Markdown to the page of the run. */
  summary(markdown: string): Promise<void>;
  /** Writes a file for later steps; gives its path. */
  writeFile(file: string, text: string): Promise<string>;
  hide(text: string): string;
}

export function openRunner(outside: Outside, write: (text: string) => void): Runner {
  const { env, files, chance } = outside;
  let known: readonly (string | null)[] = [];
  let secrets = openSecrets(known);
  const append = async (variable: string, text: string): Promise<void> => {
    const file = env[variable] ?? '';
    if (file !== '') await files.append(file, new TextEncoder().encode(text));
  };
  return {
    keepSecret(values) {
      const before = new Set(secrets.masks);
      known = [...known, ...values];
      secrets = openSecrets(known);
      for (const one of secrets.masks) if (!before.has(one)) write(maskCommand(one));
    },
    log: (text) => write(logText(secrets.hide(text))),
    annotate: (annotation) => write(secrets.hide(annotationCommand(annotation))),
    output: (name, value) =>
      append('GITHUB_OUTPUT', outputText(name, secrets.hide(value), `shelfmark-${unguessable(chance)}`)),
    summary: (markdown) => append('GITHUB_STEP_SUMMARY', `${secrets.hide(markdown)}\n`),
    async writeFile(file, text) {
      await files.makeFolder(dirname(file));
      await replaceFile(files, file, new TextEncoder().encode(secrets.hide(text)), { chance, mode: 0o644 });
      return file;
    },
    hide: (text) => secrets.hide(text),
  };
}

/** A name that nobody can have written into a text beforehand. */
export const unguessable = (chance: Chance): string =>
  Array.from({ length: 3 }, () => Math.floor(chance.next() * 2 ** 48).toString(36)).join('');
