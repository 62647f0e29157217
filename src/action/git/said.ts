import type { Ran } from '../../ports/run-git.ts';

/** What git said for people, on one line; hints of several lines come from the server. */
export function lastWords({ out, err }: Pick<Ran, 'out' | 'err'>): string {
  const lines = `${err}\n${out}`
    .split('\n')
    .map((line) => line.replace(/^(?:remote: |error: |fatal: |hint: )+/, '').trim())
    .filter((line) => line !== '' && !/^(?:To |Done$|=\t|\*\t)/.test(line));
  return lines.join(' · ').slice(0, 600);
}

/** What became of a push. */
export type Pushed =
  | { readonly push: 'done' }
  /** Somebody else was faster: the branch holds commits that this one does not build on. */
  | { readonly push: 'raced' }
  /** The branch is protected, or a rule of the repository says no. */
  | { readonly push: 'protected'; readonly said: string }
  | { readonly push: 'failed'; readonly said: string };

/** What became of a push, from what git prints with `--porcelain`. */
export function pushedOf(ran: Pick<Ran, 'code' | 'out' | 'err'>): Pushed {
  if (ran.code === 0) return { push: 'done' };
  const text = `${ran.out}\n${ran.err}`;
  if (/\[rejected\]/.test(text)) return { push: 'raced' };
  if (
    /\[remote rejected\][^\n]*(?:lock ref|failed to (?:update|lock)|incorrect old value|but expected)/.test(
      text,
    )
  )
    return { push: 'raced' };
  const said = lastWords(ran);
  return /\[remote rejected\]/.test(text) ? { push: 'protected', said } : { push: 'failed', said };
}

/** A call of git that should have gone well; `said` are its own last words. */
export class GitFailed extends Error {
  readonly said: string;

  constructor(command: string, said: string) {
    super(`git ${command} failed: ${said}`);
    this.said = said;
  }
}
