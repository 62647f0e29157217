import type { Check, CheckStatus, Finding } from '../model/checkup.ts';
import { safe, safeLine } from './safe.ts';
import type { Style } from './style.ts';

/** One line for each check, with what to do below those that want something. */
export function checksText(checks: readonly Check[], style: Style): string {
  const width = Math.max(...checks.map((one) => labelOf(one.check).length));
  const lines = checks.map(({ check, status, message, hint }) => {
    const label = labelOf(check).padEnd(width);
    const indent = ' '.repeat(statusWidth + width + 4);
    const said = safe(message).replaceAll('\n', `\n${indent}`);
    const line = `${paint(status, style)}  ${label}  ${status === 'skipped' ? style.dim(said) : said}`;
    return hint === null ? line : `${line}\n${indent}${style.dim(`→ ${style.said(safeLine(hint))}`)}`;
  });
  return `${lines.join('\n')}\n\n${verdict(checks, style)}\n`;
}

/** One answered question of the probe. */
export function findingText({ question, answer }: Finding, style: Style): string {
  return `${style.strong(safeLine(question))}\n    ${safe(answer).replaceAll('\n', '\\n')}\n`;
}

/** A check-up as machines read it. Stable; documented in docs/json.md. */
export function doctorJson(
  checks: readonly Check[],
  findings: readonly Finding[] | null,
): Record<string, unknown> {
  return {
    version: 1,
    ok: !hasFailed(checks),
    checks: checks.map(({ check, status, message, hint }) => ({ check, status, message, hint })),
    ...(findings === null ? {} : { findings }),
  };
}

export function hasFailed(checks: readonly Check[]): boolean {
  return checks.some((one) => one.status === 'failed');
}

const statusWidth = 'warning'.length;

function paint(status: CheckStatus, style: Style): string {
  const text = status.padEnd(statusWidth);
  switch (status) {
    case 'ok':
      return style.add(text);
    case 'warning':
      return style.warn(text);
    case 'failed':
      return style.remove(text);
    case 'skipped':
      return style.dim(text);
  }
}

/** `helpCenter` is `help center` to people. */
const labelOf = (check: string): string => check.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

function verdict(checks: readonly Check[], style: Style): string {
  const count = (status: CheckStatus): number => checks.filter((one) => one.status === status).length;
  const [failures, warnings] = [count('failed'), count('warning')];
  if (failures > 0) return style.remove(`${failures} of ${checks.length} checks failed.`);
  if (warnings === 0) return style.add('All is well.');
  return style.warn(`Ready to go, with ${warnings} ${warnings === 1 ? 'warning' : 'warnings'}.`);
}
