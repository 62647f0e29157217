import type { applyRun } from '../../app/run.ts';

export type Pulled = Awaited<ReturnType<typeof applyRun>>;

/** What became of the files that a pull has changed. */
export type BroughtHome =
  | { readonly way: 'nothing' }
  | { readonly way: 'left' }
  | { readonly way: 'pushed'; readonly commit: string }
  | { readonly way: 'proposed'; readonly url: string }
  /** Somebody works on the pull request, which is therefore left alone. */
  | { readonly way: 'busy'; readonly url: string | null }
  | { readonly way: 'raced' };
