import { codeSpan } from '../../report/markdown-safe.ts';
import type { PlaceChanges } from '../publish/place.ts';

/** A warning above the plan where a pull request changes where it is published; empty where it does not. */
export function placeNote(changes: PlaceChanges | null): string {
  if (changes === null)
    return '> [!WARNING]\n> The branch that this is for could not be fetched, so it was not checked whether the pull request changes where it publishes to. Look at the config file and the lock file yourself.\n\n';
  const { settings, untied } = changes;
  const lines = [
    ...settings.map(({ what, before, after }) => `> - ${what}: ${codeSpan(before)} → ${codeSpan(after)}\n`),
    ...(untied === 0
      ? []
      : [
          `> - lock file: ${untied === 1 ? '1 entry is' : `${untied} entries are`} tied to another article than before, or to none\n`,
        ]),
  ];
  return lines.length === 0
    ? ''
    : `> [!WARNING]\n> **This pull request changes where, or by which rules, it is published:**\n>\n${lines.join('')}\n`;
}
